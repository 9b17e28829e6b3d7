// SPDX-License-Identifier: Apache-2.0
#include "bench/PaintingFiles.h"

#include <QImage>
#include <QImageWriter>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <vector>

namespace semigda::bench
{

namespace
{

core::Error cannotWrite(const std::filesystem::path &file)
{
    return {core::ErrorCode::Io, core::Sentence::verbatim("The file " + file.string() + " cannot be written.")};
}

/// 0 .. 1 with about a sixteenth of grain.
class Texture
{
public:
    Texture(int side, unsigned seed)
        : m_wave(static_cast<std::size_t>(side))
        , m_grain(seed)
    {
        for (int i = 0; i < side; ++i) {
            m_wave[static_cast<std::size_t>(i)] = static_cast<float>(0.5 + 0.4 * std::sin(i * 0.013));
        }
    }
    float at(int x, int y)
    {
        constexpr float Grain = 1.0F / 16.0F;
        m_grain = m_grain * 1664525U + 1013904223U;
        const float noise = static_cast<float>(m_grain >> 24U) / 255.0F;
        return (1.0F - Grain) * m_wave[static_cast<std::size_t>(x)] * m_wave[static_cast<std::size_t>(y)]
               + Grain * noise;
    }

private:
    std::vector<float> m_wave;
    std::uint32_t m_grain;
};

} // namespace

core::Result<void> writePicture(const std::filesystem::path &file, int side, int bits, unsigned seed, Packing packing)
{
    constexpr int NotAtAll = 1; // of 100, which Qt makes 0 of 9
    const bool isDeep = bits > 8;
    QImage image(side, side, isDeep ? QImage::Format_Grayscale16 : QImage::Format_Grayscale8);
    Texture texture(side, seed);
    for (int y = 0; y < side; ++y) {
        uchar *line = image.scanLine(y);
        for (int x = 0; x < side; ++x) {
            const float value = texture.at(x, y);
            if (isDeep) {
                reinterpret_cast<std::uint16_t *>(line)[x] = static_cast<std::uint16_t>(value * 65535.0F);
            } else {
                line[x] = static_cast<std::uint8_t>(value * 255.0F);
            }
        }
    }
    QImageWriter writer(QString::fromStdString(file.string()), "png");
    if (packing == Packing::None)
        writer.setCompression(NotAtAll);
    return writer.write(image) ? core::Result<void>() : cannotWrite(file);
}

core::Result<void> writeCube(const std::filesystem::path &file, int side)
{
    std::ofstream out(file, std::ios::binary);
    out << "NRRD0004\ntype: short\ndimension: 3\nsizes: " << side << ' ' << side << ' ' << side
        << "\nspace: left-posterior-superior\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (0,0,0)\n"
           "endian: little\nencoding: raw\n\n";
    std::vector<std::int16_t> slice(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
    for (int z = 0; z < side; ++z) {
        Texture texture(side, static_cast<unsigned>(z));
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                slice[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)] =
                    static_cast<std::int16_t>(texture.at(x, y) * 2000.0F - 1000.0F);
            }
        }
        out.write(reinterpret_cast<const char *>(slice.data()),
                  static_cast<std::streamsize>(slice.size() * sizeof(std::int16_t)));
    }
    out.flush();
    return out ? core::Result<void>() : cannotWrite(file);
}

} // namespace semigda::bench

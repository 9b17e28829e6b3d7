// SPDX-License-Identifier: Apache-2.0
// Files and images that the reader and writer tests make.
#pragma once

#include "core/ImageData.h"
#include "core/LabelMask.h"
#include "core/Result.h"

#include <QtCore/QBuffer>
#include <QtCore/QByteArray>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtGui/QImageWriter>
#include <QtTest/QTest>

#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace semigda::test
{

inline std::filesystem::path in(const QTemporaryDir &folder, const char *name)
{
    return std::filesystem::path(folder.path().toStdString()) / name;
}

inline QString shown(const std::filesystem::path &path)
{
    return QString::fromStdString(path.string());
}

inline void writeBytes(const std::filesystem::path &file, const QByteArray &bytes)
{
    QFile out(shown(file));
    QVERIFY2(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size(), qPrintable(shown(file)));
}

inline QByteArray readBytes(const std::filesystem::path &file)
{
    QFile source(shown(file));
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

inline QByteArray encoded(const QImage &image, const char *format, int quality = -1)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    writer.write(image);
    return bytes;
}

/// Numbers that depend on place and channel, over the whole range of the type.
inline core::ImageData patternImage(int width, int height, int channels, core::PixelType type)
{
    core::ImageData image;
    image.width = width;
    image.height = height;
    image.channels = channels;
    image.type = type;
    const std::size_t bytesEach = core::bytesPerSample(type);
    image.bytes.resize(image.sampleCount() * bytesEach);
    std::uint64_t state = 88172645463325252ULL;
    for (std::size_t i = 0; i < image.sampleCount(); ++i) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        if (type == core::PixelType::Float32) {
            const float value = static_cast<float>(state % 100000) / 16.0F - 1000.0F;
            std::memcpy(image.bytes.data() + i * bytesEach, &value, bytesEach);
        } else {
            std::memcpy(image.bytes.data() + i * bytesEach, &state, bytesEach);
        }
    }
    return image;
}

inline core::Volume patternVolume(int width, int height, int depth, core::PixelType type)
{
    const core::ImageData flat = patternImage(width, height * depth, 1, type);
    core::Volume volume;
    volume.width = width;
    volume.height = height;
    volume.depth = depth;
    volume.type = type;
    volume.bytes = flat.bytes;
    return volume;
}

inline core::LabelSet classesOf(std::initializer_list<core::LabelValue> values)
{
    std::vector<core::LabelClass> classes;
    for (const core::LabelValue value : values)
        classes.push_back({value, "class " + std::to_string(value), core::defaultColour(value)});
    return core::LabelSet(classes);
}

inline QByteArray gzipped(const QByteArray &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))) + 64, '\0');
    QByteArray source = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(source.data());
    stream.avail_in = static_cast<uInt>(source.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

/// One sentence: ends with a full stop and has no line break.
inline bool isSentence(const std::string &message)
{
    return message.size() > 20 && message.back() == '.' && message.find('\n') == std::string::npos
           && message.find(';') != std::string::npos;
}

} // namespace semigda::test

/// The result is an error of this code, told in one sentence that has all the words.
#define IO_EXPECT_ERROR(result, expectedCode, ...)                                                                     \
    do {                                                                                                               \
        const auto &theResult = (result);                                                                              \
        QVERIFY2(!theResult.has_value(), "an error was expected");                                                     \
        const std::string theMessage = theResult.error().message.english();                                            \
        QVERIFY2(theResult.error().code == (expectedCode), theMessage.c_str());                                        \
        QVERIFY2(semigda::test::isSentence(theMessage), theMessage.c_str());                                           \
        for (const char *expectedWord : {__VA_ARGS__})                                                                 \
            QVERIFY2(theMessage.find(expectedWord) != std::string::npos, theMessage.c_str());                          \
    } while (false)

#define IO_OK(result)                                                                                                  \
    QVERIFY2((result).has_value(), (result).has_value() ? "" : (result).error().message.english().c_str())

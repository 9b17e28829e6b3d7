// SPDX-License-Identifier: Apache-2.0
#include "storage/DicomPixels_p.h"

#include "storage/FileKind_p.h"
#include "storage/Jpeg2000_p.h"

#include "dcmtk/dcmimage/diregist.h"
#include "dcmtk/dcmimgle/dcmimage.h"

#include <algorithm>
#include <cstring>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::ImageData;
using core::phrase;
using core::PixelType;
using core::Result;

core::Error damagedPixels(const std::filesystem::path &file, const core::Sentence &why)
{
    return badFile(ErrorCode::CorruptFile, file,
                   phrase("errors", "has damaged or incomplete pixel data (%1)").with(why), CopyAgain);
}

ImageData emptyImage(const DicomHeader &header, int channels, PixelType type)
{
    ImageData image;
    image.width = header.width;
    image.height = header.height;
    image.channels = channels;
    image.type = type;
    image.bytes.resize(image.sampleCount() * core::bytesPerSample(type));
    return image;
}

/// Where the value lies in a stored word (PS3.5 8.1.1).
struct BitField
{
    int shift = 0;
    int bits = 16;
    bool isSigned = false;

    std::uint32_t mask() const { return bits >= 32 ? 0xffffffffU : (std::uint32_t(1) << bits) - 1; }
    std::int64_t extract(std::uint32_t word) const
    {
        const std::uint32_t value = (word >> shift) & mask();
        const bool isNegative = isSigned && ((value >> (bits - 1)) & 1U) != 0;
        return static_cast<std::int64_t>(value) - (isNegative ? std::int64_t(1) << bits : 0);
    }
};

/// Unsigned 32-bit words are stored moved down by this, which their intercept takes back: nothing is rounded.
constexpr std::int64_t UnsignedShift = std::int64_t(1) << 31;

bool isShifted(const DicomHeader &header)
{
    return header.samples == DicomHeader::Samples::Integer && header.bitsStored == 32 && !header.isSigned;
}

template <typename Word, typename Out>
void unpackAs(const std::uint8_t *source, const BitField &field, std::int64_t shift, ImageData &image)
{
    const std::size_t count = image.sampleCount();
    for (std::size_t i = 0; i < count; ++i) {
        Word word;
        std::memcpy(&word, source + i * sizeof(Word), sizeof(Word));
        const Out value = static_cast<Out>(field.extract(word) - shift);
        std::memcpy(image.bytes.data() + i * sizeof(Out), &value, sizeof(Out));
    }
}

template <typename Word>
void unpack(const std::uint8_t *source, const BitField &field, std::int64_t shift, ImageData &image)
{
    switch (image.type) {
    case PixelType::UInt8:
        return unpackAs<Word, std::uint8_t>(source, field, shift, image);
    case PixelType::UInt16:
        return unpackAs<Word, std::uint16_t>(source, field, shift, image);
    case PixelType::Int16:
        return unpackAs<Word, std::int16_t>(source, field, shift, image);
    default:
        return unpackAs<Word, std::int32_t>(source, field, shift, image);
    }
}

/// Stored words of a grey frame, decompressed.
Result<std::vector<std::uint8_t>> rawFrame(DcmFileFormat &dicom, DicomHeader &header, int frame,
                                           const std::filesystem::path &file)
{
    DcmDataset &dataset = *dicom.getDataset();
    for (const bool isLastTry : {false, true}) {
        const std::size_t needed = header.pixelsPerFrame() * static_cast<std::size_t>(header.bitsAllocated / 8);
        const std::size_t padded = needed + needed % 2;
        if (padded > 0xfffffffeU)
            return badFile(ErrorCode::UnsupportedFormat, file, phrase("errors", "has frames of more than 4 GB"),
                           phrase("errors", "export smaller frames"));
        DcmElement *element = nullptr;
        OFCondition status = dataset.findAndGetElement(DCM_PixelData, element);
        if (status.bad() || element == nullptr)
            return damagedPixels(file, core::Sentence::verbatim(status.text()));
        Uint32 frameBytes = 0;
        status = element->getUncompressedFrameSize(&dataset, frameBytes);
        if (status.good() && frameBytes > padded)
            return damagedPixels(file, phrase("errors", "its size contradicts rows and columns"));
        std::vector<std::uint8_t> bytes(padded);
        Uint32 fragment = 0;
        OFString colourModel;
        if (status.good())
            status = element->getUncompressedFrame(&dataset, static_cast<Uint32>(frame), fragment, bytes.data(),
                                                   static_cast<Uint32>(padded), colourModel);
        if (status.good())
            return bytes;
        const bool isNative = !DcmXfer(dataset.getCurrentXfer()).isEncapsulated();
        if (isLastTry || isNative)
            return damagedPixels(file, core::Sentence::verbatim(status.text()));
        // Fragments without an offset table, or a depth that only the compressed data tells: decode everything.
        status = dataset.chooseRepresentation(EXS_LittleEndianExplicit, nullptr);
        if (status.bad())
            return damagedPixels(file, core::Sentence::verbatim(status.text()));
        auto again = readDicomHeader(dataset, file);
        if (!again)
            return again.error();
        header = *again;
    }
    return damagedPixels(file, phrase("errors", "unknown"));
}

Result<ImageData> jpeg2000Frame(DcmDataset &dataset, const DicomHeader &header, int frame,
                                const std::filesystem::path &file)
{
    const auto stream = encapsulatedFrame(dataset, header, frame, file);
    if (!stream)
        return stream.error();
    const auto decoded = decodeJpeg2000(*stream, file);
    if (!decoded)
        return decoded.error();
    if (decoded->width != header.width || decoded->height != header.height
        || decoded->components != header.samplesPerPixel)
        return damagedPixels(file, phrase("errors", "its JPEG 2000 image has another size than its header says"));
    // The component transforms YBR_RCT and YBR_ICT are undone by the decoder.
    const bool isRgb =
        header.photometric == "RGB" || header.photometric == "YBR_RCT" || header.photometric == "YBR_ICT";
    if (!header.isGrey() && !isRgb)
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "is a JPEG 2000 image with the colours '%1'").with(header.photometric),
                       phrase("errors", "export it as RGB"));
    const PixelType type =
        header.isGrey() ? header.greyType() : (header.bitsStored > 8 ? PixelType::UInt16 : PixelType::UInt8);
    ImageData image = emptyImage(header, header.samplesPerPixel, type);
    const BitField field{0, header.bitsStored, header.isGrey() && header.isSigned};
    unpack<std::uint32_t>(reinterpret_cast<const std::uint8_t *>(decoded->samples.data()), field,
                          isShifted(header) ? UnsignedShift : 0, image);
    return image;
}

Result<ImageData> floatFrame(DcmDataset &dataset, const DicomHeader &header, int frame,
                             const std::filesystem::path &file)
{
    ImageData image = emptyImage(header, 1, PixelType::Float32);
    const std::size_t count = image.sampleCount();
    const std::size_t start = count * static_cast<std::size_t>(frame);
    unsigned long available = 0;
    const Float32 *singles = nullptr;
    const Float64 *doubles = nullptr;
    if (header.samples == DicomHeader::Samples::Float)
        static_cast<void>(dataset.findAndGetFloat32Array(DCM_FloatPixelData, singles, &available));
    else
        static_cast<void>(dataset.findAndGetFloat64Array(DCM_DoubleFloatPixelData, doubles, &available));
    if ((singles == nullptr && doubles == nullptr) || available < start + count)
        return damagedPixels(file, phrase("errors", "fewer values than pixels"));
    for (std::size_t i = 0; i < count; ++i) {
        const float value = singles != nullptr ? singles[start + i] : static_cast<float>(doubles[start + i]);
        std::memcpy(image.bytes.data() + i * sizeof(float), &value, sizeof(float));
    }
    return image;
}

Result<ImageData> colourFrame(DcmDataset &dataset, const DicomHeader &header, int frame,
                              const std::filesystem::path &file)
{
    const bool isDeep = header.bitsAllocated > 8 && header.photometric != "PALETTE COLOR";
    ImageData image = emptyImage(header, 3, isDeep ? PixelType::UInt16 : PixelType::UInt8);
    DicomImage rendered(&dataset, dataset.getCurrentXfer(), CIF_UsePartialAccessToPixelData,
                        static_cast<unsigned long>(frame), 1);
    if (rendered.getStatus() != EIS_Normal)
        return damagedPixels(file, core::Sentence::verbatim(DicomImage::getString(rendered.getStatus())));
    if (rendered.getWidth() != static_cast<unsigned long>(header.width)
        || rendered.getHeight() != static_cast<unsigned long>(header.height))
        return damagedPixels(file, phrase("errors", "its size contradicts rows and columns"));
    if (rendered.getOutputData(image.bytes.data(), image.bytes.size(), isDeep ? 16 : 8) == 0)
        return damagedPixels(file, phrase("errors", "its colours cannot be converted"));
    return image;
}

/// PS3.3 C.11.1: the table's values replace the stored ones; outside its range the first or last entry holds.
struct ModalityTable
{
    std::int64_t first = 0;
    std::vector<std::uint16_t> entries;
    int bits = 16;
};

Result<ModalityTable> readModalityTable(DcmItem &item, bool isSigned, const std::filesystem::path &file)
{
    ModalityTable table;
    Uint16 count = 0;
    Uint16 first = 0;
    Uint16 bits = 16;
    const Uint16 *data = nullptr;
    unsigned long available = 0;
    Sint16 signedFirst = 0;
    if (item.findAndGetUint16(DCM_LUTDescriptor, count, 0).bad()) {
        Sint16 signedCount = 0;
        static_cast<void>(item.findAndGetSint16(DCM_LUTDescriptor, signedCount, 0));
        count = static_cast<Uint16>(signedCount);
    }
    if (item.findAndGetUint16(DCM_LUTDescriptor, first, 1).bad()
        && item.findAndGetSint16(DCM_LUTDescriptor, signedFirst, 1).good())
        first = static_cast<Uint16>(signedFirst);
    static_cast<void>(item.findAndGetUint16(DCM_LUTDescriptor, bits, 2));
    const std::size_t entries = count == 0 ? 65536 : count;
    if (item.findAndGetUint16Array(DCM_LUTData, data, &available).bad() || data == nullptr || available < entries)
        return damagedPixels(file, phrase("errors", "its modality look-up table is incomplete"));
    table.first = isSigned ? static_cast<std::int64_t>(static_cast<Sint16>(first)) : first;
    table.entries.assign(data, data + entries);
    table.bits = bits;
    return table;
}

ImageData applyTable(const ModalityTable &table, const ImageData &image)
{
    ImageData out = image;
    out.type = PixelType::UInt16;
    out.bytes.resize(image.sampleCount() * sizeof(std::uint16_t));
    const auto last = static_cast<std::int64_t>(table.entries.size()) - 1;
    std::size_t at = 0;
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x, ++at) {
            const std::int64_t index =
                std::clamp<std::int64_t>(static_cast<std::int64_t>(image.stored(x, y)) - table.first, 0, last);
            std::memcpy(out.bytes.data() + at * sizeof(std::uint16_t), &table.entries[static_cast<std::size_t>(index)],
                        sizeof(std::uint16_t));
        }
    }
    return out;
}

DcmItem *modalityTableItem(DcmDataset &dataset, const DicomHeader &header)
{
    DcmItem *item = nullptr;
    const bool canHaveTable = header.isGrey() && header.samples == DicomHeader::Samples::Integer;
    if (!canHaveTable || dataset.findAndGetSequenceItem(DCM_ModalityLUTSequence, item, 0).bad())
        return nullptr;
    return item;
}

Result<ImageData> greyFrame(DcmFileFormat &dicom, DicomHeader &header, int frame, const std::filesystem::path &file)
{
    const auto bytes = rawFrame(dicom, header, frame, file);
    if (!bytes)
        return bytes.error();
    ImageData image = emptyImage(header, 1, header.greyType());
    const BitField field{header.highBit - header.bitsStored + 1, header.bitsStored, header.isSigned};
    const std::int64_t shift = isShifted(header) ? UnsignedShift : 0;
    if (header.bitsAllocated == 8)
        unpack<std::uint8_t>(bytes->data(), field, shift, image);
    else if (header.bitsAllocated == 16)
        unpack<std::uint16_t>(bytes->data(), field, shift, image);
    else
        unpack<std::uint32_t>(bytes->data(), field, shift, image);
    return image;
}

/// DCMTK paints missing native pixels black, and a damaged header may claim more memory than there is.
bool canHoldFrames(DcmDataset &dataset, const DicomHeader &header, const std::filesystem::path &file)
{
    constexpr std::uint64_t AnyFile = 1U << 26;
    constexpr std::uint64_t LargestRatio = 2000;
    const bool isHalved = header.photometric.ends_with("_422");
    const std::uint64_t samples = isHalved ? 2 : static_cast<std::uint64_t>(header.samplesPerPixel);
    const std::uint64_t frameBytes =
        header.pixelsPerFrame() * samples * static_cast<unsigned>(header.bitsAllocated / 8);
    DcmElement *element = nullptr;
    for (const DcmTagKey &tag : {DCM_PixelData, DCM_FloatPixelData, DCM_DoubleFloatPixelData})
        if (element == nullptr)
            static_cast<void>(dataset.findAndGetElement(tag, element));
    if (element == nullptr)
        return false;
    if (!DcmXfer(dataset.getCurrentXfer()).isEncapsulated())
        return element->getLengthField() >= frameBytes * static_cast<unsigned>(header.frameCount);
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    return !failure && (frameBytes <= AnyFile || frameBytes / LargestRatio <= size);
}

Result<ImageData> decodePixels(DcmFileFormat &dicom, DicomHeader &header, int frame, const std::filesystem::path &file)
{
    DcmDataset &dataset = *dicom.getDataset();
    if (header.samples != DicomHeader::Samples::Integer)
        return floatFrame(dataset, header, frame, file);
    if (isJpeg2000(dataset.getOriginalXfer()))
        return jpeg2000Frame(dataset, header, frame, file);
    return header.isGrey() ? greyFrame(dicom, header, frame, file) : colourFrame(dataset, header, frame, file);
}

} // namespace

PixelType dicomPixelType(DcmDataset &dataset, const DicomHeader &header)
{
    if (!header.isGrey())
        return header.bitsAllocated > 8 && header.photometric != "PALETTE COLOR" ? PixelType::UInt16 : PixelType::UInt8;
    return modalityTableItem(dataset, header) != nullptr ? PixelType::UInt16 : header.greyType();
}

Result<ImageData> decodeDicomFrame(DcmFileFormat &dicom, DicomHeader &header, int frame,
                                   const std::filesystem::path &file)
{
    DcmDataset &dataset = *dicom.getDataset();
    if (!canHoldFrames(dataset, header, file))
        return damagedPixels(file, phrase("errors", "fewer bytes than pixels"));
    auto decoded = decodePixels(dicom, header, frame, file);
    if (!decoded)
        return decoded.error();
    ImageData image = std::move(*decoded);
    image.geometry = geometryOf(dataset, frame);
    if (!header.isGrey())
        return image;

    if (DcmItem *item = modalityTableItem(dataset, header)) {
        const auto table = readModalityTable(*item, header.isSigned, file);
        if (!table)
            return table.error();
        image = applyTable(*table, image);
    } else {
        const DicomRescale rescale = rescaleOf(dataset, frame);
        image.slope = rescale.slope;
        image.intercept = rescale.intercept;
        if (isShifted(header))
            image.intercept += rescale.slope * static_cast<double>(UnsignedShift);
    }
    image.window = windowOf(dataset, frame);
    image.isInverted = header.photometric == "MONOCHROME1";
    return image;
}

} // namespace semigda::storage

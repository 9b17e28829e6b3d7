// SPDX-License-Identifier: Apache-2.0
#include "storage/DicomPixels_p.h"
#include "storage/FileKind_p.h"

#include "dcmtk/dcmdata/dcpixel.h"
#include "dcmtk/dcmdata/dcpixseq.h"
#include "dcmtk/dcmdata/dcpxitem.h"

#include <cstring>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::Result;

constexpr unsigned long ItemHeaderBytes = 8;

std::uint32_t offsetAt(DcmPixelItem &table, std::size_t index)
{
    Uint8 *bytes = nullptr;
    std::uint32_t offset = 0;
    if (table.getLength() >= (index + 1) * 4 && table.getUint8Array(bytes).good() && bytes != nullptr)
        for (std::size_t i = 0; i < 4; ++i)
            offset |= static_cast<std::uint32_t>(bytes[index * 4 + i]) << (8 * i);
    return offset;
}

struct FragmentRange
{
    unsigned long first = 0; ///< item index, 0 is the offset table
    unsigned long end = 0;
};

/// One fragment a frame, one frame for all fragments, or what the offset table says.
FragmentRange fragmentsOf(DcmPixelSequence &sequence, int frameCount, int frame)
{
    const unsigned long items = sequence.card();
    const auto index = static_cast<unsigned long>(frame);
    if (frameCount == 1)
        return {1, items};
    if (items == static_cast<unsigned long>(frameCount) + 1)
        return {index + 1, index + 2};
    DcmPixelItem *table = nullptr;
    if (sequence.getItem(table, 0).bad() || table == nullptr
        || table->getLength() < static_cast<unsigned long>(frameCount) * 4)
        return {};
    const bool isLast = frame + 1 == frameCount;
    const std::uint32_t start = offsetAt(*table, index);
    const std::uint32_t stop = isLast ? 0 : offsetAt(*table, index + 1);
    FragmentRange range;
    std::uint64_t at = 0;
    for (unsigned long i = 1; i < items; ++i) {
        DcmPixelItem *item = nullptr;
        if (sequence.getItem(item, i).bad() || item == nullptr)
            return {};
        if (at == start)
            range.first = i;
        if (!isLast && at == stop)
            range.end = i;
        at += ItemHeaderBytes + item->getLength();
    }
    if (isLast)
        range.end = items;
    return range.first == 0 || range.end <= range.first ? FragmentRange{} : range;
}

} // namespace

Result<std::vector<std::uint8_t>> encapsulatedFrame(DcmDataset &dataset, const DicomHeader &header, int frame,
                                                    const std::filesystem::path &file)
{
    const core::Error damaged =
        badFile(ErrorCode::CorruptFile, file, core::phrase("errors", "has damaged or incomplete compressed pixel data"),
                CopyAgain);
    DcmElement *element = nullptr;
    DcmPixelSequence *sequence = nullptr;
    if (dataset.findAndGetElement(DCM_PixelData, element).bad())
        return damaged;
    auto *pixels = dynamic_cast<DcmPixelData *>(element);
    if (pixels == nullptr || pixels->getEncapsulatedRepresentation(dataset.getOriginalXfer(), nullptr, sequence).bad()
        || sequence == nullptr)
        return damaged;

    const FragmentRange range = fragmentsOf(*sequence, header.frameCount, frame);
    std::vector<std::uint8_t> bytes;
    for (unsigned long i = range.first; i < range.end; ++i) {
        DcmPixelItem *item = nullptr;
        Uint8 *data = nullptr;
        if (sequence->getItem(item, i).bad() || item == nullptr || item->getUint8Array(data).bad())
            return damaged;
        if (data != nullptr)
            bytes.insert(bytes.end(), data, data + item->getLength());
    }
    if (bytes.empty())
        return damaged;
    return bytes;
}

} // namespace semigda::storage

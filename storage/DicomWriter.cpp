// SPDX-License-Identifier: Apache-2.0
#include "storage/DicomFile_p.h"
#include "storage/FileKind_p.h"
#include "storage/MaskFiles.h"

#include "core/AtomicFile.h"
#include "core/Numbers.h"

#include <QtCore/QCryptographicHash>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

/// "2.25." and the 128 bits of a hash as a decimal number (PS3.5 B.2): the same for the same seed.
std::string uidFrom(const std::string &text)
{
    const QByteArray hash = QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256);
    std::array<unsigned, 16> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<unsigned char>(hash[static_cast<qsizetype>(i)]);
    bytes[6] = (bytes[6] & 0x0fU) | 0x80U; // UUID version 8, free form
    bytes[8] = (bytes[8] & 0x3fU) | 0x80U;
    std::string digits;
    while (std::any_of(bytes.begin(), bytes.end(), [](unsigned b) { return b != 0; })) {
        unsigned rest = 0;
        for (unsigned &byte : bytes) {
            const unsigned value = rest * 256 + byte;
            byte = value / 10;
            rest = value % 10;
        }
        digits.push_back(static_cast<char>('0' + rest));
    }
    std::reverse(digits.begin(), digits.end());
    return "2.25." + digits;
}

/// A decimal string has at most 16 characters.
std::string decimal(double value)
{
    constexpr std::size_t Most = 16;
    std::string text;
    for (int precision = 12; precision > 0; --precision) {
        text = core::numberText(value, precision);
        if (text.size() <= Most)
            break;
    }
    return text;
}

template <typename... Values> std::string decimals(Values... values)
{
    std::string text;
    ((text += (text.empty() ? "" : "\\") + decimal(values)), ...);
    return text;
}

struct SeriesUids
{
    std::string study;
    std::string series;
    std::string frameOfReference;
    std::string seed;
};

void putText(DcmDataset &dataset, const DcmTagKey &tag, const std::string &value)
{
    dataset.putAndInsertString(tag, value.c_str());
}

void putStudy(DcmDataset &dataset, const std::string &patientId, const SeriesUids &uids)
{
    putText(dataset, DCM_SpecificCharacterSet, "ISO_IR 192");
    putText(dataset, DCM_PatientName, patientId);
    putText(dataset, DCM_PatientID, patientId);
    putText(dataset, DCM_PatientBirthDate, "");
    putText(dataset, DCM_PatientSex, "");
    putText(dataset, DCM_StudyInstanceUID, uids.study);
    putText(dataset, DCM_StudyDate, "");
    putText(dataset, DCM_StudyTime, "");
    putText(dataset, DCM_ReferringPhysicianName, "");
    putText(dataset, DCM_StudyID, "1");
    putText(dataset, DCM_AccessionNumber, "");
    putText(dataset, DCM_Modality, "CT");
    putText(dataset, DCM_SeriesInstanceUID, uids.series);
    putText(dataset, DCM_SeriesNumber, "1");
    putText(dataset, DCM_SeriesDescription, "Synthetic");
    putText(dataset, DCM_PatientPosition, "HFS");
    putText(dataset, DCM_FrameOfReferenceUID, uids.frameOfReference);
    putText(dataset, DCM_PositionReferenceIndicator, "");
    putText(dataset, DCM_Manufacturer, "SemiGDA Studio");
}

void putPlane(DcmDataset &dataset, const core::ImageGeometry &volume, const core::ImageGeometry &slice)
{
    const auto &d = volume.direction;
    putText(dataset, DCM_PixelSpacing, decimals(volume.spacing[1], volume.spacing[0]));
    putText(dataset, DCM_ImageOrientationPatient, decimals(d[0], d[3], d[6], d[1], d[4], d[7]));
    putText(dataset, DCM_ImagePositionPatient, decimals(slice.origin[0], slice.origin[1], slice.origin[2]));
    putText(dataset, DCM_SliceThickness, decimal(volume.spacing[2]));
}

std::vector<Uint16> wordsOf(const core::ImageData &image)
{
    std::vector<Uint16> words(image.sampleCount());
    std::size_t at = 0;
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            words[at++] = static_cast<Uint16>(static_cast<std::int32_t>(image.stored(x, y)));
    return words;
}

bool putPixels(DcmDataset &dataset, const core::ImageData &image)
{
    const std::vector<Uint16> words = wordsOf(image);
    dataset.putAndInsertUint16(DCM_SamplesPerPixel, 1);
    putText(dataset, DCM_PhotometricInterpretation, "MONOCHROME2");
    dataset.putAndInsertUint16(DCM_Rows, static_cast<Uint16>(image.height));
    dataset.putAndInsertUint16(DCM_Columns, static_cast<Uint16>(image.width));
    dataset.putAndInsertUint16(DCM_BitsAllocated, 16);
    dataset.putAndInsertUint16(DCM_BitsStored, 16);
    dataset.putAndInsertUint16(DCM_HighBit, 15);
    dataset.putAndInsertUint16(DCM_PixelRepresentation, image.type == core::PixelType::Int16 ? 1 : 0);
    putText(dataset, DCM_RescaleIntercept, decimal(image.intercept));
    putText(dataset, DCM_RescaleSlope, decimal(image.slope));
    putText(dataset, DCM_RescaleType, "HU");
    return dataset.putAndInsertUint16Array(DCM_PixelData, words.data(), static_cast<unsigned long>(words.size()))
        .good();
}

Result<void> writeSlice(const core::Volume &volume, int z, const std::string &patientId, const SeriesUids &uids,
                        const std::filesystem::path &file)
{
    const core::ImageData image = volume.slice(z);
    DcmFileFormat dicom;
    DcmDataset &dataset = *dicom.getDataset();
    putText(dataset, DCM_SOPClassUID, UID_CTImageStorage);
    putText(dataset, DCM_SOPInstanceUID, uidFrom(uids.seed + " image " + std::to_string(z)));
    putStudy(dataset, patientId, uids);
    putText(dataset, DCM_ImageType, "DERIVED\\SECONDARY\\AXIAL");
    putText(dataset, DCM_InstanceNumber, std::to_string(z + 1));
    putText(dataset, DCM_AcquisitionNumber, "1");
    putText(dataset, DCM_KVP, "");
    putText(dataset, DCM_WindowCenter, "40");
    putText(dataset, DCM_WindowWidth, "400");
    putPlane(dataset, volume.geometry, image.geometry);
    if (!putPixels(dataset, image))
        return badFile(ErrorCode::Internal, file, phrase("errors", "cannot be written"),
                       phrase("errors", "use smaller slices"));

    return core::replaceFileAtomically(file, [&](const std::filesystem::path &temporary) -> Result<void> {
        errno = 0;
        const OFCondition saved = dicom.saveFile(temporary.c_str(), EXS_LittleEndianExplicit);
        if (saved.good())
            return {};
        return core::fileError(phrase("errors", "write"), file, errno != 0 ? errno : EIO);
    });
}

} // namespace

Result<std::vector<std::filesystem::path>> writeDicomSeries(const core::Volume &volume, const std::string &patientId,
                                                            const std::filesystem::path &folder, std::uint64_t seed)
{
    const bool isWord = volume.type == core::PixelType::Int16 || volume.type == core::PixelType::UInt16
                        || volume.type == core::PixelType::UInt8;
    const auto isSide = [](int side) { return side > 0 && side <= 65535; };
    const std::size_t needed =
        static_cast<std::size_t>(std::max(volume.width, 0)) * static_cast<std::size_t>(std::max(volume.height, 0))
        * static_cast<std::size_t>(std::max(volume.depth, 0)) * core::bytesPerSample(volume.type);
    if (!isWord || !isSide(volume.width) || !isSide(volume.height) || volume.depth < 1 || volume.bytes.size() != needed)
        return badFile(ErrorCode::InvalidArgument, folder,
                       phrase("errors", "cannot hold a CT series of this volume because CT images have 16 bits and 1 "
                                        "to 65535 rows and columns"),
                       phrase("errors", "convert the volume to 16 bits"));
    prepareDicom();
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        return core::fileError(phrase("errors", "make the folder"), folder, failure.value());

    SeriesUids uids;
    uids.seed = "SemiGDA " + patientId + " " + std::to_string(seed);
    uids.study = uidFrom(uids.seed + " study");
    uids.series = uidFrom(uids.seed + " series");
    uids.frameOfReference = uidFrom(uids.seed + " frame of reference");
    std::vector<std::filesystem::path> files;
    for (int z = 0; z < volume.depth; ++z) {
        std::array<char, 32> name{};
        std::snprintf(name.data(), name.size(), "slice_%03d.dcm", z + 1);
        const std::filesystem::path file = folder / name.data();
        if (auto written = writeSlice(volume, z, patientId, uids, file); !written)
            return written.error();
        files.push_back(file);
    }
    return files;
}

} // namespace semigda::storage

// SPDX-License-Identifier: Apache-2.0
#include "storage/DicomReader_p.h"

#include "storage/DicomPixels_p.h"
#include "storage/FileKind_p.h"

#include <QtCore/QCryptographicHash>

#include <cstdlib>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

struct OpenedDicom
{
    std::unique_ptr<DcmFileFormat> file;
    DicomHeader header;
};

Result<OpenedDicom> openDicom(const std::filesystem::path &file)
{
    auto dicom = loadDicom(file);
    if (!dicom)
        return dicom.error();
    if (auto image = requireDicomImage(**dicom, file); !image)
        return image.error();
    auto header = readDicomHeader(*(*dicom)->getDataset(), file);
    if (!header)
        return header.error();
    return OpenedDicom{std::move(*dicom), *header};
}

/// Enough to keep the images of one patient together without carrying the id around in clear.
std::string hashedPatient(const std::string &id)
{
    constexpr std::size_t Digits = 16;
    if (id.empty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(QByteArray::fromStdString(id), QCryptographicHash::Sha256);
    return hash.toHex().toStdString().substr(0, Digits);
}

} // namespace

Result<ImageFileInfo> probeDicom(const std::filesystem::path &file)
{
    const auto opened = openDicom(file);
    if (!opened)
        return opened.error();
    DcmDataset &dataset = *opened->file->getDataset();
    const DicomHeader &header = opened->header;
    const auto volume = header.isGrey() ? volumeGeometryOf(dataset, header.frameCount) : std::nullopt;

    ImageFileInfo info;
    info.format = "dicom";
    info.width = header.width;
    info.height = header.height;
    info.channels = header.isGrey() ? 1 : 3;
    info.bitsPerSample = static_cast<int>(core::bytesPerSample(dicomPixelType(dataset, header))) * 8;
    info.frameCount = header.frameCount;
    info.isVolume = volume.has_value();
    info.geometry = volume ? *volume : geometryOf(dataset, 0);
    info.patientKey = hashedPatient(dicomText(dataset, DCM_PatientID));
    info.studyKey = dicomText(dataset, DCM_StudyInstanceUID);
    info.seriesKey = dicomText(dataset, DCM_SeriesInstanceUID);
    info.instanceNumber = std::atoi(dicomText(dataset, DCM_InstanceNumber).c_str());
    return info;
}

Result<core::ImageData> readDicom(const std::filesystem::path &file, int frame)
{
    auto opened = openDicom(file);
    if (!opened)
        return opened.error();
    if (frame < 0 || frame >= opened->header.frameCount)
        return badFile(ErrorCode::InvalidArgument, file, phrase("errors", "has no frame %1").with(frame + 1),
                       phrase("errors", "choose one of its %1 frames").with(opened->header.frameCount));
    return decodeDicomFrame(*opened->file, opened->header, frame, file);
}

Result<core::Volume> readDicomVolume(const std::filesystem::path &file)
{
    auto opened = openDicom(file);
    if (!opened)
        return opened.error();
    DcmDataset &dataset = *opened->file->getDataset();
    const int depth = opened->header.frameCount;
    const auto stacked = volumeGeometryOf(dataset, depth);
    if (!opened->header.isGrey() || (depth > 1 && !stacked))
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "holds frames that are no parallel, evenly spaced grey slices"),
                       phrase("errors", "open its frames one by one"));
    core::Volume volume;
    for (int z = 0; z < depth; ++z) {
        auto image = decodeDicomFrame(*opened->file, opened->header, z, file);
        if (!image)
            return image.error();
        if (z == 0) {
            volume.width = image->width;
            volume.height = image->height;
            volume.depth = depth;
            volume.type = image->type;
            volume.slope = image->slope;
            volume.intercept = image->intercept;
            volume.geometry = stacked ? *stacked : image->geometry;
            volume.bytes.reserve(image->bytes.size() * static_cast<std::size_t>(depth));
        } else if (image->slope != volume.slope || image->intercept != volume.intercept) {
            return badFile(ErrorCode::UnsupportedFormat, file,
                           phrase("errors", "scales the values of its slices differently"),
                           phrase("errors", "open its frames one by one"));
        }
        volume.bytes.insert(volume.bytes.end(), image->bytes.begin(), image->bytes.end());
    }
    return volume;
}

} // namespace semigda::storage

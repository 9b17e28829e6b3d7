// SPDX-License-Identifier: Apache-2.0
#include "storage/DicomFile_p.h"

#include "storage/FileKind_p.h"

#include "dcmtk/dcmdata/dccodec.h"
#include "dcmtk/dcmdata/dcrledrg.h"
#include "dcmtk/dcmjpeg/djdecode.h"
#include "dcmtk/dcmjpls/djdecode.h"
#include "dcmtk/oflog/oflog.h"

#include <array>
#include <mutex>
#include <utility>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

/// What clinicians call the objects that carry no picture, by their modality.
core::Sentence objectName(DcmDataset &dataset)
{
    static constexpr std::array<std::pair<const char *, core::Phrase>, 11> Names{
        {{"SR", phrase("errors", "structured report")},
         {"RTSTRUCT", phrase("errors", "radiotherapy structure set")},
         {"RTPLAN", phrase("errors", "radiotherapy plan")},
         {"RTRECORD", phrase("errors", "radiotherapy record")},
         {"ECG", phrase("errors", "electrocardiogram")},
         {"EPS", phrase("errors", "electrophysiology record")},
         {"HD", phrase("errors", "haemodynamic record")},
         {"PR", phrase("errors", "presentation state")},
         {"KO", phrase("errors", "key object selection")},
         {"REG", phrase("errors", "registration")},
         {"DOC", phrase("errors", "document")}}};
    const std::string modality = dicomText(dataset, DCM_Modality);
    for (const auto &[key, name] : Names)
        if (modality == key)
            return name;
    return modality.empty() ? core::Sentence(phrase("errors", "object"))
                            : phrase("errors", "object of modality %1").with(modality);
}

std::string syntaxName(E_TransferSyntax syntax)
{
    const DcmXfer xfer(syntax);
    return std::string(xfer.getXferName()) + ", " + xfer.getXferID();
}

/// DCMTK fails on a syntax it has no name for; the meta header still tells which.
std::string unknownSyntaxOf(const std::filesystem::path &file)
{
    DcmFileFormat meta;
    if (meta.loadFile(file.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength, ERM_metaOnly).bad()
        || meta.getMetaInfo() == nullptr)
        return {};
    const std::string uid = dicomText(*meta.getMetaInfo(), DCM_TransferSyntaxUID);
    return uid.empty() || DcmXfer(uid.c_str()).getXfer() != EXS_Unknown ? std::string() : uid;
}

core::Error unsupportedSyntax(const std::filesystem::path &file, const std::string &name)
{
    return badFile(ErrorCode::UnsupportedFormat, file,
                   phrase("errors", "uses the DICOM transfer syntax %1, which this program cannot decode").with(name),
                   phrase("errors", "export it again as Explicit VR Little Endian"));
}

} // namespace

void prepareDicom()
{
    static std::once_flag isPrepared;
    std::call_once(isPrepared, [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        DcmRLEDecoderRegistration::registerCodecs();
        DJDecoderRegistration::registerCodecs(EDC_photometricInterpretation, EUC_default, EPC_colorByPixel);
        DJLSDecoderRegistration::registerCodecs(EJLSUC_default, EJLSPC_colorByPixel);
    });
}

bool isJpeg2000(E_TransferSyntax syntax)
{
    return syntax == EXS_JPEG2000LosslessOnly || syntax == EXS_JPEG2000;
}

std::string dicomText(DcmItem &item, const DcmTagKey &tag)
{
    OFString value;
    if (item.findAndGetOFString(tag, value).bad())
        return {};
    std::string text(value.c_str(), value.length());
    const auto isPadding = [](char c) { return c == ' ' || c == '\0'; };
    while (!text.empty() && isPadding(text.back()))
        text.pop_back();
    const std::size_t start = text.find_first_not_of(' ');
    return start == std::string::npos ? std::string() : text.substr(start);
}

Result<std::unique_ptr<DcmFileFormat>> loadDicom(const std::filesystem::path &file)
{
    prepareDicom();
    if (!dcmDataDict.isDictionaryLoaded())
        return core::Error{ErrorCode::Internal,
                           phrase("errors", "The dictionary of the DICOM library is missing on this computer; "
                                            "reinstall the package libdcmtk17 and start again.")};
    auto dicom = std::make_unique<DcmFileFormat>();
    const OFCondition loaded =
        dicom->loadFile(file.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength, ERM_autoDetect);
    const std::string unknown = unknownSyntaxOf(file);
    if (!unknown.empty())
        return unsupportedSyntax(file, unknown);
    if (loaded.bad())
        return badFile(ErrorCode::CorruptFile, file,
                       phrase("errors", "is a damaged or incomplete DICOM file (%1)").with(std::string(loaded.text())),
                       CopyAgain);
    if (dicom->getDataset() == nullptr || dicom->getDataset()->card() == 0)
        return badFile(ErrorCode::CorruptFile, file, phrase("errors", "is a DICOM file without content"), CopyAgain);
    return dicom;
}

Result<void> requireDicomImage(DcmFileFormat &dicom, const std::filesystem::path &file)
{
    DcmDataset &dataset = *dicom.getDataset();
    const std::string sopClass = dicomText(dataset, DCM_SOPClassUID);
    if (sopClass == UID_SegmentationStorage)
        return badFile(ErrorCode::UnsupportedFormat, file, phrase("errors", "is a DICOM segmentation, not an image"),
                       phrase("errors", "import the images it was made for"));
    const bool hasPixels = dataset.tagExists(DCM_PixelData) || dataset.tagExists(DCM_FloatPixelData)
                           || dataset.tagExists(DCM_DoubleFloatPixelData);
    if (!hasPixels && dataset.tagExists(DCM_DirectoryRecordSequence))
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "is a DICOMDIR, a list of images and not an image itself"),
                       phrase("errors", "import it as a DICOMDIR or import its folder"));
    if (!hasPixels)
        return badFile(
            ErrorCode::UnsupportedFormat, file,
            phrase("errors", "is a DICOM %1 without pixel data, so there is no image in it").with(objectName(dataset)),
            phrase("errors", "choose the image files of this study"));

    const E_TransferSyntax syntax = dataset.getOriginalXfer();
    const bool isNative = !DcmXfer(syntax).isEncapsulated();
    if (!isNative && !isJpeg2000(syntax) && !DcmCodecList::canChangeCoding(syntax, EXS_LittleEndianExplicit))
        return unsupportedSyntax(file, syntaxName(syntax));
    return {};
}

} // namespace semigda::storage

// SPDX-License-Identifier: Apache-2.0
#include "storage/DicomFile_p.h"
#include "storage/FileKind_p.h"
#include "storage/ImageFiles.h"

#include <algorithm>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

/// Media written elsewhere keep upper-case ids while copies of them often have lower-case names.
std::filesystem::path existing(const std::filesystem::path &folder, const std::string &name)
{
    const std::filesystem::path exact = folder / name;
    std::error_code ignored;
    if (std::filesystem::exists(exact, ignored))
        return exact;
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::filesystem::exists(folder / lower, ignored) ? folder / lower : exact;
}

} // namespace

Result<std::vector<std::filesystem::path>> readDicomDir(const std::filesystem::path &file)
{
    const auto head = sniffFile(file);
    if (!head)
        return head.error();
    if (head->kind != FileKind::Dicom)
        return notAnImage(file, *head);
    const auto dicom = loadDicom(file);
    if (!dicom)
        return dicom.error();
    DcmSequenceOfItems *records = nullptr;
    if ((*dicom)->getDataset()->findAndGetSequence(DCM_DirectoryRecordSequence, records).bad() || records == nullptr)
        return badFile(ErrorCode::UnsupportedFormat, file, phrase("errors", "is a DICOM file but no DICOMDIR"),
                       phrase("errors", "import it as an image"));

    std::vector<std::filesystem::path> files;
    for (unsigned long i = 0; i < records->card(); ++i) {
        DcmItem *record = records->getItem(i);
        DcmElement *id = nullptr;
        if (record == nullptr || record->findAndGetElement(DCM_ReferencedFileID, id).bad() || id == nullptr)
            continue;
        std::filesystem::path path = file.parent_path();
        OFString part;
        for (unsigned long component = 0; component < id->getVM(); ++component) {
            if (id->getOFString(part, component).bad())
                continue;
            const std::string name(part.c_str());
            if (name == ".." || name.find('/') != std::string::npos)
                return badFile(ErrorCode::CorruptFile, file, phrase("errors", "refers to files outside its folder"),
                               phrase("errors", "import the images' folder instead"));
            path = existing(path, name);
        }
        if (id->getVM() > 0)
            files.push_back(path);
    }
    if (files.empty())
        return badFile(ErrorCode::CorruptFile, file, phrase("errors", "is a DICOMDIR that lists no files"),
                       phrase("errors", "import the images' folder"));
    return files;
}

} // namespace semigda::storage

// SPDX-License-Identifier: Apache-2.0
#include "storage/MaskFiles.h"

#include "storage/FileKind_p.h"
#include "storage/MaskReader_p.h"

#include <new>

namespace semigda::storage
{

using core::ErrorCode;
using core::phrase;
using core::Result;

Result<MaskFile> readMask(const std::filesystem::path &file, const core::LabelSet &classes)
{
    try {
        const auto head = sniffFile(file);
        if (!head)
            return head.error();
        auto values = readMaskValues(file, *head);
        if (!values)
            return values.error();
        return toMaskFile(std::move(*values), classes, file);
    } catch (const std::bad_alloc &) {
        return badFile(ErrorCode::OutOfMemory, file, phrase("errors", "needs more memory than this computer has free"),
                       phrase("errors", "close other programs or use a smaller mask"));
    } catch (const std::exception &e) {
        return badFile(ErrorCode::CorruptFile, file,
                       phrase("errors", "cannot be read (%1)").with(std::string(e.what())), CopyAgain);
    }
}

} // namespace semigda::storage

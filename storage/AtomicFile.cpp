// SPDX-License-Identifier: Apache-2.0
#include "storage/AtomicFile_p.h"

#include "storage/FileKind_p.h"

#include <QtCore/QSaveFile>
#include <QtCore/QStorageInfo>

#include <cerrno>

namespace semigda::storage
{

using core::ErrorCode;

namespace
{

bool isDiskFull(const std::filesystem::path &folder)
{
    constexpr qint64 NothingLeft = 4096;
    const QStorageInfo disk(QString::fromStdString(folder.string()));
    return disk.isValid() && disk.bytesAvailable() < NothingLeft;
}

core::Error writingError(const std::filesystem::path &file, const std::filesystem::path &folder,
                         const QSaveFile &target, int cause)
{
    if (cause == ENOSPC || cause == EDQUOT || target.error() == QFileDevice::ResourceError || isDiskFull(folder))
        return fileError(ErrorCode::DiskFull, file, "cannot be written because the disk is full",
                         "free some space and try again");
    if (cause == EACCES || cause == EPERM || cause == EROFS || target.error() == QFileDevice::PermissionsError)
        return fileError(ErrorCode::PermissionDenied, file, "cannot be written because its folder is write protected",
                         "choose another folder or ask for write access");
    return fileError(ErrorCode::Io, file, "cannot be written (" + target.errorString().toStdString() + ")",
                     "check the disk or network drive");
}

} // namespace

core::Result<void> writeAtomically(const std::filesystem::path &file, const std::function<bool(QIODevice &)> &write)
{
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored))
        return fileError(ErrorCode::NotFound, file, "cannot be written because its folder does not exist",
                         "make the folder '" + folder.string() + "' first");
    QSaveFile target(QString::fromStdString(file.string()));
    errno = 0;
    if (!target.open(QIODevice::WriteOnly))
        return writingError(file, folder, target, errno);
    errno = 0;
    const bool isWritten = write(target);
    if (!isWritten || target.error() != QFileDevice::NoError) {
        const int cause = errno;
        target.cancelWriting();
        return writingError(file, folder, target, cause);
    }
    if (!target.commit())
        return writingError(file, folder, target, errno);
    return {};
}

} // namespace semigda::storage

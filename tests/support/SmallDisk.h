// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <string>

#include <sys/mount.h>

namespace semigda::test
{

/// A file system of 2 MB of its own, in memory. Mounting it needs the superuser's rights.
class SmallDisk
{
public:
    SmallDisk()
        : isMounted(::mount("none", m_folder.path().toUtf8().constData(), "tmpfs", 0, "size=2m") == 0)
    {}
    ~SmallDisk()
    {
        if (isMounted) {
            ::umount2(m_folder.path().toUtf8().constData(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;
    std::filesystem::path path() const { return m_folder.path().toStdString(); }
    /// Takes all space there is.
    void fill() const
    {
        std::ofstream out(filler(), std::ios::binary | std::ios::app);
        const std::string piece(4096, 'x');
        while (out.write(piece.data(), static_cast<std::streamsize>(piece.size())).flush()) {
        }
    }
    /// Gives it back.
    void free() const { std::filesystem::remove(filler()); }

private:
    std::filesystem::path filler() const { return path() / "filler"; }

    QTemporaryDir m_folder;

public:
    const bool isMounted;
};

} // namespace semigda::test

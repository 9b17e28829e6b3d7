// SPDX-License-Identifier: Apache-2.0
#include "storage/ProjectPlace_p.h"

#include <QtCore/QDir>
#include <QtCore/QStorageInfo>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace semigda::storage
{

namespace
{

using core::PlaceKind;
using core::ProjectPlace;
using Named = std::pair<std::string_view, std::string_view>;

// A folder with very many files is no folder of a sync client's own; reading it over a network takes long.
constexpr int MostEntries = 2000;

/// File systems whose files are on another computer, or are shared with the computer that a virtual one runs on. Types
/// beneath "fuse." are named by their programs; most of these are local (NTFS, encryption, overlays).
std::string networkName(std::string type)
{
    static constexpr std::array<Named, 29> Types{{{"nfs", "NFS"},
                                                  {"nfs4", "NFS"},
                                                  {"cifs", "SMB"},
                                                  {"smb", "SMB"},
                                                  {"smb2", "SMB"},
                                                  {"smb3", "SMB"},
                                                  {"smbfs", "SMB"},
                                                  {"afpfs", "AFP"},
                                                  {"afs", "AFS"},
                                                  {"ncpfs", "NetWare"},
                                                  {"webdav", "WebDAV"},
                                                  {"davfs", "WebDAV"},
                                                  {"davfs2", "WebDAV"},
                                                  {"sshfs", "SSHFS"},
                                                  {"rclone", "rclone"},
                                                  {"s3fs", "S3"},
                                                  {"gcsfuse", "Google Cloud Storage"},
                                                  {"gvfsd-fuse", "GVfs"},
                                                  {"google-drive-ocamlfuse", "Google Drive"},
                                                  {"ceph", "CephFS"},
                                                  {"ceph-fuse", "CephFS"},
                                                  {"glusterfs", "GlusterFS"},
                                                  {"lustre", "Lustre"},
                                                  {"gpfs", "GPFS"},
                                                  {"beegfs", "BeeGFS"},
                                                  {"9p", "9P"},
                                                  {"vboxsf", "VirtualBox"},
                                                  {"vmhgfs-fuse", "VMware"},
                                                  {"prl_fs", "Parallels"}}};
    std::transform(type.begin(), type.end(), type.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    constexpr std::string_view Fuse = "fuse.";
    const std::string_view name = std::string_view(type).substr(type.starts_with(Fuse) ? Fuse.size() : 0);
    const auto *found = std::find_if(Types.begin(), Types.end(), [&](const Named &each) { return each.first == name; });
    return found == Types.end() ? std::string() : std::string(found->second);
}

bool isFile(const std::filesystem::path &path)
{
    std::error_code failure;
    return std::filesystem::is_regular_file(path, failure);
}

bool isThere(const std::filesystem::path &path)
{
    std::error_code failure;
    return std::filesystem::exists(path, failure);
}

bool hasSyncJournal(const std::filesystem::path &folder)
{
    std::error_code failure;
    int seen = 0;
    for (std::filesystem::directory_iterator entry(folder, failure), end;
         !failure && entry != end && seen < MostEntries; entry.increment(failure), ++seen) {
        const std::string name = entry->path().filename().string();
        if ((name.starts_with(".sync_") || name.starts_with("._sync_")) && name.ends_with(".db"))
            return true;
    }
    return false;
}

/// By what the client itself puts into the folder it keeps in step. A desktop.ini tells nothing: Windows writes one
/// into any folder with an icon of its own.
std::string clientByMarkers(const std::filesystem::path &folder)
{
    // In the home folder ".dropbox" is a folder with the client's settings.
    if (isFile(folder / ".dropbox") || isThere(folder / ".dropbox.cache"))
        return "Dropbox";
    if (isThere(folder / ".stfolder"))
        return "Syncthing";
    if (isThere(folder / ".849C9593-D756-4E56-8D6E-42412F2A707B"))
        return "OneDrive";
    if (isThere(folder / ".tmp.drivedownload") || isThere(folder / ".tmp.driveupload")
        || isThere(folder / ".shortcut-targets-by-id"))
        return "Google Drive";
    if (isFile(folder / ".nextcloudsync.log"))
        return "Nextcloud";
    if (isFile(folder / ".owncloudsync.log"))
        return "ownCloud";
    return hasSyncJournal(folder) ? "Nextcloud" : "";
}

/// By what clients call their folders, which is all there is on some systems.
std::string clientByName(const std::string &name)
{
    static constexpr std::array<Named, 10> Names{{{"Dropbox", "Dropbox"},
                                                  {"OneDrive", "OneDrive"},
                                                  {"Nextcloud", "Nextcloud"},
                                                  {"ownCloud", "ownCloud"},
                                                  {"Google Drive", "Google Drive"},
                                                  {"GoogleDrive", "Google Drive"},
                                                  {"iCloudDrive", "iCloud"},
                                                  {"iCloud Drive", "iCloud"},
                                                  {"Mobile Documents", "iCloud"},
                                                  {"com~apple~CloudDocs", "iCloud"}}};
    for (const auto &[start, client] : Names) {
        // "OneDrive - Clinic", "Dropbox (Clinic)", "GoogleDrive-me@example.org"
        const std::string_view rest = std::string_view(name).substr(std::min(name.size(), start.size()));
        if (name.starts_with(start)
            && (rest.empty() || rest.starts_with(" - ") || rest.starts_with(" (") || rest.starts_with("-")))
            return std::string(client);
    }
    return {};
}

} // namespace

PlaceClues PlaceClues::fromSystem()
{
    PlaceClues clues;
    clues.fileSystem = [](const std::filesystem::path &folder) {
        return QStorageInfo(QString::fromStdU16String(folder.u16string())).fileSystemType().toStdString();
    };
    clues.home = QDir::homePath().toStdU16String();
    return clues;
}

ProjectPlace placeOf(const std::filesystem::path &folder, const PlaceClues &clues)
{
    std::error_code failure;
    std::filesystem::path place = std::filesystem::weakly_canonical(folder, failure);
    if (failure)
        place = folder;
    if (const std::string name = networkName(clues.fileSystem(place)); !name.empty())
        return {PlaceKind::NetworkShare, name};
    if (const std::string text = folder.string(); text.starts_with("\\\\") || text.starts_with("//"))
        return {PlaceKind::NetworkShare, "SMB"};
    const std::filesystem::path home = std::filesystem::weakly_canonical(clues.home, failure);
    std::string byName;
    // Not the project's own folder: what it holds and how it is called is the user's.
    for (std::filesystem::path above = place.parent_path(); !above.empty() && above != home;
         above = above.parent_path()) {
        if (const std::string client = clientByMarkers(above); !client.empty())
            return {PlaceKind::SyncedFolder, client};
        if (byName.empty())
            byName = clientByName(above.filename().string());
        if (above == above.parent_path())
            break;
    }
    return byName.empty() ? ProjectPlace() : ProjectPlace{PlaceKind::SyncedFolder, byName};
}

} // namespace semigda::storage

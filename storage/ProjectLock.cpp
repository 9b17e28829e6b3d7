// SPDX-License-Identifier: Apache-2.0
#include "storage/ProjectLock_p.h"

#include "storage/SqliteConnection_p.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace semigda::storage
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::phrase;

std::string hostName()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "this computer";
}

std::string programName()
{
    std::ifstream file("/proc/self/comm");
    std::string name;
    std::getline(file, name);
    return name.empty() ? "a program" : name;
}

void writeHolder(int descriptor)
{
    const std::string text =
        std::to_string(::getpid()) + "\n" + hostName() + "\n" + utcNow() + "\n" + programName() + "\n";
    // The lock holds without the text, which only informs others: a full disk must not keep anyone out.
    if (::ftruncate(descriptor, 0) == 0) {
        static_cast<void>(::pwrite(descriptor, text.data(), text.size(), 0) == 0);
    }
}

core::Sentence holderSentence(const std::filesystem::path &file)
{
    std::ifstream in(file);
    std::string process;
    std::string host;
    std::string since;
    std::string program;
    std::getline(in, process);
    std::getline(in, host);
    std::getline(in, since);
    std::getline(in, program);
    if (program.empty()) {
        return phrase("errors", "another program has it open");
    }
    const bool isHere = host == hostName();
    if (isHere && process == std::to_string(::getpid())) {
        return phrase("errors", "this program has it open already");
    }
    return isHere ? phrase("errors", "%1 (process %2, since %3) has it open").with(program, process, since)
                  : phrase("errors", "%1 (process %2 on %3, since %4) has it open").with(program, process, host, since);
}

} // namespace

core::Result<ProjectLock> ProjectLock::acquire(const std::filesystem::path &folder)
{
    const std::filesystem::path file = folder / "lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        const int number = errno;
        switch (number) {
        case EACCES:
        case EPERM:
            return Error{ErrorCode::PermissionDenied, phrase("errors", "you may not write to its folder")};
        case EROFS:
            return Error{ErrorCode::ReadOnly, phrase("errors", "its disk is read-only")};
        case ENOSPC:
        case EDQUOT:
            return Error{ErrorCode::DiskFull, phrase("errors", "its disk is full")};
        default:
            return Error{
                ErrorCode::Io,
                phrase("errors", "its lock file cannot be opened (%1)").with(std::string(std::strerror(number)))};
        }
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        writeHolder(descriptor);
        return ProjectLock(descriptor);
    }
    const int number = errno;
    ::close(descriptor);
    if (number == EWOULDBLOCK) {
        return Error{ErrorCode::Locked, holderSentence(file)};
    }
    return Error{ErrorCode::Io,
                 phrase("errors", "its drive cannot lock files (%1); copy the project to a local disk to work on it")
                     .with(std::string(std::strerror(number)))};
}

ProjectLock::~ProjectLock()
{
    if (m_descriptor >= 0) {
        // Emptied, not removed: another process may have opened the same file and wait for its lock.
        static_cast<void>(::ftruncate(m_descriptor, 0) == 0);
        ::close(m_descriptor);
    }
}

ProjectLock::ProjectLock(ProjectLock &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

ProjectLock &ProjectLock::operator=(ProjectLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

} // namespace semigda::storage

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <filesystem>
#include <string>

namespace semigda::storage
{

/// The right to write to a project, held through a kernel lock on the file `lock`: it ends with the process, however
/// that ends, so that no stale lock can stay. The file tells others who holds it. Two holders exclude each other
/// within one process, too.
class ProjectLock
{
public:
    /// Locked (who holds it), PermissionDenied, ReadOnly, or Io; one sentence that gives the reason only.
    static core::Result<ProjectLock> acquire(const std::filesystem::path &folder);

    ~ProjectLock();
    ProjectLock(ProjectLock &&other) noexcept;
    ProjectLock &operator=(ProjectLock &&other) noexcept;

private:
    explicit ProjectLock(int descriptor)
        : m_descriptor(descriptor)
    {}

    int m_descriptor = -1;
};

} // namespace semigda::storage

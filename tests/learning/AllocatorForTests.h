// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Allocator.h>
#include <torch/version.h>

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
#define ALLOCATE_CONST
#else
#define ALLOCATE_CONST const
#endif

namespace semigda::test
{

/// What releases of LibTorch ask of an allocator differently; `allocate` and `raw_deleter` are left to tests.
class AllocatorForTests : public c10::Allocator
{
public:
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 1)
    void copy_data(void *to, const void *from, std::size_t bytes) const override
    {
        default_copy_data(to, from, bytes);
    }
#endif
};

} // namespace semigda::test

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <string>

namespace semigda::learning
{

/// To be called first thing in main(), before any thread starts: OpenMP workers sleep while they wait, but for the
/// first moment (environment variables that the runtime reads when it loads; re-executes the program when it was loaded
/// already).
void configureThreadWaiting(char **argv);
/// To be called in main() too, before any thread starts: memory that one training step frees is kept for the next, up
/// to half a gigabyte, where the C library would give it back and fetch it again page by page.
void keepFreedMemory();
/// Gives back what is kept, when training has ended.
void releaseFreedMemory();
/// Threads that tensor operations use; 0 = all cores.
void setThreadCount(int threads);
/// "auto", "cpu" or "cuda:N" as words for people: "CPU, 2 threads". Fails when there is no such device.
core::Result<std::string> describeDevice(const std::string &device);
/// Of the LibTorch this program was built with: "1.13.1".
std::string libTorchVersion();

} // namespace semigda::learning

// SPDX-License-Identifier: Apache-2.0
#include "learning/Compute.h"

#include "learning/Device_p.h"

#include <cstdlib>
#include <thread>

#ifdef __linux__
#include <unistd.h>

#include <filesystem>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace semigda::learning
{

void configureThreadWaiting([[maybe_unused]] char **argv)
{
#ifdef __linux__
    // Spinning workers slow every other program on the same cores ten times and more; libgomp and libiomp read this
    // when they load, which for a linked library is before main().
    constexpr const char *Marker = "SEMIGDA_OPENMP_SET";
    if (std::getenv("OMP_WAIT_POLICY") || std::getenv(Marker)) {
        return;
    }
    ::setenv("OMP_WAIT_POLICY", "PASSIVE", 1);
    // Some 50 microseconds: what lies between two parallel loops of a step is shorter, and putting workers to sleep and
    // waking them for each doubles the time of a step on images of 32 pixels.
    ::setenv("GOMP_SPINCOUNT", "5000", 0);
    ::setenv(Marker, "1", 1);
    std::error_code failure;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (!failure) {
        ::execv(program.c_str(), argv);
    }
    // Without /proc the program runs on as it is, only with busier waiting.
#endif
}

void keepFreedMemory()
{
#ifdef __GLIBC__
    constexpr int Kept = 512 << 20;
    constexpr int LargestInHeap = 32 << 20; // the most that the library allows
    ::mallopt(M_TRIM_THRESHOLD, Kept);
    ::mallopt(M_MMAP_THRESHOLD, LargestInHeap);
    // Other threads' heaps are pieces of 64 MB that come and go whole.
    ::mallopt(M_ARENA_MAX, 1);
#endif
}

void releaseFreedMemory()
{
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

void setThreadCount(int threads)
{
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    at::set_num_threads(threads > 0 ? threads : cores);
}

core::Result<torch::Device> deviceFrom(const std::string &name)
{
    if (name == "cpu") {
        return torch::Device(torch::kCPU);
    }
    const bool hasCuda = torch::cuda::is_available();
    if (name == "auto") {
        return hasCuda ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
    }
    if (name == "cuda" || name.rfind("cuda:", 0) == 0) {
        const std::string number = name.size() > 5 ? name.substr(5) : "0";
        const bool isNumber =
            !number.empty() && number.size() < 4 && number.find_first_not_of("0123456789") == std::string::npos;
        if (!isNumber) {
            return core::Error{core::ErrorCode::InvalidArgument,
                               core::phrase("errors", "There is no device \"%1\"; write cuda:0, cuda:1, …").with(name)};
        }
        if (!hasCuda || std::stoi(number) >= static_cast<int>(torch::cuda::device_count())) {
            return core::Error{
                core::ErrorCode::NotFound,
                core::phrase("errors",
                             "The graphics card %1 was not found; choose auto or cpu, or install LibTorch with CUDA.")
                    .with(name)};
        }
        return torch::Device(torch::kCUDA, static_cast<c10::DeviceIndex>(std::stoi(number)));
    }
    return core::Error{core::ErrorCode::InvalidArgument,
                       core::phrase("errors", "There is no device \"%1\"; choose auto, cpu or cuda:0.").with(name)};
}

core::Result<std::string> describeDevice(const std::string &device)
{
    const auto found = deviceFrom(device);
    if (!found) {
        return found.error();
    }
    if (found->is_cuda()) {
        return "Graphics card " + std::to_string(found->index());
    }
    const int threads = at::get_num_threads();
    return "CPU, " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

std::string libTorchVersion()
{
    return TORCH_VERSION;
}

} // namespace semigda::learning

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace semigda::test
{

/// A promise of the readers that must hold for any input; the fuzzer keeps the input that breaks it.
inline void require(bool holds, const char *what)
{
    if (!holds) {
        std::fprintf(stderr, "broken promise: %s\n", what);
        std::abort();
    }
}

/// One sentence for the user that names the file.
inline void requireSentence(const core::Error &error, const std::filesystem::path &file)
{
    const std::string message = error.message.english();
    require(message.find(file.string()) != std::string::npos, "the error names the file");
    require(message.ends_with('.') && message.size() < 800, "the error is a sentence");
    for (const char c : message) {
        require(static_cast<unsigned char>(c) >= ' ', "the error is one line of text");
    }
}

/// The input as a file; a folder in memory (TMPDIR=/dev/shm) makes it fast.
inline const std::filesystem::path &asFile(const std::uint8_t *data, std::size_t size)
{
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("semigda-fuzz-" + std::to_string(::getpid()));
    static const bool isRemovedAtTheEnd = std::atexit([] { std::filesystem::remove(path); }) == 0;
    require(isRemovedAtTheEnd, "the program has an end");
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream.write(reinterpret_cast<const char *>(data), static_cast<std::streamsize>(size));
    stream.close();
    require(stream.good(), "the input can be written");
    return path;
}

} // namespace semigda::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

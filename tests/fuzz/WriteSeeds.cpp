// SPDX-License-Identifier: Apache-2.0
// fuzz_seeds DIR: writes the seeds of each target to a folder of its name, for libFuzzer.
#include "fuzz/Seeds.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: fuzz_seeds DIR\n");
        return 2;
    }
    for (const char *target : {"Safetensors", "Pickle", "TorchArchive"}) {
        const std::filesystem::path folder = std::filesystem::path(argv[1]) / target;
        std::filesystem::create_directories(folder);
        int number = 0;
        for (const std::string &seed : semigda::test::fuzzSeeds(target)) {
            std::ofstream stream(folder / ("seed-" + std::to_string(number++)), std::ios::binary);
            stream << seed;
        }
    }
    return 0;
}

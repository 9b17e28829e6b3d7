// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without libFuzzer: its seeds, and some thousands of changes of each, the same ones every time.
// With file names it runs those instead, such as an input that libFuzzer found.
#include "fuzz/FuzzSupport.h"
#include "fuzz/Seeds.h"

#include <algorithm>
#include <iterator>
#include <random>

namespace
{

constexpr int ChangesOfSeed = 3000;

void run(const std::string &input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(input.data()), input.size());
}

/// The engine's numbers are the same on every machine, those of the standard distributions are not.
std::size_t below(std::mt19937_64 &random, std::size_t limit)
{
    return static_cast<std::size_t>(random() % limit);
}

/// Flips, copies, cuts and sets numbers as libFuzzer does, one to four times.
std::string changed(std::string input, std::mt19937_64 &random)
{
    static const char Extremes[] = {'\0', '\x01', '\x7F', '\x80', '\xFF'};
    const std::size_t changes = 1 + below(random, 4);
    for (std::size_t change = 0; change < changes && !input.empty(); ++change) {
        const std::size_t at = below(random, input.size());
        const std::size_t length = std::min<std::size_t>(1 + below(random, 8), input.size() - at);
        switch (below(random, 5)) {
        case 0:
            input[at] = static_cast<char>(input[at] ^ (1 << below(random, 8)));
            break;
        case 1:
            input.replace(at, length, length, Extremes[below(random, sizeof Extremes)]);
            break;
        case 2:
            input.erase(at, length);
            break;
        case 3:
            input.insert(below(random, input.size()), input.substr(at, length));
            break;
        default:
            input.resize(at);
        }
    }
    return input;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: replay_TARGET TARGET [FILE]...\n");
        return 2;
    }
    for (int i = 2; i < argc; ++i) {
        std::ifstream stream(argv[i], std::ios::binary);
        run({std::istreambuf_iterator<char>(stream), {}});
    }
    if (argc > 2) {
        return 0;
    }
    const std::vector<std::string> seeds = semigda::test::fuzzSeeds(argv[1]);
    std::mt19937_64 random(1);
    for (const std::string &seed : seeds) {
        run(seed);
        for (int i = 0; i < ChangesOfSeed; ++i) {
            run(changed(seed, random));
        }
    }
    std::printf("%zu seeds, %zu changes\n", seeds.size(), seeds.size() * ChangesOfSeed);
    return seeds.empty() ? 1 : 0;
}

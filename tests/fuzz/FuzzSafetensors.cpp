// SPDX-License-Identifier: Apache-2.0
#include "fuzz/FuzzSource.h"

using namespace semigda;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::filesystem::path &file = test::asFile(data, size);
    test::exerciseSource(file);
    const auto whole = learning::readSafetensors(file);
    if (!whole) {
        test::requireSentence(whole.error(), file);
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "fuzz/FuzzSupport.h"
#include "learning/PickleReader_p.h"

#include <cstring>

using namespace semigda;
using learning::PickleIndex;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::vector<std::byte> bytes(size);
    if (size > 0) {
        std::memcpy(bytes.data(), data, size);
    }
    const auto tree = learning::readPickle(std::move(bytes), "x.ckpt");
    if (!tree) {
        test::requireSentence(tree.error(), "x.ckpt");
        return 0;
    }
    const auto isThere = [&](PickleIndex index) { return index < tree->values.size(); };
    test::require(isThere(tree->root), "there is a root");
    test::require(tree->values.size() <= size, "every value has its opcode");
    std::size_t letters = 0;
    for (const learning::PickleValue &value : tree->values) {
        test::require(isThere(value.callable) && isThere(value.arguments), "calls refer to values");
        for (const PickleIndex item : value.items) {
            test::require(isThere(item), "items are values");
        }
        for (const std::string_view text : {value.text, value.name}) {
            for (const char c : text) {
                letters += static_cast<unsigned char>(c) >= ' ' ? 1 : 0; // so that every letter is read
            }
        }
    }
    test::require(letters <= size, "texts are parts of the pickle");
    return 0;
}

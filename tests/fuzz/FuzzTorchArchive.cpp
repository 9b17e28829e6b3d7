// SPDX-License-Identifier: Apache-2.0
#include "fuzz/FuzzSource.h"
#include "learning/TorchArchiveWriter.h"

#include <string_view>

using namespace semigda;

/// An input that begins as a zip archive is one; any other is the pickle in a sound archive with three storages, which
/// changes of the zip's own fields would rarely leave readable.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    if (input.starts_with("PK")) {
        test::exerciseSource(test::asFile(data, size));
        return 0;
    }
    test::ZipWriter zip;
    zip.add("x/data.pkl", std::string(input));
    for (const char *storage : {"x/data/0", "x/data/1", "x/data/2"}) {
        zip.add(storage, std::string(64, 'x'));
    }
    std::ostringstream stream;
    zip.write(stream);
    const std::string bytes = stream.str();
    test::exerciseSource(test::asFile(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()));
    return 0;
}

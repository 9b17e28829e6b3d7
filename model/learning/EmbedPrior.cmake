# Writes the bytes of INPUT into OUTPUT as C++. Run by the build with cmake -P. Eight bytes a number, lowest first: a
# list of single bytes takes compilers minutes.
file(READ ${INPUT} hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
math(EXPR missing "(16 - ${digits} % 16) % 16")
string(REPEAT "0" ${missing} padding)
string(REGEX REPLACE "(..)(..)(..)(..)(..)(..)(..)(..)" "0x\\8\\7\\6\\5\\4\\3\\2\\1," words "${hex}${padding}")
string(REGEX REPLACE "(0x................,0x................,0x................,0x................,)" "\\1\n" words
    "${words}")
file(WRITE ${OUTPUT} "// Made from resources/prior by EmbedPrior.cmake.
#include \"learning/ShippedPrior_p.h\"

#include <bit>
#include <cstdint>

namespace semigda::learning
{

static_assert(std::endian::native == std::endian::little, \"the words below are in the order of their bytes\");

namespace
{
constexpr std::uint64_t Words[] = {
${words}};
} // namespace

std::span<const std::byte> shippedPrior()
{
    return std::as_bytes(std::span(Words)).first(${size});
}

} // namespace semigda::learning
")

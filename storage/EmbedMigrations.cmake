# Writes the numbered .sql files of FOLDER into OUTPUT as C++ string literals. Run by the build with cmake -P.
file(GLOB scripts ${FOLDER}/[0-9][0-9][0-9][0-9]_*.sql)
list(SORT scripts)
set(entries "")
set(expected 1)
foreach(script IN LISTS scripts)
    get_filename_component(name ${script} NAME)
    string(SUBSTRING ${name} 0 4 digits)
    math(EXPR number "1${digits} - 10000")
    if(NOT number EQUAL expected)
        message(FATAL_ERROR "Migrations must be numbered without gaps: ${name} should be number ${expected}.")
    endif()
    math(EXPR expected "${expected} + 1")
    file(READ ${script} text)
    string(APPEND entries "    {${number}, R\"~sql~(${text})~sql~\"},\n")
endforeach()
math(EXPR count "${expected} - 1")
set(code "// Made from storage/migrations by EmbedMigrations.cmake.
#include \"storage/SqliteSchema_p.h\"

#include <array>

namespace semigda::storage
{

namespace
{
constexpr std::array<Migration, ${count}> Embedded{{
${entries}}};
} // namespace

std::span<const Migration> embeddedMigrations()
{
    return Embedded;
}

} // namespace semigda::storage
")
file(WRITE ${OUTPUT} "${code}")

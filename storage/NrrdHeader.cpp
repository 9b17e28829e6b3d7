// SPDX-License-Identifier: Apache-2.0
#include "storage/NrrdHeader_p.h"

#include "core/Numbers.h"
#include "storage/FileKind_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;
using Fields = std::map<std::string, std::string>;

std::string trimmed(const std::string &text)
{
    const std::size_t first = text.find_first_not_of(" \t\r");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> words(const std::string &text)
{
    std::istringstream stream(text);
    std::vector<std::string> result;
    for (std::string word; stream >> word;)
        result.push_back(word);
    return result;
}

std::optional<double> number(const std::string &text)
{
    const std::optional<double> value = core::numberFrom(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

/// "(a,b,c)"
std::optional<std::array<double, 3>> vectorFrom(const std::string &text)
{
    if (text.size() < 2 || text.front() != '(' || text.back() != ')')
        return std::nullopt;
    std::string inner = text.substr(1, text.size() - 2);
    std::replace(inner.begin(), inner.end(), ',', ' ');
    const auto parts = words(inner);
    std::array<double, 3> values{};
    if (parts.size() != 3)
        return std::nullopt;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto value = number(parts[i]);
        if (!value)
            return std::nullopt;
        values[i] = *value;
    }
    return values;
}

/// Vectors may hold blanks after their commas; "none" stands for axes that are no direction.
std::vector<std::string> vectorsOf(const std::string &text)
{
    std::string joined;
    int depth = 0;
    for (const char c : text) {
        depth += c == '(' ? 1 : (c == ')' ? -1 : 0);
        if (depth == 0 || (c != ' ' && c != '\t'))
            joined += c;
    }
    return words(joined);
}

/// The many spellings of the format's definition, with blanks and "_t" taken out.
std::optional<VoxelType> typeOf(std::string name)
{
    static const std::map<std::string, VoxelType> Types{{"signedchar", VoxelType::Int8},
                                                        {"int8", VoxelType::Int8},
                                                        {"uchar", VoxelType::UInt8},
                                                        {"unsignedchar", VoxelType::UInt8},
                                                        {"uint8", VoxelType::UInt8},
                                                        {"short", VoxelType::Int16},
                                                        {"shortint", VoxelType::Int16},
                                                        {"signedshort", VoxelType::Int16},
                                                        {"signedshortint", VoxelType::Int16},
                                                        {"int16", VoxelType::Int16},
                                                        {"ushort", VoxelType::UInt16},
                                                        {"unsignedshort", VoxelType::UInt16},
                                                        {"unsignedshortint", VoxelType::UInt16},
                                                        {"uint16", VoxelType::UInt16},
                                                        {"int", VoxelType::Int32},
                                                        {"signedint", VoxelType::Int32},
                                                        {"int32", VoxelType::Int32},
                                                        {"uint", VoxelType::UInt32},
                                                        {"unsignedint", VoxelType::UInt32},
                                                        {"uint32", VoxelType::UInt32},
                                                        {"longlong", VoxelType::Int64},
                                                        {"longlongint", VoxelType::Int64},
                                                        {"signedlonglong", VoxelType::Int64},
                                                        {"signedlonglongint", VoxelType::Int64},
                                                        {"int64", VoxelType::Int64},
                                                        {"ulonglong", VoxelType::UInt64},
                                                        {"unsignedlonglong", VoxelType::UInt64},
                                                        {"unsignedlonglongint", VoxelType::UInt64},
                                                        {"uint64", VoxelType::UInt64},
                                                        {"float", VoxelType::Float32},
                                                        {"double", VoxelType::Float64}};
    name.erase(std::remove(name.begin(), name.end(), ' '), name.end());
    if (name.ends_with("_t"))
        name.resize(name.size() - 2);
    const auto found = Types.find(name);
    return found == Types.end() ? std::nullopt : std::optional(found->second);
}

/// Signs that turn a space's axes into left, posterior, superior; nothing for spaces that name no patient axes.
std::optional<std::array<double, 3>> signsOf(std::string space)
{
    std::transform(space.begin(), space.end(), space.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (space == "left-posterior-superior" || space == "lps")
        return std::array<double, 3>{1.0, 1.0, 1.0};
    if (space == "right-anterior-superior" || space == "ras")
        return std::array<double, 3>{-1.0, -1.0, 1.0};
    if (space == "left-anterior-superior" || space == "las")
        return std::array<double, 3>{1.0, -1.0, 1.0};
    return std::nullopt;
}

/// Nothing for units that are no length.
std::optional<double> millimetresPer(std::string unit)
{
    unit.erase(std::remove(unit.begin(), unit.end(), '"'), unit.end());
    static const std::map<std::string, double> Units{
        {"", 1.0},    {"mm", 1.0},         {"millimeter", 1.0}, {"cm", 10.0},     {"m", 1000.0},
        {"um", 1e-3}, {"\xc2\xb5m", 1e-3}, {"\xce\xbcm", 1e-3}, {"micron", 1e-3}, {"nm", 1e-6}};
    const auto found = Units.find(unit);
    return found == Units.end() ? std::nullopt : std::optional(found->second);
}

core::ImageGeometry geometryFrom(const Fields &fields)
{
    const auto field = [&](const char *name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    };
    core::ImageGeometry geometry;
    const auto axes = vectorsOf(field("space directions"));
    if (axes.size() < 2) {
        const auto distances = words(field("spacings"));
        for (std::size_t i = 0; i < std::min<std::size_t>(3, distances.size()); ++i) {
            const auto value = number(distances[i]);
            if (!value || *value == 0.0)
                return {};
            geometry.spacing[i] = std::abs(*value);
            geometry.hasSpacing = true;
        }
        return geometry;
    }
    const auto units = words(field("space units"));
    const auto scale = millimetresPer(units.empty() ? std::string() : units.front());
    const auto signs = signsOf(field("space"));
    if (!scale || axes.size() != 3)
        return {};
    const std::array<double, 3> sign = signs.value_or(std::array<double, 3>{1.0, 1.0, 1.0});
    for (std::size_t column = 0; column < 3; ++column) {
        const auto axis = vectorFrom(axes[column]);
        const double length = axis ? std::hypot((*axis)[0], (*axis)[1], (*axis)[2]) : 0.0;
        if (length < 1e-12)
            return {};
        geometry.spacing[column] = length * *scale;
        for (std::size_t row = 0; row < 3; ++row)
            geometry.direction[row * 3 + column] = sign[row] * (*axis)[row] / length;
    }
    geometry.hasSpacing = true;
    const auto origin =
        vectorFrom(vectorsOf(field("space origin")).empty() ? std::string() : vectorsOf(field("space origin")).front());
    if (!signs || !origin) {
        geometry.direction = core::ImageGeometry().direction;
        return geometry;
    }
    geometry.hasPosition = true;
    for (std::size_t row = 0; row < 3; ++row)
        geometry.origin[row] = sign[row] * (*origin)[row] * *scale;
    return geometry;
}

/// The lines up to the first empty one; nothing when there is none within reason.
std::optional<Fields> readFields(const std::filesystem::path &file, std::uint64_t &dataOffset)
{
    constexpr std::size_t LongestLine = 1 << 16;
    constexpr int MostLines = 10000;
    std::ifstream stream(file, std::ios::binary);
    std::string line;
    std::getline(stream, line);
    Fields fields;
    for (int i = 0; i < MostLines && std::getline(stream, line) && line.size() < LongestLine; ++i) {
        const std::string text = trimmed(line);
        if (text.empty()) {
            dataOffset = static_cast<std::uint64_t>(stream.tellg());
            return fields;
        }
        const std::size_t colon = text.find(": ");
        if (text.front() == '#' || text.find(":=") < colon)
            continue;
        if (colon != std::string::npos)
            fields[text.substr(0, colon)] = trimmed(text.substr(colon + 2));
        else if (text.back() == ':')
            fields[text.substr(0, text.size() - 1)] = "";
    }
    // A detached header may end without an empty line.
    dataOffset = 0;
    if (stream.eof() && (fields.count("data file") != 0 || fields.count("datafile") != 0))
        return fields;
    return std::nullopt;
}

} // namespace

Result<NrrdHeader> readNrrdHeader(const std::filesystem::path &file)
{
    constexpr double LargestSide = 1 << 20;
    const auto damaged = [&](const core::Sentence &why) {
        return badFile(ErrorCode::CorruptFile, file, phrase("errors", "has a damaged NRRD header (%1)").with(why),
                       CopyAgain);
    };
    const auto unsupported = [&](const core::Sentence &fault, const core::Sentence &remedy) {
        return badFile(ErrorCode::UnsupportedFormat, file, fault, remedy);
    };
    NrrdHeader header;
    const auto read = readFields(file, header.dataOffset);
    if (!read)
        return damaged(phrase("errors", "no end"));
    const Fields &fields = *read;
    const auto field = [&](const char *name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    };

    const auto dimension = number(field("dimension"));
    if (!dimension || *dimension < 1 || *dimension > 16)
        return damaged(phrase("errors", "dimension '%1'").with(field("dimension")));
    if (*dimension < 2 || *dimension > 3)
        return unsupported(phrase("errors", "is a NRRD file with %1 dimensions, while images here have 2 or 3")
                               .with(static_cast<int>(*dimension)),
                           phrase("errors", "export a single 3D volume of it"));
    const auto sizes = words(field("sizes"));
    std::array<int, 3> sides{1, 1, 1};
    if (sizes.size() != static_cast<std::size_t>(*dimension))
        return damaged(phrase("errors", "sizes '%1'").with(field("sizes")));
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto side = number(sizes[i]);
        if (!side || *side < 1 || *side > LargestSide || *side != std::floor(*side))
            return damaged(phrase("errors", "sizes '%1'").with(field("sizes")));
        sides[i] = static_cast<int>(*side);
    }
    header.width = sides[0];
    header.height = sides[1];
    header.depth = sides[2];
    for (const std::string &kind : words(field("kinds")))
        if (kind != "domain" && kind != "space" && kind != "???" && kind != "none")
            return unsupported(
                phrase("errors", "is a NRRD file with an axis of kind '%1', which is no grey volume").with(kind),
                phrase("errors", "export a single grey volume of it"));

    const auto type = typeOf(field("type"));
    if (!type)
        return unsupported(phrase("errors", "is a NRRD file of type '%1'").with(field("type")),
                           phrase("errors", "export it as whole or floating point numbers"));
    header.type = *type;
    header.isLittleEndian = field("endian") != "big";

    const std::string encoding = field("encoding");
    if (encoding == "raw")
        header.encoding = NrrdHeader::Encoding::Raw;
    else if (encoding == "gzip" || encoding == "gz")
        header.encoding = NrrdHeader::Encoding::Gzip;
    else if (encoding == "ascii" || encoding == "text" || encoding == "txt")
        header.encoding = NrrdHeader::Encoding::Ascii;
    else
        return unsupported(phrase("errors", "is a NRRD file with the encoding '%1'").with(encoding),
                           phrase("errors", "save it with the encoding raw or gzip"));
    for (const char *skip : {"line skip", "lineskip", "byte skip", "byteskip"})
        if (!field(skip).empty() && field(skip) != "0")
            return unsupported(phrase("errors", "is a NRRD file with a %1").with(std::string(skip)),
                               phrase("errors", "save it again as one .nrrd file"));

    header.dataFile = file;
    const std::string data = field("data file").empty() ? field("datafile") : field("data file");
    if (!data.empty()) {
        if (data.starts_with("LIST") || data.find('%') != std::string::npos)
            return unsupported(phrase("errors", "is a NRRD file spread over several data files"),
                               phrase("errors", "save it as one .nrrd file"));
        header.dataFile = file.parent_path() / data;
        header.dataOffset = 0;
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(header.dataFile, ignored))
            return badFile(ErrorCode::NotFound, file,
                           phrase("errors", "needs its data file '%1', which is not there").with(data),
                           phrase("errors", "put both files into one folder"));
    }
    header.geometry = geometryFrom(fields);
    return header;
}

} // namespace semigda::storage

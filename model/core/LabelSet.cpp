// SPDX-License-Identifier: Apache-2.0
#include "core/LabelSet.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace semigda::core
{

Result<Rgb> parseColour(const std::string &text)
{
    unsigned red = 0;
    unsigned green = 0;
    unsigned blue = 0;
    char rest = 0;
    const bool hexOnly =
        text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
    if (!hexOnly || std::sscanf(text.c_str(), "#%2x%2x%2x%c", &red, &green, &blue, &rest) != 3) {
        return Error{ErrorCode::InvalidArgument,
                     phrase("errors", "\"%1\" is not a colour; write it as #RRGGBB, for example #E69F00.").with(text)};
    }
    return Rgb{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green), static_cast<std::uint8_t>(blue)};
}

std::string toString(Rgb colour)
{
    char text[8];
    std::snprintf(text, sizeof text, "#%02X%02X%02X", unsigned{colour.red}, unsigned{colour.green},
                  unsigned{colour.blue});
    return text;
}

LabelSet::LabelSet(std::vector<LabelClass> classes, LabelValue nextValue)
    : m_classes(std::move(classes))
    , m_nextValue(std::max<LabelValue>(nextValue, 1))
{
    for (const LabelClass &each : m_classes) {
        if (each.value < NotAnnotated) {
            m_nextValue = std::max(m_nextValue, static_cast<LabelValue>(each.value + 1));
        }
    }
}

const LabelClass *LabelSet::find(LabelValue value) const
{
    const auto it =
        std::find_if(m_classes.begin(), m_classes.end(), [&](const LabelClass &c) { return c.value == value; });
    return it == m_classes.end() ? nullptr : &*it;
}

const LabelClass *LabelSet::findByName(const std::string &name) const
{
    const auto it =
        std::find_if(m_classes.begin(), m_classes.end(), [&](const LabelClass &c) { return c.name == name; });
    return it == m_classes.end() ? nullptr : &*it;
}

bool LabelSet::allows(LabelValue value) const
{
    return value == Background || value == NotAnnotated || find(value) != nullptr;
}

Result<LabelValue> LabelSet::add(const std::string &name)
{
    return add(name, defaultColour(m_nextValue));
}

Result<LabelValue> LabelSet::add(const std::string &name, Rgb colour)
{
    if (name.empty()) {
        return Error{ErrorCode::InvalidArgument, phrase("errors", "A class needs a name; type one.")};
    }
    if (findByName(name)) {
        return Error{ErrorCode::AlreadyExists,
                     phrase("errors", "There is a class \"%1\" already; choose another name.").with(name)};
    }
    if (m_nextValue >= NotAnnotated) {
        return Error{ErrorCode::InvalidArgument,
                     phrase("errors", "A project holds at most 65534 classes; start a new one.")};
    }
    LabelClass added;
    added.value = m_nextValue++;
    added.name = name;
    added.colour = colour;
    m_classes.push_back(added);
    return added.value;
}

Result<void> LabelSet::replace(const LabelClass &changed)
{
    if (changed.name.empty()) {
        return Error{ErrorCode::InvalidArgument, phrase("errors", "A class needs a name; type one.")};
    }
    const LabelClass *sameName = findByName(changed.name);
    if (sameName && sameName->value != changed.value) {
        return Error{ErrorCode::AlreadyExists,
                     phrase("errors", "There is a class \"%1\" already; choose another name.").with(changed.name)};
    }
    for (LabelClass &each : m_classes) {
        if (each.value == changed.value) {
            each = changed;
            return {};
        }
    }
    return Error{ErrorCode::NotFound,
                 phrase("errors", "The class \"%1\" is no longer part of the project.").with(changed.name)};
}

void LabelSet::remove(LabelValue value)
{
    std::erase_if(m_classes, [&](const LabelClass &c) { return c.value == value; });
}

Rgb defaultColour(LabelValue value)
{
    static constexpr std::array<Rgb, 7> OkabeIto{{{0xE6, 0x9F, 0x00},
                                                  {0x56, 0xB4, 0xE9},
                                                  {0x00, 0x9E, 0x73},
                                                  {0xF0, 0xE4, 0x42},
                                                  {0x00, 0x72, 0xB2},
                                                  {0xD5, 0x5E, 0x00},
                                                  {0xCC, 0x79, 0xA7}}};
    if (value >= 1 && value <= OkabeIto.size()) {
        return OkabeIto[value - 1];
    }
    // Hues a golden angle apart stay distinct for any number of classes; saturated and light, as greys and dark
    // colours vanish on medical images.
    const double hue = std::fmod(value * 0.61803398875, 1.0) * 6.0;
    const auto channel = [&](double shift) {
        const double k = std::fmod(hue + shift, 6.0);
        const double level = 1.0 - 0.6 * std::clamp(std::min(k, 4.0 - k), 0.0, 1.0);
        return static_cast<std::uint8_t>(std::lround(255.0 * 0.95 * level));
    };
    return {channel(5.0), channel(3.0), channel(1.0)};
}

} // namespace semigda::core

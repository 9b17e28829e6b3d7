// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace semigda::core
{

/// The value of a mask pixel: a class id, Background or NotAnnotated. The same in memory, in the
/// database and in exported files.
using LabelValue = std::uint16_t;
inline constexpr LabelValue Background = 0;
inline constexpr LabelValue NotAnnotated = 65535;

/// 8-bit sRGB.
struct Rgb
{
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    bool operator==(const Rgb &) const = default;
};

/// "#RRGGBB" to a colour and back.
Result<Rgb> parseColour(const std::string &text);
std::string toString(Rgb colour);

/// How post-processing treats connected components of a class; Auto follows the labelled masks.
enum class ComponentRule { Auto, KeepAll, LargestOnly };

struct LabelClass
{
    LabelValue value = 0; ///< stable id, 1..65534
    std::string name;
    Rgb colour;
    bool visible = true;
    bool locked = true; ///< locked against overpainting by other classes
    ComponentRule components = ComponentRule::Auto;

    bool operator==(const LabelClass &) const = default;
};

/// The foreground classes of a project in display order. Ids are never reused within a project.
class LabelSet
{
public:
    LabelSet() = default;
    /// `nextValue`: the first id never given out, which a store must keep; raised above the ids of `classes`.
    explicit LabelSet(std::vector<LabelClass> classes, LabelValue nextValue = 1);

    const std::vector<LabelClass> &classes() const { return m_classes; }
    LabelValue nextValue() const { return m_nextValue; }
    std::size_t size() const { return m_classes.size(); }
    bool isEmpty() const { return m_classes.empty(); }
    const LabelClass *find(LabelValue value) const;
    const LabelClass *findByName(const std::string &name) const;
    /// True for the values a mask of this project may hold: background, not annotated, or a class.
    bool allows(LabelValue value) const;

    /// Adds a class with the next free id and, without a colour, the next Okabe-Ito one.
    /// Fails on an empty or taken name and past 65534 classes.
    Result<LabelValue> add(const std::string &name);
    Result<LabelValue> add(const std::string &name, Rgb colour);
    Result<void> replace(const LabelClass &changed);
    void remove(LabelValue value);

    bool operator==(const LabelSet &) const = default;

private:
    std::vector<LabelClass> m_classes;
    LabelValue m_nextValue = 1;
};

/// Okabe-Ito order for the first seven ids (orange first), then well separated hues.
Rgb defaultColour(LabelValue value);

} // namespace semigda::core

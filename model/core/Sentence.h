// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <concepts>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace semigda::core
{

class Sentence;

/// The words of a sentence as they stand in the sources, in English. Made by phrase() alone.
class Phrase
{
public:
    const char *context() const noexcept { return m_context; }
    const char *text() const noexcept { return m_text; }

    /// The sentence with `parts` in the places of %1, %2, ...; there must be as many parts as places. A part is a
    /// name, path or number (said as it is in every language) or itself a sentence or phrase (translated too).
    template <typename... Parts> Sentence with(Parts &&...parts) const;

private:
    friend consteval Phrase phrase(const char *context, const char *text);

    constexpr Phrase(const char *context, const char *text)
        : m_context(context)
        , m_text(text)
    {}

    const char *m_context;
    const char *m_text;
};

/// Marks words for the translators: lupdate reads calls of this name (ui/CMakeLists.txt), so both arguments are
/// literals. `context` is "errors", under which the translators find them together; `text` has %1 to %9 where parts
/// of the sentence belong.
consteval Phrase phrase(const char *context, const char *text)
{
    return {context, text};
}

/// What the user is told, in the language of whoever tells it: the terminal says english(), the window translates
/// (ui/language/Sentences.h). Any thread may read it.
class Sentence
{
public:
    /// The words of one phrase in another language; empty: there are none.
    using Translate = std::function<std::string(const Phrase &)>;

    Sentence() = default;
    /// A phrase without places.
    Sentence(const Phrase &phrase)
        : m_phrase(phrase)
    {}

    /// Words that are the same in every language or cannot be translated: names, numbers, what a library reports,
    /// and sentences of the terminal program.
    static Sentence verbatim(std::string words);

    bool isEmpty() const noexcept { return !m_phrase && m_words.empty(); }
    std::string english() const;
    std::string in(const Translate &translate) const;

    bool operator==(const Sentence &other) const;

private:
    friend class Phrase;

    std::optional<Phrase> m_phrase; ///< none: m_words are said as they are
    std::string m_words;
    std::vector<Sentence> m_parts;
};

namespace detail
{

inline Sentence part(Sentence sentence)
{
    return sentence;
}
inline Sentence part(const Phrase &phrase)
{
    return phrase;
}
inline Sentence part(std::string words)
{
    return Sentence::verbatim(std::move(words));
}
inline Sentence part(const std::filesystem::path &file)
{
    return Sentence::verbatim(file.string());
}
template <std::integral Number> Sentence part(Number number)
{
    return Sentence::verbatim(std::to_string(number));
}
Sentence part(const char *) = delete; // English words would stay English unnoticed: phrase() or std::string

/// How many different places %1 to %9 there are.
std::size_t placesIn(std::string_view text);

} // namespace detail

template <typename... Parts> Sentence Phrase::with(Parts &&...parts) const
{
    assert(detail::placesIn(m_text) == sizeof...(parts));
    Sentence sentence(*this);
    sentence.m_parts.reserve(sizeof...(parts));
    (sentence.m_parts.push_back(detail::part(std::forward<Parts>(parts))), ...);
    return sentence;
}

} // namespace semigda::core

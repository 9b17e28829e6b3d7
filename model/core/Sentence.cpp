// SPDX-License-Identifier: Apache-2.0
#include "core/Sentence.h"

#include <bitset>

namespace semigda::core
{

namespace
{

/// Calls `words` with what lies between the places of `text` and `place` with the number of each, from 0.
template <typename Words, typename Place> void walk(std::string_view text, const Words &words, const Place &place)
{
    std::size_t begin = 0;
    for (std::size_t at = text.find('%'); at != std::string_view::npos && at + 1 < text.size();
         at = text.find('%', at)) {
        const char digit = text[at + 1];
        if (digit < '1' || digit > '9') {
            ++at;
            continue;
        }
        words(text.substr(begin, at - begin));
        place(static_cast<std::size_t>(digit - '1'));
        at += 2;
        begin = at;
    }
    words(text.substr(begin));
}

} // namespace

std::size_t detail::placesIn(std::string_view text)
{
    std::bitset<9> places;
    walk(
        text, [](std::string_view) {}, [&places](std::size_t place) { places.set(place); });
    return places.count();
}

Sentence Sentence::verbatim(std::string words)
{
    Sentence sentence;
    sentence.m_words = std::move(words);
    return sentence;
}

std::string Sentence::english() const
{
    return in([](const Phrase &phrase) { return std::string(phrase.text()); });
}

std::string Sentence::in(const Translate &translate) const
{
    if (!m_phrase) {
        return m_words;
    }
    std::string translated = translate(*m_phrase);
    if (translated.empty()) {
        translated = m_phrase->text();
    }
    std::string all;
    walk(
        translated, [&all](std::string_view words) { all += words; },
        [&](std::size_t place) {
            if (place < m_parts.size()) {
                all += m_parts[place].in(translate);
            }
        });
    return all;
}

bool Sentence::operator==(const Sentence &other) const
{
    if (m_phrase.has_value() != other.m_phrase.has_value()) {
        return false;
    }
    if (!m_phrase) {
        return m_words == other.m_words;
    }
    return std::string_view(m_phrase->context()) == other.m_phrase->context()
           && std::string_view(m_phrase->text()) == other.m_phrase->text() && m_parts == other.m_parts;
}

} // namespace semigda::core

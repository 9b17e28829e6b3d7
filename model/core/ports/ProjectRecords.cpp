// SPDX-License-Identifier: Apache-2.0
#include "core/ports/ProjectRecords.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace semigda::core
{

namespace
{

template <typename Value, std::size_t N> using Words = std::array<std::pair<Value, const char *>, N>;

constexpr Words<ImageState, 7> StateWords{{{ImageState::Unlabelled, "unlabelled"},
                                           {ImageState::Partial, "partial"},
                                           {ImageState::Labelled, "labelled"},
                                           {ImageState::Predicted, "predicted"},
                                           {ImageState::Accepted, "accepted"},
                                           {ImageState::Corrected, "corrected"},
                                           {ImageState::Rejected, "rejected"}}};
constexpr Words<Split, 3> SplitWords{{{Split::Train, "train"}, {Split::Validation, "val"}, {Split::Test, "test"}}};
constexpr Words<Verdict, 3> VerdictWords{
    {{Verdict::Accepted, "accepted"}, {Verdict::Corrected, "corrected"}, {Verdict::Rejected, "rejected"}}};
constexpr Words<RunStatus, 6> StatusWords{{{RunStatus::Running, "running"},
                                           {RunStatus::Paused, "paused"},
                                           {RunStatus::Finished, "finished"},
                                           {RunStatus::Stopped, "stopped"},
                                           {RunStatus::Failed, "failed"},
                                           {RunStatus::Interrupted, "interrupted"}}};

template <typename Value, std::size_t N> const char *wordOf(const Words<Value, N> &words, Value value)
{
    for (const auto &[each, word] : words) {
        if (each == value) {
            return word;
        }
    }
    return "unknown";
}

template <typename Value, std::size_t N>
std::optional<Value> valueOf(const Words<Value, N> &words, const std::string &word)
{
    for (const auto &[value, each] : words) {
        if (word == each) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace

const char *toString(ImageState state)
{
    return wordOf(StateWords, state);
}

const char *toString(Split split)
{
    return wordOf(SplitWords, split);
}

const char *toString(Verdict verdict)
{
    return wordOf(VerdictWords, verdict);
}

const char *toString(RunStatus status)
{
    return wordOf(StatusWords, status);
}

std::optional<ImageState> imageStateFrom(const std::string &word)
{
    return valueOf(StateWords, word);
}

std::optional<Split> splitFrom(const std::string &word)
{
    return valueOf(SplitWords, word);
}

std::optional<Verdict> verdictFrom(const std::string &word)
{
    return valueOf(VerdictWords, word);
}

std::optional<RunStatus> runStatusFrom(const std::string &word)
{
    return valueOf(StatusWords, word);
}

Result<std::string> checkedTag(const std::string &text)
{
    constexpr std::size_t MostBytes = 64;
    const auto isSpace = [](char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); };
    const auto begin = std::find_if_not(text.begin(), text.end(), isSpace);
    const auto end = std::find_if_not(text.rbegin(), std::make_reverse_iterator(begin), isSpace).base();
    std::string tag(begin, end);
    if (tag.empty()) {
        return Error{ErrorCode::InvalidArgument, phrase("errors", "A tag needs a name; type one.")};
    }
    if (tag.size() > MostBytes) {
        return Error{ErrorCode::InvalidArgument,
                     phrase("errors", "The tag \"%1\" is too long; use at most %2 characters.").with(tag, MostBytes)};
    }
    const auto isControl = [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; };
    if (std::any_of(tag.begin(), tag.end(), isControl)) {
        return Error{ErrorCode::InvalidArgument,
                     phrase("errors", "A tag is one line of letters, digits and signs; type it again.")};
    }
    return tag;
}

} // namespace semigda::core

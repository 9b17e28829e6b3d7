// SPDX-License-Identifier: Apache-2.0
#include "core/ports/ProjectRecords.h"

#include <array>
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

} // namespace semigda::core

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace CLI
{
class App;
}

namespace semigda::app::cli
{

using Json = nlohmann::ordered_json;

template <typename Value> Json orNull(const std::optional<Value> &value)
{
    return value ? Json(*value) : Json(nullptr);
}

inline constexpr int Succeeded = 0;
inline constexpr int Failed = 1;
inline constexpr int WrongUsage = 2;

/// What a command has to say when it is done.
struct Outcome
{
    std::string text;                  ///< for people, on stdout; lines end in '\n'
    Json json = Json::object();        ///< for programs, instead of the text
    std::vector<std::string> problems; ///< one sentence each, on stderr, before the text
    int status = Succeeded;
};

/// The command that the command line chose.
struct Command
{
    bool isJson = false;
    std::function<core::Result<Outcome>(const std::stop_token &stop)> run;
};

} // namespace semigda::app::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/results/EvaluateRun.h"
#include "app/results/RunSummary.h"
#include "app/results/WorstCases.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace semigda::app
{

/// What a report says of one run.
struct RunReport
{
    Evaluation evaluation;
    std::vector<WorstCase> worst; ///< worst first
    std::optional<RunSummary> summary;
    std::vector<core::MetricRecord> metrics; ///< by step
    std::vector<std::pair<std::string, std::string>> settings;
    std::optional<std::string> command; ///< that trains anew with these settings
};

struct EvaluationReport
{
    std::string project;
    std::string createdAt; ///< for people: "2026-01-31 12:00 UTC"
    std::string program;   ///< version
    std::string libTorch;  ///< version
    std::string device;    ///< that predicted: "CPU, 2 threads"
    std::string command;   ///< that makes this report again
    core::Split split = core::Split::Test;
    core::LabelSet classes;
    std::vector<RunReport> runs; ///< at least one, all on the same split
};

/// One HTML document with all it needs inside: no script, no address but data. For screens from 1280 pixels, light and
/// dark, and for A4. Everything that comes from the project is escaped; the document is well-formed XML too, so that
/// programs can read it.
std::string evaluationHtml(const EvaluationReport &report);

} // namespace semigda::app

// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands_p.h"
#include "app/cli/IssueText_p.h"
#include "app/cli/ProgressLine.h"
#include "app/sample/SampleGenerator.h"

#include <CLI/CLI.hpp>

namespace semigda::app::cli
{

namespace
{

using core::Result;

struct Words
{
    std::string folder;
    std::string kind = "ultrasound";
    SampleOptions options;
};

Result<Outcome> makeSample(const Words &words, const std::stop_token &stop)
{
    SampleOptions options = words.options;
    options.folder = words.folder;
    options.kind = sampleKindFrom(words.kind).value_or(SampleKind::Ultrasound);
    Result<SampleReport> report = SampleReport();
    {
        ProgressLine line("Making samples");
        report = generateSample(options, line.sink(), stop);
    }
    if (!report)
        return report.error();
    Outcome outcome;
    Json classes = Json::array();
    for (const core::LabelClass &each : report->classes.classes())
        classes.push_back(each.name);
    outcome.json = {{"folder", words.folder},
                    {"kind", words.kind},
                    {"images", report->images.size()},
                    {"without_lesion", report->withoutLesion},
                    {"classes", classes}};
    const bool isCt = options.kind == SampleKind::CtVolume;
    outcome.text = "Made "
                   + (isCt ? counted(report->images.size(), "CT series", "CT series")
                           : counted(report->images.size(), "image", "images"))
                   + " with true masks in " + words.folder + " (images, masks).\n";
    return outcome;
}

} // namespace

void addSampleCommand(CLI::App &parser, Command &command)
{
    const auto words = std::make_shared<Words>();
    CLI::App *sub = parser.add_subcommand("sample", "Make synthetic images with true masks, to try things with");
    sub->add_option("DIR", words->folder, "Folder for images/ and masks/")->required();
    sub->add_option("--kind", words->kind, "ultrasound: pictures; ct-volume: DICOM series")
        ->check(CLI::IsMember({"ultrasound", "ct-volume"}))
        ->capture_default_str();
    sub->add_option("--count", words->options.count, "How many images, or series of a CT")->capture_default_str();
    sub->add_option("--size", words->options.size, "Side in pixels (default 256, CT 128)");
    sub->add_option("--seed", words->options.seed, "The same seed makes the same images")->capture_default_str();
    sub->callback(
        [&command, words] { command.run = [words](const std::stop_token &stop) { return makeSample(*words, stop); }; });
}

} // namespace semigda::app::cli

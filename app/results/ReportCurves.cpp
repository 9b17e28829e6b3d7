// SPDX-License-Identifier: Apache-2.0
#include "app/results/HtmlText.h"
#include "app/results/ReportSections_p.h"
#include "app/results/SvgCurves.h"
#include "core/ports/TrainingService.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace semigda::app
{

namespace
{

using core::TrainingPhase;

using Points = std::vector<std::pair<double, double>>;

/// The values recorded under any of the names.
Points pointsOf(const std::vector<core::MetricRecord> &metrics, std::initializer_list<std::string_view> names)
{
    Points points;
    for (const core::MetricRecord &each : metrics)
        if (std::find(names.begin(), names.end(), each.name) != names.end())
            points.emplace_back(static_cast<double>(each.step), each.value);
    return points;
}

struct Stage
{
    std::int64_t firstStep = 0;
    TrainingPhase phase = TrainingPhase::Idle;
};

/// A stage is known by the parts of which its loss is made.
std::vector<Stage> stagesOf(const std::vector<core::MetricRecord> &metrics)
{
    static constexpr std::array<std::pair<std::string_view, TrainingPhase>, 3> Parts{
        {{"loss_aligned_", TrainingPhase::Alignment},
         {"loss_labelled_", TrainingPhase::Adapters},
         {"loss_dice", TrainingPhase::Supervised}}};
    std::map<std::int64_t, TrainingPhase> phases;
    for (const core::MetricRecord &each : metrics) {
        if (each.name.rfind("loss", 0) != 0)
            continue;
        TrainingPhase &phase = phases.try_emplace(each.step, TrainingPhase::Prior).first->second;
        for (const auto &[part, itsPhase] : Parts)
            if (each.name.rfind(part, 0) == 0)
                phase = itsPhase;
    }
    std::vector<Stage> stages;
    for (const auto &[step, phase] : phases)
        if (stages.empty() || stages.back().phase != phase)
            stages.push_back({step, phase});
    return stages;
}

void addCurve(CurvePlot &plot, const std::string &name, Points points)
{
    if (!points.empty())
        plot.curves.push_back({name, std::move(points)});
}

} // namespace

std::string curvesSection(const std::vector<core::MetricRecord> &metrics)
{
    const std::vector<Stage> stages = stagesOf(metrics);
    std::vector<double> marks;
    std::string names;
    if (stages.size() > 1) {
        for (std::size_t i = 0; i < stages.size(); ++i) {
            marks.push_back(static_cast<double>(stages[i].firstStep));
            names +=
                (i == 0 ? " Stages: " : ", ") + std::to_string(i + 1) + " " + htmlText(core::describe(stages[i].phase));
        }
        names += ".";
    }
    CurvePlot loss{"Error that training brings down (loss)", "training steps", {}, marks, true, std::nullopt};
    addCurve(loss, "all", pointsOf(metrics, {"loss"}));
    addCurve(loss, "VAE branch", pointsOf(metrics, {"loss_aligned_vae", "loss_labelled_vae"}));
    addCurve(loss, "CNN branch", pointsOf(metrics, {"loss_aligned_cnn", "loss_labelled_cnn"}));
    CurvePlot dice{"Dice on validation images", "training steps", {}, {}, false, std::pair(0.0, 1.0)};
    addCurve(dice, "both branches", pointsOf(metrics, {"validation_dice"}));
    addCurve(dice, "VAE branch", pointsOf(metrics, {"validation_dice_vae"}));
    addCurve(dice, "CNN branch", pointsOf(metrics, {"validation_dice_cnn"}));
    if (dice.curves.size() == 1)
        dice.curves.front().name = "model";

    const std::string pictures = curvePicture(loss) + curvePicture(dice);
    std::string section = "<h3>Course of training</h3>\n";
    if (pictures.empty())
        return section + "<p class=\"note\">No curves were stored for this run.</p>\n";
    section += "<div class=\"pair\">" + pictures + "</div>\n<p class=\"note\">";
    section +=
        names.empty() ? "" : "Losses of different stages measure different things and cannot be compared." + names;
    section += loss.curves.size() > 1 ? " The weight of images without outlines grows in the course of training, and "
                                        "the whole loss may grow with it."
                                      : "";
    section += dice.curves.empty() ? " No images were held out for validation." : "";
    return section + "</p>\n";
}

} // namespace semigda::app

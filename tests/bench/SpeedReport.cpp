// SPDX-License-Identifier: Apache-2.0
#include "bench/SpeedReport.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <thread>

#include <nlohmann/json.hpp>

namespace semigda::bench
{

namespace
{

// What design and README promise, on two cores.
constexpr double FirstLabelsWithin = 300.0;
constexpr double MostMemory = 2.0 * 1024 * 1024 * 1024;

template <typename... Values> std::string format(const char *pattern, Values... values)
{
    std::array<char, 300> line{};
    std::snprintf(line.data(), line.size(), pattern, values...);
    return line.data();
}

const char *verdict(bool isMet)
{
    return isMet ? "met" : "MISSED";
}

std::string textOf(const FirstLabels &labels)
{
    std::string text =
        format("A new project of %d images, %d painted, the terminal's settings\n", labels.images, labels.labelled);
    for (const auto &[phase, seconds] : labels.phases) {
        text += format("  %-28s %8.1f s\n", phase.c_str(), seconds);
    }
    text += format("  %-28s %8.1f s   (within %.0f s: %s)\n", "first pseudo-labels after", labels.firstSeconds,
                   FirstLabelsWithin, verdict(labels.firstSeconds < FirstLabelsWithin));
    text += format("  %-28s %8.1f s\n", "all pseudo-labels after", labels.allSeconds);
    text += format("  %-28s %8.1f images/s, with scores and masks\n", "predicted at", labels.predictedPerSecond);
    if (labels.peakBytes) {
        const auto bytes = static_cast<double>(*labels.peakBytes);
        text += format("  %-28s %8.2f GiB (below 2 GiB: %s)\n", "peak memory", bytes / 1024 / 1024 / 1024,
                       verdict(bytes < MostMemory));
    }
    return text;
}

std::string textOf(const Comparison &comparison)
{
    std::string text;
    for (const WayTime &way : comparison.ways) {
        const bool isFirst = &way == &comparison.ways.front();
        text += format("%-22s %-20s", isFirst ? comparison.name.c_str() : "", way.name.c_str());
        text += comparison.itemsPerStep > 0.0 ? format("%9.2f images/s", comparison.itemsPerStep / way.seconds)
                                              : format("%9.4f s/step  ", way.seconds);
        if (!isFirst) {
            text += format("   product %5.2f x (%.2f to %.2f)", way.ratio, way.leastRatio, way.mostRatio);
        }
        // The promise is about the first plain way: with the library's own threads.
        if (&way == &comparison.ways[1] && comparison.target > 0.0) {
            text += format("  at least %.1f: %s", comparison.target, verdict(way.ratio >= comparison.target));
        }
        text += "\n";
    }
    return text;
}

std::string textOf(const Profile &profile)
{
    std::string text = format("\nWhere a step goes: %s (ms)\n  %-24s %10s %10s\n", profile.name.c_str(), "", "product",
                              profile.plain.empty() ? "" : "plain");
    double product = 0.0;
    double plain = 0.0;
    for (std::size_t i = 0; i < profile.product.size(); ++i) {
        const auto &[phase, seconds] = profile.product[i];
        const double other = profile.plain.empty() ? 0.0 : profile.plain[i].second;
        product += seconds;
        plain += other;
        if (seconds > 0.0 || other > 0.0) {
            text += format("  %-24s %10.2f", phase.c_str(), 1e3 * seconds);
            text += profile.plain.empty() ? "\n" : format(" %10.2f\n", 1e3 * other);
        }
    }
    text += format("  %-24s %10.2f", "sum", 1e3 * product);
    text += profile.plain.empty() ? "\n" : format(" %10.2f\n", 1e3 * plain);
    text += format("  %-24s %10.2f\n", "the learner's own step", 1e3 * profile.productStep);
    text += "  its operations, without what they call:\n";
    for (const Profile::Operator &each : profile.operators) {
        text += format("    %-40s %8.2f ms %7.1f calls\n", each.name.c_str(), 1e3 * each.seconds, each.calls);
    }
    return text;
}

nlohmann::ordered_json jsonOf(const std::vector<std::pair<std::string, double>> &values)
{
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const auto &[name, value] : values) {
        json[name] = value;
    }
    return json;
}

nlohmann::ordered_json jsonOf(const LearningSpeed &speed)
{
    nlohmann::ordered_json comparisons = nlohmann::ordered_json::array();
    for (const Comparison &comparison : speed.comparisons) {
        nlohmann::ordered_json ways = nlohmann::ordered_json::array();
        for (const WayTime &way : comparison.ways) {
            ways.push_back({{"name", way.name},
                            {"seconds", way.seconds},
                            {"ratio", way.ratio},
                            {"least_ratio", way.leastRatio},
                            {"most_ratio", way.mostRatio}});
        }
        comparisons.push_back({{"name", comparison.name},
                               {"target", comparison.target},
                               {"images", comparison.itemsPerStep},
                               {"ways", ways}});
    }
    nlohmann::ordered_json profiles = nlohmann::ordered_json::array();
    for (const Profile &profile : speed.profiles) {
        nlohmann::ordered_json operators = nlohmann::ordered_json::array();
        for (const Profile::Operator &each : profile.operators) {
            operators.push_back({{"name", each.name}, {"seconds", each.seconds}, {"calls", each.calls}});
        }
        profiles.push_back({{"name", profile.name},
                            {"step_seconds", profile.productStep},
                            {"product", jsonOf(profile.product)},
                            {"plain", jsonOf(profile.plain)},
                            {"operators", operators}});
    }
    return {{"profile", speed.profileName},
            {"image_size", speed.imageSize},
            {"default_threads", speed.defaultThreads},
            {"product_threads", speed.productThreads},
            {"stage_0_seconds", speed.priorStep},
            {"latent_seconds_per_image", speed.latentSecondsPerImage},
            {"comparisons", comparisons},
            {"profiles", profiles}};
}

} // namespace

std::string toText(const SpeedReport &report)
{
    std::string text = format("%u cores\n\n", std::thread::hardware_concurrency());
    if (report.speed) {
        const LearningSpeed &speed = *report.speed;
        text += format("%s profile, %d x %d; the product uses %d threads, the library starts with %d\n",
                       speed.profileName.c_str(), speed.imageSize, speed.imageSize, speed.productThreads,
                       speed.defaultThreads);
        text += format("%-22s %-20s%9.4f s/step\n", "stage 0, prior", "product", speed.priorStep);
        for (const Comparison &comparison : speed.comparisons) {
            text += textOf(comparison);
        }
        text += format("latents for stage 1: %.4f s once per image, not in its steps\n", speed.latentSecondsPerImage);
        for (const Profile &profile : speed.profiles) {
            text += textOf(profile);
        }
        text += "\n";
    }
    if (report.firstLabels) {
        text += textOf(*report.firstLabels);
    }
    return text;
}

std::string toJson(const SpeedReport &report)
{
    nlohmann::ordered_json json{{"cores", std::thread::hardware_concurrency()}};
    if (report.speed) {
        json["speed"] = jsonOf(*report.speed);
    }
    if (report.firstLabels) {
        const FirstLabels &labels = *report.firstLabels;
        json["first_labels"] = {{"images", labels.images},
                                {"labelled", labels.labelled},
                                {"phases", jsonOf(labels.phases)},
                                {"first_seconds", labels.firstSeconds},
                                {"all_seconds", labels.allSeconds},
                                {"predicted_per_second", labels.predictedPerSecond},
                                {"peak_bytes", nullptr}};
        if (labels.peakBytes) {
            json["first_labels"]["peak_bytes"] = *labels.peakBytes;
        }
    }
    return json.dump(2) + "\n";
}

} // namespace semigda::bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/Measuring.h"
#include "core/Result.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace semigda::bench
{

struct SpeedOptions
{
    int rounds = 7;
    double blockSeconds = 1.5;
    bool wantsProfile = false;
};

/// The same work by the product and with the reference's habits (see BlockSteps.h).
struct Comparison
{
    std::string name;
    double target = 1.0;       ///< least ratio promised; 0: none
    double itemsPerStep = 1.0; ///< to give images per second; 0: tell seconds per step
    std::vector<WayTime> ways; ///< the product first
};

struct Profile
{
    std::string name;
    double productStep = 0.0; ///< seconds per step of the product itself, beside the sum of its phases
    std::vector<std::pair<std::string, double>> product; ///< seconds per step by phase
    std::vector<std::pair<std::string, double>> plain;   ///< the same phases; empty where there is no such stage
    struct Operator
    {
        std::string name;
        double seconds = 0.0; ///< per step of the product, without what it calls
        double calls = 0.0;   ///< per step
    };
    std::vector<Operator> operators; ///< the most expensive ones
};

struct LearningSpeed
{
    int defaultThreads = 1; ///< what the library starts with
    int productThreads = 1;
    std::string profileName;
    int imageSize = 0;
    double priorStep = 0.0;             ///< seconds per step of stage 0
    double latentSecondsPerImage = 0.0; ///< spent once per image and run on the latents that stage 1 keeps
    std::vector<Comparison> comparisons;
    std::vector<Profile> profiles;
};

/// `defaultThreads` is the library's own count, to be asked for before anything sets it.
core::Result<LearningSpeed> measureLearningSpeed(const SpeedOptions &options, int defaultThreads);
int currentThreads();

} // namespace semigda::bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "core/ports/ProjectSession.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace semigda::app
{

enum class SampleKind { Ultrasound, CtVolume };

/// "ultrasound", "ct-volume".
std::optional<SampleKind> sampleKindFrom(const std::string &word);

struct SampleOptions
{
    SampleKind kind = SampleKind::Ultrasound;
    int count = 40; ///< images, or series of a CT; 1..100000
    int size = 0;   ///< side of an image in pixels, 64..2048 (CT 64..512); 0: 256, CT 128
    std::uint64_t seed = 1;
    std::filesystem::path folder; ///< made when missing
};

struct SampleReport
{
    std::vector<std::filesystem::path> images; ///< files, or the folders of CT series
    std::vector<std::filesystem::path> masks;  ///< of the same stem as the image or series, in the same order
    core::LabelSet classes;                    ///< what the masks' values mean
    std::size_t withoutLesion = 0;
};

/// Writes synthetic images with their true masks into `images/` and `masks/` of a folder. Ultrasound: grey PNGs
/// us_0001.png, masks 0 or 255, one image in eight without lesion. CT: series images/ct_01/slice_001.dcm with the label
/// volume masks/ct_01.nii.gz. Image n depends on the seed and on n alone, bytes are the same on every machine.
/// Errors: InvalidArgument, AlreadyExists when one of the two folders holds something, Cancelled (what is written
/// stays), and those of writing.
core::Result<SampleReport> generateSample(const SampleOptions &options, const core::ProgressSink &progress,
                                          std::stop_token stop);

} // namespace semigda::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/results/EvaluateRun.h"
#include "core/DisplayMapping.h"
#include "core/MaskOutline.h"

#include <cstddef>
#include <string>
#include <vector>

namespace semigda::app
{

struct CaseOutlines
{
    core::LabelValue value = 0;
    std::vector<core::Outline> truth;     ///< in pixels of the case's picture
    std::vector<core::Outline> predicted; ///< likewise
};

/// An image the program did badly on, small enough to keep and to print.
struct WorstCase
{
    ImageEvaluation scores;
    std::string place; ///< "slice 12 of 40"; empty for an image that is no slice
    int width = 0;     ///< of the picture, pixels
    int height = 0;
    double pixelAspect = 1.0;   ///< height of a pixel by its width, in the patient
    std::vector<std::byte> png; ///< the whole image, windowed; empty when it could not be made
    std::string problem;        ///< why there is no picture, one sentence
    std::vector<CaseOutlines> outlines;
};

/// The lower Dice first, then the larger area outlined wrongly, then the earlier import.
bool isWorse(const ImageEvaluation &a, const ImageEvaluation &b);

/// Gathers the worst images of an evaluation while it runs (see ComparedImageSink) and makes pictures of these alone,
/// so that its memory depends on `most`, not on the number or size of the images. Reads pixels from a store of its
/// own thread, which must outlive it.
class WorstCases
{
public:
    static constexpr int LongSide = 480; ///< of a picture, pixels

    explicit WorstCases(core::ProjectStore &store, std::size_t most = 8);

    void consider(const ComparedImage &image);
    /// Worst first.
    std::vector<WorstCase> take();

private:
    WorstCase caseOf(const ComparedImage &image);

    core::ProjectStore &m_store;
    const std::size_t m_most;
    std::vector<WorstCase> m_cases;
};

} // namespace semigda::app

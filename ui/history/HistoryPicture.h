// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "ui/history/ImageHistory.h"

#include <QImage>

namespace semigda::ui
{

enum class HistoryView {
    State,     ///< the mask of a state
    Step,      ///< what the step that led to it changed
    Difference ///< what was changed since, up to now
};

struct HistoryPictureRequest
{
    std::shared_ptr<const core::ImageData> pixels; ///< of the image
    core::ValueWindow contrast;
    core::LabelSet classes;
    std::shared_ptr<const ImageHistory> history;
    std::int64_t sequence = 0; ///< of the state
    HistoryView view = HistoryView::State;
};

struct HistoryPicture
{
    QImage image;             ///< small: at most PictureSide wide and high, or a little more
    core::StepPixels changed; ///< what is marked in it
};

constexpr int PictureSide = 640;

/// Any thread. Where the history has no such state the image is shown without a mask.
HistoryPicture drawHistory(const HistoryPictureRequest &request);

/// How a kind of change is marked: by a pattern, not by colour alone.
QImage changeSwatch(core::PixelChange change, int side);

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/contrast/ContrastController.h"

#include "ui/canvas/ContrastPresets.h"
#include "ui/canvas/ImageCanvas.h"
#include "ui/canvas/ImageDocument.h"
#include "ui/contrast/ContrastDialog.h"
#include "ui/window/Actions.h"
#include "ui/work/Background.h"
#include "ui/work/MaskThreads.h"

#include <QAction>

#include <utility>

namespace semigda::ui
{

namespace
{

// What a few dead or glaring pixels do not change.
constexpr double LowPercent = 1.0;
constexpr double HighPercent = 99.0;

} // namespace

ContrastController::ContrastController(const Actions &actions, ImageCanvas &canvas, QWidget &parent)
    : QObject(&parent)
    , m_canvas(canvas)
    , m_parent(parent)
{
    connect(actions.contrast, &QAction::triggered, this, &ContrastController::openDialog);
    connect(actions.percentileContrast, &QAction::triggered, this, [this] { setPercentiles(LowPercent, HighPercent); });
    connect(actions.fullContrast, &QAction::triggered, this, [this] { setPercentiles(0.0, 100.0); });
    qsizetype place = 0;
    for (const ContrastPreset &preset : ctPresets())
        connect(actions.ctContrasts.at(place++), &QAction::triggered, this,
                [this, window = preset.window] { setWindow(window); });
    connect(&m_canvas, &ImageCanvas::documentChanged, this, [this] {
        dropOldHistogram();
        Q_EMIT histogramChanged();
        Q_EMIT windowChanged();
    });
    connect(&m_canvas, &ImageCanvas::contrastChanged, this, &ContrastController::windowChanged);
}

ContrastController::~ContrastController()
{
    m_stop.request_stop();
}

std::optional<core::ValueWindow> ContrastController::window() const
{
    return m_canvas.document() != nullptr ? std::optional(m_canvas.contrast()) : std::nullopt;
}

void ContrastController::setWindow(const core::ValueWindow &window)
{
    if (m_canvas.document() != nullptr)
        m_canvas.setContrast(window);
}

void ContrastController::reset()
{
    m_canvas.resetContrast();
}

void ContrastController::setPercentiles(double low, double high)
{
    const auto apply = [this, low, high] {
        if (m_histogram && !m_histogram->isEmpty())
            setWindow(m_histogram->windowBetween(low, high));
    };
    if (histogram())
        apply();
    else
        m_whenCounted = apply;
}

std::shared_ptr<const core::Histogram> ContrastController::histogram()
{
    dropOldHistogram();
    if (!m_histogram && !m_counted && m_canvas.document() != nullptr)
        count();
    return m_histogram;
}

void ContrastController::dropOldHistogram()
{
    const ImageDocument *document = m_canvas.document();
    if (!m_counted || (document != nullptr && document->sharedPixels() == m_counted))
        return;
    m_stop.request_stop();
    m_counted.reset();
    m_histogram.reset();
    m_whenCounted = {};
}

void ContrastController::count()
{
    m_counted = m_canvas.document()->sharedPixels();
    m_stop = {};
    runInBackground(
        maskThreads(), this, [image = m_counted, stop = m_stop.get_token()] { return core::histogramOf(*image, stop); },
        [this, image = m_counted](core::Histogram counted) {
            if (image != m_counted)
                return;
            m_histogram = std::make_shared<const core::Histogram>(std::move(counted));
            if (const auto apply = std::exchange(m_whenCounted, {}))
                apply();
            Q_EMIT histogramChanged();
        });
}

void ContrastController::openDialog()
{
    if (!m_dialog)
        m_dialog = new ContrastDialog(*this, &m_parent);
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace semigda::ui

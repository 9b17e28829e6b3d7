// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Histogram.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace semigda::ui
{

class Actions;
class ContrastDialog;
class ImageCanvas;

/// What decides the contrast of the image on show besides the mouse: named windows, percentiles, the dialog with the
/// histogram. Histograms are counted on another thread, when something asks for them, once for every image. Gui
/// thread.
class ContrastController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this; `parent` is the dialog's.
    ContrastController(const Actions &actions, ImageCanvas &canvas, QWidget &parent);
    ~ContrastController() override;

    /// Of the image on show; null while it is being counted, or without an image. Asks for it.
    std::shared_ptr<const core::Histogram> histogram();
    void setWindow(const core::ValueWindow &window);
    /// As soon as the histogram is there.
    void setPercentiles(double low, double high);
    void reset();
    /// Of the image on show; nullopt: there is none.
    std::optional<core::ValueWindow> window() const;
    /// The dialog, if it is open.
    ContrastDialog *dialog() const { return m_dialog; }

Q_SIGNALS:
    /// Another image, or its histogram has been counted.
    void histogramChanged();
    void windowChanged();

private:
    void openDialog();
    void count();
    void dropOldHistogram();

    ImageCanvas &m_canvas;
    QWidget &m_parent;
    QPointer<ContrastDialog> m_dialog;
    std::shared_ptr<const core::ImageData> m_counted; ///< what the histogram is of, or will be
    std::shared_ptr<const core::Histogram> m_histogram;
    std::function<void()> m_whenCounted;
    std::stop_source m_stop;
};

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/canvas/ViewOrientation.h"

#include <QPixmap>
#include <QSizeF>
#include <QString>
#include <QTimer>
#include <QTransform>
#include <QWidget>

#include <functional>
#include <optional>
#include <string>

namespace semigda::ui
{

/// What is known of an image before its file is read.
struct ImagePreview
{
    QString name;
    QPixmap picture;                 ///< upright; may be null
    double aspect = 1.0;             ///< how much taller than wide a pixel is
    QSizeF size;                     ///< columns and rows
    std::string seriesKey;           ///< of the volume whose slice it is, or empty
    std::optional<QTransform> place; ///< of its pixels on the canvas; none: it will be fitted
};

/// Covers the canvas while an image is read that takes longer than a moment: its name and its small picture, or its
/// overview as soon as that is there, where the whole image will be, instead of the image before, which she might take
/// for it. Swallows mouse and wheel. Hidden except then. Gui thread.
class LoadingVeil : public QWidget
{
    Q_OBJECT

public:
    /// What is read sooner is shown without a veil: two pictures in a row would flicker.
    static constexpr int PatienceMs = 50;

    /// Asked for when the veil is about to show: the picture may come meanwhile.
    using Source = std::function<ImagePreview()>;

    explicit LoadingVeil(QWidget *canvas);

    /// An image began to be read; the view is turned so.
    void begin(Source source, const ViewOrientation &orientation);
    /// A sharper picture of that image; the veil may show already, or never.
    void sharpen(const QPixmap &picture, double aspect);
    /// It is there, or will not come.
    void end();
    QString text() const;
    /// Whether the picture on show is the sharper one.
    bool isSharp() const { return isVisible() && !m_sharper.isNull(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void reveal();
    void takeSharper();
    void drawPicture(QPainter &painter) const;

    QTimer m_patience;
    Source m_source;
    ImagePreview m_preview;
    QPixmap m_sharper; ///< null: has not come
    double m_aspect = 1.0;
    ViewOrientation m_orientation;
};

} // namespace semigda::ui

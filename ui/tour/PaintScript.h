// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <QObject>
#include <QPointF>
#include <QString>
#include <QTimer>

#include <functional>
#include <vector>

namespace semigda::ui
{

class MainWindow;

/// Paints by a script with real mouse events and tells which strokes the project has confirmed; the crash test runs the
/// studio with it. Every stroke must change pixels, or confirmations cannot be told apart. One command a line, "#"
/// starts a comment:
///   image N              the N-th image of the list, from 1
///   stroke X Y [X Y]...  a drag through points in image pixels
/// Gui thread.
class PaintScript : public QObject
{
    Q_OBJECT

public:
    /// `say` gets "painted IMAGE_ID" as soon as the mouse is released, and one line per confirmed stroke:
    /// "stroke IMAGE_ID SEQUENCE X Y", the point being its first.
    PaintScript(MainWindow &window, std::function<void(const QString &line)> say, QObject *parent = nullptr);

    core::Result<void> load(const QString &file);
    /// Begins once the window's project lists its images.
    void start();

Q_SIGNALS:
    void finished();

private:
    struct Command
    {
        enum class Kind { Image, Stroke } kind = Kind::Image;
        int image = 0;
        std::vector<QPointF> points;
    };

    void step();

    MainWindow &m_window;
    std::function<void(const QString &line)> m_say;
    std::vector<Command> m_commands;
    std::size_t m_next = 0;
    std::vector<QPointF> m_unconfirmed; ///< first points of strokes on the image on show, oldest first
    QTimer m_timer;
};

} // namespace semigda::ui

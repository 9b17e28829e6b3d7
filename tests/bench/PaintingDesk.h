// SPDX-License-Identifier: Apache-2.0
// The studio's window on a project of its own, driven by posted events and timed until the frame they lead to is
// painted.
#pragma once

#include "core/Ids.h"
#include "core/Result.h"
#include "ui/window/MainWindow.h"

#include <QEvent>
#include <QObject>
#include <QTemporaryDir>

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace semigda::bench
{

/// Milliseconds, one for each event.
class Latencies
{
public:
    void add(double milliseconds) { m_all.push_back(milliseconds); }
    std::size_t count() const { return m_all.size(); }
    /// `share` 0.5 is the median, 1 the worst; 0 without any.
    double percentile(double share) const;

private:
    std::vector<double> m_all;
};

class PaintingDesk : public QObject
{
public:
    /// Opens the window on a new, empty project in a temporary folder.
    PaintingDesk();
    ~PaintingDesk() override;

    std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    ui::MainWindow &window() { return *m_window; }
    /// Imports files, and waits until they are in the list.
    core::Result<void> import(const std::vector<std::filesystem::path> &files);
    /// In order of import.
    core::ImageId image(int row) const;
    /// Closes the project, has `fill` write the new one's store, opens it and times that until its list is painted.
    core::Result<double> timeToOpen(const std::function<core::Result<void>(core::ProjectStore &)> &fill);

    /// Milliseconds from the choice of an image.
    struct Switch
    {
        double painted = 0.0; ///< its pixels are on show, and can be painted on
        double sharp = 0.0;   ///< they, or its overview before them
        double seen = 0.0;    ///< they, or its name and some picture before them
    };

    core::Result<Switch> show(core::ImageId id);
    /// As show, by a click in the list, on which the pointer came to lie `restMs` before.
    core::Result<Switch> showByClick(core::ImageId id, int restMs);
    /// Waits until its pixels are in no memory, as after an image that takes all of it.
    core::Result<void> untilForgotten(core::ImageId id);
    /// The decoded copies of the project's images are not there until they are brought back, those made since are gone;
    /// overviews stay.
    void hideCopies();
    void bringBackCopies();
    /// Closes the window's project and opens it again, so that no image is in memory but the first ones of the list.
    core::Result<void> reopen();
    /// Runs `action` and waits for the canvas's next frame; milliseconds from before it to after that.
    double untilPainted(const std::function<void()> &action);
    /// The same for another widget.
    double untilPainted(QWidget &widget, const std::function<void()> &action);
    /// A stroke in image pixels, an event every 8 ms; adds what each move took.
    void stroke(const std::vector<QPointF> &way, Latencies &moves);
    /// Runs `action` and waits until it has changed the mask, on whatever thread, and that is painted.
    double untilEdited(const std::function<void()> &action);
    /// One click, until it has changed the mask and that is painted.
    double click(QPointF at);
    /// Lets the window work for a while, until all that was painted is saved.
    void settle();
    /// Trains on a second project, at the priority and with the threads of the product, until this is destroyed.
    core::Result<void> startTraining();
    void stopTraining();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::filesystem::path cache() const { return folder() / "desk.semigda" / "cache"; }
    void moveCopies(const std::filesystem::path &from, const std::filesystem::path &to) const;
    core::Result<Switch> timeToShow(core::ImageId id, const std::function<void()> &choose);
    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons);
    bool waitFor(const std::function<bool()> &condition, int milliseconds);
    QWidget &canvas();

    QTemporaryDir m_folder;
    std::shared_ptr<core::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
    std::shared_ptr<core::ProjectSession> m_training;
    QWidget *m_watched = nullptr;
    bool m_isPainted = false;
    double m_veilPainted = 0.0;  ///< when; 0: it was not
    double m_sharpPainted = 0.0; ///< the veil with an overview
    int m_projects = 0;
};

} // namespace semigda::bench

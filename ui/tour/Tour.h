// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <QElapsedTimer>
#include <QImage>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <vector>

namespace semigda::ui
{

class MainWindow;

/// A volume with masks, what its labels mean and how to import it.
struct TourVolume
{
    core::LabelSet classes;
    core::ImportRequest request;
};

struct TourParts
{
    QString pictureFolder;
    QString workFolder; ///< for the sample projects; the caller removes it
    /// Makes a volume in a folder; for the 3D step.
    std::function<core::Result<TourVolume>(const std::filesystem::path &folder)> makeVolume;
    /// One line per picture or left-out step.
    std::function<void(const QString &line)> say;
    int imageCount = 60;
    double trainingSeconds = 75.0;
};

/// Walks the window through its main states on sample data, by the same clicks a user makes, and writes a PNG of each.
/// Pictures of the README and manual come from it. Gui thread; emits finished once.
class Tour : public QObject
{
    Q_OBJECT

public:
    Tour(MainWindow &window, TourParts parts, QObject *parent = nullptr);
    void start();

Q_SIGNALS:
    /// False when a step did not get where it should within its time.
    void finished(bool isComplete);

private:
    struct Step
    {
        QString name;
        std::function<void()> act;
        std::function<bool()> isReached;
        QString picture; ///< file stem; empty: none
        int timeoutSeconds = 60;
    };

    void addProjectSteps();
    void addTrainingSteps();
    void addReviewSteps();
    void addVolumeSteps();
    void addErrorSteps();
    void next();
    void poll();
    void takePicture(const QString &stem);
    /// The first image in that state with a lesion neither missing nor tiny.
    void chooseLesion(core::ImageState state);
    void paintLesion();
    QImage trueMask(const core::ImageSummary &image) const;
    bool isListed(std::size_t count) const;

    MainWindow &m_window;
    TourParts m_parts;
    core::ImportRequest m_volume;
    std::vector<Step> m_steps;
    std::size_t m_current = 0;
    QTimer m_timer;
    QElapsedTimer m_sinceStep;
    QElapsedTimer m_sinceReached;
    bool m_isReached = false;
    bool m_isComplete = true;
};

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/tour/Tour.h"

#include "ui/dialogs/Paths.h"
#include "ui/language/Sentences.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/panels/TrainingPanel.h"
#include "ui/review/ReviewController.h"
#include "ui/tour/MouseHand.h"
#include "ui/view3d/View3dPanel.h"
#include "ui/window/EditorArea.h"
#include "ui/window/MainWindow.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QPixmap>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace semigda::ui
{

namespace
{

constexpr int PollMs = 50;
// Thumbnails, hover states and the first frame of a picture settle within this time.
constexpr int SettleMs = 700;

} // namespace

Tour::Tour(MainWindow &window, TourParts parts, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_parts(std::move(parts))
{
    m_timer.setInterval(PollMs);
    connect(&m_timer, &QTimer::timeout, this, &Tour::poll);
    addProjectSteps();
    addTrainingSteps();
    addReviewSteps();
    addVolumeSteps();
    addErrorSteps();
}

void Tour::start()
{
    if (!QDir().mkpath(m_parts.pictureFolder)) {
        m_parts.say(tr("The folder %1 cannot be made; choose another one.").arg(m_parts.pictureFolder));
        Q_EMIT finished(false);
        return;
    }
    m_current = 0;
    m_steps.front().act();
    m_sinceStep.start();
    m_timer.start();
}

void Tour::addProjectSteps()
{
    m_steps.push_back({tr("the start page"), [] {}, [] { return true; }, QStringLiteral("01-start"), 10});
    m_steps.push_back({tr("the sample project"),
                       [this] { m_window.createSample(m_parts.workFolder, m_parts.imageCount); },
                       [this] { return isListed(static_cast<std::size_t>(m_parts.imageCount)); },
                       {},
                       300});
    m_steps.push_back({tr("browsing"), [this] { chooseLesion(core::ImageState::Labelled); },
                       [this] { return m_window.editor().isImageShown(); }, QStringLiteral("02-browsing"), 30});
    m_steps.push_back({tr("opening an image to paint"),
                       [this] { chooseLesion(core::ImageState::Unlabelled); },
                       [this] { return m_window.editor().isImageShown(); },
                       {},
                       30});
    m_steps.push_back({tr("painting"), [this] { paintLesion(); },
                       [this] { return m_window.editor().canUndo() && m_window.editor().isSaved(); },
                       QStringLiteral("03-painting"), 30});
}

void Tour::addTrainingSteps()
{
    m_steps.push_back({tr("training"),
                       [this] {
                           core::TrainingRequest request;
                           request.minutes = m_parts.trainingSeconds / 60.0;
                           m_window.trainingPanel().setBaseRequest(request);
                           m_window.findChild<QPushButton *>(QStringLiteral("trainingStartButton"))->click();
                       },
                       [this] {
                           const core::TrainingProgress progress = m_window.project().session()->training().progress();
                           return progress.predicted > 0 && progress.validationDice.has_value()
                                  && progress.fraction > 0.6;
                       },
                       QStringLiteral("04-training"), 240});
    m_steps.push_back({tr("the end of training"),
                       [this] { leave(m_window.editor().canvasWidget()); },
                       [this] { return !m_window.project().isTraining(); },
                       {},
                       240});
}

void Tour::addReviewSteps()
{
    m_steps.push_back({tr("review"),
                       [this] { m_window.findChild<QAction *>(QStringLiteral("actionReview"))->trigger(); },
                       [this] {
                           return m_window.review().current().isValid()
                                  && m_window.editor().currentImage() == m_window.review().current()
                                  && m_window.editor().isImageShown();
                       },
                       QStringLiteral("05-review"), 60});
    m_steps.push_back({tr("the end of review"),
                       [this] { m_window.findChild<QToolButton *>(QStringLiteral("reviewCloseButton"))->click(); },
                       [this] { return !m_window.review().isActive(); },
                       {},
                       5});
}

void Tour::addVolumeSteps()
{
    if (!m_parts.makeVolume)
        return;
    m_steps.push_back({tr("a project for a volume"),
                       [this] {
                           const core::Result<TourVolume> volume =
                               m_parts.makeVolume(toPath(m_parts.workFolder) / "volume");
                           if (!volume) {
                               m_parts.say(sentenceText(volume.error().message));
                               return;
                           }
                           m_volume = volume->request;
                           m_window.createProject(QDir(m_parts.workFolder).filePath(QStringLiteral("Abdomen.semigda")),
                                                  volume->classes);
                       },
                       [this] { return m_window.project().isOpen() && m_window.imageList().model().total() == 0; },
                       {},
                       60});
    m_steps.push_back({tr("importing a volume"),
                       [this] { m_window.project().importImages(m_volume); },
                       [this] { return isListed(2); },
                       {},
                       120});
    m_steps.push_back({tr("the 3D view"),
                       [this] {
                           ImageListModel &model = m_window.imageList().model();
                           // Half way up the volume, where the organs are.
                           std::vector<core::ImageId> slices;
                           for (int row = 0; row < model.rowCount(); ++row) {
                               const core::ImageSummary *image = model.find(model.idAt(row));
                               if (image != nullptr && !image->seriesKey.empty())
                                   slices.push_back(image->id);
                           }
                           if (!slices.empty())
                               m_window.chooseImage(slices[slices.size() / 2]);
                           m_window.findChild<QAction *>(QStringLiteral("actionView3d"))->trigger();
                       },
                       [this] { return m_window.editor().isImageShown() && !m_window.view3dPanel().isLoading(); },
                       QStringLiteral("06-3d"), 120});
}

void Tour::addErrorSteps()
{
    m_steps.push_back(
        {tr("an error"),
         [this] {
             if (const QString why = m_window.view3dPanel().message(); !why.isEmpty())
                 m_parts.say(tr("No 3D picture: %1").arg(why));
             QAction *view3d = m_window.findChild<QAction *>(QStringLiteral("actionView3d"));
             if (view3d->isChecked())
                 view3d->trigger();
             const QString path = QDir(m_parts.workFolder).filePath(QStringLiteral("report.png"));
             QFile file(path);
             if (file.open(QIODevice::WriteOnly))
                 file.write("This is a letter, not an image.\n");
             file.close();
             m_window.importPaths({path});
         },
         [this] { return !m_window.project().tasks().isBusy() && !m_window.editor().notices().texts().isEmpty(); },
         QStringLiteral("07-error"), 60});
}

void Tour::poll()
{
    const Step &step = m_steps[m_current];
    if (!m_isReached) {
        if (step.isReached()) {
            m_isReached = true;
            m_sinceReached.start();
        } else if (m_sinceStep.elapsed() > step.timeoutSeconds * 1000) {
            m_parts.say(tr("The tour did not get to %1 within %2 s.").arg(step.name).arg(step.timeoutSeconds));
            const QStringList notices = m_window.editor().notices().texts();
            for (const QString &notice : notices)
                m_parts.say(notice);
            m_isComplete = false;
            next();
        }
        return;
    }
    if (!step.picture.isEmpty() && m_sinceReached.elapsed() < SettleMs)
        return;
    if (!step.picture.isEmpty())
        takePicture(step.picture);
    next();
}

void Tour::next()
{
    m_isReached = false;
    if (++m_current == m_steps.size()) {
        m_timer.stop();
        Q_EMIT finished(m_isComplete);
        return;
    }
    m_sinceStep.restart();
    m_steps[m_current].act();
}

void Tour::takePicture(const QString &stem)
{
    const QString file = QDir(m_parts.pictureFolder).filePath(stem + QStringLiteral(".png"));
    const bool isWritten = m_window.grab().save(file, "PNG");
    m_parts.say(isWritten ? file : tr("The picture %1 cannot be written.").arg(file));
    m_isComplete = m_isComplete && isWritten;
}

QImage Tour::trueMask(const core::ImageSummary &image) const
{
    return QImage(QDir(m_parts.workFolder)
                      .filePath(QStringLiteral("sample/masks/%1.png").arg(QString::fromStdString(image.name))))
        .convertToFormat(QImage::Format_Grayscale8);
}

void Tour::chooseLesion(core::ImageState state)
{
    constexpr double LeastShare = 0.03;
    ImageListModel &model = m_window.imageList().model();
    for (int row = 0; row < model.rowCount(); ++row) {
        const core::ImageSummary *image = model.find(model.idAt(row));
        if (image == nullptr || image->state != state)
            continue;
        const QImage mask = trueMask(*image);
        std::ptrdiff_t area = 0;
        for (int y = 0; y < mask.height(); ++y)
            area += std::count_if(mask.constScanLine(y), mask.constScanLine(y) + mask.width(),
                                  [](uchar value) { return value != 0; });
        if (static_cast<double>(area) < LeastShare * mask.width() * mask.height())
            continue;
        m_window.chooseImage(image->id);
        return;
    }
}

void Tour::paintLesion()
{
    EditorArea &editor = m_window.editor();
    const core::ImageSummary *image = m_window.imageList().model().find(editor.currentImage());
    if (image == nullptr)
        return;
    const QImage mask = trueMask(*image);
    // Strokes from side to side, as a hand fills a lesion; the brush stays inside the edge.
    constexpr int Reach = 7;
    constexpr int RowDistance = 2;
    const auto isInside = [&mask](int x, int y) { return mask.valid(x, y) && qGray(mask.pixel(x, y)) != 0; };
    const auto fits = [&](int x, int y) {
        return isInside(x - Reach, y) && isInside(x + Reach, y) && isInside(x, y - Reach) && isInside(x, y + Reach);
    };
    for (int y = Reach; y < mask.height(); y += RowDistance) {
        std::vector<QPointF> points;
        for (int x = Reach; x < mask.width(); x += 3) {
            if (fits(x, y))
                points.push_back(editor.toCanvas(x + 0.5, y + 0.5));
        }
        dragAlong(editor.canvasWidget(), points);
    }
}

bool Tour::isListed(std::size_t count) const
{
    return m_window.project().isOpen() && m_window.imageList().model().total() >= count
           && !m_window.project().tasks().isBusy();
}

} // namespace semigda::ui

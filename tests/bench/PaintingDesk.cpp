// SPDX-License-Identifier: Apache-2.0
#include "bench/PaintingDesk.h"

#include "app/Workspace.h"
#include "bench/Measuring.h"
#include "ui/canvas/AnnotationController.h"
#include "ui/canvas/ImageCanvas.h"
#include "ui/canvas/ImageDocument.h"
#include "ui/canvas/LoadingVeil.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/window/EditorArea.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"

#include <QApplication>
#include <QListView>
#include <QMouseEvent>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <thread>

namespace semigda::bench
{

namespace
{

constexpr int LongMs = 300'000;
constexpr int FrameMs = 10'000;
constexpr double EventEverySeconds = 0.008;

core::Error tooLong(const std::string &what)
{
    return {core::ErrorCode::Internal, core::Sentence::verbatim(what + " takes too long.")};
}

core::LabelSet oneClass()
{
    core::LabelSet classes;
    static_cast<void>(classes.add("Lesion"));
    return classes;
}

} // namespace

double Latencies::percentile(double share) const
{
    if (m_all.empty())
        return 0.0;
    std::vector<double> sorted = m_all;
    std::sort(sorted.begin(), sorted.end());
    const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp(place, std::size_t{1}, sorted.size()) - 1];
}

PaintingDesk::PaintingDesk()
    : m_workspace(app::createWorkspace())
{
    ui::WindowParts parts;
    parts.workspace = m_workspace;
    parts.settings = std::make_shared<ui::UiSettings>(m_folder.filePath(QStringLiteral("settings.ini")));
    parts.userName = QStringLiteral("bench");
    m_window = std::make_unique<ui::MainWindow>(std::move(parts));
    m_window->resize(1600, 1000);
    m_window->show();
    m_window->createProject(m_folder.filePath(QStringLiteral("desk.semigda")), oneClass());
    waitFor([this] { return m_window->project().isOpen(); }, LongMs);
}

PaintingDesk::~PaintingDesk()
{
    stopTraining();
    m_window->close();
    waitFor([this] { return !m_window->project().isOpen(); }, LongMs);
}

QWidget &PaintingDesk::canvas()
{
    return m_window->editor().canvas();
}

bool PaintingDesk::waitFor(const std::function<bool()> &condition, int milliseconds)
{
    bool isOver = false;
    QTimer limit;
    limit.setSingleShot(true);
    connect(&limit, &QTimer::timeout, &limit, [&isOver] { isOver = true; });
    limit.start(milliseconds);
    while (!condition() && !isOver)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

core::Result<void> PaintingDesk::import(const std::vector<std::filesystem::path> &files)
{
    QStringList paths;
    for (const std::filesystem::path &file : files)
        paths << QString::fromStdString(file.string());
    const std::size_t before = m_window->imageList().model().total();
    m_window->importPaths(paths);
    const auto isDone = [&] {
        return m_window->imageList().model().total() > before && !m_window->project().tasks().isBusy();
    };
    if (waitFor(isDone, LongMs))
        return {};
    const QString told = m_window->editor().notices().texts().join(QLatin1Char(' '));
    return tooLong("Importing (" + std::to_string(m_window->imageList().model().total()) + " images, before "
                   + std::to_string(before) + ") " + told.toStdString());
}

core::ImageId PaintingDesk::image(int row) const
{
    return m_window->imageList().model().idAt(row);
}

core::Result<double> PaintingDesk::timeToOpen(const std::function<core::Result<void>(core::ProjectStore &)> &fill)
{
    const std::filesystem::path place = folder() / ("large" + std::to_string(++m_projects) + ".semigda");
    {
        auto session = m_workspace->create(place, oneClass());
        if (!session)
            return session.error();
        auto store = (*session)->openStore();
        if (!store)
            return store.error();
        if (const auto filled = fill(**store); !filled)
            return filled.error();
    }
    auto *list = m_window->findChild<QListView *>(QStringLiteral("imageListView"));
    m_watched = list->viewport();
    m_watched->installEventFilter(this);
    const double start = now();
    m_window->openProject(QString::fromStdString(place.string()));
    const auto isShown = [&] { return m_window->imageList().model().total() > 0 && m_isPainted; };
    m_isPainted = false;
    connect(&m_window->imageList().model(), &QAbstractItemModel::modelReset, this, [this] { m_isPainted = false; });
    const bool isOpen = waitFor(isShown, LongMs);
    const double milliseconds = (now() - start) * 1000.0;
    m_watched->removeEventFilter(this);
    return isOpen ? core::Result<double>(milliseconds) : tooLong("Opening");
}

core::Result<PaintingDesk::Switch> PaintingDesk::show(core::ImageId id)
{
    return timeToShow(id, [&] { m_window->chooseImage(id); });
}

core::Result<PaintingDesk::Switch> PaintingDesk::showByClick(core::ImageId id, int restMs)
{
    auto *list = m_window->findChild<QListView *>(QStringLiteral("imageListView"));
    const ui::ImageListModel &model = m_window->imageList().model();
    const QModelIndex row = model.index(model.rowOf(id), 0);
    list->scrollTo(row);
    const QPointF at = list->visualRect(row).center();
    const auto mouse = [&](QEvent::Type type, Qt::MouseButton button, Qt::MouseButtons buttons) {
        QCoreApplication::postEvent(list->viewport(), new QMouseEvent(type, at, list->viewport()->mapToGlobal(at),
                                                                      button, buttons, Qt::NoModifier));
    };
    mouse(QEvent::MouseMove, Qt::NoButton, Qt::NoButton);
    waitFor([] { return false; }, restMs);
    const auto shown = timeToShow(id, [&] { mouse(QEvent::MouseButtonPress, Qt::LeftButton, Qt::LeftButton); });
    mouse(QEvent::MouseButtonRelease, Qt::LeftButton, Qt::NoButton);
    QEvent leaves(QEvent::Leave);
    QCoreApplication::sendEvent(list->viewport(), &leaves);
    return shown;
}

core::Result<PaintingDesk::Switch> PaintingDesk::timeToShow(core::ImageId id, const std::function<void()> &choose)
{
    ui::ImageCanvas &target = m_window->editor().canvas();
    m_watched = &target;
    m_watched->installEventFilter(this);
    auto *veil = target.findChild<ui::LoadingVeil *>();
    veil->installEventFilter(this);
    m_veilPainted = 0.0;
    m_sharpPainted = 0.0;
    m_isPainted = false;
    const QMetaObject::Connection connection = connect(&target, &ui::ImageCanvas::documentChanged, this, [this] {
        m_isPainted = false; // what was painted before does not show it
    });
    const double start = now();
    choose();
    const bool isShown = waitFor(
        [&] { return m_window->editor().isImageShown() && m_window->editor().currentImage() == id && m_isPainted; },
        LongMs);
    const double milliseconds = (now() - start) * 1000.0;
    const auto until = [&](double moment) { return moment > 0.0 ? (moment - start) * 1000.0 : milliseconds; };
    m_watched->removeEventFilter(this);
    veil->removeEventFilter(this);
    disconnect(connection);
    if (!isShown) {
        const ui::EditorArea &editor = m_window->editor();
        return tooLong("Showing image " + std::to_string(id.value) + " (chosen "
                       + std::to_string(editor.currentImage().value) + ", " + (editor.isImageShown() ? "" : "not ")
                       + "shown, " + (m_isPainted ? "" : "not ") + "painted)");
    }
    return Switch{milliseconds, until(m_sharpPainted), until(m_veilPainted)};
}

core::Result<void> PaintingDesk::untilForgotten(core::ImageId id)
{
    const ui::PixelCache &memory = m_window->editor().annotation()->pixelCache();
    QTimer look;
    look.start(10);
    return waitFor([&] { return !memory.contains(id); }, FrameMs) ? core::Result<void>()
                                                                  : tooLong("Forgetting an image");
}

void PaintingDesk::moveCopies(const std::filesystem::path &from, const std::filesystem::path &to) const
{
    std::filesystem::create_directory(to);
    std::vector<std::filesystem::path> copies;
    for (const auto &entry : std::filesystem::directory_iterator(from)) {
        if (entry.path().extension() == ".pixels")
            copies.push_back(entry.path());
    }
    for (const std::filesystem::path &copy : copies)
        std::filesystem::rename(copy, to / copy.filename());
}

void PaintingDesk::hideCopies()
{
    moveCopies(cache(), folder() / "copies");
}

void PaintingDesk::bringBackCopies()
{
    if (std::filesystem::exists(folder() / "copies"))
        moveCopies(folder() / "copies", cache());
}

core::Result<void> PaintingDesk::reopen()
{
    const QString place = m_folder.filePath(QStringLiteral("desk.semigda"));
    m_window->project().close();
    if (!waitFor([this] { return !m_window->project().isOpen(); }, LongMs))
        return tooLong("Closing");
    m_window->openProject(place);
    const bool isOpen =
        waitFor([this] { return m_window->project().isOpen() && m_window->editor().isImageShown(); }, LongMs);
    return isOpen ? core::Result<void>() : tooLong("Opening");
}

double PaintingDesk::untilPainted(const std::function<void()> &action)
{
    return untilPainted(canvas(), action);
}

double PaintingDesk::untilPainted(QWidget &widget, const std::function<void()> &action)
{
    m_watched = &widget;
    widget.installEventFilter(this);
    m_isPainted = false;
    const double start = now();
    action();
    // All of a round's events are worked off before this looks: painting and what brings it to the screen are over.
    waitFor([this] { return m_isPainted; }, FrameMs);
    widget.removeEventFilter(this);
    return (now() - start) * 1000.0;
}

bool PaintingDesk::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_watched && event->type() == QEvent::Paint)
        m_isPainted = true;
    auto *veil = qobject_cast<ui::LoadingVeil *>(watched);
    if (event->type() == QEvent::Paint && veil != nullptr) {
        if (m_veilPainted == 0.0)
            m_veilPainted = now();
        if (m_sharpPainted == 0.0 && veil->isSharp())
            m_sharpPainted = now();
    }
    return QObject::eventFilter(watched, event);
}

void PaintingDesk::mouse(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons)
{
    const QPointF local = m_window->editor().toCanvas(at.x(), at.y());
    QCoreApplication::postEvent(
        &canvas(), new QMouseEvent(type, local, canvas().mapToGlobal(local), button, buttons, Qt::NoModifier));
}

void PaintingDesk::stroke(const std::vector<QPointF> &way, Latencies &moves)
{
    untilPainted([&] { mouse(QEvent::MouseButtonPress, way.front(), Qt::LeftButton, Qt::LeftButton); });
    for (std::size_t i = 1; i < way.size(); ++i) {
        const double start = now();
        moves.add(untilPainted([&] { mouse(QEvent::MouseMove, way[i], Qt::NoButton, Qt::LeftButton); }));
        const double left = EventEverySeconds - (now() - start);
        if (left > 0.0)
            std::this_thread::sleep_for(std::chrono::duration<double>(left));
    }
    mouse(QEvent::MouseButtonRelease, way.back(), Qt::LeftButton, Qt::NoButton);
    QCoreApplication::processEvents();
}

double PaintingDesk::untilEdited(const std::function<void()> &action)
{
    bool isEdited = false;
    const QMetaObject::Connection connection =
        connect(m_window->editor().canvas().document(), &ui::ImageDocument::edited, this, [&] {
            isEdited = true;
            m_isPainted = false; // what was painted before does not show it
        });
    m_watched = &canvas();
    m_watched->installEventFilter(this);
    const double start = now();
    action();
    waitFor([&] { return isEdited && m_isPainted; }, FrameMs);
    const double milliseconds = (now() - start) * 1000.0;
    m_watched->removeEventFilter(this);
    disconnect(connection);
    return milliseconds;
}

double PaintingDesk::click(QPointF at)
{
    return untilEdited([&] {
        mouse(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
        mouse(QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
    });
}

void PaintingDesk::settle()
{
    waitFor([this] { return m_window->editor().isSaved(); }, LongMs);
    QCoreApplication::processEvents();
}

core::Result<void> PaintingDesk::startTraining()
{
    const std::filesystem::path sample = folder() / "sample";
    if (const auto made = m_workspace->makeSample(sample, 40, {}, {}); !made)
        return made;
    auto session = m_workspace->create(folder() / "training.semigda", oneClass());
    if (!session)
        return session.error();
    core::ImportRequest request;
    request.paths = {sample / "images"};
    request.masks = sample / "masks";
    if (const auto imported = (*session)->importImages(request, {}, {}); !imported)
        return imported.error();
    core::TrainingRequest training;
    training.minutes = 120.0;
    training.predictWhileTraining = false;
    if (const auto started = (*session)->training().start(training); !started)
        return started;
    m_training = *session;
    const auto isLearning = [this] { return m_training->training().progress().step > 20; };
    QTimer look;
    look.start(100);
    return waitFor(isLearning, LongMs) ? core::Result<void>() : tooLong("Training");
}

void PaintingDesk::stopTraining()
{
    if (!m_training)
        return;
    m_training->training().stop();
    m_training->training().wait();
    m_training.reset();
}

} // namespace semigda::bench

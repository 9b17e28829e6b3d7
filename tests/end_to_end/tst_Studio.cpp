// SPDX-License-Identifier: Apache-2.0
// The whole job in the real main window, by its widgets: create, drop, paint, train, review while the model learns,
// export; then the exported pixels are compared with what was painted and proposed.
#include "app/Workspace.h"
#include "ui/canvas/AnnotationController.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/panels/TrainingPanel.h"
#include "ui/review/ReviewController.h"
#include "ui/window/EditorArea.h"
#include "ui/window/MainWindow.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QImage>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QTest>

#include <cmath>

using namespace semigda;

namespace
{

constexpr int Side = 64;
constexpr int Images = 10;
constexpr int Radius = 15;
constexpr int SoonMs = 20'000;
constexpr int TrainingMs = 120'000;

QPoint discCentre(int number)
{
    return {24 + number * 7 % 18, 22 + number * 11 % 20};
}

/// A bright disc on a dark, grainy ground.
QImage discImage(int number)
{
    QImage image(Side, Side, QImage::Format_Grayscale8);
    quint32 grain = static_cast<quint32>(number + 1);
    for (int y = 0; y < Side; ++y) {
        for (int x = 0; x < Side; ++x) {
            grain = grain * 1664525U + 1013904223U;
            const QPoint way = QPoint(x, y) - discCentre(number);
            const bool isInside = std::hypot(way.x(), way.y()) < Radius;
            image.scanLine(y)[x] = static_cast<uchar>((isInside ? 170 : 50) + static_cast<int>(grain >> 27U));
        }
    }
    return image;
}

QString imageName(int number)
{
    return QStringLiteral("disc_%1").arg(number, 2, 10, QLatin1Char('0'));
}

} // namespace

class tst_Studio : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeJob();

private:
    template <typename Widget> Widget *child(const char *name) const
    {
        return m_window->findChild<Widget *>(QString::fromLatin1(name));
    }
    /// 0-based place in the list, which has the order of import.
    core::ImageId imageAt(int row) const { return m_window->imageList().model().idAt(row); }
    const core::ImageSummary &summary(core::ImageId id) const { return *m_window->imageList().model().find(id); }
    std::size_t countOf(core::ImageState state) const { return m_window->imageList().model().countOf(state); }
    void activate();
    void createProject();
    void dropImages();
    void chooseInList(int row);
    void paintDisc(int number);
    void stroke(const std::vector<QPoint> &pixels);
    void trainUntilProposalsArrive();
    void review();
    void exportMasks();
    core::LabelMask proposal(core::ImageId id) const;
    QImage exported(core::ImageId id) const;

    QTemporaryDir m_folder;
    std::unique_ptr<ui::MainWindow> m_window;
    core::ImageId m_accepted;
    core::ImageId m_corrected;
    core::ImageId m_rejected;
    core::LabelMask m_acceptedMask;
    core::LabelMask m_correctedProposal;
};

/// The offscreen platform does not give the focus back when a dialog closes, and keys need it.
void tst_Studio::activate()
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void tst_Studio::createProject()
{
    auto *create = child<QPushButton>("startCreateButton");
    QVERIFY(create != nullptr && create->isVisible());
    QTest::keyClick(create, Qt::Key_Return);
    QTRY_VERIFY(child<QDialog>("newProjectDialog") != nullptr);
    child<QLineEdit>("projectPlaceLineEdit")->setText(m_folder.path());
    QTest::keyClicks(child<QLineEdit>("projectNameLineEdit"), QStringLiteral("Discs"));
    auto *classes = child<QLineEdit>("projectClassesLineEdit");
    classes->clear();
    QTest::keyClicks(classes, QStringLiteral("Disc"));
    auto *button = child<QPushButton>("projectCreateButton");
    QVERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->project().isOpen(), SoonMs);
    QVERIFY(child<QPushButton>("emptyImportButton")->isVisible());
    activate();
}

void tst_Studio::dropImages()
{
    const auto wantsImages = {"actionExport", "actionReview", "actionNextReview", "actionPredict"};
    for (const char *const name : wantsImages)
        QVERIFY2(!child<QAction>(name)->isEnabled(), name);
    QMimeData data;
    QList<QUrl> urls;
    for (int number = 0; number < Images; ++number) {
        const QString file = m_folder.filePath(imageName(number) + QStringLiteral(".png"));
        QVERIFY(discImage(number).save(file));
        urls << QUrl::fromLocalFile(file);
    }
    data.setUrls(urls);
    const QPoint middle = m_window->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &drop);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->imageList().model().total(), std::size_t(Images), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->project().tasks().isBusy(), SoonMs);
    QCOMPARE(countOf(core::ImageState::Unlabelled), std::size_t(Images));
    for (const char *const name : wantsImages)
        QVERIFY2(child<QAction>(name)->isEnabled(), name);
}

void tst_Studio::chooseInList(int row)
{
    auto *view = child<QListView>("imageListView");
    const QModelIndex index = view->model()->index(row, 0);
    view->scrollTo(index);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    QTRY_VERIFY_WITH_TIMEOUT(m_window->editor().isImageShown() && m_window->editor().currentImage() == imageAt(row),
                             SoonMs);
}

void tst_Studio::stroke(const std::vector<QPoint> &pixels)
{
    QWidget *canvas = &m_window->editor().canvasWidget();
    const auto at = [this](QPoint pixel) {
        return m_window->editor().toCanvas(pixel.x() + 0.5, pixel.y() + 0.5).toPoint();
    };
    QTest::mousePress(canvas, Qt::LeftButton, {}, at(pixels.front()));
    for (const QPoint &pixel : pixels)
        QTest::mouseMove(canvas, at(pixel));
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, at(pixels.back()));
}

void tst_Studio::paintDisc(int number)
{
    chooseInList(number);
    if (QTest::currentTestFailed())
        return;
    const QPoint centre = discCentre(number);
    constexpr int Reach = Radius - 3; // half the brush stays inside
    for (int dy = -Reach; dy <= Reach; dy += 3) {
        const int half = static_cast<int>(std::sqrt(Reach * Reach - dy * dy));
        stroke({centre + QPoint(-half, dy), centre + QPoint(0, dy), centre + QPoint(half, dy)});
    }
    QTRY_VERIFY_WITH_TIMEOUT(summary(imageAt(number)).state == core::ImageState::Partial, SoonMs);
    QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(summary(imageAt(number)).state == core::ImageState::Labelled, SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->editor().isSaved(), SoonMs);
}

void tst_Studio::trainUntilProposalsArrive()
{
    core::TrainingRequest request;
    request.device = "cpu";
    request.imageSize = 32;
    request.epochsStage1 = 2;
    request.epochsStage2 = 100'000; // stopped by hand
    request.overrides = {{"prior_steps", "5"}, {"alignment_batch", "4"}, {"validation_steps", "10"}};
    m_window->trainingPanel().setBaseRequest(request);
    auto *start = child<QPushButton>("trainingStartButton");
    QVERIFY(start->isEnabled());
    QTest::mouseClick(start, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(countOf(core::ImageState::Predicted) >= 3, TrainingMs);
    QVERIFY(m_window->project().isTraining());
}

core::LabelMask tst_Studio::proposal(core::ImageId id) const
{
    const auto store = m_window->project().session()->openStore();
    const auto newest = (*store)->predictions().newest(id);
    return newest && newest->has_value() ? (*newest)->mask : core::LabelMask();
}

void tst_Studio::review()
{
    // A new model replaces proposals while training runs; what is reviewed must hold still for the comparison.
    QTest::mouseClick(child<QPushButton>("trainingStopButton"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->project().isTraining(), TrainingMs);
    const core::ImageId first = imageAt(0);
    child<QAction>("actionReview")->trigger();
    const auto isCaseShown = [this] {
        return m_window->review().current().isValid() && m_window->editor().isImageShown()
               && m_window->editor().currentImage() == m_window->review().current();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isCaseShown(), SoonMs);
    m_accepted = m_window->review().current();
    // The list marks what is asked for, not only what is on show.
    const core::ImageId other = m_window->review().next();
    for (const core::ImageId id : {other, m_accepted}) {
        m_window->review().goTo(id);
        QCOMPARE(m_window->imageList().current(), id);
    }
    QTRY_VERIFY_WITH_TIMEOUT(isCaseShown(), SoonMs);
    m_acceptedMask = proposal(m_accepted);
    QVERIFY(!m_acceptedMask.isEmpty());
    // The list is no guide to what comes next then.
    m_window->imageList().setStateFilter(core::ImageState::Labelled);
    QTest::mouseClick(child<QToolButton>("actionAcceptButton"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(summary(m_accepted).state == core::ImageState::Accepted, SoonMs);

    QTRY_VERIFY_WITH_TIMEOUT(isCaseShown() && m_window->review().current() != m_accepted, SoonMs);
    m_corrected = m_window->review().current();
    const core::ImageId next = m_window->review().next();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->editor().annotation()->pixelCache().contains(next), SoonMs);
    m_correctedProposal = proposal(m_corrected);
    stroke({{4, 58}, {6, 58}});
    QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(summary(m_corrected).state == core::ImageState::Corrected, SoonMs);

    QTRY_VERIFY_WITH_TIMEOUT(isCaseShown() && m_window->review().current() != m_corrected, SoonMs);
    m_rejected = m_window->review().current();
    QCOMPARE(m_rejected, next);
    m_window->imageList().setStateFilter(std::nullopt);
    QTest::mouseClick(child<QToolButton>("actionRejectButton"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(summary(m_rejected).state == core::ImageState::Rejected, SoonMs);
    QVERIFY(m_accepted != m_corrected && m_corrected != m_rejected && m_accepted != m_rejected);

    // While reviewing the list has the review's order; afterwards its own again.
    child<QAction>("actionReview")->trigger();
    QTRY_COMPARE(imageAt(0), first);
}

void tst_Studio::exportMasks()
{
    child<QAction>("actionExport")->trigger();
    QTRY_VERIFY(child<QDialog>("exportDialog") != nullptr);
    child<QLineEdit>("exportFolderLineEdit")->setText(m_folder.filePath(QStringLiteral("masks")));
    QTest::mouseClick(child<QPushButton>("exportStartButton"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_folder.filePath(QStringLiteral("masks/manifest.json"))), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->project().tasks().isBusy(), SoonMs);
}

QImage tst_Studio::exported(core::ImageId id) const
{
    return QImage(m_folder.filePath(QStringLiteral("masks/%1.png").arg(QString::fromStdString(summary(id).name))));
}

void tst_Studio::wholeJob()
{
    ui::WindowParts parts;
    parts.workspace = app::createWorkspace();
    parts.settings = std::make_shared<ui::UiSettings>(m_folder.filePath(QStringLiteral("settings.ini")));
    parts.settings->setNumber(QStringLiteral("tools/brushSize"), 5);
    parts.userName = QStringLiteral("tester");
    m_window = std::make_unique<ui::MainWindow>(std::move(parts));
    m_window->resize(1280, 800);
    m_window->show();
    activate();

    for (const auto &step : {&tst_Studio::createProject, &tst_Studio::dropImages}) {
        (this->*step)();
        if (QTest::currentTestFailed())
            return;
    }
    for (const int number : {0, 1}) {
        paintDisc(number);
        if (QTest::currentTestFailed())
            return;
    }
    for (const auto &step : {&tst_Studio::trainUntilProposalsArrive, &tst_Studio::review, &tst_Studio::exportMasks}) {
        (this->*step)();
        if (QTest::currentTestFailed())
            return;
    }

    const QStringList written =
        QDir(m_folder.filePath(QStringLiteral("masks"))).entryList({QStringLiteral("*.png")}, QDir::Files);
    QCOMPARE(written.size(), 4); // two painted, one accepted, one corrected
    for (const int number : {0, 1}) {
        const QImage mask = exported(imageAt(number));
        QCOMPARE(mask.size(), QSize(Side, Side));
        for (int y = 0; y < Side; ++y) {
            for (int x = 0; x < Side; ++x) {
                const QPoint way = QPoint(x, y) - discCentre(number);
                const double distance = std::hypot(way.x(), way.y());
                // The outermost pixels depend on how the round brush meets the disc's edge.
                if (std::abs(distance - Radius) > 4.0)
                    QCOMPARE(mask.pixelIndex(x, y), distance < Radius ? 1 : 0);
            }
        }
    }
    const QImage accepted = exported(m_accepted);
    const QImage corrected = exported(m_corrected);
    QVERIFY(!accepted.isNull() && !corrected.isNull());
    int added = 0;
    for (int y = 0; y < Side; ++y) {
        for (int x = 0; x < Side; ++x) {
            QCOMPARE(accepted.pixelIndex(x, y), static_cast<int>(m_acceptedMask.at(x, y)));
            const int proposed = m_correctedProposal.at(x, y);
            const bool isNearStroke = x >= 0 && x <= 10 && y >= 54 && y <= 62;
            if (isNearStroke && corrected.pixelIndex(x, y) != proposed)
                ++added;
            else
                QCOMPARE(corrected.pixelIndex(x, y), proposed);
        }
    }
    QVERIFY(added > 0);
    QCOMPARE(corrected.pixelIndex(5, 58), 1);
    QVERIFY(exported(m_rejected).isNull());

    m_window->close();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible() && !m_window->project().isOpen(), SoonMs);
    m_window.reset();
}

QTEST_MAIN(tst_Studio)
#include "tst_Studio.moc"

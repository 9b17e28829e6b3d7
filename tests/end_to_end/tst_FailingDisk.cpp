// SPDX-License-Identifier: Apache-2.0
// A disk that refuses writes or is full, while somebody paints in the real main window: the window says so, painting
// goes on, and what was painted is in the project once the disk works again.
#include "app/OpenProject.h"
#include "app/Workspace.h"
#include "storage/DbFailingVfs.h"
#include "support/SmallDisk.h"
#include "ui/canvas/AnnotationController.h"
#include "ui/canvas/ImageDocument.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/tour/MouseHand.h"
#include "ui/window/EditorArea.h"
#include "ui/window/MainWindow.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"

#include <QDir>
#include <QImage>
#include <QLabel>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <atomic>
#include <memory>

using namespace semigda;
using namespace std::chrono_literals;
using test::FailingVfs;

Q_DECLARE_METATYPE(semigda::test::FailingVfs::Fault)

namespace
{

constexpr int Side = 64;
constexpr int Spacing = 4; // wider than the brush, so that every stroke changes pixels
constexpr int Columns = Side / Spacing - 1;
constexpr int SoonMs = 20'000;
constexpr const char *Kept = "kept in memory";

QPoint place(int number)
{
    return {Spacing / 2 + number % Columns * Spacing, Spacing / 2 + number / Columns * Spacing};
}

/// Two images of one class; closed again. `scratch` takes the files they are imported from.
QString makeProject(const std::filesystem::path &folder, const QString &scratch)
{
    core::LabelSet classes;
    core::ImportRequest request;
    for (const int grey : {40, 90}) {
        QImage image(Side, Side, QImage::Format_Grayscale8);
        image.fill(grey);
        const QString file = scratch + QStringLiteral("/grey_%1.png").arg(grey);
        if (!image.save(file))
            return QStringLiteral("An image cannot be written.");
        request.paths.emplace_back(file.toStdString());
    }
    if (!classes.add("Lesion"))
        return QStringLiteral("There is no class.");
    const auto project = app::OpenProject::create(folder, classes);
    if (!project)
        return QString::fromStdString(project.error().message.english());
    if (const auto imported = (*project)->importImages(request, {}, {}); !imported || imported->imported.size() != 2)
        return QStringLiteral("The images cannot be imported.");
    // Or opening would start one beside the painting.
    const auto store = (*project)->openStore();
    if (!store || !(*store)->backup())
        return QStringLiteral("There is no backup.");
    return {};
}

} // namespace

class tst_FailingDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        FailingVfs::install();
        QLocale::setDefault(QLocale::c());
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup();
    void everyRefusedWrite_isToldAndMadeGood_data();
    void everyRefusedWrite_isToldAndMadeGood();
    void fullDisk_isToldAndPaintingGoesOn();
    void lowDisk_isToldBeforeMuchIsWritten();
    void syncedFolder_isToldAndCanBePainted();

private:
    void openWindow(const std::filesystem::path &project, const ui::SpaceProbe &probe = ui::spaceOf);
    void closeWindow();
    core::ImageId image(int row) const { return m_window->imageList().model().idAt(row); }
    ui::EditorArea &editor() const { return m_window->editor(); }
    ui::ImageDocument &document() const { return *editor().annotation()->document(); }
    QString savedLabel() const { return m_window->findChild<QLabel *>(QStringLiteral("savedLabel"))->text(); }
    qsizetype notices(const char *words) const;
    void show(int row);
    void stroke(int number);
    void work();
    void undoAll();
    void verifyStored(core::ImageId id, const core::LabelMask &mask, int steps);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::MainWindow> m_window;
    core::LabelMask m_secondMask; ///< of the image that `work` leaves
    int m_secondSteps = 0;
};

void tst_FailingDisk::cleanup()
{
    FailingVfs::disarm();
    closeWindow();
    m_folder.reset();
}

void tst_FailingDisk::openWindow(const std::filesystem::path &project, const ui::SpaceProbe &probe)
{
    ui::WindowParts parts;
    parts.workspace = app::createWorkspace();
    parts.settings = std::make_shared<ui::UiSettings>(m_folder->filePath(QStringLiteral("settings.ini")));
    parts.settings->setNumber(QStringLiteral("tools/brushSize"), 3);
    parts.userName = QStringLiteral("tester");
    parts.diskSpace = probe;
    m_window = std::make_unique<ui::MainWindow>(std::move(parts));
    m_window->resize(1280, 800);
    m_window->show();
    m_window->openProject(QString::fromStdString(project.string()));
    QTRY_VERIFY_WITH_TIMEOUT(editor().isImageShown(), SoonMs);
    editor().annotation()->setRetryInterval(1ms);
}

void tst_FailingDisk::closeWindow()
{
    if (!m_window)
        return;
    m_window->close();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible() && !m_window->project().isOpen(), SoonMs);
    m_window.reset();
}

qsizetype tst_FailingDisk::notices(const char *words) const
{
    return editor().notices().texts().filter(QString::fromLatin1(words)).size();
}

void tst_FailingDisk::show(int row)
{
    m_window->chooseImage(image(row));
    QVERIFY(QTest::qWaitFor(
        [this, row] {
            return editor().isImageShown() && editor().currentImage() == image(row) && document().canEdit();
        },
        SoonMs));
}

void tst_FailingDisk::stroke(int number)
{
    const QPoint at = place(number);
    ui::dragAlong(editor().canvasWidget(),
                  {editor().toCanvas(at.x() + 0.5, at.y() + 0.5), editor().toCanvas(at.x() + 1.5, at.y() + 0.5)});
    // On the canvas at once, whatever the disk does.
    QCOMPARE(document().mask().at(at.x(), at.y()), core::LabelValue(1));
}

void tst_FailingDisk::work()
{
    stroke(0);
    stroke(1);
    editor().undo();
    QCOMPARE(document().mask().at(place(1).x(), place(1).y()), core::NotAnnotated);
    stroke(2);
    editor().undo();
    editor().redo();
    show(1);
    stroke(3);
    m_secondMask = document().mask();
    m_secondSteps = document().undoStack().count();
    show(0);
    stroke(4);
    for (const int number : {0, 2, 4})
        QCOMPARE(document().mask().at(place(number).x(), place(number).y()), core::LabelValue(1));
    QCOMPARE(document().undoStack().count(), 3);
}

void tst_FailingDisk::undoAll()
{
    for (const int row : {1, 0}) {
        show(row);
        while (editor().canUndo())
            editor().undo();
        QVERIFY(document().mask() == core::LabelMask(Side, Side));
    }
    QVERIFY(editor().annotation()->flush(10s));
}

void tst_FailingDisk::verifyStored(core::ImageId id, const core::LabelMask &mask, int steps)
{
    const auto store = m_window->project().session()->openStore();
    QVERIFY(store.has_value());
    const auto annotation = (*store)->annotations().load(id);
    QVERIFY2(annotation.has_value(), annotation ? "" : annotation.error().message.english().c_str());
    QVERIFY(annotation->mask == mask);
    // No step is missing and none is there twice.
    const auto history = (*store)->annotations().history(id);
    QVERIFY(history.has_value());
    QCOMPARE(history->edits.size(), static_cast<std::size_t>(steps));
    QCOMPARE(history->cursor, history->edits.back().sequence);
}

void tst_FailingDisk::everyRefusedWrite_isToldAndMadeGood_data()
{
    QTest::addColumn<FailingVfs::Fault>("fault");
    QTest::addColumn<int>("code");
    QTest::newRow("error once") << FailingVfs::Fault::Once << SQLITE_IOERR;
    QTest::newRow("full from then on") << FailingVfs::Fault::FromThenOn << SQLITE_FULL;
}

void tst_FailingDisk::everyRefusedWrite_isToldAndMadeGood()
{
    QFETCH(FailingVfs::Fault, fault);
    QFETCH(int, code);
    const std::filesystem::path folder = m_folder->filePath(QStringLiteral("p.semigda")).toStdString();
    const QString made = makeProject(folder, m_folder->path());
    QVERIFY2(made.isEmpty(), qPrintable(made));
    openWindow(folder);
    show(1); // both have been read once
    show(0);
    int failing = 1;
    int told = 0;
    int unsaved = 0;
    for (bool hasReachedEnd = false; !hasReachedEnd; ++failing) {
        undoAll();
        int failures = 0;
        const auto watching = connect(editor().annotation(), &ui::AnnotationController::saveStateChanged, this,
                                      [&](ui::SaveState state) { failures += state == ui::SaveState::Failed ? 1 : 0; });
        FailingVfs::arm(fault, failing, code, FailingVfs::Threads::All);
        work();
        if (QTest::currentTestFailed())
            return;
        if (!editor().annotation()->flush(10s)) {
            ++unsaved;
            QCOMPARE(savedLabel(), QStringLiteral("Not saved"));
            QCOMPARE(notices(Kept), 1);
        }
        hasReachedEnd = FailingVfs::calls() < failing;
        QVERIFY(hasReachedEnd || FailingVfs::refused() > 0);
        FailingVfs::disarm();
        QVERIFY(QTest::qWaitFor([this] { return editor().isSaved(); }, SoonMs));
        disconnect(watching);
        told += failures > 0 ? 1 : 0;
        QCOMPARE(savedLabel(), QStringLiteral("Saved"));
        QCOMPARE(notices(Kept), 0);
        verifyStored(image(0), document().mask(), document().undoStack().count());
        verifyStored(image(1), m_secondMask, m_secondSteps);
        if (QTest::currentTestFailed())
            return;
    }
    qInfo("%d writes, %d times told, %d times to the end", failing - 2, told, unsaved);
    QVERIFY(failing > 20);
    QVERIFY(told > 20);
    QVERIFY(fault == FailingVfs::Fault::Once ? unsaved == 0 : unsaved > 20);
    const core::LabelMask last = document().mask();
    const core::ImageId first = image(0);
    closeWindow();
    const auto opened = app::OpenProject::open(folder);
    QVERIFY(opened.has_value());
    const auto store = (*opened)->openStore();
    QVERIFY(store.has_value());
    QVERIFY((*store)->annotations().load(first)->mask == last);
    const auto problems = (*store)->check(false);
    QVERIFY(problems.has_value());
    QVERIFY2(problems->empty(), problems->empty() ? "" : problems->front().what.c_str());
}

void tst_FailingDisk::fullDisk_isToldAndPaintingGoesOn()
{
    const test::SmallDisk disk;
    if (!disk.isMounted)
        QSKIP("mounting a small file system needs root");
    const std::filesystem::path folder = disk.path() / "Full.semigda";
    const QString made = makeProject(folder, m_folder->path());
    QVERIFY2(made.isEmpty(), qPrintable(made));
    openWindow(folder);
    QTRY_COMPARE_WITH_TIMEOUT(notices("are free on the disk of this project"), 1, SoonMs);
    disk.fill();
    int number = 0;
    // What the database's journal has room for is still written.
    for (; number < 180 && !editor().isSavingFailing(); ++number) {
        stroke(number);
        static_cast<void>(editor().annotation()->flush(10s));
    }
    QVERIFY(editor().isSavingFailing());
    QCOMPARE(savedLabel(), QStringLiteral("Not saved"));
    QCOMPARE(notices("the disk is full"), 1);
    QCOMPARE(notices(Kept), 1);
    for (const int end = number + 20; number < end; ++number)
        stroke(number);
    QVERIFY(!editor().annotation()->flush(10s));
    QCOMPARE(notices(Kept), 1);

    // Closing would lose them: it asks first.
    m_window->close();
    QVERIFY(m_window->isVisible() && m_window->project().isOpen());
    QCOMPARE(notices("could not be written"), 1);

    disk.free();
    QTRY_VERIFY_WITH_TIMEOUT(editor().isSaved(), SoonMs);
    QCOMPARE(savedLabel(), QStringLiteral("Saved"));
    QCOMPARE(notices(Kept), 0);
    QCOMPARE(notices("could not be written"), 0);
    stroke(number++);
    QVERIFY(editor().annotation()->flush(10s));
    verifyStored(image(0), document().mask(), number);
    const core::LabelMask last = document().mask();
    const core::ImageId first = image(0);
    closeWindow();
    const auto opened = app::OpenProject::open(folder);
    QVERIFY(opened.has_value() && !(*opened)->info().isReadOnly);
    const auto store = (*opened)->openStore();
    QVERIFY(store.has_value());
    QVERIFY((*store)->annotations().load(first)->mask == last);
}

void tst_FailingDisk::lowDisk_isToldBeforeMuchIsWritten()
{
    const std::filesystem::path folder = m_folder->filePath(QStringLiteral("p.semigda")).toStdString();
    const QString made = makeProject(folder, m_folder->path());
    QVERIFY2(made.isEmpty(), qPrintable(made));
    struct Disk
    {
        std::atomic<std::uintmax_t> available = 90'000'000'000;
        std::atomic<int> looks = 0;
    };
    const auto disk = std::make_shared<Disk>();
    openWindow(folder, [disk](const std::filesystem::path &) {
        ++disk->looks;
        return ui::DiskSpace{disk->available, "disk"};
    });
    QTRY_VERIFY_WITH_TIMEOUT(disk->looks >= 2, SoonMs);
    QCOMPARE(notices("are free on the disk"), 0);
    disk->available = 300'000'000;
    core::ExportRequest request;
    request.folder = m_folder->filePath(QStringLiteral("masks")).toStdString();
    m_window->project().exportMasks(request);
    QTRY_COMPARE_WITH_TIMEOUT(notices("Only 300 MB are free on the disk of this project"), 1, SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->project().tasks().isBusy(), SoonMs);
    disk->available = 90'000'000'000;
    m_window->project().exportMasks(request);
    QTRY_COMPARE_WITH_TIMEOUT(notices("are free on the disk"), 0, SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->project().tasks().isBusy(), SoonMs);
}

void tst_FailingDisk::syncedFolder_isToldAndCanBePainted()
{
    const std::filesystem::path folder = m_folder->filePath(QStringLiteral("p.semigda")).toStdString();
    const QString made = makeProject(folder, m_folder->path());
    QVERIFY2(made.isEmpty(), qPrintable(made));
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral(".stfolder")));
    openWindow(folder);
    QCOMPARE(notices("Syncthing"), 1);
    stroke(0);
    QVERIFY(editor().annotation()->flush(10s));
    verifyStored(image(0), document().mask(), 1);
}

QTEST_MAIN(tst_FailingDisk)
#include "tst_FailingDisk.moc"

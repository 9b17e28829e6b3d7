// SPDX-License-Identifier: Apache-2.0
// What the studio shows while an image is read.
#include "StudioFixture.h"

#include "ui/canvas/LoadingVeil.h"
#include "ui/work/StoreWorker.h"

#include <QDir>
#include <QImage>
#include <QListView>
#include <QSemaphore>
#include <QSignalSpy>

#include <algorithm>
#include <future>

using namespace semigda;

namespace
{

/// Keeps the project's writer busy, as a slow disk does, until it goes.
class SlowDisk
{
public:
    explicit SlowDisk(ui::StoreWorker &worker)
    {
        worker.post([over = m_over.get_future().share()](core::ProjectStore &) { over.wait(); });
    }
    ~SlowDisk() { m_over.set_value(); }
    SlowDisk(const SlowDisk &) = delete;
    SlowDisk &operator=(const SlowDisk &) = delete;

private:
    std::promise<void> m_over;
};

} // namespace

class tst_StudioLoading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void slowImage_showsItsNameAndPicture();
    void slowImage_showsItsPictureWhereTheViewIs();
    void nothingIsPainted_throughTheVeil();
    void backToTheImageOnShow_liftsTheVeil();
    void imageThatCannotBeRead_liftsTheVeil();
    void closing_liftsTheVeil();
    void nextImage_doesNotWaitForTheOneBefore();
    void nextImage_passesOneThatCannotBeRead();
    void neighbours_areReadOnceTheImageIsPainted();
    void imageUnderThePointer_isReadAhead();
    void imageThatThePointerPasses_isNotReadAhead();
    void imageUnderThePointer_waitsForTheOneThatLoads();
    void largeImageThatWasShown_isKeptDecoded();
    void largeImage_isSeenFromAfarFirst();
    void pictureFromAfar_liesWhereTheImageWill();
    void pictureFromAfar_hasTheContrastThatIsKept();
    void pictureFromAfar_goesWithItsImage();
    void closedProject_canBeOpenedAtOnce();

private:
    ui::LoadingVeil &veil() const { return *m_studio->editor().canvas().findChild<ui::LoadingVeil *>(); }
    ui::StoreWorker &writer() const { return *m_studio->window->project().writer(); }
    core::ImageId first() const { return m_studio->model().idAt(0); }
    core::ImageId second() const { return m_studio->model().idAt(1); }
    core::ImageId third() const { return m_studio->model().idAt(2); }

    QListView &list() const { return *m_studio->window->findChild<QListView *>(QStringLiteral("imageListView")); }
    bool isRead(core::ImageId id) const { return m_studio->editor().annotation()->pixelCache().contains(id); }

    void pointAt(core::ImageId id) const
    {
        const QModelIndex row = m_studio->model().index(m_studio->model().rowOf(id), 0);
        const QPointF at = list().visualRect(row).center();
        QMouseEvent move(QEvent::MouseMove, at, list().viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(list().viewport(), &move);
    }

    /// As the fourth image.
    bool importLarge() const
    {
        const QString name = m_studio->file("d_large.png");
        QImage picture(3000, 3000, QImage::Format_Grayscale8);
        picture.fill(90);
        return picture.save(name) && m_studio->import({name}, 4);
    }

    bool isTold(const char *name) const
    {
        const QStringList told = m_studio->editor().notices().texts();
        return std::any_of(told.begin(), told.end(),
                           [&](const QString &text) { return text.contains(QLatin1String(name)); });
    }

    std::unique_ptr<test::StudioFixture> m_studio;
};

void tst_StudioLoading::init()
{
    m_studio = std::make_unique<test::StudioFixture>();
    QVERIFY(m_studio->show());
    QVERIFY(m_studio->createProject({"Lesion"}));
    QStringList files;
    const std::pair<const char *, QColor> pictures[] = {
        {"a_red.png", {200, 0, 0}}, {"b_green.png", {0, 200, 0}}, {"c_blue.png", {0, 0, 200}}};
    for (const auto &[name, colour] : pictures) {
        QImage picture(80, 40, QImage::Format_RGB888);
        picture.fill(colour);
        files.push_back(m_studio->file(name));
        QVERIFY(picture.save(files.back()));
    }
    QVERIFY(m_studio->import(files, 3));
    QVERIFY(m_studio->choose(first()));
    QVERIFY(!veil().isVisible());
}

void tst_StudioLoading::cleanup()
{
    QVERIFY(m_studio->close());
    m_studio.reset();
}

void tst_StudioLoading::slowImage_showsItsNameAndPicture()
{
    QTRY_VERIFY(!m_studio->model().thumbnail(second()).isNull());
    auto slow = std::make_unique<SlowDisk>(writer());
    m_studio->window->chooseImage(second());
    QVERIFY(!veil().isVisible()); // not at once: most images are there before it would be seen
    QTRY_VERIFY(veil().isVisible());
    QVERIFY2(veil().text().contains(QStringLiteral("b_green")), qPrintable(veil().text()));
    QCOMPARE(veil().accessibleName(), veil().text());
    QCOMPARE(veil().geometry(), m_studio->editor().canvas().rect());
    const QImage seen = veil().grab().toImage();
    const QColor middle = seen.pixelColor(seen.rect().center());
    QVERIFY2(middle.green() > 150 && middle.red() < 50, qPrintable(middle.name()));
    // As wide as the image itself will be.
    const int edge = static_cast<int>(ui::ImageCanvas::FitMargin);
    QVERIFY(seen.pixelColor(edge + 3, seen.height() / 2).green() > 150);
    QVERIFY(seen.pixelColor(edge - 3, seen.height() / 2).green() < 100);

    m_studio->window->resize(900, 700);
    QTRY_COMPARE(veil().geometry(), m_studio->editor().canvas().rect());
    slow.reset();
    QTRY_VERIFY(m_studio->editor().isImageShown());
    QVERIFY(!veil().isVisible());
    QTest::qWait(2 * ui::LoadingVeil::PatienceMs);
    QVERIFY(!veil().isVisible());
}

void tst_StudioLoading::slowImage_showsItsPictureWhereTheViewIs()
{
    ui::ImageCanvas &canvas = m_studio->editor().canvas();
    QTRY_VERIFY(!m_studio->model().thumbnail(second()).isNull() && !m_studio->model().thumbnail(third()).isNull());
    // Its corner in the middle of the window: of a fitted image there would be something on every side of that.
    const auto showsCorner = [&](const QImage &seen, QPoint inside) {
        const QPoint middle = seen.rect().center();
        const QPoint others[] = {{inside.x(), -inside.y()}, {-inside.x(), inside.y()}, -inside};
        const auto isSurround = [&](QPoint at) { return seen.pixelColor(middle + at).saturation() < 60; };
        return !isSurround(inside) && std::all_of(std::begin(others), std::end(others), isSurround);
    };
    canvas.setZoom(32.0);
    canvas.centreOn({0.0, 0.0});
    {
        const SlowDisk slow(writer());
        m_studio->window->chooseImage(second());
        QTRY_VERIFY(veil().isVisible());
        QVERIFY(showsCorner(veil().grab().toImage(), {40, 40}));
    }
    QTRY_VERIFY(m_studio->editor().isImageShown());
    QVERIFY(showsCorner(canvas.grab().toImage(), {40, 40}));
    // Turned, the same corner lies on the right.
    canvas.setOrientation(canvas.orientation().turned(1));
    canvas.centreOn({0.0, 0.0});
    {
        const SlowDisk slow(writer());
        m_studio->window->chooseImage(third());
        QTRY_VERIFY(veil().isVisible());
        QVERIFY(showsCorner(veil().grab().toImage(), {-40, 40}));
    }
    QTRY_VERIFY(m_studio->editor().isImageShown());
    QVERIFY(showsCorner(canvas.grab().toImage(), {-40, 40}));
    // Where the next one is to be fitted, its picture is.
    canvas.setKeepsView(false);
    const SlowDisk slow(writer());
    m_studio->window->chooseImage(first());
    QTRY_VERIFY(veil().isVisible());
    QVERIFY(!showsCorner(veil().grab().toImage(), {-40, 40}));
}

void tst_StudioLoading::nothingIsPainted_throughTheVeil()
{
    ui::ImageCanvas &canvas = m_studio->editor().canvas();
    canvas.setZoom(32.0); // larger than the window, so that it could be moved
    const QPointF corner = canvas.toWidget({0.0, 0.0});
    const double zoom = canvas.zoom();
    auto slow = std::make_unique<SlowDisk>(writer());
    m_studio->window->chooseImage(second());
    QTRY_VERIFY(veil().isVisible());
    const QPoint middle = veil().rect().center();
    QTest::mouseClick(&veil(), Qt::LeftButton, {}, middle);
    QTest::mouseDClick(&veil(), Qt::LeftButton, {}, middle);
    QTest::mousePress(&veil(), Qt::MiddleButton, {}, middle);
    QTest::mouseMove(&veil(), middle + QPoint(40, 30));
    QTest::mouseRelease(&veil(), Qt::MiddleButton, {}, middle + QPoint(40, 30));
    QWheelEvent turn(middle, veil().mapToGlobal(middle), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
                     Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&veil(), &turn);
    QVERIFY(turn.isAccepted()); // else a real one would go on to the canvas
    QCOMPARE(canvas.zoom(), zoom);
    QCOMPARE(canvas.toWidget({0.0, 0.0}), corner);
    slow.reset();
    QTRY_VERIFY(m_studio->editor().isImageShown());
    for (const core::ImageId id : {second(), first()}) {
        QVERIFY(m_studio->choose(id));
        const auto counts = core::countValues(m_studio->document().mask());
        QCOMPARE(counts.size(), std::size_t(1));
        QCOMPARE(counts.front().first, core::NotAnnotated);
    }
}

void tst_StudioLoading::backToTheImageOnShow_liftsTheVeil()
{
    const SlowDisk slow(writer());
    m_studio->window->chooseImage(second());
    QTRY_VERIFY(veil().isVisible());
    m_studio->window->chooseImage(first());
    QVERIFY(m_studio->editor().isImageShown());
    QVERIFY(!veil().isVisible());
    // Sooner than the veil would come.
    m_studio->window->chooseImage(second());
    m_studio->window->chooseImage(first());
    QTest::qWait(2 * ui::LoadingVeil::PatienceMs);
    QVERIFY(!veil().isVisible());
}

void tst_StudioLoading::imageThatCannotBeRead_liftsTheVeil()
{
    const QSignalSpy failures(m_studio->editor().annotation(), &ui::AnnotationController::openFailed);
    auto slow = std::make_unique<SlowDisk>(writer());
    m_studio->window->chooseImage(core::ImageId(999));
    QTRY_VERIFY(veil().isVisible());
    slow.reset();
    QTRY_COMPARE(failures.size(), 1);
    QVERIFY(!veil().isVisible());
}

void tst_StudioLoading::closing_liftsTheVeil()
{
    auto slow = std::make_unique<SlowDisk>(writer());
    m_studio->window->chooseImage(second());
    QTRY_VERIFY(veil().isVisible());
    slow.reset();
    m_studio->window->project().close();
    QTRY_VERIFY(!m_studio->window->project().isOpen());
    QVERIFY(!veil().isVisible());
}

void tst_StudioLoading::nextImage_doesNotWaitForTheOneBefore()
{
    auto slow = std::make_unique<SlowDisk>(writer());
    m_studio->action("actionNextImage")->trigger();
    QCOMPARE(m_studio->editor().currentImage(), second());
    m_studio->action("actionNextImage")->trigger();
    QCOMPARE(m_studio->editor().currentImage(), third());
    QTRY_VERIFY(veil().isVisible());
    QVERIFY2(veil().text().contains(QStringLiteral("c_blue")), qPrintable(veil().text()));
    slow.reset();
    QTRY_VERIFY(m_studio->editor().isImageShown());
    QCOMPARE(m_studio->editor().currentImage(), third());
    m_studio->action("actionPreviousImage")->trigger();
    QCOMPARE(m_studio->editor().currentImage(), second());
}

void tst_StudioLoading::nextImage_passesOneThatCannotBeRead()
{
    ui::ProjectController &project = m_studio->window->project();
    project.close();
    QTRY_VERIFY(!project.isOpen());
    QVERIFY(QDir(m_studio->file("p.semigda/images")).removeRecursively());
    m_studio->window->openProject(m_studio->file("p.semigda"));
    QTRY_VERIFY(isTold("a_red"));
    m_studio->action("actionNextImage")->trigger();
    QTRY_VERIFY(isTold("b_green"));
    m_studio->action("actionNextImage")->trigger();
    QTRY_VERIFY(isTold("c_blue"));
    QVERIFY(!veil().isVisible());
}

void tst_StudioLoading::neighbours_areReadOnceTheImageIsPainted()
{
    QVERIFY(!isRead(third()));
    ui::StoreWorker &reader = *m_studio->window->project().reader();
    bool isPainted = false;
    bool isReadThen = false;
    connect(&m_studio->editor().canvas(), &ui::ImageCanvas::documentPainted, this, [&] {
        if (m_studio->editor().canvas().document()->id() != second())
            return;
        QSemaphore isIdle;
        reader.post([&isIdle](core::ProjectStore &) { isIdle.release(); }, ui::StoreWorker::Priority::Background);
        isIdle.acquire(); // and no timer runs meanwhile
        isReadThen = isRead(third());
        isPainted = true;
    });
    m_studio->window->chooseImage(second());
    QTRY_VERIFY(isPainted);
    m_studio->editor().canvas().disconnect(this);
    QVERIFY(isReadThen);
}

void tst_StudioLoading::imageUnderThePointer_isReadAhead()
{
    QTRY_VERIFY(isRead(second()));
    QVERIFY(!isRead(third()));
    pointAt(third());
    QTRY_VERIFY(isRead(third()));
    QCOMPARE(m_studio->editor().currentImage(), first());
    // The file may go meanwhile.
    QVERIFY(QDir(m_studio->file("p.semigda/images")).removeRecursively());
    const QModelIndex row = m_studio->model().index(2, 0);
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().visualRect(row).center());
    QTRY_VERIFY(m_studio->editor().isImageShown());
    QCOMPARE(m_studio->editor().currentImage(), third());
}

void tst_StudioLoading::imageThatThePointerPasses_isNotReadAhead()
{
    QSignalSpy pointed(&m_studio->window->imageList(), &ui::ImageListPanel::imagePointed);
    pointAt(third());
    QCOMPARE(m_studio->window->imageList().pointed(), third());
    QEvent leaves(QEvent::Leave);
    QCoreApplication::sendEvent(list().viewport(), &leaves);
    QVERIFY(!m_studio->window->imageList().pointed().isValid());
    QVERIFY(!pointed.wait(200));
    pointAt(second());
    pointAt(third());
    QVERIFY(pointed.wait());
    QCOMPARE(pointed.size(), 1);
    QCOMPARE(pointed.front().front().value<core::ImageId>(), third());
}

void tst_StudioLoading::imageUnderThePointer_waitsForTheOneThatLoads()
{
    QStringList files;
    for (const char *name : {"d.png", "e.png"}) {
        QImage picture(80, 40, QImage::Format_RGB888);
        picture.fill(QColor(Qt::gray).darker(100 + 10 * static_cast<int>(files.size())));
        files.push_back(m_studio->file(name));
        QVERIFY(picture.save(files.back()));
    }
    QVERIFY(m_studio->import(files, 5));
    const core::ImageId fifth = m_studio->model().idAt(4);
    QTRY_VERIFY(isRead(second()));
    auto slow = std::make_unique<SlowDisk>(writer());
    QVERIFY(!isRead(third()));
    m_studio->window->chooseImage(third());
    QSignalSpy pointed(&m_studio->window->imageList(), &ui::ImageListPanel::imagePointed);
    pointAt(fifth);
    QVERIFY(pointed.wait());
    QVERIFY(m_studio->editor().annotation()->isLoading());
    slow.reset();
    QTRY_COMPARE(m_studio->editor().currentImage(), third());
    QTRY_VERIFY(isRead(fifth));
}

void tst_StudioLoading::largeImageThatWasShown_isKeptDecoded()
{
    QVERIFY(importLarge());
    QDir cache(m_studio->file("p.semigda/cache"));
    QCOMPARE(cache.entryList(QDir::Files).size(), 2);
    // As in a project that an earlier version made.
    QVERIFY(cache.removeRecursively());
    QVERIFY(m_studio->choose(m_studio->model().idAt(3)));
    QTRY_COMPARE(cache.entryList(QDir::Files | QDir::Hidden).size(), 2);
    QCOMPARE(cache.entryList(QDir::Files).size(), 2);
}

void tst_StudioLoading::largeImage_isSeenFromAfarFirst()
{
    QVERIFY(importLarge());
    ui::ProjectController &project = m_studio->window->project();
    project.close();
    QTRY_VERIFY(!project.isOpen());
    m_studio->window->openProject(m_studio->file("p.semigda"));
    QTRY_VERIFY(m_studio->editor().isImageShown());
    std::vector<int> widths;
    const core::ImageId large = m_studio->model().idAt(3);
    connect(m_studio->editor().annotation(), &ui::AnnotationController::overviewRead, this,
            [&](core::ImageId id, const core::ImageData &overview) {
                QCOMPARE(id, large);
                QVERIFY(!m_studio->editor().isImageShown());
                widths.push_back(overview.width);
            });
    QVERIFY(m_studio->choose(large));
    QCOMPARE(widths, std::vector<int>{1500});
}

void tst_StudioLoading::pictureFromAfar_liesWhereTheImageWill()
{
    // Pixels twice as tall as wide, and lines that the list's picture cannot show.
    core::ImageData stripes;
    stripes.width = 1000;
    stripes.height = 400;
    stripes.geometry.hasSpacing = true;
    stripes.geometry.spacing = {0.5, 1.0, 1.0};
    for (int y = 0; y < stripes.height; ++y)
        for (int x = 0; x < stripes.width; ++x)
            stripes.bytes.push_back(static_cast<std::byte>((x / 10 + y / 100) % 2 * 255));
    for (const int turns : {0, 1}) {
        ui::ImageCanvas &canvas = m_studio->editor().canvas();
        canvas.setOrientation(ui::ViewOrientation().turned(turns));
        ui::LoadedImage loaded;
        loaded.pixels = std::make_shared<const core::ImageData>(stripes);
        loaded.contrast = core::defaultWindow(stripes);
        loaded.annotation.mask = core::LabelMask(stripes.width, stripes.height);
        const QImage expected = [&] {
            ui::ImageDocument document(loaded);
            canvas.setDocument(&document);
            return canvas.grab().toImage();
        }();
        canvas.setDocument(&m_studio->document());

        const SlowDisk slow(writer());
        const core::ImageId next = turns == 0 ? second() : third();
        m_studio->window->chooseImage(next);
        Q_EMIT m_studio->editor().annotation()->overviewRead(next, core::makeOverview(stripes, 500));
        QVERIFY(!veil().isSharp()); // still to wait for
        QTRY_VERIFY(veil().isSharp());
        const QImage seen = veil().grab().toImage();
        QCOMPARE(seen.size(), expected.size());
        double difference = 0.0;
        int compared = 0;
        for (int y = 0; y < seen.height() * 7 / 8; ++y) { // the rest says what loads
            for (int x = 0; x < seen.width(); ++x, ++compared)
                difference += std::abs(qGray(seen.pixel(x, y)) - qGray(expected.pixel(x, y)));
        }
        QVERIFY2(difference / compared < 12.0, qPrintable(QString::number(difference / compared)));
        if (turns == 0) {
            m_studio->window->chooseImage(first());
            QVERIFY(!veil().isVisible());
            QVERIFY(!veil().isSharp());
        }
    }
}

void tst_StudioLoading::pictureFromAfar_hasTheContrastThatIsKept()
{
    core::ImageData grey;
    grey.width = 80;
    grey.height = 40;
    grey.bytes.assign(grey.sampleCount(), std::byte{60});
    const auto middleOf = [](const QImage &seen) { return qGray(seen.pixel(seen.rect().center())); };
    const auto seenOf = [&](core::ImageId id) {
        const SlowDisk slow(writer());
        m_studio->window->chooseImage(id);
        Q_EMIT m_studio->editor().annotation()->overviewRead(id, grey);
        // Of an image that was left meanwhile.
        core::ImageData white = grey;
        white.bytes.assign(white.bytes.size(), std::byte{255});
        Q_EMIT m_studio->editor().annotation()->overviewRead(first(), white);
        return QTest::qWaitFor([&] { return veil().isSharp(); }) ? middleOf(veil().grab().toImage()) : -1;
    };
    QCOMPARE(seenOf(second()), 60);
    QTRY_VERIFY(m_studio->editor().isImageShown());
    m_studio->editor().canvas().setContrast({60.0, 40.0});
    const int kept = seenOf(third());
    QVERIFY2(kept >= 127 && kept <= 128, qPrintable(QString::number(kept)));
}

void tst_StudioLoading::pictureFromAfar_goesWithItsImage()
{
    QTRY_VERIFY(!m_studio->model().thumbnail(third()).isNull());
    core::ImageData grey;
    grey.width = 80;
    grey.height = 40;
    grey.bytes.assign(grey.sampleCount(), std::byte{60});
    const SlowDisk slow(writer());
    m_studio->window->chooseImage(second());
    Q_EMIT m_studio->editor().annotation()->overviewRead(second(), grey);
    QTRY_VERIFY(veil().isSharp());
    m_studio->window->chooseImage(third());
    QVERIFY(veil().isVisible());
    QVERIFY(!veil().isSharp());
    const QImage seen = veil().grab().toImage();
    const QColor middle = seen.pixelColor(seen.rect().center());
    QVERIFY2(middle.blue() > 150 && middle.red() < 50, qPrintable(middle.name()));
}

void tst_StudioLoading::closedProject_canBeOpenedAtOnce()
{
    ui::ProjectController &project = m_studio->window->project();
    // Before anything that waits in the event loop has run.
    bool isFree = false;
    project.close();
    for (int i = 0; project.isOpen() && i < 1000; ++i)
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents, 20);
    if (const auto opened = app::createWorkspace()->open(m_studio->file("p.semigda").toStdString()))
        isFree = !(*opened)->info().isReadOnly;
    QVERIFY(isFree);
}

QTEST_MAIN(tst_StudioLoading)
#include "tst_StudioLoading.moc"

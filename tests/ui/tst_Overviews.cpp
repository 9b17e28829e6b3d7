// SPDX-License-Identifier: Apache-2.0
// Large images are seen from afar before they are there, and with what their overview knows of them.
#include "CanvasFixture.h"

#include "core/DisplayMapping.h"

#include <QSemaphore>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

using namespace semigda;
using namespace std::chrono_literals;

namespace
{

/// 4096 x 1024 grey values of 16 bit, below `most`.
core::ImageData deepImage(std::size_t most)
{
    core::ImageData image;
    image.type = core::PixelType::UInt16;
    image.width = 4096;
    image.height = 1024;
    image.bytes.resize(image.sampleCount() * sizeof(std::uint16_t));
    for (std::size_t i = 0; i < image.sampleCount(); ++i) {
        const auto value = static_cast<std::uint16_t>(i * 7 % most);
        std::memcpy(image.bytes.data() + i * sizeof(value), &value, sizeof(value));
    }
    return image;
}

} // namespace

class tst_Overviews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<test::CanvasFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void open_ofALargeImageShowsItFromAfarFirst()
    {
        const core::ImageData pixels = test::patternImage(4096, 2048);
        const core::ImageId large = project().addImage("large", pixels);
        const core::ImageId other = project().addImage("b", 20, 20);
        std::vector<std::pair<core::ImageId, core::ImageData>> seen;
        bool isBefore = true;
        connect(&controller(), &ui::AnnotationController::overviewRead, this,
                [&](core::ImageId id, const core::ImageData &overview) {
                    seen.emplace_back(id, overview);
                    isBefore = isBefore && controller().isLoading();
                });
        controller().open(large);
        QTRY_VERIFY(controller().document() != nullptr);
        QCOMPARE(seen.size(), std::size_t(1));
        QCOMPARE(seen.front().first, large);
        QVERIFY(seen.front().second.bytes == core::makeOverview(pixels).bytes);
        QVERIFY(isBefore);
        // Neither of what is small, nor of what is in memory.
        controller().open(other);
        QTRY_COMPARE(document().id(), other);
        controller().open(large);
        QTRY_COMPARE(document().id(), large);
        QCOMPARE(seen.size(), std::size_t(1));
    }

    void contrastOfALargeImage_isThatOfItsPixels()
    {
        const core::ImageData dark = deepImage(1000);
        const core::ImageData light = deepImage(60000);
        const core::ImageId passed = project().addImage("dark", dark);
        const core::ImageId wanted = project().addImage("light", light);
        controller().open(passed);
        controller().open(wanted);
        QTRY_VERIFY(controller().document() != nullptr);
        QCOMPARE(document().id(), wanted);
        QVERIFY(document().contrast() == core::defaultWindow(light));
        controller().open(passed);
        QTRY_COMPARE(document().id(), passed);
        QVERIFY(document().contrast() == core::defaultWindow(dark));
    }

    void overviewOfWhatWasPassed_isNotShown()
    {
        const core::ImageId passed = project().addImage("large", test::patternImage(4096, 2048));
        const core::ImageId wanted = project().addImage("b", 20, 20);
        QSignalSpy seen(&controller(), &ui::AnnotationController::overviewRead);
        controller().open(passed);
        QSemaphore isRead;
        m_fixture->worker->post([&isRead](core::ProjectStore &) { isRead.release(); });
        isRead.acquire(); // and not delivered yet
        controller().open(wanted);
        QTRY_VERIFY(controller().document() != nullptr);
        QVERIFY(m_fixture->worker->flush(10s));
        QCOMPARE(seen.size(), 0);
    }

private:
    test::FakeProjectStore &project() { return m_fixture->project; }
    ui::AnnotationController &controller() { return *m_fixture->controller; }
    ui::ImageDocument &document() { return *controller().document(); }

    std::unique_ptr<test::CanvasFixture> m_fixture;
};

QTEST_MAIN(tst_Overviews)
#include "tst_Overviews.moc"

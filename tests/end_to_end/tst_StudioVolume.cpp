// SPDX-License-Identifier: Apache-2.0
// The brush as a ball in the real main window: on a DICOM series, in millimetres, into the database and back.
#include "StudioFixture.h"

#include "app/sample/SampleGenerator.h"

#include <QComboBox>

#include <cmath>

using namespace semigda;

namespace
{

constexpr int SoonMs = test::StudioFixture::SoonMs;
constexpr int Middle = 8;
constexpr double Diameter = 21.0;

} // namespace

class tst_StudioVolume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void sphereBrush_paintsAndUndoesTheVolume_data();
    void sphereBrush_paintsAndUndoesTheVolume();

private:
    void chooseSlice(int position);
    std::vector<core::LabelMask> masks();

    std::unique_ptr<test::StudioFixture> m_studio;
    std::vector<core::ImageId> m_slices;
};

void tst_StudioVolume::init()
{
    m_studio = std::make_unique<test::StudioFixture>();
    app::SampleOptions options;
    options.kind = app::SampleKind::CtVolume;
    options.count = 1;
    options.size = 64;
    options.folder = m_studio->file("ct").toStdString();
    const auto sample = app::generateSample(options, {}, {});
    QVERIFY2(sample.has_value(), sample ? "" : sample.error().message.english().c_str());
    QVERIFY(m_studio->show() && m_studio->createProject(sample->classes));
    m_studio->window->importPaths({QString::fromStdString(sample->images.front().string())});
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->model().total() > 15 && !m_studio->window->project().tasks().isBusy(), SoonMs);
    const auto store = m_studio->store();
    QVERIFY(store != nullptr);
    const core::ImageSummary first = store->images().list()->front();
    m_slices = *store->images().series(first.seriesKey);
    QVERIFY(m_slices.size() > 15);
}

void tst_StudioVolume::cleanup()
{
    QVERIFY(m_studio->close());
    m_studio.reset();
}

void tst_StudioVolume::chooseSlice(int position)
{
    QVERIFY(m_studio->choose(m_slices[static_cast<std::size_t>(position)]));
}

std::vector<core::LabelMask> tst_StudioVolume::masks()
{
    std::vector<core::LabelMask> all;
    const auto store = m_studio->window->project().session()->openStore();
    for (const core::ImageId id : m_slices)
        all.push_back((*store)->annotations().load(id)->mask);
    return all;
}

void tst_StudioVolume::sphereBrush_paintsAndUndoesTheVolume_data()
{
    QTest::addColumn<bool>("usesRange");
    QTest::newRow("all values") << false;
    QTest::newRow("only values of a range") << true;
}

void tst_StudioVolume::sphereBrush_paintsAndUndoesTheVolume()
{
    QFETCH(bool, usesRange);
    chooseSlice(Middle);
    auto &shape = *m_studio->window->findChild<QComboBox *>(QStringLiteral("brushShapeBox"));
    shape.setCurrentIndex(shape.findText(QStringLiteral("Sphere")));
    Q_EMIT shape.activated(shape.currentIndex());
    QVERIFY(m_studio->editor().tools().isSphere());
    m_studio->editor().setBrushSize(Diameter);
    if (usesRange)
        m_studio->editor().tools().setValueRange(core::ValueRange{40.0, 120.0});
    QTest::mouseClick(&m_studio->editor().canvas(), Qt::LeftButton, {},
                      m_studio->editor().toCanvas(30.5, 30.5).toPoint());
    QVERIFY(m_studio->editor().canUndo());
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isSaved(), SoonMs);

    const std::vector<core::LabelMask> painted = masks();
    auto store = m_studio->window->project().session()->openStore();
    QVERIFY(store.has_value());
    const core::ImageGeometry middle = (*store)->images().record(m_slices[Middle])->geometry;
    QVERIFY(middle.hasSpacing && middle.hasPosition);
    std::size_t count = 0;
    std::size_t reached = 0;
    for (std::size_t z = 0; z < m_slices.size(); ++z) {
        const core::ImageGeometry geometry = (*store)->images().record(m_slices[z])->geometry;
        const double depth = std::hypot(geometry.origin[0] - middle.origin[0], geometry.origin[1] - middle.origin[1],
                                        geometry.origin[2] - middle.origin[2]);
        const core::ImageData image = *(*store)->images().pixels(m_slices[z]);
        std::size_t here = 0;
        for (int y = 0; y < image.height; ++y)
            for (int x = 0; x < image.width; ++x) {
                const double away =
                    std::hypot((x + 0.5 - 30.5) * middle.spacing[0], (y + 0.5 - 30.5) * middle.spacing[1], depth)
                    - Diameter / 2.0 * middle.spacing[0];
                const bool isInRange = !usesRange || (image.value(x, y) >= 40.0 && image.value(x, y) <= 120.0);
                // The point that was clicked is rounded to a pixel of the screen.
                if (std::abs(away) > 0.3 * middle.spacing[0])
                    QCOMPARE(painted[z].at(x, y) == 1, away < 0.0 && isInRange);
                here += painted[z].at(x, y) == 1 ? 1 : 0;
            }
        count += here;
        reached += here > 0 ? 1 : 0;
    }
    QVERIFY(count > 300);
    QVERIFY2(reached > 3 && reached < m_slices.size(), qPrintable(QString::number(reached)));

    QTest::keyClick(m_studio->window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isSaved(), SoonMs);
    for (const core::LabelMask &mask : masks())
        QVERIFY(mask == core::LabelMask(mask.width(), mask.height()));
    QTest::keyClick(m_studio->window.get(), Qt::Key_Y, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isSaved(), SoonMs);
    QVERIFY(masks() == painted);
    // Through another slice and back.
    chooseSlice(Middle + 1);
    QVERIFY(m_studio->document().mask() == painted[Middle + 1]);
    chooseSlice(Middle);
    QTest::keyClick(m_studio->window.get(), Qt::Key_Z, Qt::ControlModifier);
    chooseSlice(Middle + 1);
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isSaved(), SoonMs);
    QTRY_VERIFY(m_studio->document().mask() == core::LabelMask(64, 64));
}

QTEST_MAIN(tst_StudioVolume)
#include "tst_StudioVolume.moc"

// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/LabelRuns_p.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace semigda;

namespace
{

/// Painted areas, and noise over a part of them.
core::LabelMask scene(test::Random &random, int width, int height)
{
    core::LabelMask mask =
        test::randomMask(random, width, height, {core::NotAnnotated, core::Background, 1, core::LabelValue{60000}});
    for (int y = 0; y < height / 2; ++y) {
        for (int x = width / 4; x < width / 2; ++x)
            mask.fillRow(x, y, 1, static_cast<core::LabelValue>(random.between(0, 2)));
    }
    return mask;
}

/// As a view shows them: from some column on, each several times or only every n-th.
std::vector<int> shownColumns(test::Random &random, int width)
{
    const double step = random.between(0, 1) == 0 ? 0.05 + random.unit() : 1.0 + 30.0 * random.unit();
    std::vector<int> columns;
    for (double at = random.between(0, width - 1); at < width && columns.size() < 500; at += step)
        columns.push_back(static_cast<int>(at));
    return columns;
}

} // namespace

class tst_LabelRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runs_areTheLabelsUnderTheColumns()
    {
        test::Random random(11);
        for (int round = 0; round < 300; ++round) {
            const int width = random.between(1, 500);
            const int height = random.between(1, 200);
            const core::LabelMask mask = scene(random, width, height);
            const std::vector<int> columns = shownColumns(random, width);
            ui::LabelRuns runs(mask, columns);
            for (int i = 0; i < 20; ++i) {
                const int row = random.between(0, height - 1);
                std::vector<ui::LabelRun> expected;
                for (std::size_t x = 0; x < columns.size(); ++x) {
                    const core::LabelValue value = mask.at(columns[x], row);
                    const int place = static_cast<int>(x);
                    if (expected.empty() || expected.back().value != value)
                        expected.push_back({place, place, value});
                    expected.back().end = place + 1;
                }
                QVERIFY(runs.read(row) == expected);
                QVERIFY(runs.read(row) == expected);
            }
        }
    }

    void noColumns_showNothing()
    {
        const core::LabelMask mask(10, 10);
        ui::LabelRuns runs(mask, {});
        QVERIFY(runs.read(3).empty());
    }
};

QTEST_GUILESS_MAIN(tst_LabelRuns)
#include "tst_LabelRuns.moc"

// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Splits.h"

#include "support/FakeProjectStore.h"

#include <QtTest/QTest>

using namespace semigda::core;
using semigda::test::FakeProjectStore;

class TestSplits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<FakeProjectStore>();
        m_ids.clear();
        // Two images of one patient, then three of their own.
        for (int i = 0; i < 5; ++i) {
            NewImage image;
            image.name = "image " + std::to_string(i);
            image.source.sha256 = "hash " + std::to_string(i);
            image.width = image.height = 8;
            image.patientKey = i < 2 ? "patient" : "";
            image.split = i == 4 ? Split::Validation : Split::Train;
            m_ids.push_back(*m_store->images().add(image));
        }
    }

    void patients_moveAsAWholeAndBack()
    {
        const std::vector<ImageId> chosen{m_ids[0], m_ids[4]};
        const Result<SplitReport> report = assignSplit(*m_store, chosen, Split::Test);
        QVERIFY(report.has_value());
        QCOMPARE(report->before.size(), std::size_t(3));
        QVERIFY(splitOf(0) == Split::Test && splitOf(1) == Split::Test && splitOf(4) == Split::Test);
        QVERIFY(splitOf(2) == Split::Train && splitOf(3) == Split::Train);
        QVERIFY(restoreSplits(*m_store, *report).has_value());
        QVERIFY(splitOf(0) == Split::Train && splitOf(1) == Split::Train && splitOf(4) == Split::Validation);
    }

    void nothingMoved_saysSo()
    {
        const std::vector<ImageId> chosen{m_ids[2], m_ids[3]};
        const Result<SplitReport> report = assignSplit(*m_store, chosen, Split::Train);
        QVERIFY(report.has_value() && report->before.empty());
        QVERIFY(restoreSplits(*m_store, *report).has_value());
        QVERIFY(assignSplit(*m_store, {}, Split::Test)->before.empty());
    }

private:
    Split splitOf(std::size_t index) const { return m_store->images().summary(m_ids[index])->split; }

    std::unique_ptr<FakeProjectStore> m_store;
    std::vector<ImageId> m_ids;
};

QTEST_APPLESS_MAIN(TestSplits)
#include "tst_Splits.moc"

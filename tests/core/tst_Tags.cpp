// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Tags.h"

#include "support/FakeProjectStore.h"

#include <QtTest/QTest>

using namespace semigda::core;
using semigda::test::FakeProjectStore;

using Tags = std::vector<std::string>;

class TestTags : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<FakeProjectStore>();
        m_ids.clear();
        for (int i = 0; i < 3; ++i) {
            NewImage image;
            image.name = "image " + std::to_string(i);
            image.source.sha256 = "hash " + std::to_string(i);
            image.width = image.height = 8;
            m_ids.push_back(*m_store->images().add(image));
        }
    }

    void names_areTrimmedAndChecked()
    {
        QCOMPARE(*checkedTag(" \tsecond look \n"), std::string("second look"));
        QCOMPARE(*checkedTag("Prüfen"), std::string("Prüfen"));
        QCOMPARE(*checkedTag(std::string(64, 'a')), std::string(64, 'a'));
        for (const std::string &bad : {std::string(), std::string("  \t"), std::string(65, 'a'), std::string("a\nb"),
                                       std::string("a\x7f"), std::string("a\0b", 3)}) {
            const Result<std::string> refused = checkedTag(bad);
            QVERIFY(!refused && refused.error().code == ErrorCode::InvalidArgument);
        }
    }

    void changes_areTakenBackAsTheyWere()
    {
        QVERIFY(changeTags(*m_store, std::span(m_ids).first(1), std::vector<TagChange>{{"blurred", true}}).has_value());
        const std::vector<TagChange> changes{{"blurred", true}, {"ask", true}};
        const Result<TagReport> report = changeTags(*m_store, m_ids, changes);
        QVERIFY(report.has_value());
        QCOMPARE(report->imageCount(), std::size_t(3));
        QCOMPARE(report->done.size(), std::size_t(2));
        QCOMPARE(report->done[0].second.size(), std::size_t(2)); // the first image had it already
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(tagsOf(i), (Tags{"ask", "blurred"}));
        QVERIFY(restoreTags(*m_store, *report).has_value());
        QCOMPARE(tagsOf(0), Tags{"blurred"});
        QVERIFY(tagsOf(1).empty() && tagsOf(2).empty());
    }

    void takenTag_isGivenBackToThoseThatHadIt()
    {
        QVERIFY(changeTags(*m_store, std::span(m_ids).last(2), std::vector<TagChange>{{"ask", true}}).has_value());
        const Result<TagReport> report = changeTags(*m_store, m_ids, std::vector<TagChange>{{"ask", false}});
        QCOMPARE(report->imageCount(), std::size_t(2));
        QVERIFY(tagsOf(1).empty() && tagsOf(2).empty());
        QVERIFY(restoreTags(*m_store, *report).has_value());
        QVERIFY(tagsOf(0).empty());
        QCOMPARE(tagsOf(1), Tags{"ask"});
        QCOMPARE(tagsOf(2), Tags{"ask"});
    }

    void badTag_changesNothing()
    {
        const std::vector<TagChange> changes{{"good", true}, {"  ", true}};
        const Result<TagReport> report = changeTags(*m_store, m_ids, changes);
        QVERIFY(!report && report.error().code == ErrorCode::InvalidArgument);
        QVERIFY(tagsOf(0).empty());
    }

    void nothingChanged_saysSo()
    {
        QCOMPARE(changeTags(*m_store, m_ids, std::vector<TagChange>{{"ask", false}})->imageCount(), std::size_t(0));
        QCOMPARE(changeTags(*m_store, {}, std::vector<TagChange>{{"ask", true}})->imageCount(), std::size_t(0));
    }

private:
    Tags tagsOf(std::size_t index) const { return m_store->images().summary(m_ids[index])->tags; }

    std::unique_ptr<FakeProjectStore> m_store;
    std::vector<ImageId> m_ids;
};

QTEST_APPLESS_MAIN(TestTags)
#include "tst_Tags.moc"

// SPDX-License-Identifier: Apache-2.0
#include "core/Ids.h"
#include "core/Result.h"

#include <QtTest/QTest>

#include <memory>
#include <type_traits>
#include <unordered_set>

using namespace semigda::core;

class TestResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void value_isThere()
    {
        const Result<int> result(7);
        QVERIFY(result.has_value());
        QVERIFY(static_cast<bool>(result));
        QCOMPARE(*result, 7);
        QCOMPARE(result.value_or(1), 7);
    }
    void error_isThere()
    {
        const Result<int> result(Error{ErrorCode::DiskFull, Sentence::verbatim("full")});
        QVERIFY(!result);
        QCOMPARE(result.error(), (Error{ErrorCode::DiskFull, Sentence::verbatim("full")}));
        QCOMPARE(result.value_or(1), 1);
        QVERIFY_THROWS_EXCEPTION(std::bad_variant_access, static_cast<void>(result.value()));
    }
    void error_ofVoid()
    {
        QVERIFY(Result<void>().has_value());
        const Result<void> failed(Error{ErrorCode::Io, Sentence::verbatim("broken")});
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::Io);
        QVERIFY_THROWS_EXCEPTION(std::bad_variant_access, failed.value());
    }
    void value_canBeMovedOut()
    {
        Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
        const std::unique_ptr<int> taken = std::move(*result);
        QCOMPARE(*taken, 3);
    }
    void ids_areNotInterchangeable()
    {
        static_assert(!std::is_convertible_v<ImageId, RunId>);
        static_assert(!std::is_convertible_v<std::int64_t, ImageId>);
        QVERIFY(!ImageId().isValid());
        QVERIFY(ImageId(1).isValid());
        QVERIFY(ImageId(1) < ImageId(2));
        QCOMPARE((std::unordered_set<ImageId>{ImageId(1), ImageId(2), ImageId(1)}.size()), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(TestResult)
#include "tst_Result.moc"

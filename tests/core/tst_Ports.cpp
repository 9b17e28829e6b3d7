// SPDX-License-Identifier: Apache-2.0
#include "core/ports/ProjectRecords.h"
#include "core/ports/ProjectSession.h"
#include "core/ports/TrainingService.h"

#include <QtTest/QTest>

#include <set>

using namespace semigda::core;

class TestPorts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_roundTrip()
    {
        for (int i = 0; i <= int(ImageState::Rejected); ++i)
            QCOMPARE(imageStateFrom(toString(ImageState(i))), std::optional(ImageState(i)));
        for (int i = 0; i <= int(Split::Test); ++i)
            QCOMPARE(splitFrom(toString(Split(i))), std::optional(Split(i)));
        for (int i = 0; i <= int(Verdict::Rejected); ++i)
            QCOMPARE(verdictFrom(toString(Verdict(i))), std::optional(Verdict(i)));
        for (int i = 0; i <= int(RunStatus::Interrupted); ++i)
            QCOMPARE(runStatusFrom(toString(RunStatus(i))), std::optional(RunStatus(i)));
    }
    void words_areTheContract()
    {
        QCOMPARE(splitFrom("val"), std::optional(Split::Validation));
        QCOMPARE(imageStateFrom("corrected"), std::optional(ImageState::Corrected));
        QVERIFY(!imageStateFrom("Labelled") && !splitFrom("") && !verdictFrom("maybe") && !runStatusFrom("unknown"));
        QCOMPARE(exportFormatFrom("overlay"), std::optional(ExportFormat::Overlay));
        QCOMPARE(exportFormatFrom("png"), std::optional(ExportFormat::Png));
        QCOMPARE(exportFormatFrom("nifti"), std::optional(ExportFormat::Nifti));
        QVERIFY(!exportFormatFrom("jpeg"));
        for (const auto &[word, selection] : {std::pair("final", ExportSelection::Final),
                                              {"accepted", ExportSelection::Accepted},
                                              {"labelled", ExportSelection::Labelled},
                                              {"predicted", ExportSelection::Predicted}})
            QCOMPARE(exportSelectionFrom(word), std::optional(selection));
        QVERIFY(!exportSelectionFrom("all"));
    }
    void everyPhase_hasItsOwnWords()
    {
        std::set<std::string> seen;
        for (int i = 0; i <= int(TrainingPhase::Failed); ++i)
            seen.insert(describe(TrainingPhase(i)));
        QCOMPARE(seen.size(), std::size_t(TrainingPhase::Failed) + 1);
        QVERIFY(!seen.contains(""));
    }
};

QTEST_APPLESS_MAIN(TestPorts)
#include "tst_Ports.moc"

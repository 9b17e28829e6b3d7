// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Labelling.h"
#include "storage/DbProject.h"

#include <functional>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::ImageState;
using core::LabelMask;

namespace
{

/// A project with a real file, edits around a base mask, predictions and reviews; sound until told otherwise.
struct Fixture
{
    Fixture()
    {
        id = temp.addFile("scan.bin", std::string(5000, 'x'));
        auto &annotations = temp.store->annotations();
        for (int i = 0; i < 70; ++i) {
            add(i);
        }
        static_cast<void>(annotations.load(id).has_value()); // base at 70
        for (int i = 70; i < 75; ++i) {
            add(i);
        }
        static_cast<void>(annotations.undo(id).has_value());
        shown = masks[masks.size() - 2];
        core::Prediction prediction;
        prediction.image = temp.addFile("other.bin", "other");
        predicted = prediction.image;
        prediction.run = temp.addRun();
        prediction.mask = LabelMask(100, 80, core::Background);
        prediction.uncertainty = {10, 8, std::vector<std::uint8_t>(80, 3)};
        static_cast<void>(temp.store->predictions().save(prediction).has_value());
    }
    void add(int i)
    {
        LabelMask mask = masks.back();
        const auto delta = stroke(mask, i, static_cast<core::LabelValue>(i % 3), i % 40);
        static_cast<void>(temp.store->annotations().append(id, delta, painted()).has_value());
        masks.push_back(mask);
    }
    void sql(const char *statement)
    {
        SQLite::Database raw = temp.raw();
        raw.exec("PRAGMA foreign_keys = OFF");
        raw.exec(statement);
    }
    /// Undoes to the start and redoes to the end, comparing each mask.
    bool canWalkHistory()
    {
        auto &annotations = temp.store->annotations();
        bool isRight = true;
        for (std::size_t i = masks.size() - 2; i > 0; --i) {
            isRight = isRight && annotations.load(id).value_or(core::Annotation()).mask == masks[i];
            const auto undone = annotations.undo(id);
            isRight = isRight && undone && undone->has_value();
        }
        isRight = isRight && annotations.load(id).value_or(core::Annotation()).mask == masks[0];
        for (std::size_t i = 1; i < masks.size(); ++i) {
            const auto redone = annotations.redo(id);
            isRight = isRight && redone && redone->has_value();
        }
        return isRight && annotations.load(id).value_or(core::Annotation()).mask == masks.back();
    }

    TempProject temp;
    core::ImageId id;
    core::ImageId predicted;
    std::vector<LabelMask> masks{LabelMask(100, 80)};
    LabelMask shown;
};

} // namespace

class TestSqliteIntegrity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void soundProject_hasNoProblems();
    void progress_growsToOne();
    void damagedHistory_isRebuiltWithoutLoss_data();
    void damagedHistory_isRebuiltWithoutLoss();
    void damagedEditAfterTheBase_isLeftOut();
    void damagedMask_isNamedWhenRead();
    void damagedPrediction_isSetAside_data();
    void damagedPrediction_isSetAside();
    void impossibleState_isSettled_data();
    void impossibleState_isSettled();
    void danglingRows_areRemoved();
    void unknownClass_isRecovered();
    void missingCopy_comesBackFromItsOrigin();
    void damagedCopy_isSetAsideAndCopiedAgain();
    void lostCopy_isReported();
    void linkedFile_isChecked();
    void leftovers_areFound();
    void freshCopy_isNoOrphan();
    void damagedIndex_isMadeAnew();
    void damagedPage_isReportedNotCrashed();
    void readOnlyProject_isNotRepaired();
};

void TestSqliteIntegrity::soundProject_hasNoProblems()
{
    Fixture f;
    QCOMPARE(checkText(*f.temp.store), std::string());
    QCOMPARE(checkText(*f.temp.store, true), std::string());
    QVERIFY(f.temp.store->annotations().load(f.id)->mask == f.shown);
    QVERIFY(f.canWalkHistory());
    QVERIFY(!std::filesystem::exists(f.temp.folder / "quarantine"));
}

void TestSqliteIntegrity::progress_growsToOne()
{
    Fixture f;
    double last = 0.0;
    bool isGrowing = true;
    VERIFY_OK(f.temp.store->check(false, [&](double fraction) {
        isGrowing = isGrowing && fraction >= last;
        last = fraction;
    }));
    QVERIFY(isGrowing);
    QCOMPARE(last, 1.0);
}

void TestSqliteIntegrity::damagedHistory_isRebuiltWithoutLoss_data()
{
    QTest::addColumn<QString>("damage");
    QTest::newRow("base mask") << "UPDATE annotation_bases SET mask = x'00112233'";
    QTest::newRow("base points nowhere") << "UPDATE annotation_bases SET sequence = 1000";
    QTest::newRow("first edit") << "UPDATE annotation_revisions SET delta = x'00' WHERE sequence = 1";
    QTest::newRow("edit before the base") << "UPDATE annotation_revisions SET delta = x'00' WHERE sequence = 30";
    QTest::newRow("edit at the base") << "UPDATE annotation_revisions SET delta = x'28B52FFD' WHERE sequence = 70";
    QTest::newRow("edit emptied") << "UPDATE annotation_revisions SET delta = NULL WHERE sequence = 30";
    QTest::newRow("edits exchanged") << "UPDATE annotation_revisions SET delta = "
                                        "(SELECT delta FROM annotation_revisions WHERE sequence = 29) "
                                        "WHERE sequence = 70";
    QTest::newRow("paint count") << "UPDATE annotations SET painted = 5";
    QTest::newRow("completeness") << "UPDATE annotations SET is_complete = 1";
    QTest::newRow("row lost") << "DELETE FROM annotations";
}

void TestSqliteIntegrity::damagedHistory_isRebuiltWithoutLoss()
{
    QFETCH(QString, damage);
    Fixture f;
    f.sql(damage.toUtf8().constData());
    const std::string found = checkText(*f.temp.store);
    QVERIFY(found.find("[broken]") != std::string::npos);
    const bool isRowLost = damage.startsWith(QStringLiteral("DELETE"));
    QVERIFY2(isRowLost || found.find("\"scan.bin\"") != std::string::npos, found.c_str());
    const std::string repaired = checkText(*f.temp.store, true);
    QVERIFY2(repaired.find("[repaired]") != std::string::npos, repaired.c_str());
    QVERIFY2(repaired.find("[broken]") == std::string::npos, repaired.c_str());
    QVERIFY2(repaired.find("without what") == std::string::npos, repaired.c_str());
    QCOMPARE(checkText(*f.temp.store), std::string());
    const auto annotation = f.temp.store->annotations().load(f.id);
    VERIFY_OK(annotation);
    if (isRowLost) {
        // Nothing tells any more that the last edit was undone.
        QVERIFY(annotation->mask == f.masks.back());
        VERIFY_OK(f.temp.store->annotations().undo(f.id));
    } else if (damage.contains(QStringLiteral("NULL")) || damage.contains(QStringLiteral("SELECT delta"))) {
        // The base is believed, and an edit in between takes up the difference.
        QVERIFY(annotation->mask == f.shown);
        return;
    }
    QVERIFY(f.temp.store->annotations().load(f.id)->mask == f.shown);
    QVERIFY(f.canWalkHistory());
}

void TestSqliteIntegrity::damagedEditAfterTheBase_isLeftOut()
{
    Fixture f;
    f.sql("UPDATE annotation_revisions SET delta = x'00' WHERE sequence = 72");
    VERIFY_ERROR(f.temp.store->annotations().load(f.id), ErrorCode::CorruptFile, "\"scan.bin\"");
    const std::string repaired = checkText(*f.temp.store, true);
    QVERIFY2(repaired.find("without what cannot be read") != std::string::npos, repaired.c_str());
    QCOMPARE(checkText(*f.temp.store), std::string());
    QVERIFY(std::filesystem::exists(f.temp.folder / "quarantine" / "image-1-edit-72.zst"));
    LabelMask expected = f.masks[71];
    static_cast<void>(stroke(expected, 72, 0, 72 % 40));
    static_cast<void>(stroke(expected, 73, 1, 73 % 40));
    QVERIFY(f.temp.store->annotations().load(f.id)->mask == expected);
}

void TestSqliteIntegrity::damagedMask_isNamedWhenRead()
{
    Fixture f;
    f.sql("UPDATE annotation_bases SET mask = zeroblob(50)");
    VERIFY_ERROR(f.temp.store->annotations().load(f.id), ErrorCode::CorruptFile, "image \"scan.bin\"");
    f.sql("UPDATE prediction_maps SET mask = zeroblob(50)");
    VERIFY_ERROR(f.temp.store->predictions().newest(f.predicted), ErrorCode::CorruptFile, "image \"other.bin\"");
}

void TestSqliteIntegrity::damagedPrediction_isSetAside_data()
{
    QTest::addColumn<QString>("damage");
    QTest::newRow("mask") << "UPDATE prediction_maps SET mask = x'0011'";
    QTest::newRow("uncertainty") << "UPDATE prediction_maps SET uncertainty = x'0011'";
    QTest::newRow("uncertainty size") << "UPDATE prediction_maps SET uncertainty_width = 9";
    QTest::newRow("maps lost") << "DELETE FROM prediction_maps";
}

void TestSqliteIntegrity::damagedPrediction_isSetAside()
{
    QFETCH(QString, damage);
    Fixture f;
    f.sql(damage.toUtf8().constData());
    QVERIFY(checkText(*f.temp.store).find("\"other.bin\"") != std::string::npos);
    const std::string repaired = checkText(*f.temp.store, true);
    QVERIFY2(repaired.find("[broken]") == std::string::npos, repaired.c_str());
    QCOMPARE(checkText(*f.temp.store), std::string());
    QVERIFY(!f.temp.store->predictions().newest(f.predicted)->has_value());
    QCOMPARE(f.temp.store->images().summary(f.predicted)->state, ImageState::Unlabelled);
    QVERIFY(std::filesystem::exists(f.temp.folder / "quarantine" / "prediction-1.zst"));
}

void TestSqliteIntegrity::impossibleState_isSettled_data()
{
    QTest::addColumn<QString>("damage");
    QTest::addColumn<int>("state");
    QTest::newRow("unknown word, annotated")
        << "UPDATE images SET state = 'great' WHERE id = 1" << static_cast<int>(ImageState::Partial);
    QTest::newRow("predicted without prediction")
        << "UPDATE images SET state = 'predicted' WHERE id = 1" << static_cast<int>(ImageState::Partial);
    QTest::newRow("unknown split") << "UPDATE images SET split = 'x' WHERE id = 1"
                                   << static_cast<int>(ImageState::Partial);
    QTest::newRow("pointer lost") << "UPDATE images SET newest_prediction_id = NULL"
                                  << static_cast<int>(ImageState::Partial);
}

void TestSqliteIntegrity::impossibleState_isSettled()
{
    QFETCH(QString, damage);
    QFETCH(int, state);
    Fixture f;
    f.sql(damage.toUtf8().constData());
    QVERIFY(!checkText(*f.temp.store).empty());
    QVERIFY(checkText(*f.temp.store, true).find("[broken]") == std::string::npos);
    QCOMPARE(checkText(*f.temp.store), std::string());
    QCOMPARE(static_cast<int>(f.temp.store->images().summary(f.id)->state), state);
    QCOMPARE(f.temp.store->images().summary(f.predicted)->state, ImageState::Predicted);
    QVERIFY(f.temp.store->images().summary(f.predicted)->disagreement);
}

void TestSqliteIntegrity::danglingRows_areRemoved()
{
    Fixture f;
    f.sql("INSERT INTO reviews (image_id, prediction_id, verdict, reviewer, created_at) VALUES (99, 98, 'accepted', "
          "'', '')");
    f.sql("INSERT INTO thumbnails (image_id, picture) VALUES (97, x'00')");
    f.sql("INSERT INTO metrics (run_id, step, name, value) VALUES (96, 1, 'loss', 1)");
    QVERIFY(checkText(*f.temp.store).find("refer to something that is gone") != std::string::npos);
    QVERIFY(checkText(*f.temp.store, true).find("[broken]") == std::string::npos);
    QCOMPARE(checkText(*f.temp.store), std::string());
    QVERIFY(f.canWalkHistory());
}

void TestSqliteIntegrity::unknownClass_isRecovered()
{
    Fixture f;
    f.sql("DELETE FROM classes WHERE id = 2");
    QVERIFY(checkText(*f.temp.store).find("value 2") != std::string::npos);
    QVERIFY(checkText(*f.temp.store, true).find("[broken]") == std::string::npos);
    QCOMPARE(checkText(*f.temp.store), std::string());
    QVERIFY(f.temp.store->classes()->find(2));
}

void TestSqliteIntegrity::missingCopy_comesBackFromItsOrigin()
{
    Fixture f;
    const auto copy = f.temp.folder / "images" / f.temp.store->images().record(f.id)->source.sha256;
    std::filesystem::remove(copy);
    QVERIFY(checkText(*f.temp.store).find("\"scan.bin\"") != std::string::npos);
    QVERIFY(checkText(*f.temp.store, true).find("[repaired]") != std::string::npos);
    QCOMPARE(checkText(*f.temp.store), std::string());
    QCOMPARE(std::filesystem::file_size(copy), 5000U);
}

void TestSqliteIntegrity::damagedCopy_isSetAsideAndCopiedAgain()
{
    Fixture f;
    const std::string sha = f.temp.store->images().record(f.id)->source.sha256;
    std::ofstream(f.temp.folder / "images" / sha) << "short";
    QVERIFY(checkText(*f.temp.store).find("is damaged") != std::string::npos);
    QVERIFY(checkText(*f.temp.store, true).find("[repaired]") != std::string::npos);
    QCOMPARE(checkText(*f.temp.store), std::string());
    QVERIFY(std::filesystem::exists(f.temp.folder / "quarantine" / sha));
}

void TestSqliteIntegrity::lostCopy_isReported()
{
    Fixture f;
    const auto record = f.temp.store->images().record(f.id);
    std::filesystem::remove(f.temp.folder / "images" / record->source.sha256);
    // What lies at the origin now is another file.
    std::ofstream(record->source.origin) << "changed";
    const std::string text = checkText(*f.temp.store, true);
    QVERIFY2(text.find("[broken]") != std::string::npos, text.c_str());
    QVERIFY2(text.find("import " + record->source.origin.string() + " again") != std::string::npos, text.c_str());
}

void TestSqliteIntegrity::linkedFile_isChecked()
{
    Fixture f;
    const auto file = f.temp.parent() / "linked.bin";
    std::ofstream(file) << "linked";
    core::NewImage image = someImage(0);
    image.source.origin = file;
    image.source.isLinked = true;
    image.source.sha256 = *storage::fileSha256(file);
    VERIFY_OK(f.temp.store->images().add(image));
    QCOMPARE(checkText(*f.temp.store), std::string());
    std::ofstream(file) << "changed";
    QVERIFY(checkText(*f.temp.store, true).find("linked.bin was changed") != std::string::npos);
    std::filesystem::remove(file);
    QVERIFY(checkText(*f.temp.store, true).find("linked.bin is gone") != std::string::npos);
}

void TestSqliteIntegrity::leftovers_areFound()
{
    Fixture f;
    const auto temporary = f.temp.folder / "images" / ".abc.tmp-1-0";
    const auto orphan = f.temp.folder / "images" / someSha(8);
    std::ofstream(temporary) << "half";
    std::ofstream(orphan) << "whole";
    const std::string found = checkText(*f.temp.store);
    QVERIFY(found.find(temporary.string()) != std::string::npos);
    QVERIFY(found.find(orphan.string()) != std::string::npos);
    QVERIFY(std::filesystem::exists(orphan));
    QVERIFY(checkText(*f.temp.store, true).find("[broken]") == std::string::npos);
    QCOMPARE(checkText(*f.temp.store), std::string());
    QVERIFY(!std::filesystem::exists(temporary));
    QVERIFY(std::filesystem::exists(f.temp.folder / "quarantine" / someSha(8)));
}

void TestSqliteIntegrity::freshCopy_isNoOrphan()
{
    // An import copies first and notes the image afterwards; a check in between must leave the copy alone.
    Fixture f;
    const auto file = f.temp.parent() / "new.bin";
    std::ofstream(file) << "new";
    VERIFY_OK(f.temp.project->adoptFile(file));
    QCOMPARE(checkText(*f.temp.store, true), std::string());
    VERIFY_OK(f.temp.reopen());
    QVERIFY(checkText(*f.temp.store).find("belongs to no image") != std::string::npos);
}

void TestSqliteIntegrity::damagedIndex_isMadeAnew()
{
    Fixture f;
    f.temp.store.reset();
    {
        SQLite::Database raw = f.temp.raw();
        raw.exec("PRAGMA writable_schema = ON");
        raw.exec("UPDATE sqlite_master SET sql = 'CREATE INDEX images_by_state ON images (name)' "
                 "WHERE name = 'images_by_state'");
    }
    VERIFY_OK(f.temp.reopen());
    QVERIFY(checkText(*f.temp.store).find("damaged") != std::string::npos);
    const std::string repaired = checkText(*f.temp.store, true);
    QVERIFY2(repaired.find("[repaired]") != std::string::npos, repaired.c_str());
    QCOMPARE(checkText(*f.temp.store), std::string());
}

void TestSqliteIntegrity::damagedPage_isReportedNotCrashed()
{
    Fixture f;
    VERIFY_OK(f.temp.store->backup());
    f.temp.close();
    const auto file = f.temp.folder / "project.sqlite";
    const auto pages = std::filesystem::file_size(file) / 4096;
    Random random(5);
    int reported = 0;
    for (std::uintmax_t page = 1; page < pages; ++page) {
        const auto copy = f.temp.parent() / "copy.sqlite";
        std::filesystem::copy_file(file, copy, std::filesystem::copy_options::overwrite_existing);
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(static_cast<std::streamoff>(page * 4096));
        for (int i = 0; i < 4096; ++i) {
            bytes.put(static_cast<char>(random.next()));
        }
        bytes.close();
        const core::Result<void> opened = f.temp.reopen();
        if (!opened) {
            QVERIFY(opened.error().code == ErrorCode::CorruptFile || opened.error().code == ErrorCode::Internal);
            ++reported;
        } else {
            const auto problems = f.temp.store->check(false);
            reported += !problems || !problems->empty() ? 1 : 0;
            static_cast<void>(f.temp.store->images().list().has_value());
            static_cast<void>(f.temp.store->annotations().load(f.id).has_value());
            static_cast<void>(f.temp.store->check(true).has_value());
        }
        f.temp.close();
        std::filesystem::remove(f.temp.folder / "project.sqlite-wal");
        std::filesystem::remove(f.temp.folder / "project.sqlite-shm");
        std::filesystem::copy_file(copy, file, std::filesystem::copy_options::overwrite_existing);
    }
    QVERIFY(static_cast<std::uintmax_t>(reported) >= pages / 2);
    VERIFY_OK(f.temp.reopen());
    QVERIFY(f.temp.store->annotations().load(f.id)->mask == f.shown);
}

void TestSqliteIntegrity::readOnlyProject_isNotRepaired()
{
    Fixture f;
    const auto second = storage::SqliteProject::open(f.temp.folder);
    VERIFY_OK(second);
    auto store = (*second)->connect();
    VERIFY_OK(store);
    QCOMPARE(checkText(**store), std::string());
    VERIFY_ERROR((*store)->check(true), ErrorCode::ReadOnly, "reading only");
}

QTEST_APPLESS_MAIN(TestSqliteIntegrity)
#include "tst_SqliteIntegrity.moc"

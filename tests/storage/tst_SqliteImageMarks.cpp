// SPDX-License-Identifier: Apache-2.0
#include "storage/DbProject.h"
#include "storage/SqliteSchema_p.h"

#include <fstream>
#include <iterator>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::ImageId;
using core::ImageState;

namespace
{

using Ids = std::vector<ImageId>;
using Tags = std::vector<std::string>;

Ids listed(core::ProjectStore &store)
{
    Ids ids;
    const auto images = store.images().list();
    for (const core::ImageSummary &image : *images) {
        ids.push_back(image.id);
    }
    return ids;
}

} // namespace

class TestSqliteImageMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tags_areKeptInAlphabeticalOrder();
    void tag_keepsItsFirstSpelling();
    void tag_thatIsNoneIsRefused();
    void removedImage_isNowhereAndComesBackWhole();
    void removedImage_countsNoMore();
    void removedSlice_leavesItsSeries();
    void removedImage_comesBackByImport();
    void removed_isListedTheLastOneFirst();
    void erasedImage_isNowhere();
    void erasedImage_leavesWhatOthersNeed();
    void copyThatCannotBeDeleted_isTold();
    void unknownImage_changesNothing();
    void projectOfTheFirstVersion_isTakenOver();
};

void TestSqliteImageMarks::tags_areKeptInAlphabeticalOrder()
{
    TempProject temp;
    const Ids ids{temp.addImage(1), temp.addImage(2), temp.addImage(3)};
    core::ImageCatalog &images = temp.store->images();
    QCOMPARE(images.setTag(Ids{ids[0], ids[2]}, "blurred", true)->size(), std::size_t(2));
    QCOMPARE(*images.setTag(ids, "ask", true), ids);
    QCOMPARE(*images.setTag(ids, "blurred", true), Ids{ids[1]});
    QCOMPARE(*images.setTag(Ids{ids[1], ids[2]}, "ask", false), (Ids{ids[1], ids[2]}));
    VERIFY_OK(temp.reopen());
    const auto list = temp.store->images().list();
    VERIFY_OK(list);
    QCOMPARE((*list)[0].tags, (Tags{"ask", "blurred"}));
    QCOMPARE((*list)[1].tags, Tags{"blurred"});
    QCOMPARE((*list)[2].tags, Tags{"blurred"});
    QCOMPARE(temp.store->images().summary(ids[0])->tags, (Tags{"ask", "blurred"}));
}

void TestSqliteImageMarks::tag_keepsItsFirstSpelling()
{
    TempProject temp;
    const Ids ids{temp.addImage(1), temp.addImage(2)};
    core::ImageCatalog &images = temp.store->images();
    VERIFY_OK(images.setTag(Ids{ids[0]}, "Second look", true));
    VERIFY_OK(images.setTag(ids, " second LOOK ", true));
    QCOMPARE(images.summary(ids[1])->tags, Tags{"Second look"});
    QCOMPARE(images.summary(ids[0])->tags.size(), std::size_t(1));
    QCOMPARE(images.setTag(ids, "SECOND look", false)->size(), std::size_t(2));
    VERIFY_OK(images.setTag(ids, "second look", true));
    QCOMPARE(images.summary(ids[1])->tags, Tags{"second look"}); // nobody had it any more
}

void TestSqliteImageMarks::tag_thatIsNoneIsRefused()
{
    TempProject temp;
    const Ids ids{temp.addImage(1)};
    VERIFY_ERROR(temp.store->images().setTag(ids, " ", true), ErrorCode::InvalidArgument, "name");
    VERIFY_ERROR(temp.store->images().setTag(ids, std::string(65, 'x'), true), ErrorCode::InvalidArgument, "64");
    QVERIFY(temp.store->images().summary(ids[0])->tags.empty());
}

void TestSqliteImageMarks::removedImage_isNowhereAndComesBackWhole()
{
    TempProject temp;
    const Ids ids{temp.addImage(1), temp.addImage(2), temp.addImage(3)};
    core::LabelMask mask(100, 80);
    const core::MaskDelta delta = stroke(mask, 5, 1);
    VERIFY_OK(temp.store->annotations().append(ids[1], delta, painted()));
    VERIFY_OK(temp.store->images().setTag(Ids{ids[1]}, "ask", true));
    core::Prediction prediction;
    prediction.image = ids[1];
    prediction.mask = core::LabelMask(100, 80);
    VERIFY_OK(temp.store->predictions().save(prediction));
    QCOMPARE(temp.store->predictions().list()->size(), std::size_t(1));

    QCOMPARE(*temp.store->images().setRemoved(Ids{ids[1]}, true), Ids{ids[1]});
    QVERIFY(temp.store->images().setRemoved(Ids{ids[1]}, true)->empty()); // it is already
    VERIFY_OK(temp.reopen());
    QCOMPARE(listed(*temp.store), (Ids{ids[0], ids[2]}));
    QVERIFY(temp.store->predictions().list()->empty());
    QCOMPARE(*temp.store->images().find(someSha(2), 0), std::nullopt);
    // Who has its number still reads it: what is under way ends well.
    VERIFY_OK(temp.store->images().summary(ids[1]));

    QCOMPARE(*temp.store->images().setRemoved(ids, false), Ids{ids[1]});
    QCOMPARE(listed(*temp.store), ids);
    QCOMPARE(temp.store->images().summary(ids[1])->state, ImageState::Partial);
    QCOMPARE(temp.store->images().summary(ids[1])->tags, Tags{"ask"});
    QVERIFY(temp.store->annotations().load(ids[1])->mask == mask);
    QCOMPARE(temp.store->predictions().list()->size(), std::size_t(1));
    QCOMPARE(temp.store->annotations().undo(ids[1])->has_value(), true);
}

void TestSqliteImageMarks::removedImage_countsNoMore()
{
    TempProject temp;
    const Ids ids{temp.addImage(1), temp.addImage(2), temp.addImage(3)};
    VERIFY_OK(temp.store->images().setSplit(Ids{ids[0]}, core::Split::Test));
    VERIFY_OK(temp.store->images().setRemoved(Ids{ids[0], ids[1]}, true));
    const auto counts = temp.store->images().counts();
    VERIFY_OK(counts);
    QCOMPARE(counts->total, std::size_t(1));
    QCOMPARE(counts->removed, std::size_t(2));
    QCOMPARE(counts->bySplit.size(), std::size_t(1));
    QCOMPARE(counts->byState.at(ImageState::Unlabelled), std::size_t(1));
}

void TestSqliteImageMarks::removedSlice_leavesItsSeries()
{
    TempProject temp;
    Ids ids;
    for (int i = 0; i < 3; ++i) {
        core::NewImage slice = someImage(i);
        slice.seriesKey = "series";
        slice.slicePosition = i;
        ids.push_back(*temp.store->images().add(slice));
    }
    VERIFY_OK(temp.store->images().setRemoved(Ids{ids[1]}, true));
    QCOMPARE(*temp.store->images().series("series"), (Ids{ids[0], ids[2]}));
    VERIFY_OK(temp.store->images().setRemoved(Ids{ids[0], ids[2]}, true));
    QCOMPARE(temp.store->images().counts()->series, std::size_t(0));
}

void TestSqliteImageMarks::removedImage_comesBackByImport()
{
    TempProject temp;
    const ImageId id = temp.addImage(1);
    core::LabelMask mask(100, 80);
    const core::MaskDelta delta = stroke(mask, 5, 1);
    VERIFY_OK(temp.store->annotations().append(id, delta, painted()));
    VERIFY_ERROR(temp.store->images().add(someImage(1)), ErrorCode::AlreadyExists, "already");
    VERIFY_OK(temp.store->images().setRemoved(Ids{id}, true));
    const auto again = temp.store->images().add(someImage(1));
    VERIFY_OK(again);
    QCOMPARE(*again, id);
    QCOMPARE(listed(*temp.store), Ids{id});
    QVERIFY(temp.store->annotations().load(id)->mask == mask);
    VERIFY_ERROR(temp.store->images().add(someImage(1)), ErrorCode::AlreadyExists, "already");
}

void TestSqliteImageMarks::removed_isListedTheLastOneFirst()
{
    TempProject temp;
    const Ids ids{temp.addImage(1), temp.addImage(2), temp.addImage(3)};
    VERIFY_OK(temp.store->images().setTag(Ids{ids[2]}, "ask", true));
    VERIFY_OK(temp.store->images().setRemoved(Ids{ids[0], ids[2]}, true));
    temp.raw().exec("UPDATE images SET removed_at = '2020-01-01T00:00:00.000Z' WHERE id = "
                    + std::to_string(ids[0].value));
    const auto removed = temp.store->images().removed();
    VERIFY_OK(removed);
    QCOMPARE(removed->size(), std::size_t(2));
    QCOMPARE((*removed)[0].id, ids[2]);
    QCOMPARE((*removed)[0].tags, Tags{"ask"});
    QCOMPARE((*removed)[1].id, ids[0]);
}

void TestSqliteImageMarks::erasedImage_isNowhere()
{
    TempProject temp;
    const ImageId other = temp.addFile("other.png", "another file");
    const ImageId id = temp.addFile("Jane_Roe_1970.png", "her file");
    const std::filesystem::path copy = temp.folder / "images" / temp.store->images().record(id)->source.sha256;
    QVERIFY(std::filesystem::exists(copy));
    core::LabelMask mask(100, 80);
    const core::MaskDelta delta = stroke(mask, 5, 1);
    VERIFY_OK(temp.store->annotations().append(id, delta, painted("Lesion of Roe")));
    VERIFY_OK(temp.store->images().setTag(Ids{id}, "Roe", true));
    core::Prediction prediction;
    prediction.image = id;
    prediction.mask = core::LabelMask(100, 80);
    VERIFY_OK(temp.store->predictions().save(prediction));

    // Only what was removed before can be deleted.
    QCOMPARE(*temp.store->images().erase(Ids{id, other}), std::size_t(0));
    VERIFY_OK(temp.store->images().setRemoved(Ids{id}, true));
    QCOMPARE(*temp.store->images().erase(Ids{id, other}), std::size_t(1));
    QVERIFY(temp.store->images().removed()->empty());
    QCOMPARE(temp.store->images().counts()->removed, std::size_t(0));
    VERIFY_ERROR(temp.store->images().record(id), ErrorCode::NotFound, "no image");
    VERIFY_ERROR(temp.store->annotations().load(id), ErrorCode::NotFound, "no image");
    QVERIFY(!std::filesystem::exists(copy));
    QCOMPARE(listed(*temp.store), Ids{other});
    for (const char *table : {"annotations", "annotation_revisions", "annotation_bases", "predictions", "image_tags",
                              "thumbnails", "reviews"})
        QCOMPARE(temp.raw()
                     .execAndGet(std::string("SELECT count(*) FROM ") + table
                                 + " WHERE image_id = " + std::to_string(id.value))
                     .getInt(),
                 0);
    QCOMPARE(checkText(*temp.store), std::string());
    // Not in what is left of its pages either.
    for (const char *file : {"project.sqlite", "project.sqlite-wal"}) {
        std::ifstream stream(temp.folder / file, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
        QVERIFY2(bytes.find("Roe") == std::string::npos, file);
    }
    VERIFY_OK(temp.reopen());
    QVERIFY(std::filesystem::exists(temp.folder / "images" / temp.store->images().record(other)->source.sha256));
}

void TestSqliteImageMarks::erasedImage_leavesWhatOthersNeed()
{
    TempProject temp;
    // Two frames of one file, and a file that was never copied.
    const ImageId first = temp.addFile("frames.tif", "both frames");
    const core::ImageRecord record = *temp.store->images().record(first);
    core::NewImage frame = someImage(0);
    frame.source = record.source;
    frame.source.frame = 1;
    const ImageId second = *temp.store->images().add(frame);
    const std::filesystem::path origin = temp.parent() / "linked.png";
    std::ofstream(origin) << "linked";
    core::NewImage linked = someImage(7);
    linked.source.origin = origin;
    linked.source.isLinked = true;
    const ImageId third = *temp.store->images().add(linked);
    const std::filesystem::path copy = temp.folder / "images" / record.source.sha256;
    VERIFY_OK(temp.store->images().setRemoved(Ids{first, third}, true));
    QCOMPARE(*temp.store->images().erase(Ids{first, third}), std::size_t(2));
    QVERIFY(std::filesystem::exists(copy));
    QVERIFY(std::filesystem::exists(origin));
    VERIFY_OK(temp.store->images().setRemoved(Ids{second}, true));
    QCOMPARE(*temp.store->images().erase(Ids{second}), std::size_t(1));
    QVERIFY(!std::filesystem::exists(copy));
}

void TestSqliteImageMarks::copyThatCannotBeDeleted_isTold()
{
    TempProject temp;
    const ImageId id = temp.addFile("stuck.png", "stuck");
    const std::filesystem::path copy = temp.folder / "images" / temp.store->images().record(id)->source.sha256;
    // A folder with something in it cannot be removed as a file is.
    std::filesystem::remove(copy);
    std::filesystem::create_directories(copy / "within");
    VERIFY_OK(temp.store->images().setRemoved(Ids{id}, true));
    VERIFY_ERROR(temp.store->images().erase(Ids{id}), ErrorCode::Io, "by hand");
    VERIFY_ERROR(temp.store->images().record(id), ErrorCode::NotFound, "no image");
}

void TestSqliteImageMarks::unknownImage_changesNothing()
{
    TempProject temp;
    const Ids ids{temp.addImage(1), ImageId(99)};
    VERIFY_ERROR(temp.store->images().setRemoved(ids, true), ErrorCode::NotFound, "99");
    VERIFY_ERROR(temp.store->images().setTag(ids, "ask", true), ErrorCode::NotFound, "99");
    VERIFY_ERROR(temp.store->images().erase(ids), ErrorCode::NotFound, "99");
    QCOMPARE(listed(*temp.store), Ids{ids[0]});
    QVERIFY(temp.store->images().summary(ids[0])->tags.empty());
}

void TestSqliteImageMarks::projectOfTheFirstVersion_isTakenOver()
{
    TempProject temp;
    const ImageId id = temp.addImage(1);
    temp.close();
    // What the first version had.
    temp.raw().exec(
        "DROP TABLE linked_steps; DROP TABLE image_tags; DROP INDEX images_removed; DROP INDEX images_by_state; "
        "DROP INDEX images_by_split; DROP INDEX images_by_series; "
        "ALTER TABLE images DROP COLUMN removed_at; "
        "CREATE INDEX images_by_state ON images (state); "
        "CREATE INDEX images_by_split ON images (split); "
        "CREATE INDEX images_by_series ON images (series_key, slice_position) WHERE series_key <> ''; "
        "PRAGMA user_version = 1");
    VERIFY_OK(temp.reopen());
    QCOMPARE(temp.raw().execAndGet("PRAGMA user_version").getInt(), storage::embeddedMigrations().back().version);
    QCOMPARE(listed(*temp.store), Ids{id});
    VERIFY_OK(temp.store->images().setTag(Ids{id}, "ask", true));
    VERIFY_OK(temp.store->images().setRemoved(Ids{id}, true));
    QVERIFY(listed(*temp.store).empty());
    // As it was is kept beside it.
    QVERIFY(std::filesystem::exists(temp.folder / "backups") && !std::filesystem::is_empty(temp.folder / "backups"));
}

QTEST_GUILESS_MAIN(TestSqliteImageMarks)
#include "tst_SqliteImageMarks.moc"

// SPDX-License-Identifier: Apache-2.0
#include "storage/DbProject.h"
#include "storage/ImageFiles.h"
#include "storage/SqliteImageFields_p.h"

#include <QtGui/QImage>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::ImageState;
using core::Split;

namespace
{

core::NewImage fullImage()
{
    core::NewImage image = someImage(1, 320, 240);
    image.source.frame = 4;
    image.source.origin = "/data/Müller 'quoted' \"x\".dcm";
    image.source.format = "dicom";
    image.name = "Müller; DROP TABLE images";
    image.channels = 3;
    image.bitsPerSample = 16;
    image.exifOrientation = 6;
    image.geometry.hasSpacing = true;
    image.geometry.hasPosition = true;
    image.geometry.spacing = {0.1, 0.7031250000000001, 2.5};
    image.geometry.origin = {-120.3, 1e-17, 88.0 / 3.0};
    image.geometry.direction = {0.6, -0.8, 0.0, 0.8, 0.6, 0.0, 0.0, 0.0, 1.0 / 3.0};
    image.patientKey = "p1";
    image.studyKey = "s1";
    image.seriesKey = "r1";
    image.slicePosition = 7;
    image.split = Split::Validation;
    return image;
}

core::Thumbnail gradient(bool isGrey)
{
    core::Thumbnail thumbnail;
    thumbnail.width = 48;
    thumbnail.height = 32;
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 48; ++x) {
            for (int c = 0; c < 3; ++c) {
                thumbnail.rgb.push_back(static_cast<std::uint8_t>(isGrey ? x * 5 : x * (c + 1) + y));
            }
        }
    }
    return thumbnail;
}

std::filesystem::path pngFile(const TempProject &temp, const char *name, int value)
{
    QImage image(20, 10, QImage::Format_Grayscale8);
    image.fill(value);
    const std::filesystem::path file = temp.parent() / name;
    image.save(QString::fromStdString(file.string()));
    return file;
}

core::NewImage imageOf(const std::filesystem::path &file, const std::string &sha256, bool isLinked)
{
    core::NewImage image = someImage(0, 20, 10);
    image.source.sha256 = sha256;
    image.source.origin = file;
    image.source.isLinked = isLinked;
    return image;
}

} // namespace

class TestSqliteImageCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void add_keepsEveryField();
    void add_refusesTheSameFrameOfTheSameFile();
    void add_takesOtherFramesOfTheSameFile();
    void add_refusesNonsense();
    void list_isInOrderOfImport();
    void list_showsScoresOfTheNewestPrediction();
    void series_isInSliceOrder();
    void setSplit_movesWholePatients();
    void add_joinsThePatientsSplit();
    void thumbnail_staysClose_data();
    void thumbnail_staysClose();
    void thumbnail_isMadeFromPixelsWhenThereIsNone();
    void pixels_comeFromTheCopy();
    void pixels_ofAMissingCopyAreExplained();
    void pixels_ofALinkedFile();
    void counts_addUp();
    void directions_surviveAsText();
};

void TestSqliteImageCatalog::add_keepsEveryField()
{
    TempProject temp;
    const core::NewImage image = fullImage();
    const auto id = temp.store->images().add(image);
    VERIFY_OK(id);
    VERIFY_OK(temp.reopen());
    const auto record = temp.store->images().record(*id);
    VERIFY_OK(record);
    QCOMPARE(record->id, *id);
    QCOMPARE(record->source.sha256, image.source.sha256);
    QCOMPARE(record->source.frame, 4);
    QVERIFY(record->source.origin == image.source.origin);
    QVERIFY(!record->source.isLinked);
    QCOMPARE(record->source.format, image.source.format);
    QCOMPARE(record->name, image.name);
    QCOMPARE(record->width, 320);
    QCOMPARE(record->height, 240);
    QCOMPARE(record->channels, 3);
    QCOMPARE(record->bitsPerSample, 16);
    QCOMPARE(record->exifOrientation, 6);
    QVERIFY(record->geometry == image.geometry);
    QCOMPARE(record->patientKey, image.patientKey);
    QCOMPARE(record->studyKey, image.studyKey);
    QCOMPARE(record->seriesKey, image.seriesKey);
    QCOMPARE(record->slicePosition, 7);
    QCOMPARE(record->split, Split::Validation);
    QCOMPARE(record->state, ImageState::Unlabelled);
    QVERIFY(record->importedAt.size() == 24 && record->importedAt.ends_with("Z"));
    QVERIFY(temp.store->images().record(temp.addImage(2))->geometry == core::ImageGeometry());
}

void TestSqliteImageCatalog::add_refusesTheSameFrameOfTheSameFile()
{
    TempProject temp;
    const auto id = temp.addImage(1);
    core::NewImage again = someImage(1);
    again.source.origin = "/elsewhere/copy.png";
    VERIFY_ERROR(temp.store->images().add(again), ErrorCode::AlreadyExists, "/elsewhere/copy.png");
    VERIFY_ERROR(temp.store->images().add(again), ErrorCode::AlreadyExists, "\"image1\"");
    QCOMPARE(temp.store->images().list()->size(), 1U);
    QCOMPARE(**temp.store->images().find(someSha(1), 0), id);
    QVERIFY(!temp.store->images().find(someSha(2), 0)->has_value());
}

void TestSqliteImageCatalog::add_takesOtherFramesOfTheSameFile()
{
    TempProject temp;
    core::NewImage slice = someImage(1);
    for (int frame = 0; frame < 3; ++frame) {
        slice.source.frame = frame;
        VERIFY_OK(temp.store->images().add(slice));
    }
    QVERIFY(temp.store->images().find(someSha(1), 2)->has_value());
    QVERIFY(!temp.store->images().find(someSha(1), 3)->has_value());
}

void TestSqliteImageCatalog::add_refusesNonsense()
{
    TempProject temp;
    core::NewImage image = someImage(1);
    image.source.sha256 = "../../etc/passwd";
    VERIFY_ERROR(temp.store->images().add(image), ErrorCode::InvalidArgument, "SHA-256");
    image = someImage(1, 0, 10);
    VERIFY_ERROR(temp.store->images().add(image), ErrorCode::InvalidArgument, "no pixels");
}

void TestSqliteImageCatalog::list_isInOrderOfImport()
{
    TempProject temp;
    for (const int number : {3, 1, 2}) {
        temp.addImage(number);
    }
    const auto list = temp.store->images().list();
    VERIFY_OK(list);
    QCOMPARE(list->size(), 3U);
    QCOMPARE((*list)[0].name, std::string("image3"));
    QCOMPARE((*list)[2].name, std::string("image2"));
    QVERIFY(!(*list)[0].disagreement);
    VERIFY_ERROR(temp.store->images().summary(core::ImageId(9)), ErrorCode::NotFound, "image 9");
    VERIFY_ERROR(temp.store->images().record(core::ImageId(9)), ErrorCode::NotFound, "image 9");
}

void TestSqliteImageCatalog::list_showsScoresOfTheNewestPrediction()
{
    TempProject temp;
    const auto id = temp.addImage();
    core::Prediction prediction;
    prediction.image = id;
    prediction.mask = core::LabelMask(100, 80, core::Background);
    for (const float score : {0.75F, 0.25F}) {
        prediction.run = temp.addRun();
        prediction.scores = {score, 0.5F, 1.0F - score};
        VERIFY_OK(temp.store->predictions().save(prediction));
    }
    const auto list = temp.store->images().list();
    VERIFY_OK(list);
    QCOMPARE(list->front().disagreement, std::optional(0.25F));
    QCOMPARE(list->front().estimatedDice, std::optional(0.75F));
    QCOMPARE(list->front().state, ImageState::Predicted);
    QCOMPARE(temp.store->images().summary(id)->disagreement, std::optional(0.25F));
}

void TestSqliteImageCatalog::series_isInSliceOrder()
{
    TempProject temp;
    std::vector<core::ImageId> ids;
    for (const int position : {2, 0, 1}) {
        core::NewImage image = someImage(position + 1);
        image.seriesKey = "r";
        image.slicePosition = position;
        ids.push_back(*temp.store->images().add(image));
    }
    temp.addImage(9);
    QCOMPARE(*temp.store->images().series("r"), (std::vector{ids[1], ids[2], ids[0]}));
    QVERIFY(temp.store->images().series("")->empty());
    QVERIFY(temp.store->images().series("other")->empty());
}

void TestSqliteImageCatalog::setSplit_movesWholePatients()
{
    TempProject temp;
    const auto add = [&](int number, const char *patient, const char *series) {
        core::NewImage image = someImage(number);
        image.patientKey = patient;
        image.seriesKey = series;
        return temp.store->images().add(image).value_or(core::ImageId());
    };
    const auto a1 = add(1, "A", "s1");
    const auto a2 = add(2, "A", "s2");
    const auto b = add(3, "B", "s3");
    const auto c1 = add(4, "", "s4");
    const auto c2 = add(5, "", "s4");
    const auto d = add(6, "", "");
    const auto e = add(7, "", "");
    const auto splitOf = [&](core::ImageId id) { return temp.store->images().summary(id)->split; };
    VERIFY_OK(temp.store->images().setSplit(std::vector{a1, c1, d}, Split::Test));
    for (const auto id : {a1, a2, c1, c2, d}) {
        QCOMPARE(splitOf(id), Split::Test);
    }
    for (const auto id : {b, e}) {
        QCOMPARE(splitOf(id), Split::Train);
    }
    // All or nothing.
    VERIFY_ERROR(temp.store->images().setSplit(std::vector{b, core::ImageId(99)}, Split::Test), ErrorCode::NotFound,
                 "image 99");
    QCOMPARE(splitOf(b), Split::Train);
}

void TestSqliteImageCatalog::add_joinsThePatientsSplit()
{
    TempProject temp;
    core::NewImage image = someImage(1);
    image.patientKey = "A";
    image.split = Split::Test;
    VERIFY_OK(temp.store->images().add(image));
    image = someImage(2);
    image.patientKey = "A";
    image.split = Split::Train;
    const auto second = temp.store->images().add(image);
    VERIFY_OK(second);
    QCOMPARE(temp.store->images().summary(*second)->split, Split::Test);
}

void TestSqliteImageCatalog::thumbnail_staysClose_data()
{
    QTest::addColumn<bool>("isGrey");
    QTest::newRow("grey") << true;
    QTest::newRow("colour") << false;
}

void TestSqliteImageCatalog::thumbnail_staysClose()
{
    QFETCH(bool, isGrey);
    TempProject temp;
    core::NewImage image = someImage(1);
    image.thumbnail = gradient(isGrey);
    const auto id = temp.store->images().add(image);
    VERIFY_OK(id);
    const auto thumbnail = temp.store->images().thumbnail(*id);
    VERIFY_OK(thumbnail);
    QCOMPARE(thumbnail->width, 48);
    QCOMPARE(thumbnail->height, 32);
    QCOMPARE(thumbnail->rgb.size(), image.thumbnail.rgb.size());
    for (std::size_t i = 0; i < thumbnail->rgb.size(); ++i) {
        QVERIFY(std::abs(int{thumbnail->rgb[i]} - int{image.thumbnail.rgb[i]}) < 24);
        QVERIFY(!isGrey || thumbnail->rgb[i] == thumbnail->rgb[i - i % 3]);
    }
}

void TestSqliteImageCatalog::thumbnail_isMadeFromPixelsWhenThereIsNone()
{
    TempProject temp;
    const auto file = pngFile(temp, "grey.png", 77);
    const auto sha = temp.project->adoptFile(file);
    VERIFY_OK(sha);
    const auto id = temp.store->images().add(imageOf(file, *sha, false));
    VERIFY_OK(id);
    const auto thumbnail = temp.store->images().thumbnail(*id);
    VERIFY_OK(thumbnail);
    QCOMPARE(thumbnail->width, 20);
    QCOMPARE(int{thumbnail->rgb.front()}, 77);
}

void TestSqliteImageCatalog::pixels_comeFromTheCopy()
{
    TempProject temp;
    const auto file = pngFile(temp, "grey.png", 77);
    const auto sha = temp.project->adoptFile(file);
    VERIFY_OK(sha);
    const auto id = temp.store->images().add(imageOf(file, *sha, false));
    VERIFY_OK(id);
    std::filesystem::remove(file);
    const auto pixels = temp.store->images().pixels(*id);
    VERIFY_OK(pixels);
    QCOMPARE(pixels->width, 20);
    QCOMPARE(pixels->stored(3, 3), 77.0);
}

void TestSqliteImageCatalog::pixels_ofAMissingCopyAreExplained()
{
    TempProject temp;
    const auto id = temp.addImage();
    VERIFY_ERROR(temp.store->images().pixels(id), ErrorCode::NotFound, "/data/image1.png");
    VERIFY_ERROR(temp.store->images().pixels(core::ImageId(5)), ErrorCode::NotFound, "image 5");
}

void TestSqliteImageCatalog::pixels_ofALinkedFile()
{
    TempProject temp;
    const auto file = pngFile(temp, "linked.png", 50);
    const auto sha = storage::fileSha256(file);
    VERIFY_OK(sha);
    const auto id = temp.store->images().add(imageOf(file, *sha, true));
    VERIFY_OK(id);
    VERIFY_OK(temp.store->images().pixels(*id));
    QVERIFY(!std::filesystem::exists(temp.folder / "images" / *sha));

    // The same bytes with another time are the same image, and the new time is remembered.
    const auto later = std::filesystem::last_write_time(file) + std::chrono::hours(1);
    std::filesystem::last_write_time(file, later);
    VERIFY_OK(temp.store->images().pixels(*id));
    QCOMPARE(temp.raw().execAndGet("SELECT origin_modified FROM images").getInt64(),
             static_cast<std::int64_t>(later.time_since_epoch().count()));

    pngFile(temp, "linked.png", 51);
    std::filesystem::last_write_time(file, later + std::chrono::hours(1));
    VERIFY_ERROR(temp.store->images().pixels(*id), ErrorCode::CorruptFile, "linked.png was changed");
    std::filesystem::remove(file);
    VERIFY_ERROR(temp.store->images().pixels(*id), ErrorCode::NotFound, "linked.png is gone");
}

void TestSqliteImageCatalog::counts_addUp()
{
    TempProject temp;
    QCOMPARE(temp.store->images().counts()->total, 0U);
    for (int number = 1; number <= 6; ++number) {
        core::NewImage image = someImage(number);
        image.seriesKey = number <= 2 ? "s1" : number == 3 ? "s2" : "";
        image.split = number == 6 ? Split::Test : Split::Train;
        VERIFY_OK(temp.store->images().add(image));
    }
    core::LabelMask mask(100, 80);
    VERIFY_OK(temp.store->annotations().append(core::ImageId(1), stroke(mask, 1, 1), painted()));
    const auto counts = temp.store->images().counts();
    VERIFY_OK(counts);
    QCOMPARE(counts->total, 6U);
    QCOMPARE(counts->series, 2U);
    QCOMPARE(counts->byState,
             (std::map<ImageState, std::size_t>{{ImageState::Unlabelled, 5}, {ImageState::Partial, 1}}));
    QCOMPARE(counts->bySplit, (std::map<Split, std::size_t>{{Split::Train, 5}, {Split::Test, 1}}));
}

void TestSqliteImageCatalog::directions_surviveAsText()
{
    const std::array<double, 9> direction{1.0 / 3.0, -1e-300, 0.1, 5e300, 0.0, 1.0, 2.0 / 7.0, -0.0, 1e17 + 2};
    QCOMPARE(storage::directionFrom(storage::directionText(direction)), std::optional(direction));
    QVERIFY(!storage::directionFrom("1 2 3"));
    QVERIFY(!storage::directionFrom("1 2 3 4 5 6 7 8 9 10"));
    QVERIFY(!storage::directionFrom("1 2 3 4 x 6 7 8 9"));
}

QTEST_GUILESS_MAIN(TestSqliteImageCatalog)
#include "tst_SqliteImageCatalog.moc"

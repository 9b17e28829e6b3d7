// SPDX-License-Identifier: Apache-2.0
// Decoded copies of a project's large images: they come and go with the images.
#include "DbProject.h"
#include "IoFiles.h"

using namespace semigda;
using core::ErrorCode;
using core::ImageId;
using test::TempProject;

namespace
{

using Ids = std::vector<ImageId>;

constexpr int Side = 3000;
constexpr int OverviewSide = 1500;

QByteArray largePng(int shade)
{
    QImage image(Side, Side, QImage::Format_Grayscale8);
    for (int y = 0; y < Side; ++y)
        std::memset(image.scanLine(y), (y / 8 + shade) % 251, Side);
    return test::encoded(image, "png", 90);
}

std::vector<std::filesystem::path> filesIn(const TempProject &temp, const char *ending)
{
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto &entry : std::filesystem::directory_iterator(temp.folder / "cache", missing)) {
        if (entry.path().extension() == ending)
            files.push_back(entry.path());
    }
    return files;
}

std::vector<std::filesystem::path> copiesOf(const TempProject &temp)
{
    return filesIn(temp, ".pixels");
}

std::vector<std::filesystem::path> overviewsOf(const TempProject &temp)
{
    return filesIn(temp, ".overview");
}

std::filesystem::path fileOf(const TempProject &temp, ImageId id)
{
    return temp.folder / "images" / temp.store->images().record(id)->source.sha256;
}

} // namespace

class tst_SqlitePixelCopies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_png = largePng(0).toStdString(); }

    void keptPixels_areReadInPlaceOfTheFile()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        const auto pixels = temp.store->images().pixels(id);
        VERIFY_OK(pixels);
        QVERIFY(copiesOf(temp).empty()); // reading alone writes nothing
        QCOMPARE(*temp.store->images().keepPixels(id, *pixels), true);
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
        // So that only the copy can tell them.
        test::writeBytes(fileOf(temp, id), "not what it was");
        VERIFY_OK(temp.reopen());
        const auto again = temp.store->images().pixels(id);
        VERIFY_OK(again);
        QVERIFY(again->bytes == pixels->bytes);
        QCOMPARE(again->width, Side);
        QCOMPARE(*temp.store->images().keepPixels(id, *pixels), true);
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
    }

    void missingFile_isMissedWithACopyToo()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        QCOMPARE(*temp.store->images().keepPixels(id, *temp.store->images().pixels(id)), true);
        std::filesystem::remove(fileOf(temp, id));
        VERIFY_ERROR(temp.store->images().pixels(id), ErrorCode::NotFound, "large.png");
    }

    void spoiltCopy_costsNothingButTime()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        const auto pixels = temp.store->images().pixels(id);
        QCOMPARE(*temp.store->images().keepPixels(id, *pixels), true);
        std::filesystem::resize_file(copiesOf(temp).front(), 100);
        const auto again = temp.store->images().pixels(id);
        VERIFY_OK(again);
        QVERIFY(again->bytes == pixels->bytes);
        QVERIFY(copiesOf(temp).empty());
    }

    void smallImages_getNoCopy()
    {
        TempProject temp;
        const ImageId small = temp.addFile("small.png", greyPng(2047, 4096));
        QCOMPARE(*temp.store->images().keepPixels(small, *temp.store->images().pixels(small)), false);
        QVERIFY(copiesOf(temp).empty());
        QVERIFY(overviewsOf(temp).empty());
        VERIFY_OK(temp.store->images().overview(small));
        QVERIFY(!*temp.store->images().overview(small));
        const ImageId large = temp.addFile("large.png", greyPng(2048, 4096));
        QCOMPARE(*temp.store->images().keepPixels(large, *temp.store->images().pixels(large)), true);
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
        QCOMPARE(overviewsOf(temp).size(), std::size_t(1));
    }

    void linkedImages_getCopiesThatGoWithThem()
    {
        TempProject temp;
        const ImageId id = addLinked(temp);
        const auto pixels = temp.store->images().pixels(id);
        VERIFY_OK(pixels);
        QCOMPARE(*temp.store->images().keepPixels(id, *pixels), true);
        VERIFY_ERROR(temp.store->images().keepPixels(ImageId(99), *pixels), ErrorCode::NotFound, "99");
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
        QCOMPARE(overviewsOf(temp).size(), std::size_t(1));
        QCOMPARE(test::checkText(*temp.store), std::string());
        VERIFY_OK(temp.store->images().setRemoved(Ids{id}, true));
        QCOMPARE(*temp.store->images().erase(Ids{id}), std::size_t(1));
        QVERIFY(copiesOf(temp).empty());
        QVERIFY(overviewsOf(temp).empty());
        QVERIFY(std::filesystem::exists(temp.parent() / "linked.png"));
    }

    /// A copy must not hide that the linked file is another one now, nor keep what is not the image.
    void linkedFileThatChanges_isRefusedAllTheSame()
    {
        TempProject temp;
        const std::filesystem::path origin = temp.parent() / "linked.png";
        const ImageId id = addLinked(temp);
        const auto pixels = temp.store->images().pixels(id);
        test::writeBytes(origin, largePng(100));
        QCOMPARE(*temp.store->images().keepPixels(id, *pixels), false);
        QVERIFY(copiesOf(temp).empty() && overviewsOf(temp).empty());
        test::writeBytes(origin, QByteArray::fromStdString(m_png));
        VERIFY_OK(temp.store->images().pixels(id)); // and its time is noted
        QCOMPARE(*temp.store->images().keepPixels(id, *pixels), true);
        QVERIFY(temp.store->images().pixels(id)->bytes == pixels->bytes);
        test::writeBytes(origin, largePng(100));
        VERIFY_ERROR(temp.store->images().pixels(id), ErrorCode::CorruptFile, "linked.png was changed");
        std::filesystem::remove(origin);
        VERIFY_ERROR(temp.store->images().pixels(id), ErrorCode::NotFound, "linked.png is gone");
    }

    void overview_isReadWithoutTheFile()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        const auto pixels = temp.store->images().pixels(id);
        VERIFY_OK(temp.store->images().overview(id));
        QVERIFY(!*temp.store->images().overview(id));
        QCOMPARE(*temp.store->images().keepPixels(id, *pixels), true);
        QCOMPARE(overviewsOf(temp).size(), std::size_t(1));
        std::filesystem::remove(fileOf(temp, id));
        VERIFY_OK(temp.reopen());
        const auto overview = temp.store->images().overview(id);
        VERIFY_OK(overview);
        QVERIFY(*overview);
        QCOMPARE((*overview)->width, OverviewSide);
        QVERIFY((*overview)->bytes == core::makeOverview(*pixels).bytes);
        VERIFY_ERROR(temp.store->images().overview(ImageId(99)), ErrorCode::NotFound, "99");
    }

    void erasedFrame_takesOnlyItsOwnAlong()
    {
        TempProject temp;
        const ImageId copied = temp.addFile("large.png", m_png);
        const auto pixels = temp.store->images().pixels(copied);
        QCOMPARE(*temp.store->images().keepPixels(copied, *pixels), true);
        const ImageId linked = addLinked(temp, 1);
        QCOMPARE(*temp.store->images().keepPixels(linked, *pixels), true);
        QCOMPARE(copiesOf(temp).size(), std::size_t(2));
        QCOMPARE(overviewsOf(temp).size(), std::size_t(2));
        VERIFY_OK(temp.store->images().setRemoved(Ids{linked}, true));
        QCOMPARE(*temp.store->images().erase(Ids{linked}), std::size_t(1));
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
        QCOMPARE(overviewsOf(temp).size(), std::size_t(1));
        QVERIFY(*temp.store->images().overview(copied));
        QVERIFY(std::filesystem::exists(fileOf(temp, copied)));
        // And the other way round: of a file that stays, nothing of the image that goes.
        const ImageId again = addLinked(temp, 2);
        QCOMPARE(*temp.store->images().keepPixels(again, *pixels), true);
        VERIFY_OK(temp.store->images().setRemoved(Ids{copied}, true));
        QCOMPARE(*temp.store->images().erase(Ids{copied}), std::size_t(1));
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
        QCOMPARE(overviewsOf(temp).size(), std::size_t(1));
        QVERIFY(*temp.store->images().overview(again));
    }

    void sharedFolder_getsOverviewsAlone()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        const auto pixels = temp.store->images().pixels(id);
        temp.close();
        std::filesystem::create_directory(temp.parent() / ".stfolder"); // a sync client's
        VERIFY_OK(temp.reopen());
        QCOMPARE(*temp.store->images().keepPixels(id, *pixels), false);
        QVERIFY(copiesOf(temp).empty());
        QCOMPARE(overviewsOf(temp).size(), std::size_t(1));
    }

    void erasedImage_takesItsCopyAlong()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        const ImageId other = temp.addFile("other.png", largePng(100).toStdString());
        const auto pixels = temp.store->images().pixels(id);
        QCOMPARE(*temp.store->images().keepPixels(id, *pixels), true);
        QCOMPARE(*temp.store->images().keepPixels(other, *temp.store->images().pixels(other)), true);
        VERIFY_OK(temp.store->images().setRemoved(Ids{id}, true));
        QCOMPARE(copiesOf(temp).size(), std::size_t(2)); // it may come back
        QCOMPARE(*temp.store->images().erase(Ids{id}), std::size_t(1));
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
        QCOMPARE(overviewsOf(temp).size(), std::size_t(1));
        for (const std::filesystem::path &left : {copiesOf(temp).front(), overviewsOf(temp).front()})
            QVERIFY(left.string().find(temp.store->images().record(other)->source.sha256) != std::string::npos);
        // Pixels that were read before come too late.
        QVERIFY(!temp.store->images().keepPixels(id, *pixels));
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
        QCOMPARE(overviewsOf(temp).size(), std::size_t(1));
    }

    void copyThatCannotBeDeleted_isTold()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        const std::filesystem::path stuck =
            temp.folder / "cache" / (temp.store->images().record(id)->source.sha256 + "-0.pixels");
        std::filesystem::create_directories(stuck / "within");
        VERIFY_OK(temp.store->images().setRemoved(Ids{id}, true));
        const ImageId other = temp.addFile("other.png", largePng(100).toStdString());
        QCOMPARE(*temp.store->images().keepPixels(other, *temp.store->images().pixels(other)), true);
        VERIFY_OK(temp.store->images().setRemoved(Ids{other}, true));
        const std::filesystem::path file = fileOf(temp, id);
        const std::filesystem::path otherFile = fileOf(temp, other);
        VERIFY_ERROR(temp.store->images().erase(Ids{id, other}), ErrorCode::Io, stuck.string());
        QVERIFY(!std::filesystem::exists(file));
        // All else is gone.
        QVERIFY(!std::filesystem::exists(otherFile));
        QVERIFY(overviewsOf(temp).empty());
        QCOMPARE(copiesOf(temp), std::vector<std::filesystem::path>{stuck});
    }

    void check_findsWhatBelongsToNobody()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        QCOMPARE(*temp.store->images().keepPixels(id, *temp.store->images().pixels(id)), true);
        const std::filesystem::path stray = temp.folder / "cache" / (std::string(64, 'd') + "-0.pixels");
        const std::filesystem::path strayOverview = temp.folder / "cache" / (std::string(64, 'e') + "-0.overview");
        const std::filesystem::path unfinished = temp.folder / "cache" / ".a.pixels.tmp-1-0";
        test::writeBytes(stray, "pixels of a patient");
        test::writeBytes(strayOverview, "pixels of a patient");
        test::writeBytes(unfinished, "pixels of a patient");
        const std::string found = test::checkText(*temp.store);
        QVERIFY2(found.find(stray.string() + " belongs to no image") != std::string::npos, found.c_str());
        QVERIFY2(found.find(unfinished.string() + " was left") != std::string::npos, found.c_str());
        QVERIFY(std::filesystem::exists(stray));
        test::checkText(*temp.store, true);
        QVERIFY(!std::filesystem::exists(stray));
        QVERIFY(!std::filesystem::exists(strayOverview));
        QVERIFY(!std::filesystem::exists(unfinished));
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
        QCOMPARE(test::checkText(*temp.store), std::string());
    }

    void projectThatIsOpenElsewhere_isOnlyRead()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        const auto second = storage::SqliteProject::open(temp.folder);
        VERIFY_OK(second);
        QVERIFY((*second)->info().isReadOnly);
        const auto store = (*second)->connect();
        VERIFY_OK(store);
        const auto pixels = (*store)->images().pixels(id);
        VERIFY_OK(pixels);
        QCOMPARE(*(*store)->images().keepPixels(id, *pixels), false);
        QVERIFY(copiesOf(temp).empty() && overviewsOf(temp).empty());
    }

    void adoptedFile_getsACopyWithoutARow()
    {
        TempProject temp;
        const ImageId id = temp.addFile("large.png", m_png);
        temp.project->keepPixels(temp.store->images().record(id)->source, *temp.store->images().pixels(id));
        QCOMPARE(copiesOf(temp).size(), std::size_t(1));
        QCOMPARE(test::checkText(*temp.store), std::string());
    }

private:
    static std::string greyPng(int width, int height)
    {
        QImage image(width, height, QImage::Format_Grayscale8);
        image.fill(90);
        return test::encoded(image, "png").toStdString();
    }

    ImageId addLinked(TempProject &temp, int frame = 0) const
    {
        const std::filesystem::path origin = temp.parent() / "linked.png";
        test::writeBytes(origin, QByteArray::fromStdString(m_png));
        core::NewImage linked = test::someImage(3, Side, Side);
        linked.source.sha256 = *storage::fileSha256(origin);
        linked.source.frame = frame;
        linked.source.origin = origin;
        linked.source.isLinked = true;
        return *temp.store->images().add(linked);
    }

    std::string m_png;
};

QTEST_GUILESS_MAIN(tst_SqlitePixelCopies)
#include "tst_SqlitePixelCopies.moc"

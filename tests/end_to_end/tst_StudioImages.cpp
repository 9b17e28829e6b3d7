// SPDX-License-Identifier: Apache-2.0
// Images chosen in the list: what they are used for, their tags, and taking them out of the project.
#include "StudioFixture.h"

#include "ui/language/Language.h"
#include "ui/lists/ImageListModel.h"

#include <QComboBox>
#include <QDialog>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>

#include <memory>

using namespace semigda;

namespace
{

constexpr int SoonMs = 20000;

using Tags = std::vector<std::string>;

} // namespace

class tst_StudioImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyLanguage(*qApp, QStringLiteral("en")); }
    void init();
    void cleanup();
    void several_stayChosenWhateverIsShown();
    void use_movesImagesAndBack();
    void tags_areGivenShownSearchedAndTakenBack();
    void tagsDialog_leavesAloneWhatItDoesNotChange();
    void tagsDialog_saysWhatIsNoTag();
    void removedImage_leavesAndComesBack();
    void erasedImages_areGone();
    void allRemoved_leavesAnEmptyProject();
    void review_keepsItsImages();

private:
    void clickRow(int row, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// Shows the image of row 2 with those of rows 1 and 2 chosen; their ids.
    std::vector<core::ImageId> chooseTwo();
    QPushButton *noticeButton() const;
    ui::ImageListModel &model() const { return m_studio->model(); }
    QAction *action(const char *name) const { return m_studio->action(name); }
    template <typename Widget> Widget *listPart(const char *name) const
    {
        return m_studio->window->imageList().findChild<Widget *>(QString::fromLatin1(name));
    }
    QDialog *dialog(const char *name) const
    {
        return m_studio->window->findChild<QDialog *>(QString::fromLatin1(name));
    }

    std::unique_ptr<test::StudioFixture> m_studio;
};

void tst_StudioImages::init()
{
    m_studio = std::make_unique<test::StudioFixture>();
    QVERIFY(m_studio->show() && m_studio->createProject({"Lesion"}));
    QStringList files;
    for (int i = 0; i < 4; ++i) {
        QImage picture(32, 32, QImage::Format_Grayscale8);
        picture.fill(20 + 10 * i);
        files << m_studio->folder.filePath(QStringLiteral("grey%1.png").arg(i));
        QVERIFY(picture.save(files.back()));
    }
    QVERIFY(m_studio->import(files, 4));
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isImageShown(), SoonMs);
    m_studio->editor().notices().clear();
}

void tst_StudioImages::cleanup()
{
    QVERIFY(m_studio->close());
    m_studio.reset();
}

void tst_StudioImages::clickRow(int row, Qt::KeyboardModifiers modifiers)
{
    auto *view = listPart<QListView>("imageListView");
    QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, view->visualRect(model().index(row, 0)).center());
}

std::vector<core::ImageId> tst_StudioImages::chooseTwo()
{
    clickRow(1);
    clickRow(2, Qt::ShiftModifier);
    const std::vector<core::ImageId> chosen{model().idAt(1), model().idAt(2)};
    const auto isShown = [&] {
        return m_studio->editor().currentImage() == chosen[1] && m_studio->editor().isImageShown();
    };
    return QTest::qWaitFor(isShown, SoonMs) ? chosen : std::vector<core::ImageId>();
}

QPushButton *tst_StudioImages::noticeButton() const
{
    for (QPushButton *button : m_studio->editor().notices().findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Undo"))
            return button;
    }
    return nullptr;
}

void tst_StudioImages::several_stayChosenWhateverIsShown()
{
    const std::vector<core::ImageId> chosen = chooseTwo();
    QCOMPARE(chosen.size(), std::size_t(2));
    QCOMPARE(m_studio->window->imageList().selected(), chosen);
    m_studio->window->chooseImage(model().idAt(0));
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().currentImage() == model().idAt(0) && m_studio->editor().isImageShown(),
                             SoonMs);
    QCOMPARE(m_studio->window->imageList().selected(), chosen);
    QCOMPARE(m_studio->window->imageList().current(), model().idAt(0));
    // One that is chosen alone follows what is shown.
    clickRow(3);
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().currentImage() == model().idAt(3) && m_studio->editor().isImageShown(),
                             SoonMs);
    m_studio->window->chooseImage(model().idAt(1));
    QTRY_COMPARE_WITH_TIMEOUT(m_studio->window->imageList().selected(), std::vector<core::ImageId>{model().idAt(1)},
                              SoonMs);
}

void tst_StudioImages::use_movesImagesAndBack()
{
    const std::vector<core::ImageId> chosen = chooseTwo();
    QCOMPARE(chosen.size(), std::size_t(2));
    const auto splitOf = [this](core::ImageId id) { return model().find(id)->split; };
    QVERIFY(splitOf(chosen[0]) == core::Split::Train);
    auto *view = listPart<QListView>("imageListView");
    QTest::mouseClick(view->viewport(), Qt::RightButton, {}, view->visualRect(model().index(2, 0)).center());
    action("actionUseFortest")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(splitOf(chosen[0]) == core::Split::Test && splitOf(chosen[1]) == core::Split::Test,
                             SoonMs);
    QVERIFY(splitOf(model().idAt(0)) == core::Split::Train);
    QVERIFY(noticeButton() != nullptr);
    noticeButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(splitOf(chosen[0]) == core::Split::Train && splitOf(chosen[1]) == core::Split::Train,
                             SoonMs);
}

void tst_StudioImages::tags_areGivenShownSearchedAndTakenBack()
{
    auto *filter = listPart<QComboBox>("imageTagComboBox");
    QVERIFY(!filter->isVisible());
    const std::vector<core::ImageId> chosen = chooseTwo();
    QCOMPARE(chosen.size(), std::size_t(2));
    action("actionTagImages")->trigger();
    QTRY_VERIFY(dialog("tagsDialog") != nullptr);
    auto *line = dialog("tagsDialog")->findChild<QLineEdit *>(QStringLiteral("newTagLineEdit"));
    QTest::keyClicks(line, QStringLiteral("blurred"));
    dialog("tagsDialog")->findChild<QPushButton *>(QStringLiteral("addTagButton"))->click();
    // What is typed is taken along without the button.
    QTest::keyClicks(line, QStringLiteral("second look"));
    QTest::keyClick(line, Qt::Key_Return);
    const auto tagsOf = [this](core::ImageId id) { return model().find(id)->tags; };
    QTRY_COMPARE_WITH_TIMEOUT(tagsOf(chosen[0]), (Tags{"blurred", "second look"}), SoonMs);
    QCOMPARE(tagsOf(chosen[1]), (Tags{"blurred", "second look"}));
    QVERIFY(tagsOf(model().idAt(0)).empty());
    QCOMPARE(model().index(1, 0).data(ui::ImageListModel::TagsRole).toString(), QStringLiteral("blurred, second look"));
    QCOMPARE(m_studio->editor().notices().texts(), QStringList{QStringLiteral("Tags of 2 images changed.")});

    QVERIFY(filter->isVisible());
    QCOMPARE(filter->count(), 3);
    filter->setCurrentIndex(filter->findData(QStringLiteral("blurred")));
    QCOMPARE(model().rowCount(), 2);
    QCOMPARE(model().idAt(0), chosen[0]);
    filter->setCurrentIndex(0);
    auto *search = listPart<QLineEdit>("imageSearchLineEdit");
    search->setText(QStringLiteral("SECOND"));
    QCOMPARE(model().rowCount(), 2);
    search->clear();
    filter->setCurrentIndex(filter->findData(QStringLiteral("second look")));

    noticeButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(tagsOf(chosen[0]).empty() && tagsOf(chosen[1]).empty(), SoonMs);
    // A tag that is gone hides nothing.
    QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), 4, SoonMs);
    QVERIFY(!filter->isVisible());
}

void tst_StudioImages::tagsDialog_leavesAloneWhatItDoesNotChange()
{
    // One image has both tags, the other one of them.
    const auto giveTag = [this](int row, const char *name) {
        clickRow(row);
        action("actionTagImages")->trigger();
        auto *line = dialog("tagsDialog")->findChild<QLineEdit *>(QStringLiteral("newTagLineEdit"));
        QTest::keyClicks(line, QString::fromLatin1(name));
        QTest::keyClick(line, Qt::Key_Return);
        const core::ImageId id = model().idAt(row);
        return QTest::qWaitFor([&] { return !model().find(id)->tags.empty() && model().find(id)->tags.back() >= name; },
                               SoonMs)
               && QTest::qWaitFor([&] { return dialog("tagsDialog") == nullptr; }, SoonMs);
    };
    QVERIFY(giveTag(1, "ask") && giveTag(1, "blurred") && giveTag(2, "blurred"));
    const std::vector<core::ImageId> chosen = chooseTwo();
    action("actionTagImages")->trigger();
    auto *list = dialog("tagsDialog")->findChild<QListWidget *>(QStringLiteral("tagsList"));
    QCOMPARE(list->count(), 2);
    QCOMPARE(list->item(0)->text(), QStringLiteral("ask"));
    QCOMPARE(list->item(0)->checkState(), Qt::PartiallyChecked);
    QCOMPARE(list->item(1)->checkState(), Qt::Checked);
    list->item(1)->setCheckState(Qt::Unchecked);
    dialog("tagsDialog")->findChild<QPushButton *>(QStringLiteral("changeTagsButton"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(model().find(chosen[0])->tags, Tags{"ask"}, SoonMs);
    QVERIFY(model().find(chosen[1])->tags.empty());
}

void tst_StudioImages::tagsDialog_saysWhatIsNoTag()
{
    clickRow(1);
    action("actionTagImages")->trigger();
    auto *line = dialog("tagsDialog")->findChild<QLineEdit *>(QStringLiteral("newTagLineEdit"));
    auto *problem = dialog("tagsDialog")->findChild<QLabel *>(QStringLiteral("tagProblemLabel"));
    line->setText(QString(65, QLatin1Char('x')));
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(dialog("tagsDialog")->isVisible() && problem->isVisible());
    QVERIFY2(problem->text().contains(QStringLiteral("64")), qPrintable(problem->text()));
    line->setText(QStringLiteral("x"));
    QVERIFY(!problem->isVisible());
    dialog("tagsDialog")->reject();
    QVERIFY(model().tags().empty());
}

void tst_StudioImages::removedImage_leavesAndComesBack()
{
    const std::vector<core::ImageId> chosen = chooseTwo();
    QCOMPARE(chosen.size(), std::size_t(2));
    const core::ImageId last = model().idAt(3);
    action("actionRemoveImages")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(model().total(), std::size_t(2), SoonMs);
    QVERIFY(model().find(chosen[0]) == nullptr && model().find(chosen[1]) == nullptr);
    // What stands in the place of the one that was shown is shown now.
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().currentImage() == last && m_studio->editor().isImageShown(), SoonMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_studio->window->imageList().selected(), std::vector<core::ImageId>{last}, SoonMs);
    QVERIFY(noticeButton() != nullptr);
    noticeButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(model().total(), std::size_t(4), SoonMs);
    QCOMPARE(model().idAt(1), chosen[0]);

    // Without the notice, later, from the list of what was removed.
    clickRow(0);
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().currentImage() == model().idAt(0) && m_studio->editor().isImageShown(),
                             SoonMs);
    const core::ImageId first = model().idAt(0);
    action("actionRemoveImages")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(model().total(), std::size_t(3), SoonMs);
    m_studio->editor().notices().clear();
    action("actionRemovedImages")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(dialog("removedImagesDialog") != nullptr, SoonMs);
    auto *list = dialog("removedImagesDialog")->findChild<QListView *>(QStringLiteral("removedImagesList"));
    auto *button = dialog("removedImagesDialog")->findChild<QPushButton *>(QStringLiteral("bringBackButton"));
    QCOMPARE(list->model()->rowCount(), 1);
    QVERIFY(!button->isEnabled());
    list->selectAll();
    button->click();
    QTRY_COMPARE_WITH_TIMEOUT(model().total(), std::size_t(4), SoonMs);
    QCOMPARE(model().idAt(0), first);
}

void tst_StudioImages::erasedImages_areGone()
{
    const std::vector<core::ImageId> chosen = chooseTwo();
    const std::filesystem::path copies = m_studio->window->project().info().folder / "images";
    const auto copyCount = [&] {
        return static_cast<int>(
            std::distance(std::filesystem::directory_iterator(copies), std::filesystem::directory_iterator()));
    };
    QCOMPARE(copyCount(), 4);
    action("actionRemoveImages")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(model().total(), std::size_t(2), SoonMs);
    const auto openDialog = [&] {
        action("actionRemovedImages")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(dialog("removedImagesDialog") != nullptr, SoonMs);
        dialog("removedImagesDialog")->findChild<QListView *>(QStringLiteral("removedImagesList"))->selectAll();
        dialog("removedImagesDialog")->findChild<QPushButton *>(QStringLiteral("eraseButton"))->click();
        QVERIFY(dialog("eraseQuestion") != nullptr && dialog("eraseQuestion")->isVisible());
    };
    // Asked again, and left alone.
    openDialog();
    dialog("eraseQuestion")->reject();
    dialog("removedImagesDialog")->reject();
    QTRY_VERIFY(dialog("removedImagesDialog") == nullptr);
    QCOMPARE(m_studio->store()->images().removed()->size(), std::size_t(2));

    openDialog();
    dialog("eraseQuestion")->findChild<QPushButton *>(QStringLiteral("eraseConfirmButton"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_studio->editor().notices().texts(),
                              QStringList{QStringLiteral("2 images deleted for good.")}, SoonMs);
    QVERIFY(m_studio->store()->images().removed()->empty());
    QCOMPARE(m_studio->store()->images().record(chosen[0]).error().code, core::ErrorCode::NotFound);
    QCOMPARE(model().total(), std::size_t(2));
    QCOMPARE(copyCount(), 2);
    QTRY_VERIFY(dialog("removedImagesDialog") == nullptr);
    action("actionRemovedImages")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(dialog("removedImagesDialog") != nullptr, SoonMs);
    for (const char *name : {"bringBackButton", "eraseButton"})
        QVERIFY(!dialog("removedImagesDialog")->findChild<QPushButton *>(QString::fromLatin1(name))->isVisible());
    dialog("removedImagesDialog")->reject();
}

void tst_StudioImages::allRemoved_leavesAnEmptyProject()
{
    clickRow(0);
    clickRow(3, Qt::ShiftModifier);
    QCOMPARE(m_studio->window->imageList().selected().size(), std::size_t(4));
    action("actionRemoveImages")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(model().total(), std::size_t(0), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_studio->editor().currentImage().isValid(), SoonMs);
    QVERIFY(!action("actionRemoveImages")->isEnabled());
    QVERIFY(action("actionRemovedImages")->isEnabled());
    noticeButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(model().total(), std::size_t(4), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isImageShown(), SoonMs);
}

void tst_StudioImages::review_keepsItsImages()
{
    QVERIFY(action("actionRemoveImages")->isEnabled());
    action("actionReview")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!action("actionRemoveImages")->isEnabled(), SoonMs);
    action("actionReview")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(action("actionRemoveImages")->isEnabled(), SoonMs);
}

QTEST_MAIN(tst_StudioImages)
#include "tst_StudioImages.moc"

// SPDX-License-Identifier: Apache-2.0
// What happens when the disk refuses: after every possible refusal, all that was acknowledged is there, nothing that
// failed is, and work goes on.
#include "storage/DbFailingVfs.h"
#include "storage/DbProject.h"
#include "support/SmallDisk.h"

#include <functional>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::LabelMask;
using core::Result;

Q_DECLARE_METATYPE(semigda::test::FailingVfs::Fault)

namespace
{

/// What the user was told is saved.
struct Model
{
    std::vector<LabelMask> masks{LabelMask(60, 50)};
    std::size_t at = 0;
    std::size_t images = 1;
    std::size_t predictions = 0;
    std::string setting;

    const LabelMask &mask() const { return masks[at]; }
};

bool isExpected(ErrorCode code)
{
    return code == ErrorCode::DiskFull || code == ErrorCode::Io || code == ErrorCode::ReadOnly;
}

/// Says whether a step succeeded, and collects errors that should not come.
class Session
{
public:
    Session(core::ProjectStore &store, Model &model)
        : m_store(store)
        , m_model(model)
    {}
    std::vector<std::string> surprises;
    int failures = 0;

    void run()
    {
        for (int i = 0; i < 4; ++i) {
            paint(i);
        }
        undo();
        paint(9);
        addImage();
        transaction();
        predict();
        undo();
        redo();
        eraseImage();
        setting("after");
        for (int i = 20; i < 23; ++i) {
            paint(i);
        }
    }

private:
    template <typename T> bool isDone(const Result<T> &result)
    {
        if (result) {
            return true;
        }
        ++failures;
        if (!isExpected(result.error().code)) {
            surprises.push_back(result.error().message.english());
        }
        return false;
    }
    void paint(int y)
    {
        LabelMask mask = m_model.mask();
        const auto delta = stroke(mask, y, 1, y % 7);
        if (isDone(m_store.annotations().append(core::ImageId(1), delta, painted()))) {
            m_model.masks.resize(m_model.at + 1);
            m_model.masks.push_back(mask);
            ++m_model.at;
        }
    }
    void undo()
    {
        const auto undone = m_store.annotations().undo(core::ImageId(1));
        if (isDone(undone) && undone->has_value()) {
            --m_model.at;
        }
    }
    void redo()
    {
        const auto redone = m_store.annotations().redo(core::ImageId(1));
        if (isDone(redone) && redone->has_value()) {
            ++m_model.at;
        }
    }
    void addImage()
    {
        if (isDone(m_store.images().add(someImage(2, 60, 50)))) {
            ++m_model.images;
        }
    }
    void eraseImage()
    {
        const auto id = m_store.images().add(someImage(4, 60, 50));
        if (!isDone(id)) {
            return;
        }
        const std::vector<core::ImageId> ids{*id};
        if (!isDone(m_store.images().setRemoved(ids, true))) {
            ++m_model.images;
            return;
        }
        static_cast<void>(isDone(m_store.images().erase(ids)));
    }
    void setting(const std::string &value)
    {
        if (isDone(m_store.saveSetting("key", value))) {
            m_model.setting = value;
        }
    }
    /// Goes on after a failed part, as a careless caller would; then nothing of it may be kept.
    void transaction()
    {
        LabelMask mask = m_model.mask();
        bool hasFailed = false;
        const auto done = m_store.inTransaction([&]() -> Result<void> {
            hasFailed = !m_store.saveSetting("key", "inside").has_value();
            const auto delta = stroke(mask, 40, 2);
            const auto appended = m_store.annotations().append(core::ImageId(1), delta, painted());
            if (!appended) {
                return appended.error();
            }
            return m_store.images().add(someImage(3, 60, 50)) ? Result<void>() : Result<void>(Error());
        });
        if (isDone(done)) {
            if (hasFailed) {
                surprises.emplace_back("A transaction was kept without one of its parts.");
            }
            m_model.masks.resize(m_model.at + 1);
            m_model.masks.push_back(mask);
            ++m_model.at;
            ++m_model.images;
            m_model.setting = "inside";
        }
    }
    void predict()
    {
        core::Prediction prediction;
        prediction.image = core::ImageId(1);
        prediction.mask = LabelMask(60, 50, core::Background);
        if (isDone(m_store.predictions().save(prediction))) {
            ++m_model.predictions;
        }
    }
    static core::Error Error() { return {ErrorCode::Io, core::Sentence::verbatim("The image was not added.")}; }

    core::ProjectStore &m_store;
    Model &m_model;
};

/// Empty when the project holds exactly what the model says, and is sound.
std::string difference(core::ProjectStore &store, const Model &model)
{
    const auto annotation = store.annotations().load(core::ImageId(1));
    if (!annotation) {
        return annotation.error().message.english();
    }
    if (!(annotation->mask == model.mask())) {
        return "The mask is another.";
    }
    if (store.images().list()->size() != model.images) {
        return "The number of images is another.";
    }
    if (store.predictions().newest(core::ImageId(1))->has_value() != (model.predictions > 0)) {
        return "The prediction is another.";
    }
    if (store.setting("key")->value_or("") != model.setting) {
        return "The setting is another.";
    }
    const auto problems = store.check(false);
    if (!problems) {
        return problems.error().message.english();
    }
    std::string text;
    for (const auto &problem : *problems) {
        // The images of this test have no files.
        text += problem.what.find("copy of image") == std::string::npos ? problem.what : "";
    }
    return text;
}

LabelMask noise(Random &random, int width, int height)
{
    LabelMask mask(width, height, core::Background);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            mask.fillRow(x, y, 1, static_cast<core::LabelValue>(random.between(0, 2)));
        }
    }
    return mask;
}

} // namespace

class TestSqliteFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { FailingVfs::install(); }
    void cleanup() { FailingVfs::disarm(); }
    void everyRefusedCall_losesNothing_data();
    void everyRefusedCall_losesNothing();
    void everyRefusedCallWhileOpening_isSurvived_data();
    void everyRefusedCallWhileOpening_isSurvived();
    void everyRefusedCallWhileCreating_leavesNothing();
    void fullDisk_losesNothingAndGoesOn();
    void fullDisk_openingShowsTheProject();
    void fullDisk_noProjectIsMade();
};

void TestSqliteFailures::everyRefusedCall_losesNothing_data()
{
    QTest::addColumn<FailingVfs::Fault>("fault");
    QTest::addColumn<int>("code");
    QTest::newRow("error once") << FailingVfs::Fault::Once << SQLITE_IOERR;
    QTest::newRow("errors from then on") << FailingVfs::Fault::FromThenOn << SQLITE_IOERR;
    QTest::newRow("full once") << FailingVfs::Fault::Once << SQLITE_FULL;
    QTest::newRow("full from then on") << FailingVfs::Fault::FromThenOn << SQLITE_FULL;
}

void TestSqliteFailures::everyRefusedCall_losesNothing()
{
    QFETCH(FailingVfs::Fault, fault);
    QFETCH(int, code);
    int failing = 1;
    int refusals = 0;
    for (bool hasReachedEnd = false; !hasReachedEnd; ++failing) {
        TempProject temp;
        temp.addImage(1, 60, 50);
        VERIFY_OK(temp.store->backup()); // or opening starts one
        Model model;
        Session session(*temp.store, model);
        FailingVfs::arm(fault, failing, code);
        session.run();
        temp.close();
        hasReachedEnd = FailingVfs::calls() < failing;
        FailingVfs::disarm();
        refusals += session.failures > 0 ? 1 : 0;
        QVERIFY2(session.surprises.empty(), session.surprises.empty() ? "" : session.surprises.front().c_str());
        VERIFY_OK(temp.reopen());
        QVERIFY(!temp.store->info().isReadOnly);
        const std::string wrong = difference(*temp.store, model);
        QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("call %1: ").arg(failing) + QString::fromStdString(wrong)));
        VERIFY_OK(temp.store->saveSetting("key", "again"));
    }
    QVERIFY2(failing > 40, qPrintable(QString::number(failing)));
    QVERIFY2(refusals > 20, qPrintable(QString::number(refusals)));
}

void TestSqliteFailures::everyRefusedCallWhileOpening_isSurvived_data()
{
    everyRefusedCall_losesNothing_data();
}

void TestSqliteFailures::everyRefusedCallWhileOpening_isSurvived()
{
    QFETCH(FailingVfs::Fault, fault);
    QFETCH(int, code);
    int failing = 1;
    for (bool hasReachedEnd = false; !hasReachedEnd; ++failing) {
        TempProject temp;
        temp.addImage(1, 60, 50);
        temp.addRun(); // stale: opening writes
        VERIFY_OK(temp.store->backup());
        Model model;
        Session(*temp.store, model).run();
        temp.close();
        FailingVfs::arm(fault, failing, code);
        const Result<void> opened = temp.reopen();
        if (opened) {
            // For reading only at worst, but always readable.
            QVERIFY(temp.store->annotations().load(core::ImageId(1))->mask == model.mask());
        } else {
            QVERIFY2(isExpected(opened.error().code), opened.error().message.english().c_str());
        }
        temp.close();
        hasReachedEnd = FailingVfs::calls() < failing;
        FailingVfs::disarm();
        VERIFY_OK(temp.reopen());
        QVERIFY(!temp.store->info().isReadOnly);
        const std::string wrong = difference(*temp.store, model);
        QVERIFY2(wrong.empty(), wrong.c_str());
    }
    QVERIFY2(failing > 3, qPrintable(QString::number(failing)));
}

void TestSqliteFailures::everyRefusedCallWhileCreating_leavesNothing()
{
    int failing = 1;
    for (bool hasReachedEnd = false; !hasReachedEnd; ++failing) {
        QTemporaryDir parent;
        const auto folder = std::filesystem::path(parent.path().toStdString()) / "X.semigda";
        FailingVfs::arm(FailingVfs::Fault::FromThenOn, failing, SQLITE_FULL);
        const auto made = storage::SqliteProject::create(folder, twoClasses());
        hasReachedEnd = FailingVfs::calls() < failing;
        FailingVfs::disarm();
        if (!made && !std::filesystem::exists(folder)) {
            QVERIFY(made.error().code == ErrorCode::DiskFull);
            QVERIFY(std::filesystem::is_empty(folder.parent_path()));
            VERIFY_OK(storage::SqliteProject::create(folder, twoClasses()));
        } else {
            // It was complete when the disk failed.
            VERIFY_OK(storage::SqliteProject::open(folder));
        }
    }
    QVERIFY2(failing > 5, qPrintable(QString::number(failing)));
}

void TestSqliteFailures::fullDisk_losesNothingAndGoesOn()
{
    SmallDisk disk;
    if (!disk.isMounted) {
        QSKIP("mounting a small file system needs root");
    }
    const auto made = storage::SqliteProject::create(disk.path() / "Full.semigda", twoClasses());
    VERIFY_OK(made);
    auto store = (*made)->connect();
    VERIFY_OK(store);
    VERIFY_OK((*store)->images().add(someImage(1, 128, 128)));
    const core::ImageId id(1);
    Random random(1);
    LabelMask saved(128, 128);
    std::int64_t strokes = 0;
    const auto paint = [&]() -> Result<std::int64_t> {
        const LabelMask next = noise(random, 128, 128);
        auto appended = (*store)->annotations().append(id, core::MaskDelta::between(saved, next), painted());
        saved = appended ? next : saved;
        strokes += appended ? 1 : 0;
        return appended;
    };
    std::ofstream(disk.path() / "reserve") << std::string(600 << 10, 'x');
    Result<std::int64_t> last = paint();
    for (int i = 0; i < 2000 && last; ++i) {
        last = paint();
    }
    VERIFY_ERROR(last, ErrorCode::DiskFull, "\"Full\"");
    QVERIFY2(last.error().message.english().find("free some space") != std::string::npos,
             last.error().message.english().c_str());
    QVERIFY(strokes > 5);
    QVERIFY((*store)->annotations().load(id)->mask == saved);
    for (int i = 0; i < 5; ++i) {
        if (!paint()) {
            QVERIFY((*store)->annotations().load(id)->mask == saved);
        }
    }
    disk.fill();
    QTemporaryDir elsewhere;
    const auto file = std::filesystem::path(elsewhere.path().toStdString()) / "picture.bin";
    std::ofstream(file) << std::string(100 << 10, 'x');
    VERIFY_ERROR((*made)->adoptFile(file), ErrorCode::DiskFull, file.string());
    VERIFY_ERROR((*store)->backup(), ErrorCode::DiskFull, "backup");
    disk.free();
    std::filesystem::remove(disk.path() / "reserve");
    VERIFY_OK(paint());
    QVERIFY((*store)->annotations().load(id)->mask == saved);
    const std::string text = checkText(**store);
    QVERIFY2(text.find("history") == std::string::npos && text.find("left by") == std::string::npos, text.c_str());
}

void TestSqliteFailures::fullDisk_openingShowsTheProject()
{
    SmallDisk disk;
    if (!disk.isMounted) {
        QSKIP("mounting a small file system needs root");
    }
    const auto folder = disk.path() / "Full.semigda";
    {
        const auto made = storage::SqliteProject::create(folder, twoClasses());
        VERIFY_OK(made);
        auto store = (*made)->connect();
        VERIFY_OK((*store)->images().add(someImage(1, 128, 128)));
    }
    disk.fill();
    {
        const auto opened = storage::SqliteProject::open(folder);
        VERIFY_OK(opened);
        QVERIFY((*opened)->info().isReadOnly);
        QVERIFY2((*opened)->info().readOnlyReason.english().find("full") != std::string::npos,
                 (*opened)->info().readOnlyReason.english().c_str());
        auto store = (*opened)->connect();
        VERIFY_OK(store);
        QCOMPARE((*store)->images().list()->size(), 1U);
    }
    disk.free();
    const auto opened = storage::SqliteProject::open(folder);
    VERIFY_OK(opened);
    QVERIFY(!(*opened)->info().isReadOnly);
}

void TestSqliteFailures::fullDisk_noProjectIsMade()
{
    SmallDisk disk;
    if (!disk.isMounted) {
        QSKIP("mounting a small file system needs root");
    }
    disk.fill();
    VERIFY_ERROR(storage::SqliteProject::create(disk.path() / "New.semigda", twoClasses()), ErrorCode::DiskFull, "New");
    QVERIFY(!std::filesystem::exists(disk.path() / "New.semigda"));
}

QTEST_GUILESS_MAIN(TestSqliteFailures)
#include "tst_SqliteFailures.moc"

// SPDX-License-Identifier: Apache-2.0
// Wrong files and places: each is answered in one clear sentence that names the file, and the rest is imported.
#include "Programs.h"
#include "app/OpenProject.h"
#include "support/SharedData.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace semigda;
using test::terminal;
using test::terminalAsNobody;

namespace
{

QString sharedFile(const char *path)
{
    return QStringLiteral(SEMIGDA_SHARED_DATA "/data/") + QString::fromLatin1(path);
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Grey noise: no two seeds give the same file, and none compresses to nothing.
QImage picture(int width, int height, quint32 seed)
{
    QImage image(width, height, QImage::Format_Grayscale8);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            seed = seed * 1664525U + 1013904223U;
            image.scanLine(y)[x] = static_cast<uchar>(seed >> 24U);
        }
    }
    return image;
}

/// Sentences on stderr; progress lines are not sentences.
QStringList sentences(const test::Finished &finished)
{
    QStringList found;
    for (const QString &line : finished.err.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (!line.startsWith(QLatin1StringView("Importing ")))
            found << line;
    }
    return found;
}

} // namespace

#define VERIFY_SENTENCE(finished, word)                                                                                \
    do {                                                                                                               \
        const QStringList said = sentences(finished);                                                                  \
        QVERIFY2(said.size() == 1, (finished).describe().constData());                                                 \
        QVERIFY2(said.front().contains(QLatin1StringView(word), Qt::CaseInsensitive),                                  \
                 (finished).describe().constData());                                                                   \
    } while (false)

class tst_WrongInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_folder.reset(); }
    void emptyFile();
    void textNamedPng();
    void truncatedJpeg();
    void maskOfAnotherSize();
    void maskWithUnknownValues();
    void dicomWithoutPixels();
    void unsupportedTransferSyntax();
    void niftiWithFiveDimensions();
    void unreadableFolder();
    void fullDisk();
    void readOnlyProject();
    void projectOfANewerVersion();
    void projectOpenedTwice();

private:
    QString at(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    /// Imports the file together with a good one and expects one sentence about it and the good one to be there.
    void importBeside(const QString &bad, const char *word, const QStringList &more = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_project;
};

void tst_WrongInput::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_project = at("p.semigda");
    VERIFY_RUNS(terminal({QStringLiteral("new"), m_project, QStringLiteral("--class"), QStringLiteral("Lesion")}));
    QVERIFY(picture(40, 30, 1).save(at("good.png")));
}

void tst_WrongInput::importBeside(const QString &bad, const char *word, const QStringList &more)
{
    const test::Finished finished = terminal(
        QStringList{QStringLiteral("import"), m_project, bad, at("good.png"), QStringLiteral("--json")} + more);
    QVERIFY2(finished.status == 0, finished.describe().constData());
    VERIFY_SENTENCE(finished, word);
    QVERIFY2(sentences(finished).front().contains(QFileInfo(bad).fileName()), finished.describe().constData());
    QCOMPARE(finished.json()[QStringLiteral("imported")].toInt(), 1);
    QCOMPARE(finished.json()[QStringLiteral("skipped")].toArray().size(), 1);
    VERIFY_RUNS(terminal({QStringLiteral("check"), m_project}));
}

void tst_WrongInput::emptyFile()
{
    write(at("empty.png"), {});
    importBeside(at("empty.png"), "empty");
}

void tst_WrongInput::textNamedPng()
{
    write(at("letter.png"), "Dear colleague,\nplease find the images attached.\n");
    importBeside(at("letter.png"), "text");
}

void tst_WrongInput::truncatedJpeg()
{
    QVERIFY(picture(200, 150, 2).save(at("whole.jpg"), "JPG", 90));
    const QByteArray whole = read(at("whole.jpg"));
    write(at("half.jpg"), whole.left(whole.size() / 2));
    importBeside(at("half.jpg"), "half.jpg");
}

void tst_WrongInput::maskOfAnotherSize()
{
    QVERIFY(QDir().mkpath(at("masks")));
    QVERIFY(picture(40, 30, 3).save(at("other.png")));
    QImage mask(41, 30, QImage::Format_Grayscale8);
    mask.fill(255);
    QVERIFY(mask.save(at("masks/other.png")));
    mask = mask.copy(0, 0, 40, 30);
    QVERIFY(mask.save(at("masks/good.png")));
    const test::Finished finished = terminal({QStringLiteral("import"), m_project, at("other.png"), at("good.png"),
                                              QStringLiteral("--masks"), at("masks"), QStringLiteral("--json")});
    QVERIFY2(finished.status == 0, finished.describe().constData());
    VERIFY_SENTENCE(finished, "41");
    QVERIFY(sentences(finished).front().contains(QStringLiteral("other.png")));
    // The image is good even though its mask is not.
    QCOMPARE(finished.json()[QStringLiteral("imported")].toInt(), 2);
    QCOMPARE(finished.json()[QStringLiteral("labelled")].toInt(), 1);
}

void tst_WrongInput::maskWithUnknownValues()
{
    QVERIFY(QDir().mkpath(at("masks")));
    QImage mask(40, 30, QImage::Format_Grayscale8);
    mask.fill(0);
    mask.scanLine(3)[4] = 1;
    mask.scanLine(5)[6] = 77;
    QVERIFY(mask.save(at("masks/good.png")));
    const test::Finished finished = terminal({QStringLiteral("import"), m_project, at("good.png"),
                                              QStringLiteral("--masks"), at("masks"), QStringLiteral("--json")});
    QVERIFY2(finished.status == 0, finished.describe().constData());
    VERIFY_SENTENCE(finished, "77");
    QCOMPARE(finished.json()[QStringLiteral("imported")].toInt(), 1);
    QCOMPARE(finished.json()[QStringLiteral("labelled")].toInt(), 0);
}

void tst_WrongInput::dicomWithoutPixels()
{
    SEMIGDA_NEEDS_SHARED("data/dicom");
    importBeside(sharedFile("dicom/odd/no-pixel-data.dcm"), "pixel");
}

void tst_WrongInput::unsupportedTransferSyntax()
{
    SEMIGDA_NEEDS_SHARED("data/dicom");
    QByteArray bytes = read(sharedFile("dicom/transfer_syntaxes/ct_JPEG2000LosslessOnly_1.2.840.10008.1.2.4.90.dcm"));
    const QByteArray known("1.2.840.10008.1.2.4.90");
    QVERIFY(bytes.contains(known));
    // JPEG 2000 Part 2 multi-component, PS3.5 annex A.4.8.
    bytes.replace(known, "1.2.840.10008.1.2.4.92");
    write(at("multi.dcm"), bytes);
    importBeside(at("multi.dcm"), "1.2.840.10008.1.2.4.92");
}

void tst_WrongInput::niftiWithFiveDimensions()
{
    SEMIGDA_NEEDS_SHARED("data/nifti_misc");
    importBeside(sharedFile("nifti_misc/tensor_rgb.nii.gz"), "dimension");
}

void tst_WrongInput::unreadableFolder()
{
    // The user owns the project and may not look into the folder.
    const QString folder = at("secret");
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(picture(40, 30, 5).save(folder + QStringLiteral("/hidden.png")));
    QVERIFY(::chmod(m_folder->path().toLocal8Bit().constData(), 0777) == 0);
    QVERIFY(::chmod(folder.toLocal8Bit().constData(), 0) == 0);
    const QString project = at("theirs.semigda");
    VERIFY_RUNS(terminalAsNobody({QStringLiteral("new"), project, QStringLiteral("--class"), QStringLiteral("A")}));
    const test::Finished finished =
        terminalAsNobody({QStringLiteral("import"), project, folder, at("good.png"), QStringLiteral("--json")});
    QVERIFY(::chmod(folder.toLocal8Bit().constData(), 0700) == 0);
    QVERIFY2(finished.status == 0, finished.describe().constData());
    VERIFY_SENTENCE(finished, "secret");
    QCOMPARE(finished.json()[QStringLiteral("imported")].toInt(), 1);
}

void tst_WrongInput::fullDisk()
{
    const QString place = at("small");
    QVERIFY(QDir().mkpath(place));
    const QByteArray target = place.toLocal8Bit();
    if (::mount("tmpfs", target.constData(), "tmpfs", 0, "size=4m") != 0)
        QSKIP("A small file system cannot be mounted here.");
    struct Unmount
    {
        ~Unmount() { ::umount2(target.constData(), MNT_DETACH); }
        const QByteArray &target;
    } unmount{target};
    QVERIFY(QDir().mkpath(at("many")));
    constexpr int Images = 30; // 256 KB each: twice the disk
    for (int i = 0; i < Images; ++i)
        QVERIFY(picture(512, 512, static_cast<quint32>(i + 10)).save(at("many") + QStringLiteral("/%1.png").arg(i)));
    const QString project = place + QStringLiteral("/full.semigda");
    VERIFY_RUNS(terminal({QStringLiteral("new"), project, QStringLiteral("--class"), QStringLiteral("A")}));
    const test::Finished finished = terminal({QStringLiteral("import"), project, at("many"), QStringLiteral("--json")});
    QCOMPARE(finished.status, 1);
    const QStringList said = sentences(finished);
    QVERIFY2(said.size() == 1, finished.describe().constData());
    QVERIFY2(said.front().contains(QStringLiteral("space")) || said.front().contains(QStringLiteral("full")),
             finished.describe().constData());
    const int imported = finished.json()[QStringLiteral("imported")].toInt();
    QVERIFY2(imported > 0 && imported < Images, finished.describe().constData());
    // What was imported is whole, and goes on once there is space.
    VERIFY_RUNS(terminal({QStringLiteral("check"), project}));
    QVERIFY(::mount("tmpfs", target.constData(), "tmpfs", MS_REMOUNT, "size=40m") == 0);
    const test::Finished rest = terminal({QStringLiteral("import"), project, at("many"), QStringLiteral("--json")});
    QVERIFY2(rest.status == 0, rest.describe().constData());
    QCOMPARE(rest.json()[QStringLiteral("imported")].toInt(), Images - imported);
    VERIFY_RUNS(terminal({QStringLiteral("check"), project}));
}

void tst_WrongInput::readOnlyProject()
{
    VERIFY_RUNS(terminal({QStringLiteral("import"), m_project, at("good.png")}));
    QVERIFY(::chmod(m_folder->path().toLocal8Bit().constData(), 0755) == 0);
    if (::geteuid() != 0)
        QVERIFY(::chmod(m_project.toLocal8Bit().constData(), 0555) == 0);
    QVERIFY(picture(40, 30, 6).save(at("new.png")));
    const test::Finished refused = terminalAsNobody({QStringLiteral("import"), m_project, at("new.png")});
    QVERIFY2(refused.status == 1, refused.describe().constData());
    VERIFY_SENTENCE(refused, "read");
    // Looking is allowed.
    const test::Finished looked = terminalAsNobody({QStringLiteral("info"), m_project, QStringLiteral("--json")});
    QVERIFY2(looked.status == 0, looked.describe().constData());
    QCOMPARE(looked.json()[QStringLiteral("images")].toInt(), 1);
    QVERIFY(looked.json()[QStringLiteral("read_only")].toBool());
    QVERIFY(::chmod(m_project.toLocal8Bit().constData(), 0755) == 0);
}

void tst_WrongInput::projectOfANewerVersion()
{
    // The header of a SQLite file holds the user version at byte 60, big-endian (file format, section 1.3).
    const QString database = m_project + QStringLiteral("/project.sqlite");
    QVERIFY(!QFile::exists(database + QStringLiteral("-wal")));
    QByteArray bytes = read(database);
    bytes[62] = 3;
    bytes[63] = 0;
    write(database, bytes);
    for (const char *command : {"info", "check"}) {
        const test::Finished finished = terminal({QString::fromLatin1(command), m_project});
        QVERIFY2(finished.status == 1, finished.describe().constData());
        VERIFY_SENTENCE(finished, "768");
        QVERIFY2(finished.err.contains(QStringLiteral("newer")), finished.describe().constData());
    }
    QCOMPARE(read(database), bytes);
}

void tst_WrongInput::projectOpenedTwice()
{
    const auto held = app::OpenProject::open(m_project.toStdString());
    QVERIFY(held.has_value());
    const test::Finished refused = terminal({QStringLiteral("import"), m_project, at("good.png")});
    QVERIFY2(refused.status == 1, refused.describe().constData());
    VERIFY_SENTENCE(refused, "open");
    const test::Finished looked = terminal({QStringLiteral("info"), m_project, QStringLiteral("--json")});
    QVERIFY2(looked.status == 0, looked.describe().constData());
    QVERIFY(looked.json()[QStringLiteral("read_only")].toBool());
}

QTEST_GUILESS_MAIN(tst_WrongInput)
#include "tst_WrongInput.moc"

// SPDX-License-Identifier: Apache-2.0
// The studio paints by a script and is killed without warning; what is on disk then is held against what the same
// script makes when nobody interferes.
#pragma once

#include "Programs.h"
#include "app/OpenProject.h"
#include "support/Random.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTextStream>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

namespace semigda::test
{

class KilledPainter
{
public:
    /// In an empty folder. The functions tell what went wrong; "" for nothing.
    explicit KilledPainter(const QString &folder)
        : m_folder(folder)
    {}
    std::size_t confirmed = 0; ///< strokes over all rounds
    std::size_t inFlight = 0;  ///< rounds in which a painted stroke had not reached the disk
    int kills = 0;

    QString prepare()
    {
        const QString sample = m_folder.filePath(QStringLiteral("sample"));
        const QString images = QDir(sample).filePath(QStringLiteral("images/us_000%1.png"));
        const std::vector<QStringList> calls{
            {QStringLiteral("sample"), sample, QStringLiteral("--count"), QString::number(Images),
             QStringLiteral("--size"), QString::number(Side)},
            {QStringLiteral("new"), project(), QStringLiteral("--class"), QStringLiteral("Lesion")},
            {QStringLiteral("import"), project(), images.arg(1), images.arg(2), images.arg(3)}};
        for (const QStringList &call : calls) {
            if (const Finished finished = terminal(call); finished.status != 0)
                return QString::fromLocal8Bit(finished.describe());
        }
        if (!copyFolder(project(), fresh()) || !writeScript())
            return QStringLiteral("The project cannot be copied.");
        return paintUndisturbed();
    }

    /// Kills it once: at any moment of painting, or, one time in ten, before.
    QString killOnce(Random &random)
    {
        for (;;) {
            const std::optional<Said> said = paintAndKill(random.between(1, 10) == 1, random.unit());
            if (!said)
                return QStringLiteral("The studio does not paint.");
            if (!said->wasKilled)
                continue; // it had ended by itself
            ++kills;
            confirmed += said->confirmed.size();
            return verify(*said);
        }
    }

private:
    struct Stroke
    {
        std::int64_t image = 0;
        std::int64_t sequence = 0;
    };
    struct Said
    {
        std::vector<Stroke> confirmed;
        std::size_t painted = 0;
        bool wasKilled = false;
    };
    /// What the whole script makes of one image.
    struct Reference
    {
        std::vector<core::MaskDelta> steps;
        std::vector<core::LabelMask> masks; ///< before the first and after each step
    };

    static constexpr int Images = 3;
    static constexpr int Side = 256;
    static constexpr int Spacing = 18; // wider than the brush, so that every stroke changes pixels
    static constexpr int Columns = Side / Spacing;
    static constexpr int StrokesPerImage = 60;
    static constexpr int PerVisit = 3;
    static constexpr int SoonMs = 30'000;
    static constexpr int Reach = 12; // no stroke changes pixels farther from its point

    QString project() const { return m_folder.filePath(QStringLiteral("k.semigda")); }
    QString fresh() const { return m_folder.filePath(QStringLiteral("fresh.semigda")); }
    QString script() const { return m_folder.filePath(QStringLiteral("script.txt")); }
    static QPoint place(int number)
    {
        return {number % Columns * Spacing + Spacing / 2, number / Columns * Spacing + Spacing / 2};
    }

    static bool copyFolder(const QString &from, const QString &to)
    {
        std::error_code failure;
        std::filesystem::remove_all(to.toStdString(), failure);
        std::filesystem::copy(from.toStdString(), to.toStdString(), std::filesystem::copy_options::recursive, failure);
        return !failure;
    }

    /// All images in turn, some strokes on one, then on the next.
    bool writeScript() const
    {
        QFile file(script());
        if (!file.open(QIODevice::WriteOnly | QIODevice::Text))
            return false;
        QTextStream out(&file);
        for (int first = 0; first < StrokesPerImage; first += PerVisit) {
            for (int image = 1; image <= Images; ++image) {
                out << "image " << image << '\n';
                for (int number = first; number < std::min(first + PerVisit, StrokesPerImage); ++number) {
                    const QPoint at = place(number);
                    out << "stroke " << at.x() << ' ' << at.y() << ' ' << at.x() + 2 << ' ' << at.y() + 1 << '\n';
                }
            }
        }
        return true;
    }

    static void take(QProcess &studio, Said &said)
    {
        while (studio.canReadLine()) {
            const QList<QByteArray> words = studio.readLine().trimmed().split(' ');
            if (words.size() == 5 && words[0] == "stroke")
                said.confirmed.push_back({words[1].toLongLong(), words[2].toLongLong()});
            else if (words[0] == "painted")
                ++said.painted;
        }
    }

    void start(QProcess &studio) const
    {
        studio.start(QStringLiteral(SEMIGDA_STUDIO),
                     {QStringLiteral("--paint-script"), script(), QStringLiteral("--settings"),
                      m_folder.filePath(QStringLiteral("studio.ini")), QStringLiteral("--size"),
                      QStringLiteral("1280x800"), project()});
    }

    QString paintUndisturbed()
    {
        QProcess studio;
        QElapsedTimer timer;
        timer.start();
        start(studio);
        Said said;
        while (studio.waitForReadyRead(SoonMs)) {
            const bool isFirst = said.confirmed.empty();
            take(studio, said);
            if (isFirst && !said.confirmed.empty())
                m_openingMs = static_cast<double>(timer.elapsed());
            m_paintingMs = static_cast<double>(timer.elapsed()) - m_openingMs;
        }
        studio.waitForFinished(SoonMs);
        if (studio.exitStatus() != QProcess::NormalExit || studio.exitCode() != 0)
            return QStringLiteral("The studio failed: ") + QString::fromLocal8Bit(studio.readAllStandardError());
        const auto opened = app::OpenProject::open(project().toStdString());
        if (!opened)
            return QString::fromStdString(opened.error().message.english());
        const auto store = (*opened)->openStore();
        if (!store)
            return QString::fromStdString(store.error().message.english());
        const auto list = (*store)->images().list();
        if (!list || list->size() != Images)
            return QStringLiteral("The project does not hold its images.");
        for (const core::ImageSummary &image : *list) {
            const auto history = (*store)->annotations().history(image.id);
            if (!history || history->edits.size() != StrokesPerImage)
                return QStringLiteral("The script did not make its strokes.");
            Reference &reference = m_reference[image.id.value];
            reference.masks.emplace_back(image.width, image.height);
            for (int number = 0; number < StrokesPerImage; ++number) {
                const core::MaskDelta &delta = history->edits[static_cast<std::size_t>(number)].delta;
                const QPoint at = place(number);
                const core::PixelRect around{at.x() - Reach, at.y() - Reach, 2 * Reach, 2 * Reach};
                reference.steps.push_back(delta);
                reference.masks.push_back(reference.masks.back());
                delta.apply(reference.masks.back());
                if (reference.masks.back().at(at.x(), at.y()) != 1
                    || !(delta.bounds().intersected(around) == delta.bounds()))
                    return QStringLiteral("A stroke of the script is not where it was painted.");
            }
            m_order.push_back(image.id.value);
        }
        return {};
    }

    /// Nothing when the studio does not come so far.
    std::optional<Said> paintAndKill(bool isEarly, double moment)
    {
        if (!copyFolder(fresh(), project()))
            return std::nullopt;
        QProcess studio;
        Said said;
        QElapsedTimer timer;
        timer.start();
        start(studio);
        double endMs = m_openingMs * moment;
        if (!isEarly) {
            while (said.confirmed.empty()) {
                if (!studio.waitForReadyRead(SoonMs))
                    return std::nullopt;
                take(studio, said);
            }
            timer.restart();
            endMs = m_paintingMs * moment;
        }
        // Reads on, so that the studio never waits for a full pipe; the last part of a millisecond without waking up.
        for (double leftMs = endMs; leftMs > 0.0; leftMs = endMs - static_cast<double>(timer.nsecsElapsed()) * 1e-6) {
            if (leftMs > 1.0)
                studio.waitForReadyRead(static_cast<int>(leftMs));
            if (studio.state() == QProcess::NotRunning)
                break;
        }
        studio.kill();
        studio.waitForFinished();
        said.wasKilled = studio.exitStatus() == QProcess::CrashExit;
        take(studio, said);
        return said;
    }

    QString verify(const Said &said)
    {
        const auto opened = app::OpenProject::open(project().toStdString());
        if (!opened)
            return QString::fromStdString(opened.error().message.english());
        if ((*opened)->info().isReadOnly)
            return QString::fromStdString((*opened)->info().readOnlyReason.english());
        const auto connected = (*opened)->openStore();
        if (!connected)
            return QString::fromStdString(connected.error().message.english());
        core::ProjectStore &store = **connected;
        std::map<std::int64_t, std::int64_t> told;
        for (const Stroke &stroke : said.confirmed)
            told[stroke.image] = std::max(told[stroke.image], stroke.sequence);
        std::size_t all = 0;
        std::map<std::int64_t, std::size_t> saved;
        for (const auto &[image, reference] : m_reference) {
            const auto annotation = store.annotations().load(core::ImageId(image));
            if (!annotation)
                return QString::fromStdString(annotation.error().message.english());
            const auto count = static_cast<std::size_t>(annotation->sequence);
            if (annotation->sequence < told[image])
                return QStringLiteral("Image %1: stroke %2 was told to be saved, %3 are there.")
                    .arg(image)
                    .arg(told[image])
                    .arg(count);
            if (count >= reference.masks.size() || !(annotation->mask == reference.masks[count]))
                return QStringLiteral("Image %1: not every pixel of its %2 strokes is there.").arg(image).arg(count);
            saved[image] = count;
            all += count;
        }
        if (all + 1 < said.painted || all > said.painted + 1)
            return QStringLiteral("%1 strokes were painted and %2 are there.").arg(said.painted).arg(all);
        inFlight += all < said.painted ? 1 : 0;
        if (saved != firstStrokes(all))
            return QStringLiteral("A stroke in between is missing.");
        for (const auto &[image, count] : saved) {
            if (const QString wrong = walkHistory(store, image, count); !wrong.isEmpty())
                return QStringLiteral("Image %1: ").arg(image) + wrong;
        }
        const auto problems = store.check(false);
        if (!problems || !problems->empty())
            return QString::fromStdString(problems ? problems->front().what : problems.error().message.english());
        return {};
    }

    /// Of the script, by image.
    std::map<std::int64_t, std::size_t> firstStrokes(std::size_t count) const
    {
        std::map<std::int64_t, std::size_t> strokes;
        for (const std::int64_t image : m_order)
            strokes[image] = 0;
        for (std::size_t number = 0; number < count; ++number)
            ++strokes[m_order[number / PerVisit % Images]];
        return strokes;
    }

    /// Undoes all steps and redoes them.
    QString walkHistory(core::ProjectStore &store, std::int64_t image, std::size_t count) const
    {
        const core::ImageId id(image);
        const Reference &reference = m_reference.at(image);
        const auto isAt = [&](std::size_t steps) {
            const auto annotation = store.annotations().load(id);
            return annotation && annotation->mask == reference.masks[steps];
        };
        for (std::size_t left = count; left > 0; --left) {
            const auto undone = store.annotations().undo(id);
            if (!undone || !undone->has_value() || !((*undone)->delta == reference.steps[left - 1]) || !isAt(left - 1))
                return QStringLiteral("step %1 cannot be undone.").arg(left);
        }
        if (const auto none = store.annotations().undo(id); !none || none->has_value())
            return QStringLiteral("there is a step before the first.");
        for (std::size_t done = 0; done < count; ++done) {
            const auto redone = store.annotations().redo(id);
            if (!redone || !redone->has_value() || !((*redone)->delta == reference.steps[done]) || !isAt(done + 1))
                return QStringLiteral("step %1 cannot be redone.").arg(done + 1);
        }
        if (const auto none = store.annotations().redo(id); !none || none->has_value())
            return QStringLiteral("there is a step after the last.");
        return {};
    }

    QDir m_folder;
    std::map<std::int64_t, Reference> m_reference;
    std::vector<std::int64_t> m_order; ///< images as the script counts them
    double m_openingMs = 0.0;
    double m_paintingMs = 0.0;
};

} // namespace semigda::test

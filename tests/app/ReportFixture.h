// SPDX-License-Identifier: Apache-2.0
// Made-up evaluations, and a reader that takes reports apart again.
#pragma once

#include "app/results/EvaluationReport.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QXmlStreamReader>

#include <optional>
#include <string>
#include <vector>

namespace semigda::test
{

inline core::ClassScore score(core::LabelValue value, double dice, std::optional<double> hd95,
                              std::size_t truthPixels = 100, std::size_t predictedPixels = 100)
{
    core::ClassScore made;
    made.value = value;
    made.dice = dice;
    made.iou = dice / (2.0 - dice);
    made.hd95 = hd95;
    if (hd95)
        made.assd = *hd95 / 4.0;
    made.truthPixels = truthPixels;
    made.predictedPixels = predictedPixels;
    return made;
}

inline core::MeanInterval interval(double mean, double low, double high, std::size_t count)
{
    return {mean, low, high, count};
}

/// One class, three images: good, overlooked, absent in both.
inline app::RunReport smallRun(std::int64_t id = 7, const std::string &method = "semigda")
{
    app::RunReport run;
    run.evaluation.run.id = core::RunId(id);
    run.evaluation.run.method = method;
    run.evaluation.run.status = core::RunStatus::Finished;
    run.evaluation.distanceUnit = "mm";
    run.evaluation.patients = 3;
    run.evaluation.images = {{core::ImageId(1), "good", true, {score(1, 0.9, 2.5)}},
                             {core::ImageId(2), "overlooked", true, {score(1, 0.0, std::nullopt, 40, 0)}},
                             {core::ImageId(3), "nothing there", true, {score(1, 1.0, 0.0, 0, 0)}}};
    const app::ScoreSummary scores{interval(0.6333, 0.1, 0.95, 3), interval(0.606, 0.11, 0.96, 3),
                                   interval(1.25, 0.5, 2.5, 2), interval(0.3125, 0.2, 0.6, 2)};
    run.evaluation.classes = {{1, "Lesion", scores}};
    run.evaluation.mean = scores;
    return run;
}

inline app::EvaluationReport smallReport(std::vector<app::RunReport> runs = {smallRun()})
{
    app::EvaluationReport report;
    report.project = "breast";
    report.createdAt = "2026-01-31 12:00 UTC";
    report.program = "9.8.7";
    report.libTorch = "1.13.1";
    report.device = "CPU, 2 threads";
    report.command = "semigda evaluate breast --run 7";
    report.classes = core::LabelSet({{1, "Lesion", {0xE6, 0x9F, 0x00}}});
    report.runs = std::move(runs);
    return report;
}

/// What a report says, read as XML.
struct ReadReport
{
    struct Element
    {
        QString name;
        QString cssClass;
        QXmlStreamAttributes attributes;
    };
    struct Table
    {
        QString cssClass;
        QList<QStringList> rows; ///< the head first
    };

    QString error; ///< why it is not well-formed; empty when it is
    QString text;  ///< all of it, without markup
    QList<Element> elements;
    QList<Table> tables;
    QStringList captions; ///< of the pictures

    QList<QStringList> table(const QString &cssClass) const
    {
        for (const Table &each : tables)
            if (each.cssClass == cssClass)
                return each.rows;
        return {};
    }
};

inline ReadReport readReport(const QByteArray &html)
{
    ReadReport report;
    QXmlStreamReader reader(html);
    bool isCell = false;
    bool isCaption = false;
    while (!reader.atEnd()) {
        reader.readNext();
        const QStringView name = reader.name();
        if (reader.isStartElement()) {
            const QString cssClass = reader.attributes().value(QLatin1StringView("class")).toString();
            report.elements.append({name.toString(), cssClass, reader.attributes()});
            if (name == QLatin1StringView("table")) {
                report.tables.append({cssClass, {}});
            } else if (name == QLatin1StringView("tr")) {
                report.tables.back().rows.append(QStringList());
            } else if (name == QLatin1StringView("td") || name == QLatin1StringView("th")) {
                report.tables.back().rows.back().append(QString());
                isCell = true;
            } else if (name == QLatin1StringView("figcaption")) {
                report.captions.append(QString());
                isCaption = true;
            } else if (isCell && name == QLatin1StringView("small")) {
                report.tables.back().rows.back().back() += QLatin1Char('|');
            }
        } else if (reader.isEndElement()) {
            if (name == QLatin1StringView("td") || name == QLatin1StringView("th"))
                isCell = false;
            if (name == QLatin1StringView("figcaption"))
                isCaption = false;
        } else if (reader.isCharacters()) {
            report.text += reader.text();
            if (isCell)
                report.tables.back().rows.back().back() += reader.text();
            if (isCaption)
                report.captions.back() += reader.text();
        }
    }
    if (reader.hasError())
        report.error = QStringLiteral("line %1: %2").arg(reader.lineNumber()).arg(reader.errorString());
    return report;
}

} // namespace semigda::test

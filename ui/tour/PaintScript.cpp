// SPDX-License-Identifier: Apache-2.0
#include "ui/tour/PaintScript.h"

#include "ui/lists/ImageListPanel.h"
#include "ui/tour/MouseHand.h"
#include "ui/window/EditorArea.h"
#include "ui/window/MainWindow.h"
#include "ui/window/ProjectController.h"

#include <QFile>

namespace semigda::ui
{

namespace
{

constexpr int StepMs = 5;

} // namespace

PaintScript::PaintScript(MainWindow &window, std::function<void(const QString &line)> say, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_say(std::move(say))
{
    m_timer.setInterval(StepMs);
    connect(&m_timer, &QTimer::timeout, this, &PaintScript::step);
    connect(&m_window.editor(), &EditorArea::strokeSaved, this, [this](core::ImageId id, qint64 sequence) {
        // Confirmations come in the order of the strokes.
        if (m_unconfirmed.empty())
            return;
        const QPointF first = m_unconfirmed.front();
        m_unconfirmed.erase(m_unconfirmed.begin());
        m_say(QStringLiteral("stroke %1 %2 %3 %4")
                  .arg(id.value)
                  .arg(sequence)
                  .arg(static_cast<int>(first.x()))
                  .arg(static_cast<int>(first.y())));
    });
}

core::Result<void> PaintScript::load(const QString &file)
{
    QFile script(file);
    if (!script.open(QIODevice::ReadOnly | QIODevice::Text))
        return core::Error{core::ErrorCode::NotFound,
                           core::phrase("errors", "The script %1 cannot be read: %2.")
                               .with(file.toStdString(), script.errorString().toStdString())};
    int number = 0;
    while (!script.atEnd()) {
        ++number;
        const QString line = QString::fromUtf8(script.readLine()).section(QLatin1Char('#'), 0, 0).simplified();
        if (line.isEmpty())
            continue;
        const QStringList words = line.split(QLatin1Char(' '));
        Command command;
        bool isGood = false;
        if (words.front() == QLatin1StringView("image") && words.size() == 2) {
            command.image = words[1].toInt(&isGood);
        } else if (words.front() == QLatin1StringView("stroke") && words.size() >= 3 && words.size() % 2 == 1) {
            command.kind = Command::Kind::Stroke;
            isGood = true;
            for (qsizetype i = 1; i < words.size() && isGood; i += 2) {
                bool isX = false;
                bool isY = false;
                command.points.emplace_back(words[i].toDouble(&isX), words[i + 1].toDouble(&isY));
                isGood = isX && isY;
            }
        }
        if (!isGood)
            return core::Error{
                core::ErrorCode::InvalidArgument,
                core::phrase("errors", "Line %1 of the script %2 is not understood.").with(number, file.toStdString())};
        m_commands.push_back(std::move(command));
    }
    return {};
}

void PaintScript::start()
{
    m_timer.start();
}

void PaintScript::step()
{
    EditorArea &editor = m_window.editor();
    if (!m_window.project().isOpen() || m_window.imageList().model().total() == 0 || !editor.isImageShown())
        return;
    if (m_next == m_commands.size()) {
        if (!m_unconfirmed.empty())
            return;
        m_timer.stop();
        Q_EMIT finished();
        return;
    }
    const Command &command = m_commands[m_next++];
    switch (command.kind) {
    case Command::Kind::Image:
        m_window.chooseImage(m_window.imageList().model().idAt(command.image - 1));
        break;
    case Command::Kind::Stroke: {
        std::vector<QPointF> points;
        for (const QPointF &point : command.points)
            points.push_back(editor.toCanvas(point.x(), point.y()));
        m_unconfirmed.push_back(command.points.front());
        dragAlong(editor.canvasWidget(), points);
        m_say(QStringLiteral("painted %1").arg(editor.currentImage().value));
        break;
    }
    }
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "app/studio/Studio.h"

#include "app/UserName.h"
#include "app/studio/TourVolume.h"
#include "ui/tour/PaintScript.h"
#include "ui/tour/Tour.h"
#include "ui/window/MainWindow.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>

#include <cstdio>

namespace semigda::app
{

namespace
{

/// A line at once: the crash test reads it before it kills the program.
void say(const QString &line)
{
    std::fputs((line + QLatin1Char('\n')).toLocal8Bit().constData(), stdout);
    std::fflush(stdout);
}

} // namespace

Studio::Studio(const StudioOptions &options, std::shared_ptr<core::Workspace> workspace)
    : m_options(options)
{
    if (!m_options.tourFolder.isEmpty())
        m_tourFolder = std::make_unique<QTemporaryDir>();
    ui::WindowParts parts;
    parts.workspace = std::move(workspace);
    // The tour must look the same on every machine and leave the user's settings alone.
    if (m_tourFolder)
        parts.settings = std::make_shared<ui::UiSettings>(m_tourFolder->filePath(QStringLiteral("tour.ini")));
    else if (!m_options.settings.isEmpty())
        parts.settings = std::make_shared<ui::UiSettings>(m_options.settings);
    else
        parts.settings = std::make_shared<ui::UiSettings>();
    parts.userName = QString::fromStdString(userName());
    parts.version = QApplication::applicationVersion();
    const ui::ThemeKind theme = m_options.theme.value_or(parts.settings->theme());
    ui::applyTheme(*qApp, theme);
    m_window = std::make_unique<ui::MainWindow>(std::move(parts));
    if (m_options.size)
        m_window->resize(*m_options.size);
}

Studio::~Studio() = default;

core::Result<void> Studio::start()
{
    m_window->show();
    if (m_options.size)
        m_window->resize(*m_options.size);
    if (m_tourFolder)
        return startTour();
    if (!m_options.project.isEmpty())
        m_window->openProject(QDir(m_options.project).absolutePath());
    return m_options.paintScript.isEmpty() ? core::Result<void>() : startScript();
}

core::Result<void> Studio::startTour()
{
    if (!m_tourFolder->isValid())
        return core::Error{core::ErrorCode::Io,
                           core::phrase("errors", "No temporary folder can be made for the tour; free some space.")};
    ui::TourParts parts;
    parts.pictureFolder = QDir(m_options.tourFolder).absolutePath();
    parts.workFolder = m_tourFolder->filePath(QStringLiteral("work"));
    parts.makeVolume = makeTourVolume;
    parts.say = say;
    m_tour = std::make_unique<ui::Tour>(*m_window, std::move(parts));
    QObject::connect(m_tour.get(), &ui::Tour::finished, m_window.get(), [this](bool isComplete) {
        // Close as a user would: training ends, strokes are written, then the window goes.
        qApp->setProperty("exitCode", isComplete ? 0 : 1);
        m_window->close();
    });
    m_tour->start();
    return {};
}

core::Result<void> Studio::startScript()
{
    m_script = std::make_unique<ui::PaintScript>(*m_window, say);
    if (const core::Result<void> loaded = m_script->load(m_options.paintScript); !loaded)
        return loaded;
    QObject::connect(m_script.get(), &ui::PaintScript::finished, m_window.get(), [this] { m_window->close(); });
    m_script->start();
    return {};
}

} // namespace semigda::app

// SPDX-License-Identifier: Apache-2.0
#include "app/Workspace.h"
#include "app/studio/Studio.h"
#include "learning/Compute.h"
#include "ui/language/Language.h"

#include <QApplication>
#include <QSurfaceFormat>

#include <cstdio>

using namespace semigda;

namespace
{

constexpr int Failed = 1;
constexpr int WrongUsage = 2;

/// What VTK needs; it has to be set before the application object exists.
void requestOpenGl()
{
    QSurfaceFormat format;
    format.setRenderableType(QSurfaceFormat::OpenGL);
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setDepthBufferSize(8);
    format.setStencilBufferSize(8);
    QSurfaceFormat::setDefaultFormat(format);
}

int fail(const core::Error &error, int status)
{
    std::fprintf(stderr, "semigda-studio: %s\n", error.message.english().c_str());
    return status;
}

} // namespace

int main(int argc, char **argv)
{
    learning::configureThreadWaiting(argv);
    learning::keepFreedMemory();
    requestOpenGl();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("SemiGDA Studio"));
    QApplication::setApplicationVersion(QStringLiteral(SEMIGDA_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("semigda-studio"));
    ui::applyLanguage(application, app::languageChoice(QApplication::arguments()));
    const core::Result<app::StudioOptions> options = app::parseStudioOptions(QApplication::arguments());
    if (!options)
        return fail(options.error(), WrongUsage);
    app::Studio studio(*options, app::createWorkspace());
    if (const core::Result<void> started = studio.start(); !started)
        return fail(started.error(), Failed);
    const int status = QApplication::exec();
    return status != 0 ? status : application.property("exitCode").toInt();
}

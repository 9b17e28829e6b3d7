// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/StudioOptions.h"
#include "core/ports/ProjectSession.h"

#include <memory>

class QTemporaryDir;

namespace semigda::ui
{
class MainWindow;
class PaintScript;
class Tour;
} // namespace semigda::ui

namespace semigda::app
{

/// Puts the window together with its workspace and settings and carries out the command line. Gui thread; needs a
/// QApplication.
class Studio
{
public:
    Studio(const StudioOptions &options, std::shared_ptr<core::Workspace> workspace);
    ~Studio();

    /// Shows the window and starts what the options ask for. Fails with one sentence when that cannot be started.
    core::Result<void> start();

private:
    core::Result<void> startTour();
    core::Result<void> startScript();

    StudioOptions m_options;
    std::unique_ptr<QTemporaryDir> m_tourFolder;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<ui::Tour> m_tour;
    std::unique_ptr<ui::PaintScript> m_script;
};

} // namespace semigda::app

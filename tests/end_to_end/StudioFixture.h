// SPDX-License-Identifier: Apache-2.0
// The studio's main window on a new project in a folder of its own.
#pragma once

#include "app/Workspace.h"
#include "ui/canvas/AnnotationController.h"
#include "ui/canvas/ImageCanvas.h"
#include "ui/canvas/ImageDocument.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/tools/ToolController.h"
#include "ui/window/EditorArea.h"
#include "ui/window/MainWindow.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"

#include <QAction>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <memory>

namespace semigda::test
{

class StudioFixture
{
public:
    static constexpr int SoonMs = 20'000;

    StudioFixture()
        : settings(std::make_shared<ui::UiSettings>(file("settings.ini")))
    {}

    QString file(const char *name) const { return folder.filePath(QString::fromLatin1(name)); }

    /// The window, with no project open.
    bool show(const QString &userName = QStringLiteral("tester"))
    {
        ui::WindowParts parts;
        parts.workspace = app::createWorkspace();
        parts.settings = settings;
        parts.userName = userName;
        window = std::make_unique<ui::MainWindow>(std::move(parts));
        window->resize(1280, 800);
        window->show();
        window->activateWindow();
        return QTest::qWaitForWindowActive(window.get());
    }
    bool createProject(std::initializer_list<const char *> classNames)
    {
        core::LabelSet classes;
        for (const char *name : classNames)
            if (!classes.add(name))
                return false;
        return createProject(classes);
    }
    bool createProject(const core::LabelSet &classes)
    {
        window->createProject(file("p.semigda"), classes);
        return QTest::qWaitFor([this] { return window->project().isOpen(); }, SoonMs);
    }
    /// Waits until there are `count` images in the project and nothing is under way any more.
    bool import(const QStringList &files, std::size_t count)
    {
        window->importPaths(files);
        return QTest::qWaitFor([&] { return model().total() == count && !window->project().tasks().isBusy(); }, SoonMs);
    }
    /// Waits until the image can be painted.
    bool choose(core::ImageId id)
    {
        window->chooseImage(id);
        const bool isShown = QTest::qWaitFor(
            [&] { return editor().isImageShown() && editor().currentImage() == id && document().canEdit(); }, SoonMs);
        editor().canvas().setFocus();
        return isShown;
    }
    /// Waits until the window is gone and nothing is written any more.
    bool close()
    {
        window->close();
        const bool isClosed =
            QTest::qWaitFor([this] { return !window->isVisible() && !window->project().isOpen(); }, SoonMs);
        window.reset();
        return isClosed;
    }

    QAction *action(const char *name) const { return window->findChild<QAction *>(QString::fromLatin1(name)); }
    ui::EditorArea &editor() const { return window->editor(); }
    ui::ImageListModel &model() const { return window->imageList().model(); }
    ui::ImageDocument &document() const { return *editor().annotation()->document(); }
    std::unique_ptr<core::ProjectStore> store() const
    {
        auto opened = window->project().session()->openStore();
        return opened ? std::move(*opened) : nullptr;
    }

    /// A point of the image, in pixels of the canvas.
    QPoint at(double x, double y) const { return editor().toCanvas(x, y).toPoint(); }
    void click(QPoint pixel, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mouseClick(&editor().canvas(), Qt::LeftButton, modifiers, at(pixel.x() + 0.5, pixel.y() + 0.5));
    }

    QTemporaryDir folder;
    std::shared_ptr<ui::UiSettings> settings;
    std::unique_ptr<ui::MainWindow> window;
};

} // namespace semigda::test

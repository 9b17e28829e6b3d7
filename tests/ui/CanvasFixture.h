// SPDX-License-Identifier: Apache-2.0
// A canvas with tools on an in-memory project, as the window puts them together.
#pragma once

#include "support/FakeProjectStore.h"
#include "ui/canvas/AnnotationController.h"
#include "ui/canvas/ImageCanvas.h"
#include "ui/tools/ToolController.h"
#include "ui/window/Actions.h"
#include "ui/window/CanvasActions.h"
#include "ui/work/StoreWorker.h"

#include <QSignalSpy>
#include <QtTest/QTest>

#include <memory>
#include <string>

namespace semigda::test
{

inline core::LabelSet twoClasses(bool areLocked = true)
{
    core::LabelSet classes;
    for (const char *name : {"Lesion", "Cyst"}) {
        core::LabelClass added = *classes.find(*classes.add(name));
        added.locked = areLocked;
        static_cast<void>(classes.replace(added));
    }
    return classes;
}

/// Rows of a mask as text: "." not annotated, "0" background, "1" ... classes; rows end with a line break.
inline std::string picture(const core::LabelMask &mask, const core::PixelRect &part)
{
    std::string text;
    for (int y = part.top; y < part.bottom(); ++y) {
        for (int x = part.left; x < part.right(); ++x) {
            const core::LabelValue value = mask.at(x, y);
            text += value == core::NotAnnotated ? '.' : static_cast<char>('0' + value);
        }
        text += '\n';
    }
    return text;
}

inline std::size_t countOf(const core::LabelMask &mask, core::LabelValue value)
{
    for (const auto &[present, count] : core::countValues(mask)) {
        if (present == value)
            return count;
    }
    return 0;
}

/// A grey 8-bit image whose pixel (x, y) is (x * 7 + y * 13) % 256.
inline core::ImageData patternImage(int width, int height)
{
    core::ImageData image;
    image.width = width;
    image.height = height;
    image.bytes.resize(image.sampleCount());
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            image.bytes[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] =
                static_cast<std::byte>((x * 7 + y * 13) % 256);
    }
    return image;
}

class CanvasFixture
{
public:
    explicit CanvasFixture(bool areLocked = true)
        : classes(twoClasses(areLocked))
    {
        static_cast<void>(project.saveClasses(classes));
        restart();
    }

    /// A new worker, controller and canvas on the same project, as after a restart of the program.
    void restart()
    {
        canvas.reset();
        controller.reset();
        worker.reset();
        worker = std::make_unique<ui::StoreWorker>(std::unique_ptr<core::ProjectStore>(project.openAnother()));
        controller = std::make_unique<ui::AnnotationController>(*worker, "tester");
        tools = std::make_unique<ui::ToolController>();
        canvas = std::make_unique<ui::ImageCanvas>();
        canvas->setTools(tools.get());
        canvas->setClasses(classes);
        canvas->resize(400, 400);
        QObject::connect(controller.get(), &ui::AnnotationController::documentChanged, canvas.get(),
                         &ui::ImageCanvas::setDocument);
        QObject::connect(canvas.get(), &ui::ImageCanvas::documentPainted, controller.get(),
                         &ui::AnnotationController::painted);
        ui::connectCanvas(*new ui::Actions(canvas.get()), *canvas, *tools);
        canvas->show();
        canvas->setFocus();
        // Keys of actions need it.
        static_cast<void>(QTest::qWaitForWindowActive(canvas.get()));
    }

    /// Waits until the image is on the canvas; false when it does not come.
    bool open(core::ImageId id)
    {
        controller->open(id);
        return QTest::qWaitFor([this, id] {
            return !controller->isLoading() && canvas->document() != nullptr && canvas->document()->id() == id;
        });
    }
    bool openNew(int width = 32, int height = 32)
    {
        return open(project.addImage("image " + std::to_string(width), patternImage(width, height)));
    }
    /// Every image pixel is a square of `zoom` widget pixels and the middle of the image is in the middle.
    void zoomTo(double zoom)
    {
        canvas->setZoom(zoom);
        const core::LabelMask &mask = canvas->document()->mask();
        canvas->centreOn({mask.width() / 2.0, mask.height() / 2.0});
    }
    QPoint at(double x, double y) const { return canvas->toWidget({x, y}).toPoint(); }
    /// The middle of an image pixel.
    QPoint pixel(int x, int y) const { return at(x + 0.5, y + 0.5); }

    void press(QPoint point, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mousePress(canvas.get(), Qt::LeftButton, modifiers, point);
    }
    void drag(std::initializer_list<QPoint> way, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        press(*way.begin(), modifiers);
        for (const QPoint &point : way)
            QTest::mouseMove(canvas.get(), point);
        QTest::mouseRelease(canvas.get(), Qt::LeftButton, modifiers, *(way.end() - 1));
    }
    void click(QPoint point, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mouseClick(canvas.get(), Qt::LeftButton, modifiers, point);
    }
    /// What follows a click when the button goes down again soon.
    void doubleClick(QPoint point, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mouseDClick(canvas.get(), button, {}, point);
        QTest::mouseRelease(canvas.get(), button, {}, point);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(canvas.get(), key, modifiers);
    }

    const core::LabelMask &mask() const { return canvas->document()->mask(); }
    std::string shown(const core::PixelRect &part) const { return picture(mask(), part); }
    core::LabelMask stored(core::ImageId id) { return project.annotations().load(id)->mask; }
    bool flush() { return controller->flush(std::chrono::seconds(10)); }

    FakeProjectStore project;
    core::LabelSet classes;
    std::unique_ptr<ui::StoreWorker> worker;
    std::unique_ptr<ui::AnnotationController> controller;
    std::unique_ptr<ui::ToolController> tools;
    std::unique_ptr<ui::ImageCanvas> canvas;
};

} // namespace semigda::test

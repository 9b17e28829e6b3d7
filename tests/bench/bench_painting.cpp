// SPDX-License-Identifier: Apache-2.0
// How fluid painting is: from the event posted to the frame painted, in the studio's own window, while a model trains
// in the same process. Wants a quiet machine with two cores and 4 GiB; QT_QPA_PLATFORM=offscreen will do.
#include "bench/Measuring.h"
#include "bench/PaintingDesk.h"
#include "bench/PaintingFiles.h"
#include "learning/Compute.h"
#include "ui/canvas/AnnotationController.h"
#include "ui/canvas/ImageCanvas.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/window/EditorArea.h"

#include <QAction>
#include <QApplication>
#include <QListView>
#include <QScrollBar>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <string_view>

#include <unistd.h>

namespace
{

using namespace semigda;
using bench::Latencies;
using bench::PaintingDesk;

constexpr double Mebibyte = 1024.0 * 1024.0;

/// Resident memory now, in MiB.
double residentMemory()
{
    std::ifstream statistics("/proc/self/statm");
    double pages = 0.0;
    double resident = 0.0;
    statistics >> pages >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / Mebibyte;
}

/// One line of the report; `most` is what was promised.
void tell(const char *what, double value, const char *unit, double most)
{
    std::printf("%-58s %9.1f %-3s  at most %7.1f  %s\n", what, value, unit, most, value <= most ? "yes" : "NO");
    std::fflush(stdout);
}

void note(const char *what, double value, const char *unit)
{
    std::printf("%-58s %9.1f %s\n", what, value, unit);
    std::fflush(stdout);
}

/// A worst case that was this much longer than usual need not be the program's doing.
void tellMachine()
{
    const bench::MachineStalls stalls = bench::machineStalls(4.0);
    note("the machine alone, longest stall within 4 s", stalls.longest * 1000.0, "ms");
    note("the machine alone, stalls of 10 ms and more", stalls.perSecond, "per s");
}

/// A loop of `count` points around the middle of what is on show, that never leaves it.
std::vector<QPointF> loop(const ui::ImageCanvas &canvas, int count, double phase)
{
    const QPointF middle = canvas.toImage({canvas.width() / 2.0, canvas.height() / 2.0});
    const double reach = 0.4 * std::min(canvas.width(), canvas.height()) / canvas.zoom();
    std::vector<QPointF> way;
    for (int i = 0; i < count; ++i) {
        const double angle = phase + 0.05 * i;
        way.push_back(middle + reach * QPointF(std::cos(angle), std::sin(2.3 * angle)));
    }
    return way;
}

Latencies strokes(PaintingDesk &desk, int count, double phase = 0.0)
{
    constexpr int Moves = 60;
    Latencies moves;
    for (int i = 0; i < count; ++i)
        desk.stroke(loop(desk.window().editor().canvas(), Moves, phase + i), moves);
    desk.settle();
    return moves;
}

void setBrush(PaintingDesk &desk, double size)
{
    desk.window().findChild<QAction *>(QStringLiteral("actionBrush"))->trigger();
    desk.window().editor().setBrushSize(size);
}

core::Result<void> measureBrush(PaintingDesk &desk, core::ImageId large, const char *load)
{
    if (const auto shown = desk.show(large); !shown)
        return shown.error();
    ui::ImageCanvas &canvas = desk.window().editor().canvas();
    setBrush(desk, 50.0);
    for (const bool isFitted : {false, true}) {
        if (isFitted)
            canvas.fit();
        else
            canvas.actualSize();
        const Latencies moves = strokes(desk, 20);
        const std::string where = std::string("brush of 50 px, 8192 x 8192, 16 bit, ") + (isFitted ? "fitted" : "1:1");
        tell((where + ", " + load + ", p95").c_str(), moves.percentile(0.95), "ms", 16.0);
        tell((where + ", " + load + ", p99").c_str(), moves.percentile(0.99), "ms", 33.0);
    }
    return {};
}

/// The same strokes on images of other sizes, at the same zoom.
core::Result<void> measureFlatness(PaintingDesk &desk, const std::vector<core::ImageId> &byWidth)
{
    ui::ImageCanvas &canvas = desk.window().editor().canvas();
    setBrush(desk, 50.0);
    // In turn, so that a machine that slows down slows all of them.
    std::vector<std::vector<double>> medians(byWidth.size());
    for (int round = 0; round < 5; ++round) {
        for (std::size_t i = 0; i < byWidth.size(); ++i) {
            if (const auto shown = desk.show(byWidth[i]); !shown)
                return shown.error();
            canvas.actualSize();
            medians[i].push_back(strokes(desk, 4, round).percentile(0.5));
        }
    }
    const double narrow = bench::median(medians.front());
    note("stroke, 1024 wide, median", narrow, "ms");
    note("stroke, 16384 wide, median", bench::median(medians.back()), "ms");
    std::vector<double> ratios;
    for (std::size_t round = 0; round < medians.front().size(); ++round)
        ratios.push_back(medians.back()[round] / medians.front()[round]);
    tell("16384 to 1024 wide", bench::median(ratios), "x", 1.2);
    return {};
}

core::Result<void> measureFill(PaintingDesk &desk, core::ImageId fourMegapixels)
{
    if (const auto shown = desk.show(fourMegapixels); !shown)
        return shown.error();
    ui::EditorArea &editor = desk.window().editor();
    desk.window().findChild<QAction *>(QStringLiteral("actionFill"))->trigger();
    Latencies fills;
    Latencies undos;
    for (int i = 0; i < 10; ++i) {
        fills.add(desk.click({100.0, 100.0}));
        desk.settle();
        undos.add(desk.untilEdited([&] { editor.undo(); }));
        desk.settle();
        undos.add(desk.untilEdited([&] { editor.redo(); }));
        desk.settle();
        undos.add(desk.untilEdited([&] { editor.undo(); }));
        desk.settle();
    }
    tell("fill of 4 megapixels, median", fills.percentile(0.5), "ms", 150.0);
    tell("fill of 4 megapixels, worst of 10", fills.percentile(1.0), "ms", 150.0);
    tell("undo and redo of that fill, median", undos.percentile(0.5), "ms", 16.0);
    tell("undo and redo of that fill, worst of 30", undos.percentile(1.0), "ms", 16.0);
    return {};
}

core::Result<void> measureHistory(PaintingDesk &desk, core::ImageId large)
{
    if (const auto shown = desk.show(large); !shown)
        return shown.error();
    ui::EditorArea &editor = desk.window().editor();
    editor.canvas().fit();
    setBrush(desk, 50.0);
    const double before = residentMemory();
    constexpr int Strokes = 1000;
    Latencies moves;
    for (int i = 0; i < Strokes; ++i)
        desk.stroke(loop(editor.canvas(), 8, 0.37 * i), moves);
    desk.settle();
    tell("memory of 1000 strokes on 8192 x 8192", residentMemory() - before, "MiB", 200.0);
    Latencies undos;
    for (int i = 0; i < 100; ++i)
        undos.add(desk.untilEdited([&] { editor.undo(); }));
    for (int i = 0; i < 100; ++i)
        undos.add(desk.untilEdited([&] { editor.redo(); }));
    desk.settle();
    tell("undo and redo of strokes, p95", undos.percentile(0.95), "ms", 16.0);
    tell("undo and redo of strokes, worst of 200", undos.percentile(1.0), "ms", 16.0);
    return {};
}

core::Result<void> measureSwitching(PaintingDesk &desk, const std::vector<core::ImageId> &images, const char *what,
                                    double most)
{
    Latencies switches;
    for (int round = 0; round < 3; ++round) {
        for (const core::ImageId id : images) {
            const auto shown = desk.show(id);
            if (!shown)
                return shown.error();
            if (round > 0)
                switches.add(shown->painted);
        }
    }
    tell((std::string(what) + ", median").c_str(), switches.percentile(0.5), "ms", most);
    tell((std::string(what) + ", worst of " + std::to_string(switches.count())).c_str(), switches.percentile(1.0), "ms",
         most);
    return {};
}

/// What it takes to show images.
struct Jumps
{
    Latencies painted;
    Latencies sharp;
    Latencies seen;

    void add(const PaintingDesk::Switch &shown)
    {
        painted.add(shown.painted);
        sharp.add(shown.sharp);
        seen.add(shown.seen);
    }
    void tellAll(std::string_view how, int bits) const
    {
        const std::string what = "jump, " + std::string(how) + ", 4096 x 4096, " + std::to_string(bits) + " bit, ";
        const std::string worst = "worst of " + std::to_string(painted.count());
        tell((what + "median").c_str(), painted.percentile(0.5), "ms", 100.0);
        tell((what + worst).c_str(), painted.percentile(1.0), "ms", 100.0);
        tell((what + "from afar, median").c_str(), sharp.percentile(0.5), "ms", 100.0);
        tell((what + "from afar, " + worst).c_str(), sharp.percentile(1.0), "ms", 100.0);
        tell((what + "first sight, worst").c_str(), seen.percentile(1.0), "ms", 100.0);
    }
};

/// How the image is chosen.
enum class By { Itself, Click };

/// The decoded copy that importing left, or the file itself, as where there is no room for copies.
enum class ReadFrom { Copy, File };

/// From when the pointer comes to a row until its button is pressed, in milliseconds.
constexpr int PauseBeforeClick = 300;

/// To an image that is in no memory: it is read first. `filler` takes all the memory that images are kept in, and its
/// own neighbours are too large to be read ahead.
core::Result<void> measureReading(PaintingDesk &desk, core::ImageId image, core::ImageId filler, std::string_view how,
                                  int bits, By by = By::Itself, ReadFrom from = ReadFrom::Copy)
{
    Jumps jumps;
    for (int round = 0; round < 5; ++round) {
        if (const auto shown = desk.show(filler); !shown)
            return shown.error();
        if (const auto forgotten = desk.untilForgotten(image); !forgotten)
            return forgotten;
        if (from == ReadFrom::File)
            desk.hideCopies();
        const auto shown = by == By::Click ? desk.showByClick(image, PauseBeforeClick) : desk.show(image);
        if (!shown)
            return shown.error();
        jumps.add(*shown);
    }
    desk.bringBackCopies();
    jumps.tellAll(how, bits);
    return {};
}

/// The same while the project that was just opened still reads the neighbours of its first image.
core::Result<void> measureReadingAfterOpening(PaintingDesk &desk, core::ImageId image, int bits)
{
    Jumps jumps;
    for (int round = 0; round < 5; ++round) {
        if (const auto opened = desk.reopen(); !opened)
            return opened;
        const auto shown = desk.show(image);
        if (!shown)
            return shown.error();
        jumps.add(*shown);
    }
    jumps.tellAll("just opened", bits);
    return {};
}

core::Result<void> measureManyImages(PaintingDesk &desk)
{
    constexpr int Images = 100'000;
    const auto opened = desk.timeToOpen([](core::ProjectStore &store) {
        return store.inTransaction([&]() -> core::Result<void> {
            for (int i = 0; i < Images; ++i) {
                core::NewImage image;
                char hash[65];
                std::snprintf(hash, sizeof(hash), "%064d", i);
                image.source.sha256 = hash;
                image.source.format = "png";
                image.name = "patient_" + std::to_string(i / 10) + "_view_" + std::to_string(i % 10);
                image.patientKey = "patient_" + std::to_string(i / 10);
                image.width = image.height = 512;
                image.thumbnail.width = image.thumbnail.height = 96;
                image.thumbnail.rgb.assign(96 * 96 * 3, static_cast<std::uint8_t>(i));
                if (const auto added = store.images().add(image); !added)
                    return added.error();
            }
            return {};
        });
    });
    if (!opened)
        return opened.error();
    tell("project of 100,000 images, open", *opened, "ms", 1000.0);
    auto *list = desk.window().findChild<QListView *>(QStringLiteral("imageListView"));
    ui::ImageListModel &model = desk.window().imageList().model();
    Latencies filters;
    for (const char *text : {"9", "99", "999", "view_3", "patient_77", ""}) {
        filters.add(desk.untilPainted(*list->viewport(), [&] {
            ui::ImageFilter filter = model.filter();
            filter.text = QString::fromLatin1(text);
            model.setFilter(filter);
        }));
    }
    tell("filter, worst of 6", filters.percentile(1.0), "ms", 100.0);
    Latencies frames;
    QScrollBar *bar = list->verticalScrollBar();
    for (int i = 0; i < 400; ++i) {
        const int step = i % 40 == 39 ? bar->maximum() / 11 : 3 * bar->singleStep();
        frames.add(
            desk.untilPainted(*list->viewport(), [&] { bar->setValue((bar->value() + step) % bar->maximum()); }));
    }
    tell("scrolling frame, worst of 400", frames.percentile(1.0), "ms", 33.0);
    note("resident memory at the end", residentMemory(), "MiB");
    return {};
}

core::Result<void> run(std::string_view only)
{
    const auto isWanted = [only](std::string_view part) { return only.empty() || only == part; };
    PaintingDesk desk;
    // First, so that its memory is the list's own.
    if (isWanted("list")) {
        tellMachine();
        PaintingDesk many;
        const auto measured = measureManyImages(many);
        if (!measured)
            return measured;
        tell("resident memory with 100,000 images", residentMemory(), "MiB", 400.0);
        if (!only.empty())
            return {};
    }
    struct Picture
    {
        int side;
        int bits;
    };
    constexpr int TimedToRead = 4096;
    const Picture pictures[] = {{1024, 8},  {2048, 8},  {4096, 8},  {4096, 8},
                                {4096, 16}, {4096, 16}, {8192, 16}, {16384, 8}};
    std::vector<std::filesystem::path> files;
    for (std::size_t i = 0; i < std::size(pictures); ++i) {
        files.push_back(desk.folder() / ("picture" + std::to_string(i) + ".png"));
        const auto written =
            bench::writePicture(files.back(), pictures[i].side, pictures[i].bits, static_cast<unsigned>(i),
                                pictures[i].side == TimedToRead ? bench::Packing::Usual : bench::Packing::None);
        if (!written)
            return written;
    }
    if (const auto imported = desk.import(files); !imported)
        return imported;
    const core::ImageId narrow = desk.image(0);
    const core::ImageId large = desk.image(6);
    const core::ImageId huge = desk.image(7);
    using Measure = std::function<core::Result<void>()>;
    std::vector<std::pair<std::string_view, Measure>> measures{
        {"flat",
         [&] {
             return measureFlatness(desk, {narrow, huge});
         }},
        {"brush", [&] { return measureBrush(desk, large, "quiet"); }},
        {"fill", [&] { return measureFill(desk, desk.image(1)); }},
        {"history", [&] { return measureHistory(desk, large); }},
        {"switch",
         [&] {
             return measureSwitching(desk, {desk.image(2), desk.image(3)}, "image switch, 4096 x 4096, 8 bit", 100.0);
         }},
        {"switch",
         [&] {
             return measureSwitching(desk, {desk.image(4), desk.image(5)}, "image switch, 4096 x 4096, 16 bit", 100.0);
         }},
        {"switch", [&] { return measureReading(desk, desk.image(3), huge, "quiet", 8); }},
        {"switch", [&] { return measureReading(desk, desk.image(5), huge, "quiet", 16); }},
        {"switch", [&] { return measureReading(desk, desk.image(3), huge, "clicked", 8, By::Click); }},
        {"switch", [&] { return measureReading(desk, desk.image(5), huge, "clicked", 16, By::Click); }},
        {"switch", [&] { return measureReadingAfterOpening(desk, desk.image(3), 8); }},
        {"switch", [&] { return measureReadingAfterOpening(desk, desk.image(5), 16); }},
        {"switch", [&] { return measureReading(desk, desk.image(3), huge, "no copy", 8, By::Itself, ReadFrom::File); }},
        {"switch",
         [&] { return measureReading(desk, desk.image(5), huge, "no copy", 16, By::Itself, ReadFrom::File); }},
        {"slices",
         [&]() -> core::Result<void> {
             const std::filesystem::path cube = desk.folder() / "cube.nrrd";
             if (const auto written = bench::writeCube(cube, 512); !written)
                 return written;
             if (const auto imported = desk.import({cube}); !imported)
                 return imported;
             std::vector<core::ImageId> slices;
             for (int z = 200; z < 240; ++z)
                 slices.push_back(desk.image(static_cast<int>(files.size()) + z));
             return measureSwitching(desk, slices, "slice change, 512 x 512 x 512", 30.0);
         }},
        {"training",
         [&]() -> core::Result<void> {
             if (const auto started = desk.startTraining(); !started)
                 return started;
             if (const auto measured = measureBrush(desk, large, "training"); !measured)
                 return measured;
             if (const auto measured = measureFill(desk, desk.image(1)); !measured)
                 return measured;
             if (const auto measured = measureReading(desk, desk.image(3), huge, "training", 8); !measured)
                 return measured;
             if (const auto measured = measureReading(desk, desk.image(5), huge, "training", 16); !measured)
                 return measured;
             if (const auto measured = measureReading(desk, desk.image(3), huge, "clicked, training", 8, By::Click);
                 !measured)
                 return measured;
             return measureReading(desk, desk.image(5), huge, "clicked, training", 16, By::Click);
         }},
    };
    for (const auto &[part, measure] : measures) {
        if (!isWanted(part))
            continue;
        tellMachine();
        if (const auto measured = measure(); !measured)
            return measured;
    }
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    learning::configureThreadWaiting(argv);
    learning::keepFreedMemory();
    QApplication application(argc, argv);
    std::string_view only;
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--only" && i + 1 < argc) {
            only = argv[++i];
        } else {
            std::fputs("bench_painting [--only list|flat|brush|fill|history|switch|slices|training]\n", stderr);
            return 2;
        }
    }
    if (const auto done = run(only); !done) {
        std::fprintf(stderr, "%s\n", done.error().message.english().c_str());
        return 1;
    }
    return 0;
}

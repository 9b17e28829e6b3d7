// SPDX-License-Identifier: Apache-2.0
#include "app/sample/SampleGenerator.h"

#include "app/sample/CtSample.h"
#include "app/sample/SampleRandom_p.h"
#include "app/sample/UltrasoundSample.h"

#include "core/AtomicFile.h"
#include "storage/MaskFiles.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <future>
#include <thread>

namespace semigda::app
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::phrase;
using core::Result;

constexpr int MostImages = 100000;

struct Folders
{
    std::filesystem::path images;
    std::filesystem::path masks;
};

std::string numbered(const char *pattern, int number)
{
    char text[32];
    std::snprintf(text, sizeof text, pattern, number);
    return text;
}

Error cancelled()
{
    return {ErrorCode::Cancelled,
            phrase("errors", "Making samples was stopped; the files written so far are complete.")};
}

/// An empty folder, made when missing.
Result<void> prepare(const std::filesystem::path &folder)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        return core::fileError(phrase("errors", "make the folder"), folder, failure.value());
    }
    const bool isEmpty = std::filesystem::is_empty(folder, failure);
    if (failure) {
        return core::fileError(phrase("errors", "read the folder"), folder, failure.value());
    }
    if (!isEmpty) {
        return Error{ErrorCode::AlreadyExists,
                     phrase("errors", "The folder %1 holds files already; choose another folder or empty it.")
                         .with(folder.string())};
    }
    return {};
}

Result<int> checkedSize(const SampleOptions &options)
{
    const bool isCt = options.kind == SampleKind::CtVolume;
    const int size = options.size == 0 ? (isCt ? 128 : 256) : options.size;
    const int largest = isCt ? 512 : 2048;
    if (size < 64 || size > largest) {
        return Error{ErrorCode::InvalidArgument,
                     phrase("errors", "The size %1 is not possible; give 64 to %2 pixels.").with(size, largest)};
    }
    if (options.count < 1 || options.count > MostImages) {
        return Error{ErrorCode::InvalidArgument,
                     phrase("errors", "The count %1 is not possible; give 1 to %2.").with(options.count, MostImages)};
    }
    return size;
}

core::LabelSet classesOf(SampleKind kind)
{
    core::LabelSet classes;
    const std::vector<std::string> names = kind == SampleKind::Ultrasound
                                               ? std::vector<std::string>{"Lesion"}
                                               : std::vector<std::string>{"Liver", "Lesion", "Kidney"};
    for (const std::string &name : names) {
        static_cast<void>(classes.add(name).has_value());
    }
    return classes;
}

/// One of each eight images, at a place that looks random, has no lesion.
bool hasLesion(std::uint64_t seed, int index)
{
    const auto block = static_cast<std::uint64_t>(index / 8);
    return index % 8 != SampleRandom::of(seed, 1000000 + block).integer(0, 7);
}

Result<void> makeUltrasound(const SampleOptions &options, int size, const Folders &folders,
                            const core::ProgressSink &progress, const std::stop_token &stop, SampleReport &report)
{
    // Images are independent of one another, so all cores may work; files are written in order.
    const int atOnce = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 16U));
    for (int first = 0; first < options.count; first += atOnce) {
        std::vector<std::future<UltrasoundSample>> batch;
        for (int i = first; i < std::min(first + atOnce, options.count); ++i) {
            batch.push_back(std::async(std::launch::async, [&options, size, i] {
                const auto number = static_cast<std::uint64_t>(i);
                return makeUltrasoundSample(size, hasLesion(options.seed, i),
                                            SampleRandom::of(options.seed, number).next());
            }));
        }
        for (std::size_t k = 0; k < batch.size(); ++k) {
            const UltrasoundSample sample = batch[k].get();
            if (stop.stop_requested()) {
                return cancelled();
            }
            const std::string name = numbered("us_%04d.png", first + static_cast<int>(k) + 1);
            const std::filesystem::path image = folders.images / name;
            const std::filesystem::path mask = folders.masks / name;
            if (auto written = storage::writeImagePng(sample.image, image); !written) {
                return written;
            }
            if (auto written = storage::writeImagePng(sample.mask, mask); !written) {
                return written;
            }
            report.images.push_back(image);
            report.masks.push_back(mask);
            report.withoutLesion += sample.hasLesion ? 0 : 1;
            if (progress) {
                progress({report.images.size(), static_cast<std::size_t>(options.count), name});
            }
        }
    }
    return {};
}

Result<void> makeCt(const SampleOptions &options, int size, const Folders &folders, const core::ProgressSink &progress,
                    const std::stop_token &stop, SampleReport &report)
{
    const auto slices = static_cast<std::size_t>(ctSliceCount(size));
    for (int i = 0; i < options.count; ++i) {
        const std::string name = numbered("ct_%02d", i + 1);
        const std::uint64_t seed = SampleRandom::of(options.seed, static_cast<std::uint64_t>(i)).next();
        const CtSample sample = makeCtSample(
            size, seed,
            [&](int done) {
                if (progress) {
                    progress({static_cast<std::size_t>(i) * slices + static_cast<std::size_t>(done),
                              static_cast<std::size_t>(options.count) * slices, name});
                }
            },
            stop);
        if (stop.stop_requested()) {
            return cancelled();
        }
        const std::filesystem::path mask = folders.masks / (name + ".nii.gz");
        const auto written =
            storage::writeDicomSeries(sample.volume, "SAMPLE-" + name, folders.images / name, options.seed);
        if (!written) {
            return written.error();
        }
        if (auto labels = storage::writeLabelNifti(sample.labels, mask); !labels) {
            return labels;
        }
        report.images.push_back(folders.images / name);
        report.masks.push_back(mask);
    }
    return {};
}

} // namespace

std::optional<SampleKind> sampleKindFrom(const std::string &word)
{
    if (word == "ultrasound") {
        return SampleKind::Ultrasound;
    }
    if (word == "ct-volume") {
        return SampleKind::CtVolume;
    }
    return std::nullopt;
}

Result<SampleReport> generateSample(const SampleOptions &options, const core::ProgressSink &progress,
                                    std::stop_token stop)
{
    const Result<int> size = checkedSize(options);
    if (!size) {
        return size.error();
    }
    const Folders folders{options.folder / "images", options.folder / "masks"};
    for (const std::filesystem::path &folder : {folders.images, folders.masks}) {
        if (const auto ready = prepare(folder); !ready) {
            return ready.error();
        }
    }
    SampleReport report;
    report.classes = classesOf(options.kind);
    try {
        const auto made = options.kind == SampleKind::Ultrasound
                              ? makeUltrasound(options, *size, folders, progress, stop, report)
                              : makeCt(options, *size, folders, progress, stop, report);
        if (!made) {
            return made.error();
        }
    } catch (const std::exception &) { // no memory, or no further thread
        return Error{
            ErrorCode::OutOfMemory,
            phrase("errors",
                   "Making samples needs more memory than is free; choose a smaller size or close other programs.")};
    }
    return report;
}

} // namespace semigda::app

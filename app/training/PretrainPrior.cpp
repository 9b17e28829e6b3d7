// SPDX-License-Identifier: Apache-2.0
#include "app/training/PretrainPrior.h"

#include "app/import/FileCollection.h"
#include "app/import/ImportPlan.h"
#include "app/import/MaskFolder.h"
#include "core/AtomicFile.h"
#include "core/Numbers.h"

#include <functional>

namespace semigda::app
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr std::size_t MostPictures = 6000;
constexpr std::size_t MostForPrior = 3000; ///< it keeps them at twice the size

std::string shown(const learning::PriorTrainingProgress &state)
{
    return "step " + std::to_string(state.step) + ", error of pictures " + core::fixedText(state.pictureError, 4)
           + ", of masks " + core::fixedText(state.maskError, 4);
}

std::string shown(const core::TrainingProgress &state)
{
    std::string text = core::describe(state.phase);
    text += ", step " + std::to_string(state.step);
    if (state.validationDice) {
        text += ", Dice " + core::fixedText(*state.validationDice, 3);
    }
    return text;
}

/// Masks of one class, whatever their value, or of up to eight.
class Masks
{
public:
    static Result<Masks> open(const std::filesystem::path &folder)
    {
        Masks masks;
        for (std::size_t classes : {1U, 8U}) {
            core::LabelSet set;
            for (std::size_t i = 0; i < classes; ++i) {
                static_cast<void>(set.add("Structure " + std::to_string(i + 1)).has_value());
            }
            Result<MaskFolder> opened = MaskFolder::open(folder, set);
            if (!opened)
                return opened.error();
            masks.m_folders.push_back(std::move(*opened));
        }
        return masks;
    }

    Result<std::optional<core::LabelMask>> maskFor(const PlannedImage &image, const PlannedFile &file)
    {
        Result<std::optional<core::LabelMask>> found = m_folders[0].maskFor(image, file);
        const bool hasMoreClasses = !found && found.error().code == ErrorCode::UnknownValue;
        return hasMoreClasses ? m_folders[1].maskFor(image, file) : found;
    }

private:
    std::vector<MaskFolder> m_folders;
};

class Pretraining
{
public:
    Pretraining(const PretrainRequest &request, const core::ProgressSink &progress, const std::stop_token &stop)
        : m_request(request)
        , m_progress(progress)
        , m_stop(stop)
    {}
    ~Pretraining()
    {
        std::error_code ignored;
        if (!m_runFolder.empty())
            std::filesystem::remove_all(m_runFolder, ignored);
    }
    Pretraining(const Pretraining &) = delete;
    Pretraining &operator=(const Pretraining &) = delete;
    Result<PretrainReport> run();

private:
    Result<void> prepare();
    Result<void> addPictures();
    Result<void> addMask(const core::ImageData &picture, const PlannedImage &planned, const PlannedFile &file);
    Result<void> trainPrior();
    Result<void> trainNetworks();
    /// Until it has finished or the user stops.
    template <typename Training> Result<void> train(Training &training, const std::function<void()> &afterStep);

    const PretrainRequest &m_request;
    const core::ProgressSink &m_progress;
    const std::stop_token &m_stop;
    PretrainReport m_report;
    std::filesystem::path m_runFolder;
    std::optional<Masks> m_masks;
    std::unique_ptr<learning::PriorTraining> m_prior;
    std::unique_ptr<learning::NetworkPretraining> m_networks;
};

Result<void> Pretraining::prepare()
{
    if (m_request.out.extension() != ".safetensors")
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim("The weights are written as safetensors; name the file of --out "
                                              "something.safetensors, not "
                                              + m_request.out.string() + ".")};
    // Half an hour of training must not end at a folder that is not there.
    const std::filesystem::path folder = std::filesystem::absolute(m_request.out).parent_path();
    std::error_code failure;
    if (!std::filesystem::is_directory(folder, failure))
        return Error{ErrorCode::NotFound,
                     core::Sentence::verbatim("The folder " + folder.string()
                                              + " of --out does not exist; make it and start again.")};
    if (m_request.epochs == 0 && !(m_request.prior.empty() && m_request.masks.empty()))
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim(
                         "A trained prior and masks serve to train all networks; say with --epochs how long.")};
    if (!m_request.masks.empty() && m_request.paths.empty())
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim("Masks need their images; name the folder with the images too.")};
    if (m_request.prior.empty()) {
        auto prior = learning::PriorTraining::create(m_request.options);
        if (!prior)
            return prior.error();
        m_prior = std::move(*prior);
    }
    if (m_request.epochs == 0)
        return {};
    if (!m_request.masks.empty()) {
        Result<Masks> masks = Masks::open(m_request.masks);
        if (!masks)
            return masks.error();
        m_masks = std::move(*masks);
    }
    std::filesystem::path runFolder = m_request.out;
    runFolder += ".run";
    // It is removed at the end, so it must not be anyone else's.
    const bool isNew = std::filesystem::create_directory(runFolder, failure);
    if (failure)
        return core::fileError(core::phrase("errors", "make the folder"), runFolder, failure.value());
    if (!isNew)
        return Error{ErrorCode::AlreadyExists,
                     core::Sentence::verbatim("The folder " + runFolder.string()
                                              + " is needed for the training but exists already; move it away or "
                                                "choose another file for --out.")};
    m_runFolder = runFolder;
    // One level down: a run keeps things beside its folder too.
    const std::filesystem::path run = m_runFolder / "run";
    std::filesystem::create_directory(run, failure);
    if (failure)
        return core::fileError(core::phrase("errors", "make the folder"), run, failure.value());
    learning::NetworkPretrainingOptions options;
    options.epochs = m_request.epochs;
    options.scenes = m_request.scenes;
    options.imageSize = m_request.options.imageSize;
    options.seed = m_request.options.seed;
    options.device = m_request.options.device;
    options.prior = m_request.prior.empty() ? m_request.out : m_request.prior;
    options.runFolder = run;
    auto networks = learning::NetworkPretraining::create(options);
    if (!networks)
        return networks.error();
    m_networks = std::move(*networks);
    return {};
}

Result<void> Pretraining::addMask(const core::ImageData &picture, const PlannedImage &planned, const PlannedFile &file)
{
    Result<std::optional<core::LabelMask>> mask = m_masks->maskFor(planned, file);
    if (!mask) {
        const bool isTold = std::any_of(m_report.skipped.begin(), m_report.skipped.end(),
                                        [&](const core::ImportIssue &each) { return each.error == mask.error(); });
        if (!isTold)
            m_report.skipped.push_back({file.path, mask.error()});
        return {};
    }
    return *mask ? m_networks->addPicture(picture, **mask) : Result<void>();
}

Result<void> Pretraining::addPictures()
{
    core::ImportRequest wanted;
    wanted.paths = m_request.paths;
    wanted.masks = m_request.masks;
    wanted.recursive = true;
    CollectedFiles collected = collectFiles(wanted, m_stop);
    m_report.skipped = std::move(collected.problems);
    ImportPlan plan = planImport(collected.files, {}, m_stop);
    std::move(plan.skipped.begin(), plan.skipped.end(), std::back_inserter(m_report.skipped));
    const std::size_t count = std::min(plan.images.size(), MostPictures);
    for (std::size_t i = 0; i < count && !m_stop.stop_requested(); ++i) {
        const PlannedImage &planned = plan.images[i * plan.images.size() / count];
        const PlannedFile &file = plan.files[planned.file];
        if (m_progress)
            m_progress({i, count, "reading " + planned.name});
        const Result<core::ImageData> picture = storage::readImage(file.path, planned.frame);
        if (!picture) {
            m_report.skipped.push_back({file.path, picture.error()});
            continue;
        }
        ++m_report.pictures;
        const bool isForPrior = m_prior && i % ((count + MostForPrior - 1) / MostForPrior) == 0;
        if (Result<void> added = isForPrior ? m_prior->addPicture(*picture) : Result<void>(); !added)
            return added;
        if (m_masks)
            if (Result<void> added = addMask(*picture, planned, file); !added)
                return added;
    }
    m_report.masks = m_networks ? m_networks->pictureCount() : 0;
    if (m_stop.stop_requested())
        return Error{ErrorCode::Cancelled,
                     core::Sentence::verbatim("Stopped before training began; nothing was written.")};
    if (m_report.pictures == 0)
        return Error{
            ErrorCode::NotFound,
            core::Sentence::verbatim("There is no readable image in what was given; name image files or folders.")};
    return {};
}

template <typename Training> Result<void> Pretraining::train(Training &training, const std::function<void()> &afterStep)
{
    while (true) {
        const Result<learning::StepOutcome> outcome = training.step();
        if (!outcome)
            return outcome.error();
        afterStep();
        if (*outcome == learning::StepOutcome::Finished)
            return {};
        if (m_stop.stop_requested()) {
            m_report.isStoppedEarly = true;
            return {};
        }
    }
}

Result<void> Pretraining::trainPrior()
{
    const Result<void> trained = train(*m_prior, [this] {
        m_report.end = m_prior->progress();
        if (m_progress)
            m_progress({static_cast<std::size_t>(m_report.end.fraction * 100.0), 100, shown(m_report.end)});
    });
    return trained ? m_prior->write(m_request.out, m_request.command) : trained;
}

Result<void> Pretraining::trainNetworks()
{
    m_prior.reset();
    const Result<void> trained = train(*m_networks, [this] {
        m_report.networks = m_networks->progress();
        if (m_progress)
            m_progress({static_cast<std::size_t>(m_report.networks->fraction * 100.0), 100, shown(*m_report.networks)});
    });
    if (!trained)
        return trained;
    const Result<void> written = m_networks->write(m_request.out, m_request.command);
    if (!m_report.isStoppedEarly || written || written.error().code != ErrorCode::NotFound)
        return written;
    // Stopped before any network could outline anything: what is written is the prior.
    if (m_request.prior.empty())
        return {};
    return Error{ErrorCode::Cancelled,
                 core::Sentence::verbatim("Stopped before the networks could outline anything; nothing was written.")};
}

Result<PretrainReport> Pretraining::run()
{
    if (const Result<void> ready = prepare(); !ready)
        return ready.error();
    if (!m_request.paths.empty())
        if (const Result<void> added = addPictures(); !added)
            return added.error();
    if (m_networks)
        if (const Result<void> enough = m_networks->checkEnough(); !enough)
            return enough.error();
    Result<void> done = m_prior ? trainPrior() : Result<void>();
    if (done && m_networks && !m_report.isStoppedEarly)
        done = trainNetworks();
    if (!done)
        return done.error();
    return std::move(m_report);
}

} // namespace

Result<PretrainReport> pretrainPrior(const PretrainRequest &request, const core::ProgressSink &progress,
                                     const std::stop_token &stop)
{
    return Pretraining(request, progress, stop).run();
}

} // namespace semigda::app

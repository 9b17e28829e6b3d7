// SPDX-License-Identifier: Apache-2.0
#include "support/FakeProjectStore.h"

#include "support/FakeProject_p.h"

#include <QtTest/QTest>

namespace semigda::test
{

FakeProjectStore::FakeProjectStore(const std::filesystem::path &folder)
    : FakeProjectStore(std::make_shared<FakeProject>())
{
    m_project->folder = folder;
}

FakeProjectStore::FakeProjectStore(std::shared_ptr<FakeProject> project)
    : m_project(std::move(project))
    , m_images(makeFakeCatalog(m_project))
    , m_annotations(makeFakeAnnotations(m_project))
    , m_predictions(makeFakePredictions(m_project))
    , m_runs(makeFakeRuns(m_project))
{}

FakeProjectStore::~FakeProjectStore() = default;

std::unique_ptr<FakeProjectStore> FakeProjectStore::openAnother() const
{
    return std::unique_ptr<FakeProjectStore>(new FakeProjectStore(m_project));
}

core::ImageId FakeProjectStore::addImage(const std::string &name, const core::ImageData &pixels, core::Split split,
                                         const std::string &patientKey)
{
    const std::lock_guard lock(m_project->mutex);
    core::NewImage image;
    image.name = name;
    image.source.sha256 = "fake-" + std::to_string(m_project->content.lastImage + 1);
    image.source.format = "png";
    image.width = pixels.width;
    image.height = pixels.height;
    image.channels = pixels.channels;
    image.bitsPerSample = static_cast<int>(core::bytesPerSample(pixels.type)) * 8;
    image.geometry = pixels.geometry;
    image.patientKey = patientKey;
    image.split = split;
    image.thumbnail = core::makeThumbnail(pixels);
    const core::ImageId id = m_images->add(image).value();
    setPixels(id, pixels);
    return id;
}

core::ImageId FakeProjectStore::addImage(const std::string &name, int width, int height)
{
    core::ImageData grey;
    grey.width = width;
    grey.height = height;
    grey.bytes.assign(grey.sampleCount(), std::byte{90});
    return addImage(name, grey);
}

void FakeProjectStore::setPixels(core::ImageId id, const core::ImageData &pixels)
{
    const std::lock_guard lock(m_project->mutex);
    FakeImage *image = m_project->image(id);
    QVERIFY(image);
    image->pixels = std::make_shared<const core::ImageData>(pixels);
}

int FakeProjectStore::timesKept(core::ImageId id) const
{
    const std::lock_guard lock(m_project->mutex);
    const FakeImage *image = m_project->image(id);
    return image ? image->timesKept : 0;
}

core::RunId FakeProjectStore::addRun(const std::string &method)
{
    return m_runs->create(method, "{}").value().id;
}

core::PredictionId FakeProjectStore::addPrediction(core::ImageId image, core::RunId run, const core::LabelMask &mask,
                                                   float disagreement)
{
    core::Prediction prediction;
    prediction.image = image;
    prediction.run = run;
    prediction.mask = mask;
    prediction.scores.disagreement = disagreement;
    prediction.uncertainty.width = mask.width();
    prediction.uncertainty.height = mask.height();
    prediction.uncertainty.values.assign(
        static_cast<std::size_t>(mask.width()) * static_cast<std::size_t>(mask.height()), 0);
    return m_predictions->save(prediction).value();
}

void FakeProjectStore::setReadOnly(const std::string &reason)
{
    const std::lock_guard lock(m_project->mutex);
    m_project->readOnlyReason = reason;
}

void FakeProjectStore::failWriteAfter(int calls, const core::Error &error)
{
    const std::lock_guard lock(m_project->mutex);
    m_project->writesBeforeFailure = calls;
    m_project->failure = error;
}

std::vector<std::string> FakeProjectStore::auditLog() const
{
    const std::lock_guard lock(m_project->mutex);
    return m_project->content.audit;
}

core::ProjectInfo FakeProjectStore::info() const
{
    const std::lock_guard lock(m_project->mutex);
    core::ProjectInfo info;
    info.folder = m_project->folder;
    info.name = m_project->folder.empty() ? "fake" : m_project->folder.stem().string();
    info.isReadOnly = !m_project->readOnlyReason.empty();
    info.readOnlyReason = core::Sentence::verbatim(m_project->readOnlyReason);
    return info;
}

core::ImageCatalog &FakeProjectStore::images()
{
    return *m_images;
}

core::AnnotationStore &FakeProjectStore::annotations()
{
    return *m_annotations;
}

core::PredictionStore &FakeProjectStore::predictions()
{
    return *m_predictions;
}

core::RunStore &FakeProjectStore::runs()
{
    return *m_runs;
}

core::Result<core::LabelSet> FakeProjectStore::classes()
{
    const std::lock_guard lock(m_project->mutex);
    return m_project->content.classes;
}

core::Result<void> FakeProjectStore::saveClasses(const core::LabelSet &classes)
{
    const std::lock_guard lock(m_project->mutex);
    if (auto allowed = m_project->beginWrite(); !allowed) {
        return allowed;
    }
    m_project->content.classes = classes;
    return {};
}

core::Result<std::optional<std::string>> FakeProjectStore::setting(const std::string &key)
{
    const std::lock_guard lock(m_project->mutex);
    const auto found = m_project->content.settings.find(key);
    return found == m_project->content.settings.end() ? std::nullopt : std::optional(found->second);
}

core::Result<void> FakeProjectStore::saveSetting(const std::string &key, const std::string &value)
{
    const std::lock_guard lock(m_project->mutex);
    if (auto allowed = m_project->beginWrite(); !allowed) {
        return allowed;
    }
    m_project->content.settings[key] = value;
    return {};
}

core::Result<void> FakeProjectStore::audit(const std::string &action, const std::string &detail)
{
    const std::lock_guard lock(m_project->mutex);
    if (auto allowed = m_project->beginWrite(); !allowed) {
        return allowed;
    }
    m_project->content.audit.push_back(action + ": " + detail);
    return {};
}

core::Result<void> FakeProjectStore::inTransaction(const std::function<core::Result<void>()> &work)
{
    const std::lock_guard lock(m_project->mutex);
    FakeContent before = m_project->content;
    core::Result<void> done = work();
    if (!done) {
        m_project->content = std::move(before);
    }
    return done;
}

core::Result<std::vector<core::IntegrityProblem>> FakeProjectStore::check(bool repair,
                                                                          const std::function<void(double)> &progress)
{
    const std::lock_guard lock(m_project->mutex);
    std::vector<core::IntegrityProblem> problems;
    for (auto &[id, image] : m_project->content.images) {
        core::LabelMask replayed(image.record.width, image.record.height);
        for (std::size_t i = 0; i < image.editsInForce; ++i) {
            image.edits[i].delta.apply(replayed);
        }
        if (!(replayed == image.annotation.mask)) {
            problems.push_back({"The mask of " + image.record.name + " differs from its history.", repair});
            if (repair) {
                image.annotation.mask = replayed;
            }
        }
        if (!image.pixels) {
            problems.push_back({"The file of " + image.record.name + " is missing.", false});
        }
    }
    if (progress) {
        progress(1.0);
    }
    return problems;
}

core::Result<void> FakeProjectStore::backup()
{
    const std::lock_guard lock(m_project->mutex);
    return m_project->beginWrite();
}

} // namespace semigda::test

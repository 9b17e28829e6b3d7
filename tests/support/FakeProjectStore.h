// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"

#include <memory>
#include <string>

namespace semigda::test
{

struct FakeProject;

/// A complete project in memory that keeps the contract of core::ProjectStore, for tests of what stands above the port.
/// Stores made by openAnother() see the same project; each may be used on its own thread.
class FakeProjectStore : public core::ProjectStore
{
public:
    /// With a folder, runs get real folders beneath it (QTemporaryDir); without one, paths are only names.
    explicit FakeProjectStore(const std::filesystem::path &folder = {});
    ~FakeProjectStore() override;
    std::unique_ptr<FakeProjectStore> openAnother() const;

    /// Shortcuts for tests.
    core::ImageId addImage(const std::string &name, const core::ImageData &pixels,
                           core::Split split = core::Split::Train, const std::string &patientKey = {});
    /// A grey 8-bit image of one value.
    core::ImageId addImage(const std::string &name, int width, int height);
    void setPixels(core::ImageId id, const core::ImageData &pixels);
    core::RunId addRun(const std::string &method = "semigda");
    core::PredictionId addPrediction(core::ImageId image, core::RunId run, const core::LabelMask &mask,
                                     float disagreement);

    /// How often keepPixels() was given the pixels of an image.
    int timesKept(core::ImageId id) const;

    /// From now on every write fails with ReadOnly and this sentence; "" allows writing again.
    void setReadOnly(const std::string &reason);
    /// The write after the next `calls` ones fails with `error`, once.
    void failWriteAfter(int calls, const core::Error &error);
    /// Entries of the audit log, "action: detail", oldest first.
    std::vector<std::string> auditLog() const;

    core::ProjectInfo info() const override;
    core::ImageCatalog &images() override;
    core::AnnotationStore &annotations() override;
    core::PredictionStore &predictions() override;
    core::RunStore &runs() override;
    core::Result<core::LabelSet> classes() override;
    core::Result<void> saveClasses(const core::LabelSet &classes) override;
    core::Result<std::optional<std::string>> setting(const std::string &key) override;
    core::Result<void> saveSetting(const std::string &key, const std::string &value) override;
    core::Result<void> audit(const std::string &action, const std::string &detail) override;
    core::Result<void> inTransaction(const std::function<core::Result<void>()> &work) override;
    core::Result<std::vector<core::IntegrityProblem>> check(bool repair,
                                                            const std::function<void(double)> &progress = {}) override;
    core::Result<void> backup() override;

private:
    explicit FakeProjectStore(std::shared_ptr<FakeProject> project);

    std::shared_ptr<FakeProject> m_project;
    std::unique_ptr<core::ImageCatalog> m_images;
    std::unique_ptr<core::AnnotationStore> m_annotations;
    std::unique_ptr<core::PredictionStore> m_predictions;
    std::unique_ptr<core::RunStore> m_runs;
};

} // namespace semigda::test

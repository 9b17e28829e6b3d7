// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/SqliteAnnotationStore_p.h"
#include "storage/SqliteContext_p.h"
#include "storage/SqliteImageCatalog_p.h"
#include "storage/SqlitePredictionStore_p.h"
#include "storage/SqliteRunStore_p.h"

namespace semigda::storage
{

/// One connection and the stores on it; keeps the project open. One thread at a time.
class SqliteProjectStore : public core::ProjectStore
{
public:
    /// Throws SQLite::Exception when the database cannot be opened.
    explicit SqliteProjectStore(std::shared_ptr<ProjectContext> context);

    core::ProjectInfo info() const override { return m_context->info; }
    core::ImageCatalog &images() override { return m_images; }
    core::AnnotationStore &annotations() override { return m_annotations; }
    core::PredictionStore &predictions() override { return m_predictions; }
    core::RunStore &runs() override { return m_runs; }

    core::Result<core::LabelSet> classes() override;
    core::Result<void> saveClasses(const core::LabelSet &classes) override;
    core::Result<std::optional<std::string>> setting(const std::string &key) override;
    core::Result<void> saveSetting(const std::string &key, const std::string &value) override;
    core::Result<void> audit(const std::string &action, const std::string &detail) override;

    core::Result<void> inTransaction(const std::function<core::Result<void>()> &work) override;
    core::Result<std::vector<core::IntegrityProblem>> check(bool repair,
                                                            const std::function<void(double)> &progress) override;
    core::Result<void> backup() override;

private:
    std::shared_ptr<ProjectContext> m_context;
    std::unique_ptr<SqliteConnection> m_connection;
    SqliteImageCatalog m_images;
    SqliteAnnotationStore m_annotations;
    SqlitePredictionStore m_predictions;
    SqliteRunStore m_runs;
};

} // namespace semigda::storage

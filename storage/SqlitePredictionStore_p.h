// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"
#include "storage/SqliteConnection_p.h"

namespace semigda::storage
{

/// Scores lie apart from masks and maps, so that lists stay small; each image points at its newest prediction.
class SqlitePredictionStore : public core::PredictionStore
{
public:
    explicit SqlitePredictionStore(SqliteConnection &connection)
        : m_connection(connection)
    {}

    core::Result<core::PredictionId> save(const core::Prediction &prediction) override;
    core::Result<std::optional<core::Prediction>> newest(core::ImageId id) override;
    core::Result<core::Prediction> load(core::PredictionId id) override;
    core::Result<std::vector<core::PredictionSummary>> list() override;
    core::Result<void> recordReview(const core::Review &review) override;
    core::Result<std::vector<core::Review>> reviews(core::ImageId id) override;

private:
    core::Prediction read(core::PredictionId id);

    SqliteConnection &m_connection;
};

} // namespace semigda::storage

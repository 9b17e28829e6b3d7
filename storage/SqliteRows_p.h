// SPDX-License-Identifier: Apache-2.0
// Parts of rows that several stores need. To be called inside SqliteConnection::read or write.
#pragma once

#include "core/ports/ProjectRecords.h"
#include "storage/SqliteConnection_p.h"

#include <optional>
#include <string>

namespace semigda::storage
{

struct ImageRow
{
    core::ImageId id;
    std::string name;
    core::ImageState state = core::ImageState::Unlabelled;
    int width = 0;
    int height = 0;
    core::PredictionId newestPrediction; ///< invalid: none
};

/// Fails with NotFound.
ImageRow imageRow(SqliteConnection &connection, core::ImageId id);
void setImageState(SqliteConnection &connection, core::ImageId id, core::ImageState state);
/// Labels a human never saw or refused are no reason to wait for her.
bool isWaitingForReview(SqliteConnection &connection, const ImageRow &image);

/// Fails with UnknownValue when the value is no class the project has or had.
void requireClass(SqliteConnection &connection, core::LabelValue value, const std::string &imageName);

/// A stored word as its value; fails with CorruptFile.
template <typename Value>
Value fromWord(std::optional<Value> value, const std::string &word, const ProjectName &project)
{
    if (!value) {
        throw Failure{damagedDatabase(core::phrase("errors", "read a word"), project,
                                      core::phrase("errors", "\"%1\" means nothing").with(word))};
    }
    return *value;
}

} // namespace semigda::storage

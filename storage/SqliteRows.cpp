// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteRows_p.h"

namespace semigda::storage
{

using core::ErrorCode;

ImageRow imageRow(SqliteConnection &connection, core::ImageId id)
{
    Query query(connection, "SELECT name, state, width, height, newest_prediction_id FROM images WHERE id = ?");
    if (!query.bind(id).next()) {
        fail(ErrorCode::NotFound,
             core::phrase("errors", "There is no image %1 in %2.").with(id.value, connection.project().quoted()));
    }
    const std::string state = query.text(1);
    return {id,
            query.text(0),
            fromWord(core::imageStateFrom(state), state, connection.project()),
            query.number(2),
            query.number(3),
            core::PredictionId(query.integer(4))};
}

void setImageState(SqliteConnection &connection, core::ImageId id, core::ImageState state)
{
    Query(connection, "UPDATE images SET state = ?1 WHERE id = ?2 AND state <> ?1")
        .bind(core::toString(state), id)
        .run();
}

bool isWaitingForReview(SqliteConnection &connection, const ImageRow &image)
{
    if (!image.newestPrediction.isValid()) {
        return false;
    }
    Query query(connection, "SELECT verdict FROM reviews WHERE prediction_id = ? ORDER BY id DESC LIMIT 1");
    return !query.bind(image.newestPrediction).next() || query.text(0) != core::toString(core::Verdict::Rejected);
}

void requireClass(SqliteConnection &connection, core::LabelValue value, const std::string &imageName)
{
    if (value == core::Background || value == core::NotAnnotated) {
        return;
    }
    if (!Query(connection, "SELECT 1 FROM classes WHERE id = ?").bind(int{value}).next()) {
        fail(ErrorCode::UnknownValue,
             core::phrase("errors",
                          "The mask for image \"%1\" holds the value %2, which is no class of %3; add the class first.")
                 .with(imageName, value, connection.project().quoted()));
    }
}

} // namespace semigda::storage

// SPDX-License-Identifier: Apache-2.0
#include "storage/SqlitePredictionStore_p.h"

#include "storage/SqliteJournal_p.h"

#include <cmath>
#include <cstring>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::ImageId;
using core::ImageState;
using core::phrase;
using core::PredictionId;
using core::Result;

struct PackedMaps
{
    Blob mask;
    Blob uncertainty;
};

Result<PackedMaps> pack(const core::Prediction &prediction)
{
    PackedMaps packed;
    Result<Blob> mask = encodeMask(prediction.mask);
    if (!mask) {
        return mask.error();
    }
    packed.mask = std::move(*mask);
    if (!prediction.uncertainty.values.empty()) {
        Result<Blob> map = compress(std::as_bytes(std::span(prediction.uncertainty.values)));
        if (!map) {
            return map.error();
        }
        packed.uncertainty = std::move(*map);
    }
    return packed;
}

void checkPrediction(SqliteConnection &connection, const ImageRow &image, const core::Prediction &prediction)
{
    const core::LabelMask &mask = prediction.mask;
    if (mask.width() != image.width || mask.height() != image.height) {
        fail(ErrorCode::GeometryMismatch,
             phrase("errors",
                    "The prediction for image \"%1\" has %2 x %3 pixels, but the image has %4 x %5; predict it again.")
                 .with(image.name, mask.width(), mask.height(), image.width, image.height));
    }
    const core::UncertaintyMap &map = prediction.uncertainty;
    const bool hasRightSize =
        map.width >= 0 && map.height >= 0
        && map.values.size() == static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height);
    const core::PredictionScores &scores = prediction.scores;
    if (!hasRightSize || !std::isfinite(scores.disagreement) || !std::isfinite(scores.entropy)
        || !std::isfinite(scores.estimatedDice.value_or(0.0F))) {
        fail(ErrorCode::InvalidArgument,
             phrase("errors",
                    "The prediction for image \"%1\" has broken scores or a broken uncertainty map; predict it again.")
                 .with(image.name));
    }
    for (const auto &[value, count] : core::countValues(mask)) {
        requireClass(connection, value, image.name);
    }
    if (prediction.run.isValid() && !Query(connection, "SELECT 1 FROM runs WHERE id = ?").bind(prediction.run).next()) {
        fail(ErrorCode::NotFound, phrase("errors", "There is no training run %1 in %2.")
                                      .with(prediction.run.value, connection.project().quoted()));
    }
}

std::optional<core::RunId> optionalRun(core::RunId run)
{
    return run.isValid() ? std::optional(run) : std::nullopt;
}

core::PredictionScores scoresOf(const Query &query, int first)
{
    core::PredictionScores scores;
    scores.disagreement = static_cast<float>(query.real(first));
    scores.entropy = static_cast<float>(query.real(first + 1));
    if (!query.isNull(first + 2)) {
        scores.estimatedDice = static_cast<float>(query.real(first + 2));
    }
    return scores;
}

} // namespace

Result<PredictionId> SqlitePredictionStore::save(const core::Prediction &prediction)
{
    // Packed before the transaction, which keeps other writers waiting.
    const Result<PackedMaps> packed = pack(prediction);
    if (!packed) {
        return packed.error();
    }
    return m_connection.write(phrase("errors", "save a prediction"), [&] {
        const ImageRow image = imageRow(m_connection, prediction.image);
        checkPrediction(m_connection, image, prediction);
        Query(m_connection, "DELETE FROM predictions WHERE image_id = ? AND run_id IS ? "
                            "AND NOT EXISTS (SELECT 1 FROM reviews WHERE prediction_id = predictions.id)")
            .bind(image.id, optionalRun(prediction.run))
            .run();
        const std::string createdAt = prediction.createdAt.empty() ? utcNow() : prediction.createdAt;
        Query(m_connection, "INSERT INTO predictions (image_id, run_id, disagreement, entropy, estimated_dice, "
                            "created_at) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(image.id, optionalRun(prediction.run), double{prediction.scores.disagreement},
                  double{prediction.scores.entropy},
                  prediction.scores.estimatedDice ? std::optional<double>(*prediction.scores.estimatedDice)
                                                  : std::nullopt,
                  createdAt)
            .run();
        const PredictionId id(m_connection.lastInsertId());
        const auto map =
            packed->uncertainty.empty() ? std::nullopt : std::optional(std::span<const std::byte>(packed->uncertainty));
        Query(m_connection, "INSERT INTO prediction_maps (prediction_id, mask, uncertainty_width, uncertainty_height, "
                            "uncertainty) VALUES (?, ?, ?, ?, ?)")
            .bind(id, std::span<const std::byte>(packed->mask), prediction.uncertainty.width,
                  prediction.uncertainty.height, map)
            .run();
        Query(m_connection, "UPDATE images SET newest_prediction_id = ? WHERE id = ?").bind(id, image.id).run();
        const bool isFree = image.state == ImageState::Unlabelled
                            || (image.state == ImageState::Partial && journalRow(m_connection, image.id).painted == 0);
        if (isFree) {
            setImageState(m_connection, image.id, ImageState::Predicted);
        }
        return id;
    });
}

core::Prediction SqlitePredictionStore::read(PredictionId id)
{
    Query query(m_connection,
                "SELECT p.image_id, p.run_id, p.created_at, i.name, i.width, i.height, p.disagreement, p.entropy, "
                "p.estimated_dice, m.mask, m.uncertainty_width, m.uncertainty_height, m.uncertainty "
                "FROM predictions AS p JOIN images AS i ON i.id = p.image_id "
                "LEFT JOIN prediction_maps AS m ON m.prediction_id = p.id WHERE p.id = ?");
    if (!query.bind(id).next()) {
        fail(ErrorCode::NotFound,
             phrase("errors", "There is no prediction %1 in %2.").with(id.value, m_connection.project().quoted()));
    }
    core::Prediction prediction;
    prediction.id = id;
    prediction.image = ImageId(query.integer(0));
    prediction.run = core::RunId(query.integer(1));
    prediction.createdAt = query.text(2);
    prediction.scores = scoresOf(query, 6);
    const core::Sentence what = phrase("errors", "The stored prediction of image \"%1\" in %2")
                                    .with(query.text(3), m_connection.project().quoted());
    prediction.mask = valueOrFail(decodeMask(query.bytes(9), query.number(4), query.number(5), what));
    if (!query.isNull(12)) {
        prediction.uncertainty.width = query.number(10);
        prediction.uncertainty.height = query.number(11);
        const std::size_t size = static_cast<std::size_t>(prediction.uncertainty.width)
                                 * static_cast<std::size_t>(prediction.uncertainty.height);
        const Blob bytes = valueOrFail(decompress(query.bytes(12), size, what));
        if (bytes.size() != size) {
            fail(ErrorCode::CorruptFile,
                 phrase("errors", "%1 is damaged; run \"semigda check --repair\" on the project.").with(what));
        }
        prediction.uncertainty.values.resize(size);
        std::memcpy(prediction.uncertainty.values.data(), bytes.data(), size);
    }
    return prediction;
}

Result<std::optional<core::Prediction>> SqlitePredictionStore::newest(ImageId id)
{
    return m_connection.readTogether(phrase("errors", "read a prediction"), [&]() -> std::optional<core::Prediction> {
        const PredictionId newest = imageRow(m_connection, id).newestPrediction;
        return newest.isValid() ? std::optional(read(newest)) : std::nullopt;
    });
}

Result<core::Prediction> SqlitePredictionStore::load(PredictionId id)
{
    return m_connection.read(phrase("errors", "read a prediction"), [&] { return read(id); });
}

Result<std::vector<core::PredictionSummary>> SqlitePredictionStore::list()
{
    return m_connection.read(phrase("errors", "list the predictions"), [&] {
        std::vector<core::PredictionSummary> all;
        Query query(m_connection, "SELECT p.id, p.image_id, p.run_id, p.disagreement, p.entropy, p.estimated_dice, "
                                  "(SELECT verdict FROM reviews WHERE prediction_id = p.id ORDER BY id DESC LIMIT 1) "
                                  "FROM images AS i JOIN predictions AS p ON p.id = i.newest_prediction_id "
                                  "WHERE i.removed_at IS NULL "
                                  "ORDER BY COALESCE(1.0 - p.estimated_dice, p.disagreement) DESC, "
                                  "p.disagreement DESC, p.image_id");
        while (query.next()) {
            core::PredictionSummary summary;
            summary.id = PredictionId(query.integer(0));
            summary.image = ImageId(query.integer(1));
            summary.run = core::RunId(query.integer(2));
            summary.scores = scoresOf(query, 3);
            if (!query.isNull(6)) {
                summary.verdict = fromWord(core::verdictFrom(query.text(6)), query.text(6), m_connection.project());
            }
            all.push_back(summary);
        }
        return all;
    });
}

Result<void> SqlitePredictionStore::recordReview(const core::Review &review)
{
    return m_connection.write(phrase("errors", "save the review"), [&] {
        const ImageRow image = imageRow(m_connection, review.image);
        const auto prediction = review.prediction.isValid() ? std::optional(review.prediction) : std::nullopt;
        if (prediction
            && !Query(m_connection, "SELECT 1 FROM predictions WHERE id = ? AND image_id = ?")
                    .bind(*prediction, image.id)
                    .next()) {
            fail(ErrorCode::NotFound,
                 phrase(
                     "errors",
                     "The prediction reviewed for image \"%1\" is gone: a newer one took its place; look at that one.")
                     .with(image.name));
        }
        const std::string createdAt = review.createdAt.empty() ? utcNow() : review.createdAt;
        Query(m_connection, "INSERT INTO reviews (image_id, prediction_id, verdict, reviewer, created_at) "
                            "VALUES (?, ?, ?, ?, ?)")
            .bind(image.id, prediction, core::toString(review.verdict), review.reviewer, createdAt)
            .run();
        Query(m_connection, "INSERT INTO audit_log (created_at, action, detail) VALUES (?, 'review', ?)")
            .bind(createdAt, std::string(core::toString(review.verdict)) + " image " + std::to_string(image.id.value)
                                 + " (" + image.name + ") by " + review.reviewer)
            .run();
    });
}

Result<std::vector<core::Review>> SqlitePredictionStore::reviews(ImageId id)
{
    return m_connection.read(phrase("errors", "read the reviews"), [&] {
        imageRow(m_connection, id);
        std::vector<core::Review> all;
        Query query(m_connection, "SELECT prediction_id, verdict, reviewer, created_at FROM reviews "
                                  "WHERE image_id = ? ORDER BY id");
        query.bind(id);
        while (query.next()) {
            core::Review review;
            review.image = id;
            review.prediction = PredictionId(query.integer(0));
            review.verdict = fromWord(core::verdictFrom(query.text(1)), query.text(1), m_connection.project());
            review.reviewer = query.text(2);
            review.createdAt = query.text(3);
            all.push_back(review);
        }
        return all;
    });
}

} // namespace semigda::storage

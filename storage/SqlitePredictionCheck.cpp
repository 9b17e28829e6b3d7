// SPDX-License-Identifier: Apache-2.0
#include "storage/MaskCodec_p.h"
#include "storage/SqliteIntegrity_p.h"
#include "storage/SqliteRows_p.h"

namespace semigda::storage
{

namespace
{

using core::LabelValue;
using core::PredictionId;

struct Findings
{
    std::string imageName;
    std::string fault; ///< empty: all is well
    Blob mask;         ///< the stored bytes of a damaged one
    std::set<LabelValue> unknownValues;
};

std::string uncertaintyFault(const Query &query)
{
    if (query.isNull(6)) {
        return {};
    }
    const int width = query.number(4);
    const int height = query.number(5);
    if (width <= 0 || height <= 0) {
        return "its uncertainty map has no size";
    }
    const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const core::Result<Blob> map = decompress(query.bytes(6), size, {});
    return map && map->size() == size ? "" : "its uncertainty map is damaged";
}

Findings inspect(SqliteConnection &connection, PredictionId id, const std::set<LabelValue> &known)
{
    Query query(connection,
                "SELECT i.name, i.width, i.height, m.mask, m.uncertainty_width, m.uncertainty_height, m.uncertainty "
                "FROM predictions AS p JOIN images AS i ON i.id = p.image_id "
                "LEFT JOIN prediction_maps AS m ON m.prediction_id = p.id WHERE p.id = ?");
    Findings found;
    if (!query.bind(id).next()) {
        return found;
    }
    found.imageName = query.text(0);
    const core::Result<core::LabelMask> mask = decodeMask(query.bytes(3), query.number(1), query.number(2), {});
    found.fault = mask ? uncertaintyFault(query) : "its mask is damaged";
    if (!found.fault.empty()) {
        const auto bytes = query.bytes(3);
        found.mask.assign(bytes.begin(), bytes.end());
        return found;
    }
    for (const auto &[value, count] : core::countValues(*mask)) {
        if (!known.contains(value)) {
            found.unknownValues.insert(value);
        }
    }
    return found;
}

/// A prediction can be made again; it is only kept aside.
void removePrediction(const IntegrityCheck &check, PredictionId id, const Blob &mask)
{
    check.quarantine("prediction-" + std::to_string(id.value) + ".zst", mask);
    SqliteConnection &connection = check.connection;
    successOrFail(connection.write(core::phrase("errors", "set a prediction aside"), [&] {
        Query image(connection, "SELECT image_id FROM predictions WHERE id = ?");
        image.bind(id).next();
        const core::ImageId owner(image.integer(0));
        Query(connection, "DELETE FROM predictions WHERE id = ?").bind(id).run();
        Query(connection, "UPDATE images SET newest_prediction_id = "
                          "(SELECT max(id) FROM predictions WHERE image_id = images.id) WHERE id = ?")
            .bind(owner)
            .run();
    }));
}

} // namespace

void checkPredictions(IntegrityCheck &check)
{
    std::vector<PredictionId> ids;
    {
        Query query(check.connection, "SELECT id FROM predictions ORDER BY id");
        while (query.next()) {
            ids.emplace_back(query.integer(0));
        }
    }
    const std::set<LabelValue> known = knownValues(check.connection);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        check.advance(i, ids.size());
        const Findings found = inspect(check.connection, ids[i], known);
        if (!found.fault.empty()) {
            if (check.repair) {
                removePrediction(check, ids[i], found.mask);
            }
            check.report("The prediction of image \"" + found.imageName + "\" is damaged: " + found.fault
                             + (check.repair ? "; it was set aside, predict the image again."
                                             : "; run \"semigda check --repair " + check.context.project.folder.string()
                                                   + "\"."),
                         check.repair);
        }
        for (const LabelValue value : found.unknownValues) {
            if (check.repair) {
                successOrFail(check.connection.write(core::phrase("errors", "recover a class"),
                                                     [&] { recoverClass(check.connection, value); }));
            }
            check.report("The prediction of image \"" + found.imageName + "\" holds the value " + std::to_string(value)
                             + ", which is no class of the project.",
                         check.repair);
        }
    }
}

} // namespace semigda::storage

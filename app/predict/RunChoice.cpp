// SPDX-License-Identifier: Apache-2.0
#include "app/predict/RunChoice.h"

#include <algorithm>

namespace semigda::app
{

using core::Error;
using core::ErrorCode;
using core::phrase;
using core::Result;
using core::RunRecord;

bool hasCheckpoint(const RunRecord &run)
{
    std::error_code ignored;
    return std::filesystem::exists(run.folder / "best.safetensors", ignored)
           && std::filesystem::exists(run.folder / "best.json", ignored);
}

Result<RunRecord> chooseRun(core::ProjectStore &store, core::RunId id)
{
    if (id.isValid()) {
        Result<RunRecord> run = store.runs().record(id);
        if (run && !hasCheckpoint(*run))
            return Error{ErrorCode::NotFound,
                         phrase("errors", "Run %1 has no trained model yet; train longer or choose another run.")
                             .with(id.value)};
        return run;
    }
    const Result<std::vector<RunRecord>> runs = store.runs().list();
    if (!runs)
        return runs.error();
    const auto found = std::find_if(runs->begin(), runs->end(), hasCheckpoint);
    if (found == runs->end())
        return Error{ErrorCode::NotFound, phrase("errors", "The project has no trained model yet; train it first.")};
    return *found;
}

Result<RunRecord> unfinishedRun(core::ProjectStore &store, const std::string &method)
{
    const Result<std::vector<RunRecord>> runs = store.runs().list();
    if (!runs)
        return runs.error();
    const auto found = std::find_if(runs->begin(), runs->end(), [&](const RunRecord &run) {
        return run.method == method && run.status != core::RunStatus::Finished;
    });
    if (found == runs->end())
        return Error{ErrorCode::NotFound,
                     phrase("errors", "There is no unfinished run of the method %1 to go on with; start a new one.")
                         .with(method)};
    return *found;
}

} // namespace semigda::app

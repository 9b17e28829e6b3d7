// SPDX-License-Identifier: Apache-2.0
#include "core/ports/ProjectSession.h"

namespace semigda::core
{

std::optional<ExportFormat> exportFormatFrom(const std::string &word)
{
    if (word == "png") {
        return ExportFormat::Png;
    }
    if (word == "overlay") {
        return ExportFormat::Overlay;
    }
    if (word == "nifti") {
        return ExportFormat::Nifti;
    }
    return std::nullopt;
}

std::optional<ExportSelection> exportSelectionFrom(const std::string &word)
{
    if (word == "final") {
        return ExportSelection::Final;
    }
    if (word == "accepted") {
        return ExportSelection::Accepted;
    }
    if (word == "labelled") {
        return ExportSelection::Labelled;
    }
    if (word == "predicted") {
        return ExportSelection::Predicted;
    }
    return std::nullopt;
}

} // namespace semigda::core

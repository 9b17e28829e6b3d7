// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/import/ImportPlan.h"

#include <span>

namespace semigda::app
{

/// Groups single-frame DICOM files that know their place in the patient by series, orientation and size, and orders
/// each group along its normal; a position seen again (time points) starts another volume. Sets series key, slice
/// position (hundredths of a millimetre along the normal, so that slices imported later fall into place) and slice
/// distance of `images`. Uneven distances are told in the result.
std::vector<core::ImportIssue> arrangeDicomSeries(const std::vector<PlannedFile> &files,
                                                  std::vector<PlannedImage> &images);

} // namespace semigda::app

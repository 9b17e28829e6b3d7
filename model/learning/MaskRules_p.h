// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace semigda::learning
{

/// What the labelled masks tell of every mask. Classes by their 1-based index.
struct MaskRules
{
    std::vector<int> largestOnly;     ///< classes of which one component is kept, the largest
    std::vector<int> likeliestOnly;   ///< those of them of which the likeliest is kept, as keepLikeliest() finds it
    std::vector<double> absentShares; ///< per class, the share of images that lack it, in (0, 1); empty: not known

    bool operator==(const MaskRules &) const = default;
};

} // namespace semigda::learning

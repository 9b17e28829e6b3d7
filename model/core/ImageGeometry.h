// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace semigda::core
{

/// Where pixels lie in the patient: DICOM LPS axes (x to the left, y to the back, z to the head), mm.
/// position = origin + direction * diag(spacing) * (column, row, slice); `direction` holds the unit
/// vectors of column step, row step and slice step as its columns, stored row by row.
struct ImageGeometry
{
    bool hasSpacing = false;  ///< false: distances are known in pixels only and spacing is 1
    bool hasPosition = false; ///< false: origin and direction are defaults
    std::array<double, 3> spacing{1.0, 1.0, 1.0};
    std::array<double, 3> origin{0.0, 0.0, 0.0};
    std::array<double, 9> direction{1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0};

    bool operator==(const ImageGeometry &) const = default;
};

/// Equal within the rounding of file formats: spacing 1e-3 relative, origin 1e-2 mm, direction 1e-3.
bool isSameGeometry(const ImageGeometry &a, const ImageGeometry &b);

} // namespace semigda::core

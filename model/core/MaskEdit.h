// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "core/MaskDelta.h"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace semigda::core
{

/// Which pixels an edit may change.
struct OverpaintRule
{
    std::vector<LabelValue> protectedValues; ///< pixels of these classes stay

    bool allows(LabelValue current) const;
    /// Locked classes other than `painted` are protected.
    static OverpaintRule fromLocks(const LabelSet &classes, LabelValue painted);
};

/// The only way to write a mask: open, paint live, then commit the MaskDelta of all that changed.
/// Without commit the destructor puts every pixel back. Use on the thread that owns the mask; the mask
/// must outlive the edit, and nothing else may write it meanwhile.
class MaskEdit
{
public:
    explicit MaskEdit(LabelMask &mask, OverpaintRule rule = {});
    ~MaskEdit();
    MaskEdit(const MaskEdit &) = delete;
    MaskEdit &operator=(const MaskEdit &) = delete;

    /// Sets pixels of a row, clipped to the image, where the rule allows it.
    void paintSpan(int x, int y, int count, LabelValue value);
    /// Spans of a shape, see MaskShapes.h.
    struct RowSpan
    {
        int y = 0;
        int x = 0;
        int count = 0;
    };
    void paint(const std::vector<RowSpan> &spans, LabelValue value);

    /// Pixels changed since the last call: what has to be redrawn.
    PixelRect takeDirty();
    const LabelMask &mask() const { return m_mask; }

    MaskDelta commit();
    void revert();

private:
    LabelMask &m_mask;
    OverpaintRule m_rule;
    PixelRect m_dirty;
    std::unordered_map<std::size_t, LabelMask::Tile> m_tilesBefore; ///< of touched tiles, by index
    bool m_isOpen = true;
};

} // namespace semigda::core

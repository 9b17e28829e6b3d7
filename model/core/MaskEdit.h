// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "core/MaskDelta.h"

#include <cstddef>
#include <functional>
#include <memory>
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

/// What an edit of a copy has come to; worked out on any thread where it takes long.
struct MaskChange
{
    LabelMask mask;  ///< afterwards
    MaskDelta delta; ///< from the mask as it was
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

    /// Takes over what was worked out from a copy of the mask as it was when this edit began, in place of all that was
    /// painted since. Costs by the number of tiles of the rows that differ, not of pixels. Its rule was the copy's; a
    /// change of another size than the mask's is left out.
    void replace(std::shared_ptr<const MaskChange> change);

    /// Pixels changed since the last call: what has to be redrawn.
    PixelRect takeDirty();
    const LabelMask &mask() const { return m_mask; }

    MaskDelta commit();
    void revert();

private:
    std::size_t tileIndex(int tileX, int tileY) const;
    void putBack();

    LabelMask &m_mask;
    OverpaintRule m_rule;
    PixelRect m_dirty;
    std::unordered_map<std::size_t, LabelMask::Tile> m_tilesBefore; ///< of touched tiles, by index
    std::shared_ptr<const MaskChange> m_change; ///< all that was changed, where that is known without a look
    bool m_isOpen = true;
};

/// What `paint` makes of a copy of the mask.
MaskChange changeOf(const LabelMask &mask, OverpaintRule rule, const std::function<void(MaskEdit &)> &paint);

} // namespace semigda::core

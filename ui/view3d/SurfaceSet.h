// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/view3d/VolumeScene.h"

#include <memory>

namespace semigda::ui
{

/// The smoothed surface of each class of a volume, in millimetres from its first voxel. Immutable and cheap to copy.
class SurfaceSet
{
public:
    SurfaceSet();
    ~SurfaceSet();
    SurfaceSet(const SurfaceSet &);
    SurfaceSet &operator=(const SurfaceSet &);

    /// Blocks for up to seconds; any thread. Classes without a voxel have no surface.
    static SurfaceSet build(const VolumeScene &scene, const core::LabelSet &classes);

    std::size_t triangleCount(core::LabelValue value) const;
    bool isEmpty() const;

    struct Private;
    const Private &data() const { return *d; }

private:
    std::shared_ptr<const Private> d;
};

} // namespace semigda::ui

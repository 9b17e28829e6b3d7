// SPDX-License-Identifier: Apache-2.0
#include "app/studio/TourVolume.h"

#include "app/sample/SampleGenerator.h"

namespace semigda::app
{

core::Result<ui::TourVolume> makeTourVolume(const std::filesystem::path &folder)
{
    SampleOptions options;
    options.kind = SampleKind::CtVolume;
    options.count = 1;
    options.size = 256; // pixels of the default size would be seen one by one in a large window
    options.folder = folder;
    const core::Result<SampleReport> made = generateSample(options, {}, {});
    if (!made)
        return made.error();
    ui::TourVolume volume;
    volume.classes = made->classes;
    volume.request.paths = made->images;
    volume.request.masks = folder / "masks";
    return volume;
}

} // namespace semigda::app

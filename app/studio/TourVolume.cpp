// SPDX-License-Identifier: Apache-2.0
#include "app/studio/TourVolume.h"

#include "app/sample/SampleGenerator.h"

namespace semigda::app
{

core::Result<core::ImportRequest> makeTourVolume(const std::filesystem::path &folder)
{
    SampleOptions options;
    options.kind = SampleKind::CtVolume;
    options.count = 1;
    options.folder = folder;
    const core::Result<SampleReport> made = generateSample(options, {}, {});
    if (!made)
        return made.error();
    core::ImportRequest request;
    request.paths = made->images;
    request.masks = folder / "masks";
    return request;
}

} // namespace semigda::app

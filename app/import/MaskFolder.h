// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/import/ImportPlan.h"
#include "core/LabelSet.h"
#include "storage/MaskFiles.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace semigda::app
{

/// The masks a user gives along with images: one for each image, or a label map for a volume or series, found by the
/// stem of its name. Use from one thread.
class MaskFolder
{
public:
    /// NotFound, PermissionDenied or InvalidArgument when there is no such readable folder.
    static core::Result<MaskFolder> open(const std::filesystem::path &folder, const core::LabelSet &classes);

    /// The mask for an image, nullopt when the folder has none for it. The errors name the mask and what is wrong:
    /// another size or place than the image, unknown values, a damaged file, a mask that another image took already.
    core::Result<std::optional<core::LabelMask>> maskFor(const PlannedImage &image, const PlannedFile &file);

private:
    struct Found
    {
        std::filesystem::path path;
        std::string taker; ///< which image or volume it was given to
    };

    Found *find(const PlannedImage &image, const PlannedFile &file);
    core::Result<core::LabelMask> sliceOf(const storage::MaskFile &mask, const std::filesystem::path &path,
                                          const PlannedImage &image, const PlannedFile &file) const;

    std::filesystem::path m_folder;
    core::LabelSet m_classes;
    std::map<std::string, Found> m_files;                    ///< by stem
    std::filesystem::path m_loadedPath;                      ///< of the label map below
    std::optional<core::Result<storage::MaskFile>> m_loaded; ///< read once for all slices of a volume
};

} // namespace semigda::app

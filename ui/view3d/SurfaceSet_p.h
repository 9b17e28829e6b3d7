// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/view3d/SurfaceSet.h"

#include <vtkImageData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>

#include <map>

namespace semigda::ui
{

struct SurfaceSet::Private
{
    std::map<core::LabelValue, vtkSmartPointer<vtkPolyData>> surfaces;
};

/// The grey values as VTK wants them, with spacing, first voxel at the origin. Copies.
vtkSmartPointer<vtkImageData> greyImage(const VolumeScene &scene);

} // namespace semigda::ui

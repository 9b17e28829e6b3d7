// SPDX-License-Identifier: Apache-2.0
#include "ui/view3d/SurfaceSet.h"

#include "ui/view3d/SurfaceSet_p.h"

#include <vtkCellArray.h>
#include <vtkDiscreteFlyingEdges3D.h>
#include <vtkNew.h>
#include <vtkPolyDataNormals.h>
#include <vtkWindowedSincPolyDataFilter.h>

#include <algorithm>
#include <cstring>

namespace semigda::ui
{

namespace
{

/// Two-valued: the class against the rest, with one empty voxel around so that surfaces close at the border.
vtkSmartPointer<vtkImageData> paddedClass(const VolumeScene &scene, core::LabelValue value)
{
    auto image = vtkSmartPointer<vtkImageData>::New();
    image->SetDimensions(scene.width + 2, scene.height + 2, scene.depth + 2);
    image->SetSpacing(scene.spacing.data());
    image->SetOrigin(-scene.spacing[0], -scene.spacing[1], -scene.spacing[2]);
    image->AllocateScalars(VTK_UNSIGNED_CHAR, 1);
    auto *out = static_cast<unsigned char *>(image->GetScalarPointer());
    const auto rowLength = static_cast<std::size_t>(scene.width) + 2;
    const std::size_t planeLength = rowLength * (static_cast<std::size_t>(scene.height) + 2);
    std::memset(out, 0, planeLength * (static_cast<std::size_t>(scene.depth) + 2));
    std::size_t index = 0;
    for (std::size_t z = 1; z <= static_cast<std::size_t>(scene.depth); ++z) {
        for (std::size_t y = 1; y <= static_cast<std::size_t>(scene.height); ++y) {
            unsigned char *row = out + z * planeLength + y * rowLength + 1;
            for (int x = 0; x < scene.width; ++x)
                *row++ = scene.labels[index++] == value ? 1 : 0;
        }
    }
    return image;
}

vtkSmartPointer<vtkPolyData> classSurface(const VolumeScene &scene, core::LabelValue value)
{
    const vtkSmartPointer<vtkImageData> image = paddedClass(scene, value);
    vtkNew<vtkDiscreteFlyingEdges3D> edges;
    edges->SetInputData(image);
    edges->SetValue(0, 1);
    edges->ComputeNormalsOff();
    edges->ComputeGradientsOff();
    edges->ComputeScalarsOff();
    // Taubin's low-pass keeps the volume, where Laplacian smoothing would shrink small lesions.
    vtkNew<vtkWindowedSincPolyDataFilter> smooth;
    smooth->SetInputConnection(edges->GetOutputPort());
    smooth->SetNumberOfIterations(20);
    smooth->SetPassBand(0.1);
    smooth->NonManifoldSmoothingOn();
    smooth->NormalizeCoordinatesOn();
    smooth->FeatureEdgeSmoothingOff();
    smooth->BoundarySmoothingOff();
    vtkNew<vtkPolyDataNormals> normals;
    normals->SetInputConnection(smooth->GetOutputPort());
    normals->SplittingOff();
    normals->ConsistencyOff();
    normals->Update();
    return normals->GetOutput();
}

} // namespace

SurfaceSet::SurfaceSet()
    : d(std::make_shared<Private>())
{}

SurfaceSet::~SurfaceSet() = default;
SurfaceSet::SurfaceSet(const SurfaceSet &) = default;
SurfaceSet &SurfaceSet::operator=(const SurfaceSet &) = default;

SurfaceSet SurfaceSet::build(const VolumeScene &scene, const core::LabelSet &classes)
{
    auto built = std::make_shared<Private>();
    for (const core::LabelClass &item : classes.classes()) {
        if (std::find(scene.labels.begin(), scene.labels.end(), item.value) != scene.labels.end())
            built->surfaces.emplace(item.value, classSurface(scene, item.value));
    }
    SurfaceSet set;
    set.d = std::move(built);
    return set;
}

std::size_t SurfaceSet::triangleCount(core::LabelValue value) const
{
    const auto found = d->surfaces.find(value);
    return found != d->surfaces.end() ? static_cast<std::size_t>(found->second->GetNumberOfPolys()) : 0;
}

bool SurfaceSet::isEmpty() const
{
    return d->surfaces.empty();
}

vtkSmartPointer<vtkImageData> greyImage(const VolumeScene &scene)
{
    auto image = vtkSmartPointer<vtkImageData>::New();
    image->SetDimensions(scene.width, scene.height, scene.depth);
    image->SetSpacing(scene.spacing.data());
    image->AllocateScalars(VTK_UNSIGNED_CHAR, 1);
    std::memcpy(image->GetScalarPointer(), scene.grey.data(), scene.grey.size());
    return image;
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "learning/Symmetries_p.h"

#include "learning/Augmentation_p.h"

#include <algorithm>

namespace semigda::learning
{

namespace
{

constexpr std::int64_t CoarseSide = 16;
constexpr std::size_t MostImages = 1000;
constexpr std::size_t MostPlanes = 20'000; ///< of masks, a plane a class: some 40 MB

/// [1, C, 16, 16] of [C, S, S].
torch::Tensor coarse(const torch::Tensor &planes)
{
    return torch::adaptive_avg_pool2d(planes.to(torch::kFloat32).unsqueeze(0), {CoarseSide, CoarseSide});
}

std::size_t strideFor(std::size_t count, std::size_t most)
{
    return std::max<std::size_t>((count + most - 1) / most, 1);
}

/// So that every image counts the same.
torch::Tensor ofLengthOne(const torch::Tensor &pictures)
{
    return pictures / pictures.square().sum(std::vector<std::int64_t>{1, 2, 3}, true).sqrt().clamp_min(1e-6);
}

double shareOf(const torch::Tensor &pictures, int variant)
{
    const auto count = static_cast<double>(pictures.size(0));
    const torch::Tensor changed = (pictures - dihedral(pictures, variant)) / 2.0;
    const double all = changed.square().sum().item<double>() / count;
    const double shared = changed.mean(0).square().sum().item<double>();
    if (all < 1e-9) {
        return 0.0;
    }
    // Of directions drawn at random the mean keeps one part in `count`.
    return (shared / all - 1.0 / count) / (1.0 - 1.0 / count);
}

torch::Tensor greyPictures(const std::vector<torch::Tensor> &images)
{
    std::vector<torch::Tensor> pictures;
    const std::size_t stride = strideFor(images.size(), MostImages);
    for (std::size_t i = 0; i < images.size(); i += stride) {
        pictures.push_back(coarse(images[i]).mean(1, true));
    }
    const torch::Tensor grey = torch::cat(pictures).to(torch::kFloat64);
    return ofLengthOne(grey - grey.mean(std::vector<std::int64_t>{2, 3}, true));
}

/// One plane a class, of the masks that have any.
torch::Tensor classPictures(const std::vector<torch::Tensor> &masks, int classes)
{
    std::vector<torch::Tensor> pictures;
    const std::size_t most = std::clamp<std::size_t>(MostPlanes / static_cast<std::size_t>(classes), 1, MostImages);
    const std::size_t stride = strideFor(masks.size(), most);
    for (std::size_t i = 0; i < masks.size(); i += stride) {
        const torch::Tensor indices = masks[i].masked_fill(masks[i] > classes, 0).to(torch::kInt64);
        const torch::Tensor ofClasses = torch::one_hot(indices, classes + 1).permute({2, 0, 1}).narrow(0, 1, classes);
        if (ofClasses.any().item<bool>()) {
            pictures.push_back(coarse(ofClasses));
        }
    }
    return pictures.empty() ? torch::zeros({0, classes, CoarseSide, CoarseSide})
                            : ofLengthOne(torch::cat(pictures).to(torch::kFloat64));
}

Symmetries symmetriesOf(const torch::Tensor &pictures)
{
    const std::int64_t count = pictures.size(0);
    if (count < 2) {
        return AllSymmetries;
    }
    // Nuclei have 0.00, stained cells up to 0.03 (a lamp off the axis), crops of the hippocampus 0.12 to 0.19 (their
    // masks 0.13 to 0.25), ultrasound 0.5 to 0.7 but 0.01 for left and right. A few images prove little.
    const double most = std::max(0.05, 4.0 / static_cast<double>(count));
    Symmetries found = NoSymmetry;
    for (int variant = 1; variant < 8; ++variant) {
        if (shareOf(pictures, variant) <= most) {
            found |= 1U << static_cast<unsigned>(variant);
        }
    }
    return found;
}

} // namespace

double sharedAsymmetry(const std::vector<torch::Tensor> &images, int variant)
{
    torch::NoGradGuard noGrad;
    return images.size() < 2 ? 0.0 : shareOf(greyPictures(images), variant);
}

Symmetries commonSymmetries(const std::vector<torch::Tensor> &images)
{
    torch::NoGradGuard noGrad;
    return images.empty() ? AllSymmetries : symmetriesOf(greyPictures(images));
}

Symmetries symmetriesOfClasses(const std::vector<torch::Tensor> &masks, int classes)
{
    torch::NoGradGuard noGrad;
    return symmetriesOf(classPictures(masks, classes));
}

std::vector<int> variantsOf(Symmetries symmetries)
{
    std::vector<int> variants{0};
    for (int variant = 1; variant < 8; ++variant) {
        if (symmetries >> static_cast<unsigned>(variant) & 1U) {
            variants.push_back(variant);
        }
    }
    return variants;
}

} // namespace semigda::learning

// SPDX-License-Identifier: Apache-2.0
#include "storage/VtkVolumes_p.h"

#include "storage/FileKind_p.h"
#include "storage/VoxelTypes_p.h"

#include <vtkAlgorithm.h>
#include <vtkCallbackCommand.h>
#include <vtkCommand.h>
#include <vtkDataArray.h>
#include <vtkExecutive.h>
#include <vtkImageData.h>
#include <vtkNIFTIImageReader.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkTIFFReader.h>

#include <algorithm>
#include <optional>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

/// Keeps VTK's messages from the terminal; a reader with an observer tells it instead of printing.
void collectMessage(vtkObject *, unsigned long, void *client, void *data)
{
    auto *message = static_cast<std::string *>(client);
    if (message->empty() && data != nullptr)
        *message = static_cast<const char *>(data);
}

/// The last words of VTK's multi-line message.
std::string lastLine(std::string message)
{
    while (!message.empty() && (message.back() == '\n' || message.back() == ' '))
        message.pop_back();
    const std::size_t start = message.find_last_of("\n");
    message = start == std::string::npos ? message : message.substr(start + 1);
    const std::size_t colon = message.find("): ");
    return colon == std::string::npos ? message : message.substr(colon + 3);
}

std::optional<VoxelType> voxelType(int vtkType)
{
    switch (vtkType) {
    case VTK_CHAR:
    case VTK_SIGNED_CHAR:
        return VoxelType::Int8;
    case VTK_UNSIGNED_CHAR:
        return VoxelType::UInt8;
    case VTK_SHORT:
        return VoxelType::Int16;
    case VTK_UNSIGNED_SHORT:
        return VoxelType::UInt16;
    case VTK_INT:
        return VoxelType::Int32;
    case VTK_UNSIGNED_INT:
        return VoxelType::UInt32;
    case VTK_LONG:
    case VTK_LONG_LONG:
        return VoxelType::Int64;
    case VTK_UNSIGNED_LONG:
    case VTK_UNSIGNED_LONG_LONG:
        return VoxelType::UInt64;
    case VTK_FLOAT:
        return VoxelType::Float32;
    case VTK_DOUBLE:
        return VoxelType::Float64;
    default:
        return std::nullopt;
    }
}

template <typename Reader> Result<core::Volume> readVoxels(Reader &reader, const std::filesystem::path &file)
{
    std::string message;
    vtkNew<vtkCallbackCommand> collector;
    collector->SetCallback(collectMessage);
    collector->SetClientData(&message);
    for (const auto event : {vtkCommand::ErrorEvent, vtkCommand::WarningEvent}) {
        reader.AddObserver(event, collector);
        reader.GetExecutive()->AddObserver(event, collector);
    }
    reader.SetFileName(file.c_str());
    reader.Update();

    vtkImageData *image = reader.GetOutput();
    vtkDataArray *scalars = image == nullptr ? nullptr : image->GetPointData()->GetScalars();
    core::Volume volume;
    if (scalars != nullptr && message.empty()) {
        int sides[3] = {0, 0, 0};
        image->GetDimensions(sides);
        volume.width = sides[0];
        volume.height = sides[1];
        volume.depth = sides[2];
        const auto count = static_cast<std::size_t>(scalars->GetNumberOfTuples());
        const auto type = voxelType(scalars->GetDataType());
        if (scalars->GetNumberOfComponents() == 1 && type) {
            takeVoxels(scalars->GetVoidPointer(0), *type, count, volume);
            return volume;
        }
        return badFile(ErrorCode::CorruptFile, file, phrase("errors", "cannot be read (kind of voxels)"), CopyAgain);
    }
    const core::Sentence fault = message.empty() ? core::Sentence(phrase("errors", "cannot be read"))
                                                 : phrase("errors", "cannot be read (%1)").with(lastLine(message));
    return badFile(ErrorCode::CorruptFile, file, fault, CopyAgain);
}

void reverseSlices(core::Volume &volume)
{
    const auto slice = static_cast<std::ptrdiff_t>(volume.bytes.size() / static_cast<std::size_t>(volume.depth));
    for (int low = 0, high = volume.depth - 1; low < high; ++low, --high)
        std::swap_ranges(volume.bytes.begin() + low * slice, volume.bytes.begin() + (low + 1) * slice,
                         volume.bytes.begin() + high * slice);
}

} // namespace

Result<core::Volume> readNiftiVoxels(const std::filesystem::path &file)
{
    vtkNew<vtkNIFTIImageReader> reader;
    auto volume = readVoxels(*reader, file);
    // VTK reverses the slices of files with qfac -1 to keep its axes right-handed; our geometry needs no such thing.
    if (volume && reader->GetQFac() < 0.0)
        reverseSlices(*volume);
    return volume;
}

Result<core::Volume> readTiffVoxels(const std::filesystem::path &file)
{
    vtkNew<vtkTIFFReader> reader;
    return readVoxels(*reader, file);
}

void silenceTiffLibrary()
{
    // The constructor of VTK's reader sets libtiff's process-wide handlers to silent ones.
    static const vtkNew<vtkTIFFReader> reader;
}

} // namespace semigda::storage

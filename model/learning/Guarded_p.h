// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <torch/torch.h>

#include <new>
#include <string>

namespace semigda::learning
{

/// True for what LibTorch and the standard library throw when memory runs out, of the computer or of a graphics card.
inline bool isOutOfMemory(const std::exception &failure)
{
    if (dynamic_cast<const c10::OutOfMemoryError *>(&failure) || dynamic_cast<const std::bad_alloc *>(&failure)) {
        return true;
    }
    const auto *error = dynamic_cast<const c10::Error *>(&failure);
    return error && std::string(error->what_without_backtrace()).find("can't allocate memory") != std::string::npos;
}

/// Runs a function that returns a Result; what LibTorch and the standard library throw becomes its error.
template <typename Function> auto guarded(Function &&function) -> decltype(function())
{
    using core::Error;
    using core::ErrorCode;
    constexpr core::Phrase TooLittleMemory =
        core::phrase("errors", "There is not enough memory for this training; choose a smaller image size or smaller "
                               "batches, or close other programs.");
    try {
        return function();
    } catch (const c10::OutOfMemoryError &) {
        return Error{ErrorCode::OutOfMemory,
                     core::phrase("errors", "The graphics card's memory is too small for this training; choose a "
                                            "smaller image size, smaller batches or the device cpu.")};
    } catch (const c10::Error &failure) {
        if (isOutOfMemory(failure)) {
            return Error{ErrorCode::OutOfMemory, TooLittleMemory};
        }
        const std::string text = failure.what_without_backtrace();
        return Error{ErrorCode::Internal,
                     core::phrase("errors", "The tensor library failed: %1").with(text.substr(0, text.find('\n')))};
    } catch (const std::bad_alloc &) {
        return Error{ErrorCode::OutOfMemory, TooLittleMemory};
    } catch (const std::exception &failure) {
        return Error{ErrorCode::Internal,
                     core::phrase("errors", "Training failed unexpectedly: %1").with(std::string(failure.what()))};
    }
}

} // namespace semigda::learning

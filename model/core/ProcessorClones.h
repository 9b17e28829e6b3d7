// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Before a function's return type: compiles it for each of these targets as well, of which one must be "default". The
/// program takes at its start what the processor it runs on can do. No template, nothing inline.
/// Not with sanitizers that keep memory of their own: they are not ready yet when the choice is made.
#if defined(__x86_64__) && defined(__linux__) && __GNUC__ >= 12 && !defined(__clang__)                                 \
    && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define SEMIGDA_CLONES(...) __attribute__((target_clones(__VA_ARGS__)))
#else
#define SEMIGDA_CLONES(...)
#endif

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtTest/QTest>

#include <filesystem>

namespace semigda::test
{

/// The folder with real images and golden files, outside the project; a user's machine does not have it.
inline std::filesystem::path sharedData()
{
    return SEMIGDA_SHARED_DATA;
}

} // namespace semigda::test

/// Skips the test where the shared data is missing.
#define SEMIGDA_NEEDS_SHARED(subPath)                                                                                  \
    do {                                                                                                               \
        if (!std::filesystem::exists(semigda::test::sharedData() / (subPath)))                                         \
            QSKIP("the shared test data (../shared) is not on this machine");                                          \
    } while (false)

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace semigda::app
{

/// The log a run keeps in its folder: one line an event, with UTC time, flushed at once. A log that cannot be written
/// is no reason to stop training. One thread.
class RunLog
{
public:
    void open(const std::filesystem::path &file);
    void write(const std::string &line);

private:
    std::ofstream m_stream;
};

} // namespace semigda::app

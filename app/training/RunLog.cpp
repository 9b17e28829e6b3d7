// SPDX-License-Identifier: Apache-2.0
#include "app/training/RunLog.h"

#include <ctime>

namespace semigda::app
{

void RunLog::open(const std::filesystem::path &file)
{
    m_stream.open(file, std::ios::app);
}

void RunLog::write(const std::string &line)
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);
    m_stream << stamp << ' ' << line << std::endl;
}

} // namespace semigda::app

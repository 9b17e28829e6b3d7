// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <clocale>
#include <cstdlib>
#include <string>

namespace semigda::test
{

/// While it lives the C library writes and reads numbers with a decimal comma, as it does for most of Europe. The
/// locale is made for it: few machines have one.
class CommaLocale
{
public:
    CommaLocale()
        : m_before(std::setlocale(LC_NUMERIC, nullptr))
    {
        // It complains of the categories that are not there, and makes the one that is.
        QProcess::execute(QStringLiteral("localedef"),
                          {QStringLiteral("--quiet"), QStringLiteral("-c"), QStringLiteral("-i"),
                           QStringLiteral(SEMIGDA_SOURCE_DIR "/tests/support/comma_locale"), QStringLiteral("-f"),
                           QStringLiteral("ANSI_X3.4-1968"), m_folder.filePath(QStringLiteral("comma"))});
        qputenv("LOCPATH", m_folder.path().toLocal8Bit());
        std::setlocale(LC_NUMERIC, "comma");
        qunsetenv("LOCPATH");
    }
    ~CommaLocale() { std::setlocale(LC_NUMERIC, m_before.c_str()); }
    CommaLocale(const CommaLocale &) = delete;
    CommaLocale &operator=(const CommaLocale &) = delete;

    /// Not on a machine without localedef.
    bool isSet() const { return std::strtod("1,5", nullptr) == 1.5; }

private:
    QTemporaryDir m_folder;
    std::string m_before;
};

} // namespace semigda::test

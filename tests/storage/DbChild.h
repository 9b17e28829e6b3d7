// SPDX-License-Identifier: Apache-2.0
// The test program run once more as another process that works on a project.
#pragma once

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <filesystem>
#include <string>

namespace semigda::test
{

/// A child whose words on standard output are read line by line; killed at the end of its scope.
class Child
{
public:
    Child(const QString &mode, const std::filesystem::path &folder)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), {mode, QString::fromStdString(folder.string())});
    }
    ~Child() { kill(); }
    /// The next line, empty when the child has ended.
    QByteArray line()
    {
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(30000)) {
                return {};
            }
        }
        return m_process.readLine().trimmed();
    }
    /// SIGKILL, then waits for the end; what it wrote before can still be read.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    QByteArray rest() { return m_process.readAllStandardOutput(); }
    qint64 id() const { return m_process.processId(); }

private:
    QProcess m_process;
};

} // namespace semigda::test

/// A main() whose program runs `childMain(mode, folder)` when it is called with a mode that starts with "--child".
#define QTEST_MAIN_WITH_CHILD(TestClass, childMain)                                                                    \
    int main(int argc, char *argv[])                                                                                   \
    {                                                                                                                  \
        QCoreApplication application(argc, argv);                                                                      \
        if (argc == 3 && std::string(argv[1]).starts_with("--child"))                                                  \
            return childMain(argv[1], argv[2]);                                                                        \
        TestClass test;                                                                                                \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }

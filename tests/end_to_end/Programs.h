// SPDX-License-Identifier: Apache-2.0
// Runs the programs as a user does, each call in a process of its own.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <utility>

#include <sys/types.h>
#include <unistd.h>

namespace semigda::test
{

struct Finished
{
    int status = -1; ///< exit status; -1 when it crashed or did not end
    QString out;
    QString err;

    QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
    QByteArray describe() const
    {
        return QStringLiteral("status %1\nstdout: %2\nstderr: %3").arg(status).arg(out, err).toLocal8Bit();
    }
};

constexpr int DefaultTimeoutMs = 100'000;

inline Finished runProgram(const QString &program, const QStringList &arguments, int timeoutMs = DefaultTimeoutMs,
                           const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    Finished finished;
    if (!process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::NormalExit) {
        finished.status = process.exitCode();
    }
    finished.out = QString::fromLocal8Bit(process.readAllStandardOutput());
    finished.err = QString::fromLocal8Bit(process.readAllStandardError());
    return finished;
}

inline Finished terminal(const QStringList &arguments, int timeoutMs = DefaultTimeoutMs)
{
    return runProgram(QStringLiteral(SEMIGDA_TERMINAL), arguments, timeoutMs);
}

/// Runs the terminal as somebody without a superuser's rights.
inline Finished terminalAsNobody(const QStringList &arguments)
{
    constexpr uid_t Nobody = 65534;
    QProcess process;
    if (::geteuid() == 0)
        process.setChildProcessModifier([] {
            if (::setgid(Nobody) != 0 || ::setuid(Nobody) != 0)
                ::_exit(99);
        });
    process.start(QStringLiteral(SEMIGDA_TERMINAL), arguments);
    Finished finished;
    if (process.waitForFinished() && process.exitStatus() == QProcess::NormalExit)
        finished.status = process.exitCode();
    finished.out = QString::fromLocal8Bit(process.readAllStandardOutput());
    finished.err = QString::fromLocal8Bit(process.readAllStandardError());
    return finished;
}

} // namespace semigda::test

/// Runs the terminal program and requires exit status 0.
#define VERIFY_RUNS(finished)                                                                                          \
    do {                                                                                                               \
        const semigda::test::Finished ended = (finished);                                                              \
        QVERIFY2(ended.status == 0, ended.describe().constData());                                                     \
    } while (false)

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace semigda::ui
{

/// The system's file choosers behind functions, so that tests answer them. An empty answer means cancelled.
struct FileDialogs
{
    std::function<QString(QWidget *parent, const QString &title, const QString &startFolder)> chooseFolder;
    std::function<QStringList(QWidget *parent, const QString &title, const QString &startFolder)> chooseImages;

    static FileDialogs fromSystem();
};

} // namespace semigda::ui

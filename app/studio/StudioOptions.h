// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"
#include "ui/theme/Theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace semigda::app
{

/// The command line of semigda-studio.
struct StudioOptions
{
    QString project;     ///< folder to open; empty: none
    QString tourFolder;  ///< where --tour writes its pictures; empty: no tour
    QString paintScript; ///< for the crash test; empty: none
    QString settings;    ///< a settings file instead of the user's
    std::optional<QSize> size;
    std::optional<ui::ThemeKind> theme;
};

/// What the command line or else the settings choose for ui::applyLanguage(). It has to be known before anything can be
/// said about the rest of the command line.
QString languageChoice(const QStringList &arguments);

/// Answers --help and --version itself and leaves. InvalidArgument with one sentence on wrong usage.
core::Result<StudioOptions> parseStudioOptions(const QStringList &arguments);

} // namespace semigda::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>

class QSettings;

namespace semigda::ui
{

/// What the studio remembers between sessions. Nothing of a project's content lives here.
class UiSettings
{
public:
    /// The user's own settings.
    UiSettings();
    /// Settings in a file; for tests.
    explicit UiSettings(const QString &file);
    ~UiSettings();

    QByteArray geometry() const;
    QByteArray windowState() const;
    void saveWindow(const QByteArray &geometry, const QByteArray &state);

    /// Newest first, only those that still exist.
    QStringList recentProjects() const;
    void addRecentProject(const QString &folder);

    /// `purpose`: "project", "import", "export". The home folder when nothing is remembered or it is gone.
    QString lastFolder(const QString &purpose) const;
    void setLastFolder(const QString &purpose, const QString &folder);

    ThemeKind theme() const;
    void setTheme(ThemeKind kind);

    /// SystemLanguage or the code of a language.
    QString language() const;
    void setLanguage(const QString &choice);

    double number(const QString &key, double fallback) const;
    void setNumber(const QString &key, double value);
    /// Empty where nothing is remembered.
    QString text(const QString &key) const;
    void setText(const QString &key, const QString &value);
    /// What is remembered directly within a group ("keys"), without the group's name.
    QStringList names(const QString &group) const;
    /// A key, or a group with all that is in it.
    void remove(const QString &key);
    void sync();

private:
    std::unique_ptr<QSettings> m_settings;
};

} // namespace semigda::ui

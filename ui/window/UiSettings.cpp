// SPDX-License-Identifier: Apache-2.0
#include "ui/window/UiSettings.h"

#include "ui/language/Language.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace semigda::ui
{

namespace
{

constexpr int MaxRecentProjects = 8;
// Raised when docks or toolbars change so much that a remembered arrangement would be wrong.
constexpr int LayoutVersion = 1;

} // namespace

UiSettings::UiSettings()
    : m_settings(std::make_unique<QSettings>(QStringLiteral("SemiGDA"), QStringLiteral("SemiGDA Studio")))
{}

UiSettings::UiSettings(const QString &file)
    : m_settings(std::make_unique<QSettings>(file, QSettings::IniFormat))
{}

UiSettings::~UiSettings() = default;

QByteArray UiSettings::geometry() const
{
    return m_settings->value(QStringLiteral("window/geometry")).toByteArray();
}

QByteArray UiSettings::windowState() const
{
    if (m_settings->value(QStringLiteral("window/layoutVersion")).toInt() != LayoutVersion)
        return {};
    return m_settings->value(QStringLiteral("window/state")).toByteArray();
}

void UiSettings::saveWindow(const QByteArray &geometry, const QByteArray &state)
{
    m_settings->setValue(QStringLiteral("window/geometry"), geometry);
    m_settings->setValue(QStringLiteral("window/state"), state);
    m_settings->setValue(QStringLiteral("window/layoutVersion"), LayoutVersion);
}

QStringList UiSettings::recentProjects() const
{
    QStringList existing;
    const QStringList folders = m_settings->value(QStringLiteral("projects/recent")).toStringList();
    for (const QString &folder : folders) {
        if (QFileInfo::exists(folder))
            existing << folder;
    }
    return existing;
}

void UiSettings::addRecentProject(const QString &folder)
{
    QStringList folders = recentProjects();
    folders.removeAll(folder);
    folders.prepend(folder);
    if (folders.size() > MaxRecentProjects)
        folders.resize(MaxRecentProjects);
    m_settings->setValue(QStringLiteral("projects/recent"), folders);
}

QString UiSettings::lastFolder(const QString &purpose) const
{
    const QString folder = m_settings->value(QStringLiteral("folders/") + purpose).toString();
    return QDir(folder).exists() && !folder.isEmpty() ? folder : QDir::homePath();
}

void UiSettings::setLastFolder(const QString &purpose, const QString &folder)
{
    m_settings->setValue(QStringLiteral("folders/") + purpose, folder);
}

ThemeKind UiSettings::theme() const
{
    return themeFrom(m_settings->value(QStringLiteral("look/theme")).toString());
}

void UiSettings::setTheme(ThemeKind kind)
{
    m_settings->setValue(QStringLiteral("look/theme"), toString(kind));
}

QString UiSettings::language() const
{
    const QString choice = m_settings->value(QStringLiteral("look/language")).toString();
    return isLanguageChoice(choice) ? choice : SystemLanguage;
}

void UiSettings::setLanguage(const QString &choice)
{
    m_settings->setValue(QStringLiteral("look/language"), choice);
}

double UiSettings::number(const QString &key, double fallback) const
{
    bool isNumber = false;
    const double value = m_settings->value(key).toDouble(&isNumber);
    return isNumber ? value : fallback;
}

void UiSettings::setNumber(const QString &key, double value)
{
    m_settings->setValue(key, value);
}

QString UiSettings::text(const QString &key) const
{
    return m_settings->value(key).toString();
}

void UiSettings::setText(const QString &key, const QString &value)
{
    m_settings->setValue(key, value);
}

QStringList UiSettings::names(const QString &group) const
{
    m_settings->beginGroup(group);
    const QStringList names = m_settings->childKeys();
    m_settings->endGroup();
    return names;
}

void UiSettings::remove(const QString &key)
{
    m_settings->remove(key);
}

void UiSettings::sync()
{
    m_settings->sync();
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"

#include <QWidget>

#include <functional>
#include <optional>

class QColor;
class QToolButton;
class QTreeView;

namespace semigda::ui
{

class ClassListModel;

/// The classes: choose one to paint with, show, lock, add one or a usual set, rename, recolour, put in order, remove.
/// Gui thread.
class ClassPanel : public QWidget
{
    Q_OBJECT

public:
    /// Asks for a colour; nullopt: cancelled. Injected by tests.
    using ColourChooser = std::function<std::optional<QColor>(const QColor &before, QWidget *parent)>;
    /// Whether a class may be removed after all; told its name.
    using RemovalQuestion = std::function<bool(const QString &name, QWidget *parent)>;

    /// Whether all pixels of a class may become another's; told both names.
    using MergeQuestion = std::function<bool(const QString &from, const QString &into, QWidget *parent)>;

    explicit ClassPanel(QWidget *parent = nullptr);

    void setClasses(const core::LabelSet &classes);
    void setActive(core::LabelValue value);
    core::LabelValue active() const { return m_active; }
    void setReadOnly(bool isReadOnly);
    void setColourChooser(ColourChooser chooser) { m_chooseColour = std::move(chooser); }
    void setRemovalQuestion(RemovalQuestion question) { m_mayRemove = std::move(question); }

    void setMergeQuestion(MergeQuestion question) { m_mayMerge = std::move(question); }

Q_SIGNALS:
    void activeChosen(semigda::core::LabelValue value);
    void classesEdited(const semigda::core::LabelSet &classes);
    void refused(const QString &reason);
    /// All pixels of one class are to become the other's.
    void mergeRequested(semigda::core::LabelValue from, semigda::core::LabelValue into);

private:
    QToolButton *createButton(const QString &name, const QString &icon, const QString &tip);
    void addClass();
    void addPreset(const QStringList &names);
    void moveClass(int step);
    void fillMergeMenu();
    void renameClass();
    void recolourClass();
    void removeClass();
    void updateButtons();
    void restoreSelection();

    ClassListModel *m_model;
    QTreeView *m_view;
    QToolButton *m_add;
    QToolButton *m_rename;
    QToolButton *m_recolour;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_merge;
    QToolButton *m_remove;
    ColourChooser m_chooseColour;
    RemovalQuestion m_mayRemove;
    MergeQuestion m_mayMerge;
    core::LabelValue m_active = core::Background;
    bool m_isRestoring = false;
};

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/AboutDialog.h"

#include "ui/theme/Theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace semigda::ui
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("AboutDialog", text);
}

QDialog *createDialog(const QString &name, const QString &title, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(name);
    dialog->setWindowTitle(title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(2 * GridUnit);
    return dialog;
}

void addCloseButton(QDialog *dialog)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    dialog->layout()->addWidget(buttons);
}

/// What has no action: mouse, and keys the canvas handles while it has the focus.
QList<QPair<QString, QString>> fixedKeys()
{
    return {
        {tr("Choose class 1 to 9"), QStringLiteral("1 … 9")},
        {tr("Not annotated (takes labels away)"), QStringLiteral("0")},
        {tr("Pick the class under the cursor"), tr("Alt + click")},
        {tr("Smaller, larger brush"), tr("[  ]  or  Shift + wheel")},
        {tr("Paint and erase the other way round"), tr("hold Ctrl")},
        {tr("Finish, cancel, last point of a polygon"), tr("Enter, Esc, Backspace")},
        {tr("Zoom at the cursor"), tr("Ctrl + wheel (wheel in single images)")},
        {tr("Move the image"), tr("Space + drag  or  middle drag")},
        {tr("Contrast and brightness"), tr("right drag")},
        {tr("Opacity of the mask"), tr("Alt + wheel")},
    };
}

} // namespace

QDialog *createAboutDialog(const QString &version, QWidget *parent)
{
    QDialog *dialog = createDialog(QStringLiteral("aboutDialog"), tr("About SemiGDA Studio"), parent);
    auto *text = new QLabel(dialog);
    text->setObjectName(QStringLiteral("aboutLabel"));
    text->setWordWrap(true);
    text->setTextFormat(Qt::RichText);
    text->setMinimumWidth(56 * GridUnit);
    text->setText(tr("<h3>SemiGDA Studio %1</h3>"
                     "<p>Labels medical images with a model that learns from the labelled and the unlabelled ones "
                     "(SemiGDA: semi-supervised generative dual-branch alignment).</p>"
                     "<p><b>Not for clinical diagnosis.</b> Masks made with this program are for research; a model's "
                     "proposal is not a finding.</p>"
                     "<p>Everything stays on this computer: nothing is sent anywhere.</p>"
                     "<p>Apache License 2.0. Built with Qt, LibTorch, VTK, DCMTK and SQLite.</p>")
                      .arg(version.toHtmlEscaped()));
    dialog->layout()->addWidget(text);
    addCloseButton(dialog);
    return dialog;
}

QDialog *createShortcutsDialog(const QList<QAction *> &actions, QWidget *parent)
{
    QDialog *dialog = createDialog(QStringLiteral("shortcutsDialog"), tr("Keys"), parent);
    auto *table = new QTableWidget(dialog);
    table->setObjectName(QStringLiteral("shortcutsTableWidget"));
    table->setColumnCount(2);
    table->setHorizontalHeaderLabels({tr("What"), tr("Key")});
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setMinimumSize(72 * GridUnit, 64 * GridUnit);
    const auto addRow = [table](const QString &what, const QString &key) {
        const int row = table->rowCount();
        table->insertRow(row);
        table->setItem(row, 0, new QTableWidgetItem(what));
        table->setItem(row, 1, new QTableWidgetItem(key));
    };
    for (const QAction *action : actions) {
        QStringList keys;
        for (const QKeySequence &key : action->shortcuts())
            keys << key.toString(QKeySequence::NativeText);
        if (!keys.isEmpty())
            addRow(QString(action->text()).remove(QLatin1Char('&')), keys.join(tr("  or  ")));
    }
    for (const auto &[what, key] : fixedKeys())
        addRow(what, key);
    dialog->layout()->addWidget(table);
    addCloseButton(dialog);
    return dialog;
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/AboutDialog.h"

#include "ui/theme/Theme.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

namespace semigda::ui
{

namespace
{

struct AboutTexts
{
    Q_DECLARE_TR_FUNCTIONS(semigda::ui::AboutTexts)
};

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

} // namespace

QDialog *createAboutDialog(const QString &version, QWidget *parent)
{
    QDialog *dialog = createDialog(QStringLiteral("aboutDialog"), AboutTexts::tr("About SemiGDA Studio"), parent);
    auto *text = new QLabel(dialog);
    text->setObjectName(QStringLiteral("aboutLabel"));
    text->setWordWrap(true);
    text->setTextFormat(Qt::RichText);
    text->setMinimumWidth(56 * GridUnit);
    text->setText(
        AboutTexts::tr("<h3>SemiGDA Studio %1</h3>"
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

} // namespace semigda::ui

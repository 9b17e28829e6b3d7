// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/NewProjectDialog.h"

#include "ui/dialogs/FolderField.h"
#include "ui/language/Sentences.h"
#include "ui/panels/ClassPresets.h"
#include "ui/theme/Theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace semigda::ui
{

NewProjectDialog::NewProjectDialog(const FileDialogs &dialogs, const QString &startFolder, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(this))
    , m_place(new FolderField(QStringLiteral("projectPlace"), tr("Where to put the project"), dialogs, this))
    , m_classes(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("newProjectDialog"));
    setWindowTitle(tr("Create a project"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_name->setObjectName(QStringLiteral("projectNameLineEdit"));
    m_name->setPlaceholderText(tr("for example: Breast ultrasound"));
    m_place->setPath(startFolder);
    m_classes->setObjectName(QStringLiteral("projectClassesLineEdit"));
    m_classes->setText(tr("Lesion"));
    auto *classesHint = new QLabel(tr("What you want to outline; separate several by commas."), this);
    setRole(classesHint, QStringLiteral("muted"));
    m_problem->setObjectName(QStringLiteral("projectProblemLabel"));
    setRole(m_problem, QStringLiteral("bad"));
    m_problem->setWordWrap(true);

    auto *form = new QFormLayout;
    form->setSpacing(GridUnit);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Place"), m_place);
    auto *presets = new QComboBox(this);
    presets->setObjectName(QStringLiteral("projectPresetBox"));
    presets->setAccessibleName(tr("Usual sets of classes"));
    presets->addItem(tr("Usual sets …"));
    for (const ClassPreset &preset : classPresets())
        presets->addItem(preset.title, preset.names);
    connect(presets, &QComboBox::activated, this, [this, presets](int index) {
        if (index > 0)
            m_classes->setText(presets->itemData(index).toStringList().join(QStringLiteral(", ")));
        presets->setCurrentIndex(0);
    });
    auto *classesRow = new QHBoxLayout;
    classesRow->setSpacing(GridUnit);
    classesRow->addWidget(m_classes, 1);
    classesRow->addWidget(presets);
    auto *classesLabel = new QLabel(tr("&Classes"), this);
    classesLabel->setBuddy(m_classes);
    form->addRow(classesLabel, classesRow);
    form->addRow(QString(), classesHint);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_create = buttons->addButton(tr("Create"), QDialogButtonBox::AcceptRole);
    m_create->setObjectName(QStringLiteral("projectCreateButton"));
    setRole(m_create, QStringLiteral("primary"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(2 * GridUnit);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &NewProjectDialog::validate);
    connect(m_classes, &QLineEdit::textChanged, this, &NewProjectDialog::validate);
    connect(m_place, &FolderField::pathChanged, this, &NewProjectDialog::validate);
    validate();
}

QString NewProjectDialog::projectFolder() const
{
    return QDir(m_place->path()).filePath(m_name->text().trimmed() + QStringLiteral(".semigda"));
}

core::Result<core::LabelSet> NewProjectDialog::classes() const
{
    core::LabelSet classes;
    const QStringList names = m_classes->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &name : names) {
        const core::Result<core::LabelValue> added = classes.add(name.trimmed().toStdString());
        if (!added)
            return added.error();
    }
    return classes;
}

void NewProjectDialog::validate()
{
    static const QRegularExpression Forbidden(QStringLiteral(R"([/\\:*?"<>|])"));
    QString problem;
    const core::Result<core::LabelSet> parsed = classes();
    const QString name = m_name->text().trimmed();
    bool isReady = true;
    if (name.isEmpty())
        isReady = false;
    else if (name.contains(Forbidden))
        problem = tr("The name cannot contain / \\ : * ? \" < > |.");
    else if (!QDir(m_place->path()).exists() || m_place->path().isEmpty())
        problem = tr("The folder %1 does not exist; choose another place.").arg(m_place->path());
    else if (QDir(projectFolder()).exists())
        problem = tr("There is a project of this name already; choose another name.");
    else if (!parsed)
        problem = sentenceText(parsed.error().message);
    else if (parsed->isEmpty())
        problem = tr("Name at least one class.");
    m_problem->setText(problem);
    m_create->setEnabled(isReady && problem.isEmpty());
}

} // namespace semigda::ui

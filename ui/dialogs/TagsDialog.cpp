// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/TagsDialog.h"

#include "ui/language/Sentences.h"
#include "ui/theme/Theme.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <string_view>
#include <unordered_map>

namespace semigda::ui
{

namespace
{

constexpr int BeforeRole = Qt::UserRole;

} // namespace

TagsDialog::TagsDialog(const std::map<std::string, std::size_t> &tags,
                       const std::vector<const core::ImageSummary *> &images, QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget(this))
    , m_new(new QLineEdit(this))
    , m_add(new QPushButton(tr("&Add"), this))
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("tagsDialog"));
    setWindowTitle(tr("Tags"));
    setMinimumWidth(48 * GridUnit);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *what = new QLabel(tr("Tags of %Ln chosen image(s):", nullptr, static_cast<int>(images.size())), this);
    what->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("tagsList"));
    m_list->setAccessibleName(tr("Tags"));
    std::unordered_map<std::string_view, std::size_t> having;
    for (const core::ImageSummary *image : images) {
        for (const std::string &tag : image->tags)
            ++having[tag];
    }
    for (const auto &[tag, count] : tags) {
        const std::size_t chosen = having[tag];
        addTag(QString::fromStdString(tag), chosen == 0               ? Qt::Unchecked
                                            : chosen == images.size() ? Qt::Checked
                                                                      : Qt::PartiallyChecked);
    }
    m_new->setObjectName(QStringLiteral("newTagLineEdit"));
    m_new->setPlaceholderText(tr("New tag, such as “second look”"));
    m_new->setAccessibleName(tr("New tag"));
    m_add->setObjectName(QStringLiteral("addTagButton"));
    m_add->setAutoDefault(false);
    m_add->setEnabled(false);
    m_problem->setObjectName(QStringLiteral("tagProblemLabel"));
    m_problem->setWordWrap(true);
    setRole(m_problem, QStringLiteral("bad"));
    m_problem->hide();
    auto *line = new QHBoxLayout;
    line->setSpacing(GridUnit);
    line->addWidget(m_new, 1);
    line->addWidget(m_add);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Change tags"));
    buttons->button(QDialogButtonBox::Ok)->setObjectName(QStringLiteral("changeTagsButton"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(GridUnit);
    layout->addWidget(what);
    layout->addWidget(m_list, 1);
    layout->addLayout(line);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(m_new, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_add->setEnabled(!text.trimmed().isEmpty());
        m_problem->hide();
    });
    connect(m_add, &QPushButton::clicked, this, &TagsDialog::addTyped);
    // What stands in the line is meant: Enter and “Change tags” take it along.
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        addTyped();
        if (m_new->text().trimmed().isEmpty())
            accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_new->setFocus();
}

void TagsDialog::addTag(const QString &tag, Qt::CheckState before)
{
    auto *item = new QListWidgetItem(tag, m_list);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(before);
    item->setData(BeforeRole, static_cast<int>(before));
}

void TagsDialog::addTyped()
{
    if (m_new->text().trimmed().isEmpty())
        return;
    const core::Result<std::string> tag = core::checkedTag(m_new->text().toStdString());
    if (!tag) {
        m_problem->setText(sentenceText(tag.error().message));
        m_problem->show();
        return;
    }
    const QString name = QString::fromStdString(*tag);
    m_new->clear();
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->text().compare(name, Qt::CaseInsensitive) == 0) {
            m_list->item(row)->setCheckState(Qt::Checked);
            m_list->setCurrentRow(row);
            return;
        }
    }
    addTag(name, Qt::Unchecked);
    m_list->item(m_list->count() - 1)->setCheckState(Qt::Checked);
    m_list->setCurrentRow(m_list->count() - 1);
}

std::vector<core::TagChange> TagsDialog::changes() const
{
    std::vector<core::TagChange> changes;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem *item = m_list->item(row);
        if (item->checkState() != item->data(BeforeRole).toInt() && item->checkState() != Qt::PartiallyChecked)
            changes.push_back({item->text().toStdString(), item->checkState() == Qt::Checked});
    }
    return changes;
}

} // namespace semigda::ui

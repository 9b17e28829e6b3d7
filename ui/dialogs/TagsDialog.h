// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectRecords.h"
#include "core/workflow/Tags.h"

#include <QDialog>

#include <map>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace semigda::ui
{

/// Which tags the chosen images have: those of the project, each ticked, half ticked where only some of the images have
/// it, or not; and new ones. Gui thread.
class TagsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `tags`: all of the project. The images are the chosen ones.
    TagsDialog(const std::map<std::string, std::size_t> &tags, const std::vector<const core::ImageSummary *> &images,
               QWidget *parent = nullptr);

    /// What was changed in the dialog; nothing for tags that were left as they were.
    std::vector<core::TagChange> changes() const;

private:
    void addTyped();
    void addTag(const QString &tag, Qt::CheckState before);

    QListWidget *m_list;
    QLineEdit *m_new;
    QPushButton *m_add;
    QLabel *m_problem;
};

} // namespace semigda::ui

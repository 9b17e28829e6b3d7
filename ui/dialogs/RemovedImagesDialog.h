// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectRecords.h"

#include <QDialog>

#include <vector>

class QListWidget;
class QPushButton;

namespace semigda::ui
{

/// The images that were taken out of the project, the last one first, to choose those that come back. Gui thread.
class RemovedImagesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RemovedImagesDialog(const std::vector<core::ImageSummary> &images, QWidget *parent = nullptr);

    std::vector<core::ImageId> chosen() const;

private:
    QListWidget *m_list;
    QPushButton *m_bringBack;
};

} // namespace semigda::ui

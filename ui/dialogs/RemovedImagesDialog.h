// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectRecords.h"

#include <QDialog>

#include <vector>

class QListView;
class QPushButton;

namespace semigda::ui
{

/// The images that were taken out of the project, the last one first, to choose those that come back (accepted) or are
/// to be deleted (eraseRequested; the caller asks again). Gui thread.
class RemovedImagesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RemovedImagesDialog(std::vector<core::ImageSummary> images, QWidget *parent = nullptr);

    std::vector<core::ImageId> chosen() const;

Q_SIGNALS:
    void eraseRequested();

private:
    class Model;

    QListView *m_list;
    Model *m_model;
    QPushButton *m_bringBack;
    QPushButton *m_erase;
};

} // namespace semigda::ui

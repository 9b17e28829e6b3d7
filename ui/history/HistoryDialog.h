// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Ids.h"
#include "ui/history/HistoryPicture.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace semigda::ui
{

class EditorArea;
class HistoryModel;
class HistoryPreview;
class ProjectController;

/// "History of this image": who painted what and when, a picture of each state or of what changed, and the way back to
/// it as a new step. Stays open beside the painting and follows the image on show. Reads and draws off the gui thread.
class HistoryDialog : public QDialog
{
    Q_OBJECT

public:
    HistoryDialog(ProjectController &project, EditorArea &editor, QWidget *parent);
    ~HistoryDialog() override;

    /// The one window of `parent`, which is made when there is none.
    static HistoryDialog *open(ProjectController &project, EditorArea &editor, QWidget *parent);

private:
    QWidget *createLegend();
    QWidget *createSide();
    void refresh();
    void adopt(std::shared_ptr<const ImageHistory> history);
    void showChosen();
    void tell(const core::StepPixels &changed);
    void restore();
    void updateButton();
    int chosenRow() const;
    HistoryView view() const;

    ProjectController &m_project;
    EditorArea &m_editor;
    HistoryModel *m_model;
    QTableView *m_table;
    QComboBox *m_view = nullptr;
    HistoryPreview *m_preview = nullptr;
    QLabel *m_summary = nullptr;
    QWidget *m_legend = nullptr;
    QLabel *m_note;
    QPushButton *m_restore;
    core::ImageId m_image; ///< that is being read or shown
    std::uint64_t m_reading = 0;
    std::uint64_t m_drawing = 0;
    QTimer m_refreshTimer; ///< strokes follow each other quickly, and a long history takes a while to read
};

} // namespace semigda::ui

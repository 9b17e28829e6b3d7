// SPDX-License-Identifier: Apache-2.0
#include "ui/history/HistoryDialog.h"

#include "ui/canvas/AnnotationController.h"
#include "ui/canvas/ImageDocument.h"
#include "ui/dialogs/ScreenFit.h"
#include "ui/history/HistoryModel.h"
#include "ui/history/HistoryPreview.h"
#include "ui/language/Sentences.h"
#include "ui/theme/Theme.h"
#include "ui/window/EditorArea.h"
#include "ui/window/ProjectController.h"
#include "ui/work/Background.h"
#include "ui/work/StoreWorker.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>

namespace semigda::ui
{

namespace
{

constexpr int RefreshDelayMs = 250;

} // namespace

HistoryDialog::HistoryDialog(ProjectController &project, EditorArea &editor, QWidget *parent)
    : QDialog(parent)
    , m_project(project)
    , m_editor(editor)
    , m_model(new HistoryModel(this))
    , m_table(new QTableView(this))
    , m_note(new QLabel(this))
    , m_restore(new QPushButton(tr("&Restore this state"), this))
{
    setObjectName(QStringLiteral("historyDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    resizeOnScreen(*this, {130 * GridUnit, 75 * GridUnit});

    m_table->setObjectName(QStringLiteral("historyTableView"));
    m_table->setAccessibleName(tr("States of this image, newest first"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setResizeContentsPrecision(100); // rows: of thousands the newest tell
    m_table->setMinimumWidth(72 * GridUnit);

    m_note->setWordWrap(true);
    setRole(m_note, QStringLiteral("muted"));
    m_restore->setObjectName(QStringLiteral("historyRestoreButton"));
    m_restore->setAutoDefault(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_restore, QDialogButtonBox::ActionRole);

    auto *columns = new QHBoxLayout;
    columns->setSpacing(2 * GridUnit);
    columns->addWidget(m_table, 1);
    columns->addWidget(createSide(), 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(GridUnit);
    layout->addLayout(columns, 1);
    layout->addWidget(m_note);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_restore, &QPushButton::clicked, this, &HistoryDialog::restore);
    connect(m_view, &QComboBox::currentIndexChanged, this, &HistoryDialog::showChosen);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &HistoryDialog::showChosen);
    connect(&m_editor, &EditorArea::imageShown, this, &HistoryDialog::refresh);
    connect(&m_editor, &EditorArea::imageEdited, this, [this](core::ImageId id) {
        if (id == m_image && !m_refreshTimer.isActive())
            m_refreshTimer.start();
    });
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(RefreshDelayMs);
    connect(&m_refreshTimer, &QTimer::timeout, this, &HistoryDialog::refresh);
    connect(&m_project, &ProjectController::closed, this, &QDialog::close);
    refresh();
    m_table->setFocus();
}

HistoryDialog::~HistoryDialog() = default;

HistoryDialog *HistoryDialog::open(ProjectController &project, EditorArea &editor, QWidget *parent)
{
    auto *dialog = parent->findChild<HistoryDialog *>(QStringLiteral("historyDialog"), Qt::FindDirectChildrenOnly);
    if (dialog == nullptr)
        dialog = new HistoryDialog(project, editor, parent);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
    return dialog;
}

QWidget *HistoryDialog::createSide()
{
    auto *side = new QWidget(this);
    auto *label = new QLabel(tr("&Show"), side);
    m_view = new QComboBox(side);
    m_view->setObjectName(QStringLiteral("historyViewComboBox"));
    m_view->setAccessibleName(tr("What the picture shows"));
    m_view->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_view->setMinimumContentsLength(16);
    m_view->addItem(tr("The mask of this state"), static_cast<int>(HistoryView::State));
    m_view->addItem(tr("What this step changed"), static_cast<int>(HistoryView::Step));
    m_view->addItem(tr("What was changed since, up to now"), static_cast<int>(HistoryView::Difference));
    label->setBuddy(m_view);
    m_preview = new HistoryPreview(side);
    m_preview->setObjectName(QStringLiteral("historyPreview"));
    m_preview->setAccessibleName(tr("Picture of the chosen state"));
    m_summary = new QLabel(side);
    m_summary->setObjectName(QStringLiteral("historySummaryLabel"));
    m_summary->setWordWrap(true);
    m_legend = createLegend();

    auto *choice = new QHBoxLayout;
    choice->addWidget(label);
    choice->addWidget(m_view, 1);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(GridUnit);
    layout->addLayout(choice);
    layout->addWidget(m_preview, 1);
    layout->addWidget(m_legend);
    layout->addWidget(m_summary);
    return side;
}

QWidget *HistoryDialog::createLegend()
{
    auto *legend = new QWidget(this);
    auto *layout = new QHBoxLayout(legend);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(GridUnit);
    const std::pair<core::PixelChange, QString> kinds[] = {{core::PixelChange::Painted, tr("painted")},
                                                           {core::PixelChange::Erased, tr("erased")},
                                                           {core::PixelChange::Reclassed, tr("another class")},
                                                           {core::PixelChange::Unclassed, tr("background")}};
    for (const auto &[change, word] : kinds) {
        auto *swatch = new QLabel(legend);
        swatch->setPixmap(QPixmap::fromImage(changeSwatch(change, 2 * GridUnit)));
        layout->addWidget(swatch);
        layout->addWidget(new QLabel(word, legend));
    }
    layout->addStretch(1);
    return legend;
}

HistoryView HistoryDialog::view() const
{
    return static_cast<HistoryView>(m_view->currentData().toInt());
}

int HistoryDialog::chosenRow() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? index.row() : -1;
}

void HistoryDialog::refresh()
{
    const core::ImageId id = m_editor.currentImage();
    if (!id.isValid() || m_project.reader() == nullptr)
        return;
    m_image = id;
    const std::uint64_t request = ++m_reading;
    m_project.reader()->submit(
        this, [id](core::ProjectStore &store) { return readHistory(store, id); },
        [this, request](core::Result<std::shared_ptr<const ImageHistory>> history) {
            if (request != m_reading)
                return;
            if (history)
                adopt(std::move(*history));
            else
                m_note->setText(sentenceText(history.error().message));
        });
}

void HistoryDialog::adopt(std::shared_ptr<const ImageHistory> history)
{
    // The chosen state stays chosen while its image is painted on; a new step at the top follows itself.
    const bool isSameImage = m_model->history() && m_model->history()->image == history->image;
    const int before = isSameImage ? chosenRow() : -1;
    const bool wasNow = before >= 0 && m_model->isNow(before);
    const std::int64_t chosen = before >= 0 ? m_model->sequenceAt(before) : 0;
    const ImageDocument *document = m_editor.isImageShown() ? m_editor.annotation()->document() : nullptr;
    setWindowTitle(tr("History of %1")
                       .arg(document != nullptr ? QString::fromStdString(document->summary().name) : tr("this image")));
    m_model->setHistory(history);
    m_table->resizeColumnsToContents();
    m_note->setText(history->reachesStart
                        ? tr("Going back is a step of its own: nothing is deleted, and Undo takes it back.")
                        : tr("Going back is a step of its own: nothing is deleted. Older states than these are kept "
                             "in the project, but not listed."));
    int row = before < 0 || wasNow ? m_model->rowOf(history->history.cursor) : m_model->rowOf(chosen);
    if (row < 0 && m_model->rowCount() > 0)
        row = 0;
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
    else
        showChosen();
}

void HistoryDialog::showChosen()
{
    updateButton();
    const int row = chosenRow();
    const std::uint64_t request = ++m_drawing;
    const ImageDocument *document = m_editor.isImageShown() ? m_editor.annotation()->document() : nullptr;
    if (row < 0 || document == nullptr || document->id() != m_model->history()->image) {
        m_preview->setPicture({});
        m_summary->setText(row < 0 ? tr("Nothing was painted on this image yet.") : QString());
        m_legend->hide();
        return;
    }
    m_legend->setVisible(view() != HistoryView::State);
    HistoryPictureRequest picture;
    picture.pixels = document->sharedPixels();
    picture.contrast = document->contrast();
    picture.classes = m_project.classes();
    picture.history = m_model->history();
    picture.sequence = m_model->sequenceAt(row);
    picture.view = view();
    runInBackground(
        *QThreadPool::globalInstance(), this, [picture] { return drawHistory(picture); },
        [this, request](const HistoryPicture &drawn) {
            if (request != m_drawing)
                return;
            m_preview->setPicture(drawn.image);
            tell(drawn.changed);
        });
}

void HistoryDialog::tell(const core::StepPixels &changed)
{
    switch (view()) {
    case HistoryView::State:
        m_summary->setText(m_model->data(m_model->index(chosenRow(), 0), Qt::AccessibleTextRole).toString());
        break;
    case HistoryView::Step:
        m_summary->setText(tr("This step: %1").arg(pixelText(changed)));
        break;
    case HistoryView::Difference:
        m_summary->setText(tr("Since then: %1").arg(pixelText(changed)));
        break;
    }
    m_preview->setAccessibleDescription(m_summary->text());
}

void HistoryDialog::updateButton()
{
    const int row = chosenRow();
    m_restore->setEnabled(row >= 0 && !m_model->isNow(row) && !m_project.isReadOnly());
    m_restore->setToolTip(m_project.isReadOnly() ? sentenceText(m_project.info().readOnlyReason)
                                                 : tr("Brings this mask back as a new step"));
}

void HistoryDialog::restore()
{
    const int row = chosenRow();
    // The image may have changed since the list was read.
    if (row < 0 || m_model->history()->image != m_editor.currentImage())
        return;
    m_editor.restoreRevision(m_model->sequenceAt(row));
    // What comes is the state shown now: the list follows it.
    if (const int now = m_model->rowOf(m_model->history()->history.cursor); now >= 0)
        m_table->setCurrentIndex(m_model->index(now, 0));
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/window/EditorArea.h"

#include "core/DisplayMapping.h"
#include "ui/canvas/AnnotationController.h"
#include "ui/canvas/ImageCanvas.h"
#include "ui/canvas/ImageDocument.h"
#include "ui/canvas/LoadingVeil.h"
#include "ui/operations/MaskCommands.h"
#include "ui/review/ReviewBar.h"
#include "ui/theme/Theme.h"
#include "ui/tools/ToolController.h"
#include "ui/window/Actions.h"
#include "ui/window/CanvasActions.h"
#include "ui/window/ProjectController.h"
#include "ui/window/StartPage.h"
#include "ui/window/UiSettings.h"

#include <QAction>
#include <QActionGroup>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPixmap>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>
#include <vector>

namespace semigda::ui
{

namespace
{

const QString BrushKey = QStringLiteral("tools/brushSize");
const QString ToleranceKey = QStringLiteral("tools/tolerance");

/// What is remembered of a layer, and under which name.
const std::pair<Layer, QString> RememberedLayers[] = {{Layer::Strokes, QStringLiteral("strokes")},
                                                      {Layer::Finished, QStringLiteral("finished")},
                                                      {Layer::Prediction, QStringLiteral("prediction")}};

QString layerKey(const QString &layer, const QString &what)
{
    return QStringLiteral("canvas/%1%2").arg(layer, what);
}

/// Needs the room of the page on show, not that of the widest.
class Pages : public QStackedLayout
{
public:
    QSize minimumSize() const override
    {
        return currentWidget() != nullptr ? currentWidget()->minimumSizeHint() : QSize();
    }
};

} // namespace

EditorArea::EditorArea(Actions &actions, ProjectController &project, QWidget *parent)
    : QWidget(parent)
    , m_project(project)
    , m_stack(new Pages)
    , m_startPage(new StartPage(this))
    , m_emptyPage(createEmptyPage())
    , m_editPage(new QWidget(this))
    , m_reviewBar(new ReviewBar(actions.verdicts(), this))
    , m_notices(new NoticeArea(this))
    , m_canvas(new ImageCanvas(this))
    , m_veil(new LoadingVeil(m_canvas))
    , m_tools(new ToolController(this))
    , m_commands(new MaskCommands(this))
{
    setObjectName(QStringLiteral("editorArea"));
    m_canvas->setObjectName(QStringLiteral("imageCanvas"));
    m_canvas->setAccessibleName(tr("Image"));
    m_canvas->setTools(m_tools);
    m_reviewBar->hide();

    auto *edit = new QVBoxLayout(m_editPage);
    edit->setContentsMargins(0, 0, 0, 0);
    edit->setSpacing(0);
    edit->addWidget(m_reviewBar);
    edit->addWidget(m_canvas, 1);
    for (QWidget *page : {static_cast<QWidget *>(m_startPage), m_emptyPage, m_editPage})
        m_stack->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_stack, 1);
    layout->addWidget(m_notices);

    connectCanvas(actions, *m_canvas, *m_tools);
    connect(actions.redo, &QAction::triggered, this, &EditorArea::redo);
    connect(m_canvas, &ImageCanvas::zoomChanged, this, &EditorArea::zoomChanged);
    connect(m_canvas, &ImageCanvas::sliceStepRequested, this, &EditorArea::sliceStepRequested);
    connect(m_canvas, &ImageCanvas::documentPainted, this, [this] {
        if (m_annotation)
            m_annotation->painted();
    });
    connect(m_canvas, &ImageCanvas::cursorMoved, this, [this](const CanvasCursor &cursor) {
        CursorInfo info;
        info.isInside = cursor.isInside;
        info.x = cursor.x;
        info.y = cursor.y;
        info.millimetres = cursor.millimetres;
        info.value = cursor.value;
        if (const core::LabelClass *under = m_tools->classes().find(cursor.label))
            info.className = QString::fromStdString(under->name);
        Q_EMIT cursorMoved(info);
    });
    connect(m_canvas, &ImageCanvas::contrastChanged, this, &EditorArea::announceContrast);
    connect(m_tools, &ToolController::activeClassChanged, this, &EditorArea::activeClassChanged);
    connect(m_tools, &ToolController::toleranceChanged, this, [this](double share) {
        const ImageDocument *document = m_canvas->document();
        if (document == nullptr || !m_canvas->underMouse())
            return;
        const QString reach = QLocale().toString(share * document->contrast().width, 'g', 3);
        QToolTip::showText(QCursor::pos(), tr("Similar: ± %1").arg(reach), m_canvas);
    });
    const auto tell = [this](const QString &sentence) {
        if (!m_notices->texts().contains(sentence))
            m_notices->show({NoticeLevel::Info, sentence, {}, {}, {}});
    };
    connect(m_tools, &ToolController::noticed, this, tell);
    connect(m_commands, &MaskCommands::noticed, this, tell);
    connect(&m_project, &ProjectController::opened, this, &EditorArea::onProjectOpened);
    connect(&m_project, &ProjectController::closed, this, &EditorArea::onProjectClosed);
    connect(&m_project, &ProjectController::classesChanged, this, &EditorArea::setClasses);
    connect(&m_project, &ProjectController::predictionsChanged, this, [this] {
        if (m_annotation)
            m_annotation->reloadPrediction();
    });
}

EditorArea::~EditorArea()
{
    onProjectClosed();
}

QWidget *EditorArea::createEmptyPage()
{
    auto *page = new QWidget(this);
    page->setObjectName(QStringLiteral("emptyProjectPage"));
    auto *title = new QLabel(tr("Drop images here"), page);
    title->setAlignment(Qt::AlignCenter);
    setRole(title, QStringLiteral("title"));
    auto *text = new QLabel(tr("Photographs, DICOM, NIfTI or NRRD; single files or whole folders."), page);
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    setRole(text, QStringLiteral("muted"));
    auto *button = new QPushButton(tr("Import images …"), page);
    button->setObjectName(QStringLiteral("emptyImportButton"));
    button->setAutoDefault(true); // Enter presses it, as in a dialog
    setRole(button, QStringLiteral("primary"));
    connect(button, &QPushButton::clicked, this, &EditorArea::importRequested);
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(GridUnit);
    layout->addStretch(1);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addSpacing(GridUnit);
    layout->addWidget(button, 0, Qt::AlignCenter);
    layout->addStretch(2);
    return page;
}

void EditorArea::onProjectOpened()
{
    onProjectClosed();
    m_annotation = std::make_unique<AnnotationController>(*m_project.writer(), m_author);
    m_annotation->setReadOnly(m_project.isReadOnly());
    m_annotation->setReader(m_project.reader());
    AnnotationController *annotation = m_annotation.get();
    connect(annotation, &AnnotationController::documentChanged, this, [this](ImageDocument *document) {
        m_canvas->setDocument(document);
        m_commands->setDocument(document);
        m_veil->end();
        announceContrast();
        if (document != nullptr && document->id() == m_image)
            Q_EMIT imageShown(m_image);
    });
    connect(annotation, &AnnotationController::overviewRead, this, &EditorArea::sharpenVeil);
    connect(annotation, &AnnotationController::openFailed, this, [this](core::ImageId, const QString &sentence) {
        m_image = {};
        m_veil->end();
        m_canvas->setEmptyText(tr("This image cannot be shown."));
        m_notices->show({NoticeLevel::Error, sentence, {}, {}, {}});
        Q_EMIT undoChanged();
    });
    connect(annotation, &AnnotationController::stepFailed, this, [this](const QString &sentence) {
        m_notices->show({NoticeLevel::Error, sentence, {}, {}, {}});
    });
    connect(annotation, &AnnotationController::stepCancelled, this, [this](const QString &sentence) {
        m_notices->show({NoticeLevel::Info, sentence, {}, {}, {}});
    });
    connect(&annotation->longSteps(), &LongSteps::started, this, &EditorArea::longStepStarted);
    connect(&annotation->longSteps(), &LongSteps::progressed, this, &EditorArea::longStepProgressed);
    connect(&annotation->longSteps(), &LongSteps::ended, this, &EditorArea::longStepEnded);
    connect(annotation, &AnnotationController::saved, this, [this](const SavedStep &step) {
        if (step.kind == DocumentStep::Kind::Append)
            Q_EMIT strokeSaved(step.image, step.sequence);
        Q_EMIT imageEdited(step.image);
    });
    connect(annotation, &AnnotationController::saveStateChanged, this, &EditorArea::tellSaving);
    connect(annotation, &AnnotationController::slicesFilled, this, &EditorArea::tellFilled);
    connect(annotation, &AnnotationController::classesMerged, this, &EditorArea::tellMerged);
    connect(annotation, &AnnotationController::imagesChanged, this, [this](const std::vector<core::ImageId> &ids) {
        for (const core::ImageId id : ids)
            Q_EMIT imageEdited(id);
    });
    connect(annotation, &AnnotationController::undoChanged, this, &EditorArea::undoChanged);
}

void EditorArea::tellSaving(SaveState state, const QString &problem)
{
    if (state == SaveState::Failed) {
        const QString sentence = problem + QLatin1Char(' ')
                                 + tr("What you paint is kept in memory meanwhile and written as soon as that works; "
                                      "leave the program open until “Saved” shows.");
        if (sentence != m_shownProblem) {
            m_notices->withdraw(m_shownProblem);
            m_notices->show({NoticeLevel::Error, sentence, {}, {}, {}});
            m_shownProblem = sentence;
        }
    } else if (state == SaveState::Saved && !m_shownProblem.isEmpty()) {
        m_notices->withdraw(std::exchange(m_shownProblem, {}));
        m_notices->show({NoticeLevel::Info, tr("Everything you painted is in the project again."), {}, {}, {}});
    }
    Q_EMIT savedChanged(state == SaveState::Saved);
}

void EditorArea::onProjectClosed()
{
    m_canvas->setDocument(nullptr);
    m_commands->setDocument(nullptr);
    m_veil->end();
    announceContrast();
    m_annotation.reset();
    Q_EMIT longStepEnded();
    m_image = {};
    m_shownProblem.clear();
}

void EditorArea::setClasses(const core::LabelSet &classes)
{
    m_canvas->setClasses(classes);
    Q_EMIT activeClassChanged(m_tools->activeClass());
}

bool EditorArea::isSaved() const
{
    return !m_annotation || m_annotation->isSaved();
}

bool EditorArea::isSavingFailing() const
{
    return m_annotation && m_annotation->journal().state() == SaveState::Failed;
}

QString EditorArea::savingProblem() const
{
    return m_annotation ? m_annotation->journal().problem() : QString();
}

bool EditorArea::isImageShown() const
{
    return m_annotation && m_image.isValid() && !m_annotation->isLoading() && m_annotation->document() != nullptr
           && m_annotation->document()->id() == m_image;
}

bool EditorArea::isProposalEmpty() const
{
    if (!isImageShown() || m_annotation->document()->prediction() == nullptr)
        return false;
    const auto counts = core::countValues(m_annotation->document()->prediction()->mask);
    return std::all_of(counts.begin(), counts.end(), [](const std::pair<core::LabelValue, std::size_t> &count) {
        return count.first == core::Background || count.first == core::NotAnnotated;
    });
}

void EditorArea::announceContrast()
{
    const ImageDocument *document = m_canvas->document();
    if (document != nullptr)
        Q_EMIT contrastChanged(document->contrast(), m_canvas->contrast());
    else
        Q_EMIT contrastChanged(std::nullopt, std::nullopt);
}

QWidget &EditorArea::canvasWidget()
{
    return *m_canvas;
}

QPointF EditorArea::toCanvas(double x, double y) const
{
    return m_canvas->toWidget({x, y});
}

void EditorArea::showStartPage()
{
    m_image = {};
    m_stack->setCurrentWidget(m_startPage);
}

void EditorArea::showEmptyProject()
{
    m_image = {};
    m_veil->end();
    if (m_annotation)
        m_annotation->close();
    m_stack->setCurrentWidget(m_emptyPage);
}

void EditorArea::showImage(core::ImageId id)
{
    if (!m_annotation || !id.isValid())
        return;
    m_stack->setCurrentWidget(m_editPage);
    m_canvas->setEmptyText(tr("Loading …"));
    m_image = id;
    m_annotation->open(id);
    if (m_annotation->isLoading())
        m_veil->begin([this, id] { return preview(id); }, m_canvas->orientation());
    if (isImageShown())
        Q_EMIT imageShown(id);
}

ImagePreview EditorArea::preview(core::ImageId id) const
{
    ImagePreview preview = m_previews ? m_previews(id) : ImagePreview();
    preview.place = m_canvas->keptPlace(preview.size, preview.seriesKey);
    return preview;
}

void EditorArea::sharpenVeil(core::ImageId id, const core::ImageData &overview)
{
    if (id != m_image)
        return;
    const ImagePreview known = preview(id);
    const core::ValueWindow contrast =
        m_canvas->contrastFor(known.size, known.seriesKey, core::defaultWindow(overview));
    const std::vector<std::uint8_t> shown =
        core::toDisplay(overview, contrast, {0, 0, overview.width, overview.height});
    const QImage::Format format = overview.channels >= 3 ? QImage::Format_RGB888 : QImage::Format_Grayscale8;
    const auto rowBytes = static_cast<qsizetype>(shown.size()) / std::max(overview.height, 1);
    m_veil->sharpen(QPixmap::fromImage(QImage(shown.data(), overview.width, overview.height, rowBytes, format)),
                    ViewTransform::aspectOf(overview.geometry));
}

void EditorArea::prefetch(const std::vector<core::ImageId> &ids)
{
    if (m_annotation)
        m_annotation->prefetch(ids);
}

void EditorArea::setReviewing(bool isReviewing)
{
    m_reviewBar->setVisible(isReviewing);
    if (isReviewing)
        m_stack->setCurrentWidget(m_image.isValid() ? m_editPage : m_stack->currentWidget());
}

core::LabelValue EditorArea::activeClass() const
{
    return m_tools->activeClass();
}

void EditorArea::setActiveClass(core::LabelValue value)
{
    m_tools->setActiveClass(value);
}

void EditorArea::setBrushSize(double diameter)
{
    m_tools->setBrushSize(diameter);
}

void EditorArea::reloadMask()
{
    if (m_annotation)
        m_annotation->reload();
}

void EditorArea::markDone()
{
    if (m_annotation)
        m_annotation->markComplete();
}

void EditorArea::restoreRevision(std::int64_t sequence)
{
    if (m_annotation)
        m_annotation->restoreRevision(sequence);
}

void EditorArea::runOperation(MaskOperation operation, double amount)
{
    m_commands->run(operation, m_tools->classes(), m_tools->activeClass(), amount);
}

void EditorArea::growFromSeeds()
{
    m_commands->growFromSeeds();
}

void EditorArea::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_commands->isRunning())
        m_commands->cancel();
    else
        QWidget::keyPressEvent(event);
}

bool EditorArea::isSliceShown() const
{
    return isImageShown() && m_annotation->document()->isSlice();
}

void EditorArea::copyFromSlice(int step)
{
    if (m_annotation)
        m_annotation->copyFromSlice(step);
}

void EditorArea::fillBetweenSlices()
{
    if (m_annotation)
        m_annotation->fillBetweenSlices(m_tools->activeClass(), m_tools->classes());
}

void EditorArea::cancelLongStep()
{
    if (m_annotation)
        m_annotation->longSteps().cancel();
}

void EditorArea::mergeClasses(core::LabelValue from, core::LabelValue into)
{
    if (m_annotation)
        m_annotation->mergeClasses(from, into);
}

void EditorArea::tellFilled(const core::InterpolationReport &report)
{
    QString text = tr("%Ln slice(s) were filled in.", nullptr, static_cast<int>(report.changed.size()));
    if (report.complete > 0)
        text += QLatin1Char(' ') + tr("Slices that are done without this class were left alone.");
    tellUndoable(text, report.changed);
}

void EditorArea::tellMerged(const core::MergeReport &report)
{
    tellUndoable(tr("The class was merged on %Ln image(s).", nullptr, static_cast<int>(report.changed.size())),
                 report.changed);
}

void EditorArea::tellUndoable(const QString &text, const std::vector<core::StepRef> &changed)
{
    Notice notice;
    notice.text = text;
    notice.actionText = tr("Undo on all");
    notice.action = [this, changed] {
        if (m_annotation)
            m_annotation->undoOnSlices(changed);
    };
    m_notices->show(notice);
}

QString EditorArea::lengthUnit() const
{
    const ImageDocument *document = m_canvas->document();
    return document != nullptr && document->pixels().geometry.hasSpacing ? tr("mm") : tr("px");
}

void EditorArea::undo()
{
    if (m_annotation)
        m_annotation->undo();
}

void EditorArea::redo()
{
    if (m_annotation)
        m_annotation->redo();
}

bool EditorArea::canUndo() const
{
    return m_annotation && m_annotation->canUndo();
}

bool EditorArea::canRedo() const
{
    return m_annotation && m_annotation->canRedo();
}

void EditorArea::restore(const UiSettings &settings)
{
    for (const auto &[layer, name] : RememberedLayers) {
        LayerLook look = m_canvas->look(layer);
        look.opacity = settings.number(layerKey(name, QStringLiteral("Opacity")), look.opacity);
        const double style = settings.number(layerKey(name, QStringLiteral("Style")), static_cast<double>(look.style));
        for (const MaskStyle known : {MaskStyle::Fill, MaskStyle::Outline, MaskStyle::Hatch}) {
            if (static_cast<double>(known) == style)
                look.style = known;
        }
        m_canvas->setLook(layer, look);
    }
    m_tools->setBrushSize(settings.number(BrushKey, m_tools->brushSize()));
    m_tools->setTolerance(settings.number(ToleranceKey, m_tools->tolerance()));
}

void EditorArea::save(UiSettings &settings) const
{
    for (const auto &[layer, name] : RememberedLayers) {
        const LayerLook &look = m_canvas->look(layer);
        settings.setNumber(layerKey(name, QStringLiteral("Opacity")), look.opacity);
        settings.setNumber(layerKey(name, QStringLiteral("Style")), static_cast<double>(look.style));
    }
    settings.setNumber(BrushKey, m_tools->brushSize());
    settings.setNumber(ToleranceKey, m_tools->tolerance());
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/view3d/View3dPanel.h"

#include "ui/language/Sentences.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/view3d/SurfaceSet.h"
#include "ui/view3d/VolumeView.h"
#include "ui/work/Background.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace semigda::ui
{

namespace
{

struct Loaded
{
    std::shared_ptr<const VolumeScene> scene;
    SurfaceSet surfaces;
};

/// A class as in the legend of a figure: a square of its colour, its name and its size, never broken across lines.
QString legendEntry(const core::LabelClass &item, const QString &size)
{
    const QColor colour(item.colour.red, item.colour.green, item.colour.blue);
    QString words = QStringLiteral(" %1 %2").arg(QString::fromStdString(item.name), size).toHtmlEscaped();
    words.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
    return QStringLiteral("<span style=\"color:%1\">\u25A0</span>%2").arg(colour.name(), words);
}

core::Result<Loaded> load(const std::shared_ptr<core::ProjectSession> &session, const std::string &series,
                          const core::LabelSet &classes, const std::stop_token &stop)
{
    core::Result<std::unique_ptr<core::ProjectStore>> store = session->openStore();
    if (!store)
        return store.error();
    core::Result<VolumeScene> scene = loadVolumeScene(**store, series, stop);
    if (!scene)
        return scene.error();
    Loaded result;
    result.surfaces = SurfaceSet::build(*scene, classes);
    result.scene = std::make_shared<VolumeScene>(std::move(*scene));
    return result;
}

} // namespace

View3dPanel::View3dPanel(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedLayout(this))
    , m_message(new QLabel(this))
    , m_viewPage(new QWidget(this))
    , m_planes(new QComboBox(this))
    , m_refresh(new QPushButton(themedIcon(QStringLiteral("cube")), tr("Update"), this))
    , m_volumes(new QLabel(this))
{
    setObjectName(QStringLiteral("view3dPanel"));
    m_message->setObjectName(QStringLiteral("view3dMessageLabel"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setMargin(2 * GridUnit);
    m_message->setProperty("role", QStringLiteral("muted"));
    m_planes->setObjectName(QStringLiteral("view3dPlanesComboBox"));
    m_planes->setAccessibleName(tr("Slices in the 3D view"));
    m_planes->setToolTip(tr("Which slices of the image to show between the organs"));
    m_planes->addItem(tr("This slice"), static_cast<int>(SlicePlanes::Current));
    m_planes->addItem(tr("Three planes"), static_cast<int>(SlicePlanes::All));
    m_planes->addItem(tr("No slices"), static_cast<int>(SlicePlanes::None));
    m_refresh->setObjectName(QStringLiteral("view3dRefreshButton"));
    m_refresh->setToolTip(tr("Build the surfaces again from the current masks"));
    auto *reset = new QPushButton(themedIcon(QStringLiteral("fit")), tr("From the front"), this);
    reset->setObjectName(QStringLiteral("view3dResetButton"));
    m_volumes->setObjectName(QStringLiteral("view3dVolumesLabel"));
    m_volumes->setProperty("role", QStringLiteral("muted"));
    m_volumes->setWordWrap(true);
    m_volumes->setTextFormat(Qt::RichText);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(GridUnit);
    buttons->addWidget(m_planes);
    buttons->addStretch(1);
    buttons->addWidget(reset);
    buttons->addWidget(m_refresh);
    auto *layout = new QVBoxLayout(m_viewPage);
    layout->setContentsMargins(GridUnit, GridUnit, GridUnit, GridUnit);
    layout->setSpacing(GridUnit);
    layout->addLayout(buttons);
    layout->addWidget(m_volumes);
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_viewPage);
    m_pool.setMaxThreadCount(1);
    connect(m_planes, &QComboBox::currentIndexChanged, this, [this] {
        if (m_view != nullptr)
            m_view->setPlanes(planes());
    });
    connect(m_refresh, &QPushButton::clicked, this, &View3dPanel::reload);
    connect(reset, &QPushButton::clicked, this, [this] {
        if (m_view != nullptr)
            m_view->resetView();
    });
    showMessage(tr("Open an image that is a slice of a volume to see it in 3D."));
}

View3dPanel::~View3dPanel()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void View3dPanel::setSession(std::shared_ptr<core::ProjectSession> session)
{
    m_stop.request_stop();
    ++m_request;
    m_isLoading = false;
    m_session = std::move(session);
    m_image.reset();
    m_shownSeries.clear();
    m_scene.reset();
    if (m_view != nullptr)
        m_view->clear();
    showMessage(tr("Open an image that is a slice of a volume to see it in 3D."));
}

void View3dPanel::setClasses(const core::LabelSet &classes)
{
    m_classes = classes;
    if (m_view != nullptr)
        m_view->setClasses(classes);
    if (m_scene)
        showVolume();
}

void View3dPanel::showImage(const core::ImageSummary &image)
{
    m_image = image;
    if (!isVisible())
        return;
    if (!image.seriesKey.empty() && image.seriesKey == m_shownSeries)
        followSlice();
    else
        reload();
}

void View3dPanel::markChanged(core::ImageId id)
{
    if (m_scene && std::find(m_scene->slices.begin(), m_scene->slices.end(), id) != m_scene->slices.end())
        m_refresh->setText(tr("Update (masks changed)"));
}

void View3dPanel::setPlanes(SlicePlanes planes)
{
    if (const int index = m_planes->findData(static_cast<int>(planes)); index >= 0)
        m_planes->setCurrentIndex(index);
}

SlicePlanes View3dPanel::planes() const
{
    return static_cast<SlicePlanes>(m_planes->currentData().toInt());
}

QString View3dPanel::message() const
{
    return m_stack->currentWidget() == m_message ? m_message->text() : QString();
}

void View3dPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_image && m_image->seriesKey != m_shownSeries)
        reload();
    else if (m_image)
        followSlice();
}

void View3dPanel::reload()
{
    m_stop.request_stop();
    m_stop = {};
    const std::uint64_t request = ++m_request;
    m_isLoading = false;
    m_shownSeries.clear();
    if (!m_session || !m_image)
        return;
    if (m_image->seriesKey.empty()) {
        showMessage(tr("This image is not part of a volume, so there is nothing to show in 3D."));
        return;
    }
    if (!VolumeView::isAvailable()) {
        showMessage(tr("This computer's display has no OpenGL 3.2, so the 3D view cannot be drawn; all else works."));
        return;
    }
    m_isLoading = true;
    showMessage(tr("Building the 3D view …"));
    runInBackground(
        m_pool, this,
        [session = m_session, series = m_image->seriesKey, classes = m_classes, stop = m_stop.get_token()] {
            return load(session, series, classes, stop);
        },
        [this, request, series = m_image->seriesKey](core::Result<Loaded> result) {
            if (request != m_request)
                return;
            m_isLoading = false;
            if (!result) {
                showMessage(sentenceText(result.error().message));
                Q_EMIT loaded();
                return;
            }
            m_shownSeries = series;
            m_scene = result->scene;
            if (m_view == nullptr) {
                m_view = new VolumeView(m_viewPage);
                static_cast<QVBoxLayout *>(m_viewPage->layout())->insertWidget(0, m_view, 1);
            }
            m_view->setScene(m_scene, result->surfaces, m_classes);
            m_view->setPlanes(planes());
            m_refresh->setText(tr("Update"));
            showVolume();
            followSlice();
            Q_EMIT loaded();
        });
}

void View3dPanel::showMessage(const QString &sentence)
{
    m_message->setText(sentence);
    m_stack->setCurrentWidget(m_message);
}

void View3dPanel::showVolume()
{
    QStringList parts;
    for (const core::LabelClass &item : m_classes.classes()) {
        const double volume = classVolume(*m_scene, item.value);
        if (volume <= 0.0)
            continue;
        parts << legendEntry(item, m_scene->hasSpacing ? tr("%L1 mL").arg(volume, 0, 'f', volume < 10 ? 2 : 1)
                                                       : tr("%L1 voxels").arg(volume, 0, 'f', 0));
    }
    QString text = parts.isEmpty() ? tr("No mask in this volume yet.") : parts.join(QStringLiteral("\u2003 "));
    if (m_scene->predictedSlices > 0)
        text += QStringLiteral("<br>")
                + tr("%Ln of %L1 slice(s) show proposals nobody has checked.", nullptr, m_scene->predictedSlices)
                      .arg(m_scene->depth);
    m_volumes->setText(text);
    m_stack->setCurrentWidget(m_viewPage);
}

void View3dPanel::followSlice()
{
    if (!m_scene || m_view == nullptr || !m_image)
        return;
    const auto place = std::find(m_scene->slices.begin(), m_scene->slices.end(), m_image->id);
    if (place != m_scene->slices.end())
        m_view->setSlice(static_cast<int>(place - m_scene->slices.begin()));
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <QThreadPool>
#include <QWidget>

#include <memory>
#include <stop_token>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace semigda::ui
{

class VolumeView;
enum class SlicePlanes;
struct VolumeScene;

/// The volume that the image on the canvas belongs to, in 3D. Nothing is loaded while the panel is hidden; files are
/// read and surfaces built on a thread of its own. Says in one sentence why there is nothing to see. Gui thread.
class View3dPanel : public QWidget
{
    Q_OBJECT

public:
    explicit View3dPanel(QWidget *parent = nullptr);
    ~View3dPanel() override;

    void setSession(std::shared_ptr<core::ProjectSession> session);
    void setClasses(const core::LabelSet &classes);
    /// The image on the canvas; reloads when it belongs to another volume.
    void showImage(const core::ImageSummary &image);
    /// The mask of a slice changed: the picture is marked as old until refreshed.
    void markChanged(core::ImageId id);
    void setPlanes(SlicePlanes planes);
    SlicePlanes planes() const;
    bool isLoading() const { return m_isLoading; }
    /// The sentence on show; empty while a volume is shown.
    QString message() const;

Q_SIGNALS:
    void loaded();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void reload();
    void showMessage(const QString &sentence);
    void showVolume();
    void followSlice();

    QStackedLayout *m_stack;
    QLabel *m_message;
    QWidget *m_viewPage;
    VolumeView *m_view = nullptr; ///< made when first needed, so that a start without OpenGL costs nothing
    QComboBox *m_planes;
    QPushButton *m_refresh;
    QLabel *m_volumes;
    std::shared_ptr<core::ProjectSession> m_session;
    core::LabelSet m_classes;
    std::optional<core::ImageSummary> m_image;
    std::string m_shownSeries;
    std::shared_ptr<const VolumeScene> m_scene;
    std::stop_source m_stop;
    std::uint64_t m_request = 0;
    bool m_isLoading = false;
    QThreadPool m_pool;
};

} // namespace semigda::ui

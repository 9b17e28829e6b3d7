// SPDX-License-Identifier: Apache-2.0
#include "ui/window/StatusLine.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/window/EditorArea.h"
#include "ui/window/TaskStatus.h"

#include <QLabel>
#include <QPainter>
#include <QStyle>

#include <cmath>

namespace semigda::ui
{

namespace
{

/// Ends in "…" where there is no room for all of its text, and is no reason to widen the window.
class ElidedLabel : public QLabel
{
public:
    explicit ElidedLabel(QWidget *parent)
        : QLabel(parent)
    {
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QRect area = contentsRect();
        style()->drawItemText(&painter, area, static_cast<int>(alignment()), palette(), isEnabled(),
                              fontMetrics().elidedText(text(), Qt::ElideRight, area.width()), foregroundRole());
    }
};

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent)
    , m_task(new TaskStatus(this))
    , m_step(new TaskStatus(this))
{
    setObjectName(QStringLiteral("statusLine"));
    setSizeGripEnabled(false);
    m_training = createLabel(QStringLiteral("trainingStatusLabel"), 0);
    m_sentence = new ElidedLabel(this);
    m_sentence->setObjectName(QStringLiteral("nextStepLabel"));
    m_sentence->setContentsMargins(GridUnit / 2, 0, GridUnit / 2, 0);
    m_cursor = createLabel(QStringLiteral("cursorLabel"), 0);
    m_zoom = createLabel(QStringLiteral("zoomLabel"), 6);
    m_zoom->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_zoom->setToolTip(tr("Screen pixels per image pixel"));
    m_device = createLabel(QStringLiteral("deviceLabel"), 0);
    m_device->setToolTip(tr("What training runs on"));
    m_savedIcon = createLabel(QStringLiteral("savedIconLabel"), 0);
    m_saved = createLabel(QStringLiteral("savedLabel"), 0);
    m_step->setObjectName(QStringLiteral("stepStatus"));
    addWidget(m_task);
    addWidget(m_step);
    addWidget(m_training);
    addWidget(m_sentence, 1);
    addPermanentWidget(m_cursor);
    addPermanentWidget(m_zoom);
    addPermanentWidget(m_device);
    addPermanentWidget(m_savedIcon);
    addPermanentWidget(m_saved);
    m_doneTime.setSingleShot(true);
    connect(&m_doneTime, &QTimer::timeout, this, [this] {
        m_done.clear();
        showSentence();
    });
    setProjectOpen(false);
}

void StatusLine::setProjectOpen(bool isOpen)
{
    for (QLabel *label : {m_cursor, m_zoom, m_device, m_savedIcon, m_saved})
        label->setVisible(isOpen);
    m_device->clear();
    m_cursor->clear();
    m_zoom->clear();
    showTraining({});
    m_done.clear();
    showNextStep({});
}

void StatusLine::showCursor(const CursorInfo &info)
{
    if (!info.isInside) {
        m_cursor->clear();
        return;
    }
    QString text = tr("x %1  y %2").arg(info.x).arg(info.y);
    if (info.millimetres)
        text += tr("   %L1, %L2 mm").arg(info.millimetres->x(), 0, 'f', 1).arg(info.millimetres->y(), 0, 'f', 1);
    if (!info.value.isEmpty())
        text += tr("   value %1").arg(info.value);
    if (!info.className.isEmpty())
        text += QStringLiteral("   ") + info.className;
    m_cursor->setText(text);
}

void StatusLine::showZoom(double factor)
{
    m_zoom->setText(factor > 0.0 ? tr("%1 %").arg(std::lround(factor * 100.0)) : QString());
}

void StatusLine::showDevice(const QString &device)
{
    m_device->setText(device);
}

void StatusLine::showSaved(bool isSaved, const QString &reason)
{
    const ThemeColours &colours = themeColours();
    if (!reason.isEmpty()) {
        setIcon(m_savedIcon, QStringLiteral("lock"), colours.warning);
        m_saved->setText(tr("Read-only"));
        m_saved->setToolTip(reason);
        return;
    }
    setIcon(m_savedIcon, isSaved ? QStringLiteral("saved") : QStringLiteral("saving"),
            isSaved ? colours.good : colours.warning);
    m_saved->setText(isSaved ? tr("Saved") : tr("Saving …"));
    m_saved->setToolTip(isSaved ? tr("Everything you painted is in the project on disk.")
                                : tr("The last stroke is being written."));
}

void StatusLine::showNotSaved(const QString &problem)
{
    setIcon(m_savedIcon, QStringLiteral("warning"), themeColours().bad);
    m_saved->setText(tr("Not saved"));
    m_saved->setToolTip(problem);
}

void StatusLine::showTraining(const QString &text)
{
    m_training->setText(text);
    m_training->setVisible(!text.isEmpty());
}

void StatusLine::showNextStep(const QString &sentence)
{
    m_nextStep = sentence;
    showSentence();
}

void StatusLine::showDone(const QString &sentence, int milliseconds)
{
    m_done = sentence;
    m_doneTime.start(milliseconds);
    showSentence();
}

void StatusLine::showTip(const QString &tip)
{
    m_tip = tip;
    showSentence();
}

void StatusLine::showSentence()
{
    const QString &sentence = !m_tip.isEmpty() ? m_tip : !m_done.isEmpty() ? m_done : m_nextStep;
    m_sentence->setText(sentence);
    m_sentence->setToolTip(sentence);
}

QLabel *StatusLine::createLabel(const QString &name, int characters)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setContentsMargins(GridUnit / 2, 0, GridUnit / 2, 0);
    if (characters > 0)
        label->setMinimumWidth(fontMetrics().horizontalAdvance(QString(characters, QLatin1Char('0'))));
    return label;
}

void StatusLine::setIcon(QLabel *label, const QString &icon, const QColor &colour)
{
    label->setPixmap(iconPixmap(icon, 2 * GridUnit, colour, devicePixelRatioF()));
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/window/NoticeArea.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace semigda::ui
{

namespace
{

constexpr int MaxShown = 3;

QString levelName(NoticeLevel level)
{
    switch (level) {
    case NoticeLevel::Error:
        return QStringLiteral("error");
    case NoticeLevel::Warning:
        return QStringLiteral("warning");
    case NoticeLevel::Info:
        break;
    }
    return QStringLiteral("info");
}

QColor levelColour(NoticeLevel level)
{
    const ThemeColours &colours = themeColours();
    switch (level) {
    case NoticeLevel::Error:
        return colours.bad;
    case NoticeLevel::Warning:
        return colours.warning;
    case NoticeLevel::Info:
        break;
    }
    return colours.accentText;
}

QPlainTextEdit *createDetails(const QStringList &details, QWidget *parent)
{
    auto *text = new QPlainTextEdit(details.join(QLatin1Char('\n')), parent);
    text->setObjectName(QStringLiteral("noticeDetailsTextEdit"));
    text->setReadOnly(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    const int lines = std::clamp(static_cast<int>(details.size()), 2, 8);
    text->setFixedHeight((lines + 2) * text->fontMetrics().lineSpacing());
    text->hide();
    return text;
}

} // namespace

NoticeArea::NoticeArea(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("noticeArea"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(GridUnit / 2);
}

void NoticeArea::show(const Notice &notice)
{
    // The same sentence twice says nothing new: the younger takes the older one's place.
    withdraw(notice.text);
    for (QFrame *old : findChildren<QFrame *>(QStringLiteral("noticeFrame"), Qt::FindDirectChildrenOnly)) {
        if (m_layout->count() >= MaxShown)
            remove(old);
    }
    auto *frame = new QFrame(this);
    frame->setObjectName(QStringLiteral("noticeFrame"));
    frame->setProperty("role", QStringLiteral("notice"));
    frame->setProperty("level", levelName(notice.level));
    frame->setAccessibleName(notice.text);
    auto *icon = new QLabel(frame);
    icon->setPixmap(
        iconPixmap(levelName(notice.level), 2 * GridUnit + 4, levelColour(notice.level), devicePixelRatioF()));
    auto *text = new QLabel(notice.text, frame);
    text->setObjectName(QStringLiteral("noticeLabel"));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *close = new QToolButton(frame);
    close->setObjectName(QStringLiteral("noticeCloseButton"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close the message"));
    close->setFocusPolicy(Qt::TabFocus);

    auto *row = new QHBoxLayout;
    row->setSpacing(GridUnit);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(text, 1);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(GridUnit, GridUnit / 2, GridUnit / 2, GridUnit / 2);
    layout->addLayout(row);
    if (!notice.actionText.isEmpty()) {
        auto *action = new QPushButton(notice.actionText, frame);
        action->setObjectName(QStringLiteral("noticeActionButton"));
        action->setFocusPolicy(Qt::TabFocus);
        row->addWidget(action);
        connect(action, &QPushButton::clicked, frame, [frame, run = notice.action] {
            frame->deleteLater();
            run();
        });
    }
    if (!notice.details.isEmpty()) {
        auto *details = new QPushButton(tr("Details"), frame);
        details->setObjectName(QStringLiteral("noticeDetailsButton"));
        details->setCheckable(true);
        details->setFocusPolicy(Qt::TabFocus);
        row->addWidget(details);
        QPlainTextEdit *list = createDetails(notice.details, frame);
        layout->addWidget(list);
        connect(details, &QPushButton::toggled, list, &QWidget::setVisible);
    }
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, frame, &QObject::deleteLater);
    m_layout->addWidget(frame);
    if (notice.level == NoticeLevel::Info && notice.details.isEmpty())
        QTimer::singleShot(m_infoMilliseconds, frame, &QObject::deleteLater);
}

void NoticeArea::withdraw(const QString &text)
{
    for (QFrame *old : findChildren<QFrame *>(QStringLiteral("noticeFrame"), Qt::FindDirectChildrenOnly)) {
        if (old->accessibleName() == text)
            remove(old);
    }
}

void NoticeArea::remove(QFrame *frame)
{
    m_layout->removeWidget(frame);
    frame->setObjectName({});
    frame->hide();
    frame->deleteLater();
}

void NoticeArea::clear()
{
    for (QFrame *frame : findChildren<QFrame *>(QStringLiteral("noticeFrame"), Qt::FindDirectChildrenOnly))
        delete frame;
}

QStringList NoticeArea::texts() const
{
    QStringList texts;
    for (const QFrame *frame : findChildren<QFrame *>(QStringLiteral("noticeFrame"), Qt::FindDirectChildrenOnly))
        texts << frame->accessibleName();
    return texts;
}

} // namespace semigda::ui

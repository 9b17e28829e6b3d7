// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

#include <functional>

class QFrame;
class QVBoxLayout;

namespace semigda::ui
{

enum class NoticeLevel { Info, Warning, Error };

struct Notice
{
    NoticeLevel level = NoticeLevel::Info;
    QString text;        ///< one sentence
    QStringList details; ///< shown behind "Details"
    QString actionText;  ///< optional button
    std::function<void()> action;
};

/// Short messages beside the image instead of boxes in front of it. Information leaves by itself, warnings and errors
/// stay until closed. Gui thread.
class NoticeArea : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeArea(QWidget *parent = nullptr);

    void show(const Notice &notice);
    /// Takes back the one with this text, if it is still there: what it said is over.
    void withdraw(const QString &text);
    void clear();
    /// Texts on show, oldest first.
    QStringList texts() const;
    /// How long information stays.
    void setInfoMilliseconds(int milliseconds) { m_infoMilliseconds = milliseconds; }

private:
    void remove(QFrame *frame);

    QVBoxLayout *m_layout;
    int m_infoMilliseconds = 12000;
};

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"

#include <QWidget>

class QAction;
class QBoxLayout;
class QLabel;
class QToolButton;

namespace semigda::ui
{

/// The line above the image while reviewing: which case, how well the models agree, and the verdicts as buttons.
/// Gui thread.
class ReviewBar : public QWidget
{
    Q_OBJECT

public:
    /// The verdict actions stay with the caller.
    ReviewBar(const QList<QAction *> &verdicts, QWidget *parent = nullptr);

    /// A case that waits, and how many do, itself included.
    void showCase(const QString &name, const core::PredictionScores &scores, std::size_t waiting);
    /// The proposal of the case outlines nothing, which cannot be seen on the image.
    void setProposalEmpty(bool isEmpty);
    /// Pixels were changed: accepting stores a correction.
    void setChanged(bool isChanged);
    /// Nothing waits.
    void showEmpty(bool hasPredictions);

Q_SIGNALS:
    void closeRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QBoxLayout *m_halves; ///< texts and buttons: one above the other where there is little room
    QWidget *m_buttons;
    QList<QToolButton *> m_verdicts;
    int m_buttonsWidth = 0; ///< with their pictures, pixels
    QLabel *m_place;
    QLabel *m_agreement;
    QLabel *m_changed;
    QString m_shortScores; ///< where more is to be said beside them
    QString m_scores;
};

} // namespace semigda::ui

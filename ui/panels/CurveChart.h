// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <vector>

namespace semigda::ui
{

/// Two curves over the time of a training run: the loss (left axis, smoothed) and the validation Dice (right axis,
/// 0 to 1) with its best value marked. Bounded memory: old points are thinned. Gui thread.
class CurveChart : public QWidget
{
    Q_OBJECT

public:
    explicit CurveChart(QWidget *parent = nullptr);

    void clear();
    /// `seconds` since the start of training, not falling.
    void addLoss(double seconds, double loss);
    /// A vertical line where another phase begins; losses of different phases do not compare.
    void beginPhase(double seconds);
    void addDice(double seconds, double dice);
    std::size_t lossCount() const { return m_loss.size(); }
    std::size_t diceCount() const { return m_dice.size(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Point
    {
        double seconds = 0.0;
        double value = 0.0;
    };

    QRectF plotArea() const;
    double lastSecond() const;
    double lossTop() const;
    void drawFrame(QPainter &painter, const QRectF &area) const;
    void drawLoss(QPainter &painter, const QRectF &area) const;
    void drawDice(QPainter &painter, const QRectF &area) const;
    void describeForReaders();

    std::vector<Point> m_loss;
    std::vector<Point> m_dice;
    std::vector<double> m_phases;
};

} // namespace semigda::ui

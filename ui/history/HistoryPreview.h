// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QWidget>

namespace semigda::ui
{

/// A picture as large as its place allows, undistorted. Gui thread.
class HistoryPreview : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPreview(QWidget *parent = nullptr);

    void setPicture(const QImage &picture);
    const QImage &picture() const { return m_picture; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage m_picture;
};

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "core/MaskShapes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace semigda::core
{

namespace
{

/// Pixels of row y whose centres lie in [left, right].
void addCentres(std::vector<MaskEdit::RowSpan> &spans, int y, double left, double right)
{
    const double first = std::ceil(left - 0.5);
    const double last = std::floor(right - 0.5);
    if (last >= first) {
        spans.push_back({y, static_cast<int>(first), static_cast<int>(last - first) + 1});
    }
}

constexpr double FarthestPixel = 1 << 21;

/// Coordinates far outside of any image would only cost time and overflow.
PointF sane(PointF point)
{
    const auto within = [](double v) { return std::isnan(v) ? 0.0 : std::clamp(v, -FarthestPixel, FarthestPixel); };
    return {within(point.x), within(point.y)};
}

/// The x interval of the horizontal line `y` inside a convex quadrilateral, widened into left..right.
void clipQuad(const PointF (&quad)[4], double y, double &left, double &right)
{
    for (int i = 0; i < 4; ++i) {
        const PointF &a = quad[i];
        const PointF &b = quad[(i + 1) % 4];
        if ((a.y <= y && b.y >= y) || (b.y <= y && a.y >= y)) {
            if (a.y == b.y) {
                left = std::min({left, a.x, b.x});
                right = std::max({right, a.x, b.x});
            } else {
                const double x = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
                left = std::min(left, x);
                right = std::max(right, x);
            }
        }
    }
}

std::vector<MaskEdit::RowSpan> pixelLine(PointF from, PointF to)
{
    std::vector<MaskEdit::RowSpan> spans;
    int x = static_cast<int>(std::floor(from.x));
    int y = static_cast<int>(std::floor(from.y));
    const int endX = static_cast<int>(std::floor(to.x));
    const int endY = static_cast<int>(std::floor(to.y));
    const int stepX = x < endX ? 1 : -1;
    const int stepY = y < endY ? 1 : -1;
    const int dx = std::abs(endX - x);
    const int dy = -std::abs(endY - y);
    int error = dx + dy;
    for (;;) {
        spans.push_back({y, x, 1});
        if (x == endX && y == endY) {
            return spans;
        }
        const int twice = 2 * error;
        if (twice >= dy) {
            error += dy;
            x += stepX;
        }
        if (twice <= dx) {
            error += dx;
            y += stepY;
        }
    }
}

} // namespace

std::vector<MaskEdit::RowSpan> brushStroke(PointF from, PointF to, double diameter, BrushShape shape)
{
    from = sane(from);
    to = sane(to);
    if (!(diameter > 1.0)) {
        return pixelLine(from, to);
    }
    const double radius = std::min(diameter, FarthestPixel) / 2.0;
    const double top = std::min(from.y, to.y) - radius;
    const double bottom = std::max(from.y, to.y) + radius;
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double length = std::hypot(dx, dy);
    std::vector<MaskEdit::RowSpan> spans;
    for (int y = static_cast<int>(std::floor(top)); y <= static_cast<int>(std::floor(bottom)); ++y) {
        const double centre = y + 0.5;
        double left = std::numeric_limits<double>::infinity();
        double right = -left;
        for (const PointF &end : {from, to}) {
            const double offset = std::abs(centre - end.y);
            if (offset <= radius) {
                const double half = shape == BrushShape::Round ? std::sqrt(radius * radius - offset * offset) : radius;
                left = std::min(left, end.x - half);
                right = std::max(right, end.x + half);
            }
        }
        if (length > 0.0) {
            if (shape == BrushShape::Round) {
                const double nx = -dy / length * radius;
                const double ny = dx / length * radius;
                const PointF quad[4] = {{from.x + nx, from.y + ny},
                                        {to.x + nx, to.y + ny},
                                        {to.x - nx, to.y - ny},
                                        {from.x - nx, from.y - ny}};
                clipQuad(quad, centre, left, right);
            } else {
                // The hull of two squares is bounded by the lines through their outer corners.
                const double side = dx * dy >= 0.0 ? 1.0 : -1.0;
                const PointF quad[4] = {{from.x + radius, from.y - side * radius},
                                        {to.x + radius, to.y - side * radius},
                                        {to.x - radius, to.y + side * radius},
                                        {from.x - radius, from.y + side * radius}};
                clipQuad(quad, centre, left, right);
            }
        }
        if (left <= right) {
            addCentres(spans, y, left, right);
        }
    }
    if (spans.empty()) {
        return pixelLine(from, to);
    }
    return spans;
}

std::vector<MaskEdit::RowSpan> rectangleInterior(PointF corner, PointF opposite)
{
    const PointF a = sane(corner);
    const PointF b = sane(opposite);
    return polygonInterior({a, {b.x, a.y}, b, {a.x, b.y}});
}

std::vector<MaskEdit::RowSpan> ellipseInterior(PointF corner, PointF opposite)
{
    const PointF a = sane(corner);
    const PointF b = sane(opposite);
    const PointF centre{(a.x + b.x) / 2.0, (a.y + b.y) / 2.0};
    const double radiusX = std::abs(b.x - a.x) / 2.0;
    const double radiusY = std::abs(b.y - a.y) / 2.0;
    std::vector<MaskEdit::RowSpan> spans;
    const int last = static_cast<int>(std::floor(centre.y + radiusY));
    for (int y = static_cast<int>(std::floor(centre.y - radiusY)); y <= last; ++y) {
        const double height = (y + 0.5 - centre.y) / radiusY;
        // Written so that it fails for no height at all, 0 / 0.
        if (height * height < 1.0) {
            const double half = radiusX * std::sqrt(1.0 - height * height);
            addCentres(spans, y, centre.x - half, centre.x + half);
        }
    }
    return spans;
}

std::vector<MaskEdit::RowSpan> polygonInterior(const std::vector<PointF> &corners)
{
    std::vector<MaskEdit::RowSpan> spans;
    if (corners.size() < 3) {
        return spans;
    }
    std::vector<PointF> points(corners.size());
    std::transform(corners.begin(), corners.end(), points.begin(), sane);
    const auto [low, high] =
        std::minmax_element(points.begin(), points.end(), [](const PointF &a, const PointF &b) { return a.y < b.y; });
    std::vector<double> crossings;
    for (int y = static_cast<int>(std::floor(low->y)); y <= static_cast<int>(std::floor(high->y)); ++y) {
        const double centre = y + 0.5;
        crossings.clear();
        for (std::size_t i = 0; i < points.size(); ++i) {
            const PointF &a = points[i];
            const PointF &b = points[(i + 1) % points.size()];
            if ((a.y <= centre) != (b.y <= centre)) {
                crossings.push_back(a.x + (centre - a.y) / (b.y - a.y) * (b.x - a.x));
            }
        }
        std::sort(crossings.begin(), crossings.end());
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            addCentres(spans, y, crossings[i], crossings[i + 1]);
        }
    }
    return spans;
}

} // namespace semigda::core

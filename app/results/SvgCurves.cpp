// SPDX-License-Identifier: Apache-2.0
#include "app/results/SvgCurves.h"

#include "app/results/HtmlText.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace semigda::app
{

namespace
{

using Points = std::vector<std::pair<double, double>>;

// Units of the drawing, about a pixel each on a screen.
constexpr double Width = 400;
constexpr double Height = 240;
constexpr double Left = 40;
constexpr double Right = Width - 12;
constexpr double Top = 44;
constexpr double Bottom = Height - 40;
constexpr std::size_t MostPoints = 240;
constexpr std::size_t FewPoints = 60;

struct Range
{
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    bool isEmpty() const { return !(low <= high); }
    void include(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

std::string number(double value)
{
    return fixedText(value, 1);
}

/// Means of equally long pieces.
Points thinned(const Points &points)
{
    if (points.size() <= MostPoints)
        return points;
    Points kept;
    for (std::size_t i = 0; i < MostPoints; ++i) {
        const std::size_t begin = i * points.size() / MostPoints;
        const std::size_t end = (i + 1) * points.size() / MostPoints;
        double x = 0.0;
        double y = 0.0;
        for (std::size_t k = begin; k < end; ++k) {
            x += points[k].first;
            y += points[k].second;
        }
        const auto count = static_cast<double>(end - begin);
        kept.emplace_back(x / count, y / count);
    }
    return kept;
}

/// 1, 2 or 5 times a power of ten, so that at most `most` steps fit.
double niceStep(double length, int most)
{
    const double least = length / most;
    const double decade = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * decade >= least * (1.0 - 1e-9))
            return factor * decade;
    return 10.0 * decade;
}

std::vector<double> evenTicks(const Range &range, int most)
{
    if (!(range.high > range.low))
        return {range.low};
    const double step = niceStep(range.high - range.low, most);
    std::vector<double> ticks;
    const auto last = static_cast<long long>(std::floor(range.high / step + 1e-9));
    for (auto i = static_cast<long long>(std::ceil(range.low / step - 1e-9)); i <= last; ++i)
        ticks.push_back(static_cast<double>(i) * step);
    return ticks;
}

/// Ticks at 1, 2, 5 of each decade, or at the decades alone where these are many. `range` holds logarithms.
std::vector<double> logTicks(const Range &range)
{
    const bool isWide = range.high - range.low > 2.0;
    const int every = std::max(1, static_cast<int>(std::ceil((range.high - range.low) / 6.0)));
    std::vector<double> ticks;
    for (int decade = static_cast<int>(std::floor(range.low)); decade <= range.high; ++decade) {
        if (decade % every != 0)
            continue;
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double value = decade + std::log10(factor);
            if ((factor == 1.0 || !isWide) && value >= range.low - 1e-9 && value <= range.high + 1e-9)
                ticks.push_back(value);
        }
    }
    return ticks;
}

/// As few digits as the number needs: "0.05", "200".
std::string tickText(double value)
{
    std::string text = fixedText(value, value != 0.0 && std::abs(value) < 0.01 ? 5 : 2);
    text.erase(text.find_last_not_of('0') + 1);
    if (!text.empty() && text.back() == '.')
        text.pop_back();
    return text;
}

class Drawing
{
public:
    explicit Drawing(const CurvePlot &plot);
    bool isEmpty() const { return m_x.isEmpty() || m_y.isEmpty(); }
    std::string markup() const;

private:
    double xAt(double x) const { return Left + m_x.share(x) * (Right - Left); }
    double yAt(double y) const { return Bottom - m_y.share(y) * (Bottom - Top); }
    std::string axes() const;
    std::string legend() const;
    std::string line(std::size_t index) const;

    const CurvePlot &m_plot;
    std::vector<Points> m_curves; ///< thinned; y is its logarithm on such a scale
    Range m_x;
    Range m_y;
};

Drawing::Drawing(const CurvePlot &plot)
    : m_plot(plot)
{
    for (const Curve &curve : plot.curves) {
        m_curves.push_back(thinned(curve.points));
        for (auto &[x, y] : m_curves.back()) {
            if (plot.isLogarithmic)
                y = y > 0.0 ? std::log10(y) : std::numeric_limits<double>::quiet_NaN();
            if (!std::isfinite(y))
                continue;
            m_x.include(x);
            m_y.include(y);
        }
    }
    if (isEmpty())
        return;
    m_x.include(0.0);
    if (plot.yRange)
        m_y = {plot.yRange->first, plot.yRange->second};
    else if (!(m_y.high > m_y.low))
        m_y = {m_y.low - 0.5, m_y.high + 0.5};
}

std::string Drawing::axes() const
{
    std::string svg;
    for (const double y : m_plot.isLogarithmic ? logTicks(m_y) : evenTicks(m_y, 5)) {
        const std::string at = number(yAt(y));
        svg += "<path class=\"grid\" d=\"M" + number(Left) + " " + at + "H" + number(Right)
               + "\"/><text class=\"tick\" text-anchor=\"end\" x=\"" + number(Left - 6) + "\" y=\"" + number(yAt(y) + 4)
               + "\">" + tickText(m_plot.isLogarithmic ? std::pow(10.0, y) : y) + "</text>";
    }
    for (const double x : evenTicks(m_x, 5))
        svg += "<text class=\"tick\" text-anchor=\"middle\" x=\"" + number(xAt(x)) + "\" y=\"" + number(Bottom + 16)
               + "\">" + tickText(x) + "</text>";
    for (std::size_t i = 0; i < m_plot.marks.size(); ++i) {
        const double x = xAt(m_plot.marks[i]);
        svg += "<path class=\"mark\" d=\"M" + number(x) + " " + number(Top) + "V" + number(Bottom)
               + "\"/><text class=\"tick\" x=\"" + number(x + 4) + "\" y=\"" + number(Top + 11) + "\">"
               + std::to_string(i + 1) + "</text>";
    }
    return svg + "<path class=\"axis\" d=\"M" + number(Left) + " " + number(Bottom) + "H" + number(Right)
           + "\"/><text class=\"tick\" text-anchor=\"middle\" x=\"" + number((Left + Right) / 2) + "\" y=\""
           + number(Height - 6) + "\">" + htmlText(m_plot.xName) + "</text>";
}

std::string Drawing::legend() const
{
    std::string svg = "<text class=\"name\" x=\"0\" y=\"14\">" + htmlText(m_plot.title) + "</text>";
    if (m_curves.size() < 2)
        return svg;
    constexpr double CharacterWidth = 6.1; // on average, of letters of 11 units
    double x = Left;
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        svg += "<path class=\"curve c" + std::to_string(i) + "\" d=\"M" + number(x)
               + " 30h24\"/><text class=\"tick\" x=\"" + number(x + 30) + "\" y=\"34\">"
               + htmlText(m_plot.curves[i].name) + "</text>";
        x += 46 + CharacterWidth * static_cast<double>(m_plot.curves[i].name.size());
    }
    return svg;
}

std::string Drawing::line(std::size_t index) const
{
    std::string path;
    std::string points;
    bool isJoined = false;
    for (const auto &[x, y] : m_curves[index]) {
        if (!std::isfinite(y)) {
            isJoined = false;
            continue;
        }
        const std::string at = number(xAt(x)) + " " + number(yAt(y));
        path += (isJoined ? "L" : "M") + at;
        points += "M" + at + "h0";
        isJoined = true;
    }
    const std::string style = "c" + std::to_string(index);
    const bool isSparse = m_curves[index].size() <= FewPoints;
    return "<path class=\"curve " + style + "\" d=\"" + path + "\"/>"
           + (isSparse ? "<path class=\"points " + style + "\" d=\"" + points + "\"/>" : "");
}

std::string Drawing::markup() const
{
    std::string svg = "<svg class=\"plot\" role=\"img\" aria-label=\"" + htmlText(m_plot.title) + "\" viewBox=\"0 0 "
                      + number(Width) + " " + number(Height) + "\">" + axes();
    // The first is whole, the others are dashed: where they are equal, both are seen.
    for (std::size_t i = 0; i < m_curves.size(); ++i)
        svg += line(i);
    return svg + legend() + "</svg>\n";
}

} // namespace

std::string curvePicture(const CurvePlot &plot)
{
    const Drawing drawing(plot);
    return drawing.isEmpty() ? std::string() : drawing.markup();
}

} // namespace semigda::app

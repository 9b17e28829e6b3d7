// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/SuperpixelFinder.h"

#include "ui/canvas/ImageDocument.h"
#include "ui/work/Background.h"
#include "ui/work/MaskThreads.h"

namespace semigda::ui
{

SuperpixelFinder::SuperpixelFinder(std::function<void()> found)
    : m_found(std::move(found))
{}

SuperpixelFinder::~SuperpixelFinder()
{
    m_stop.request_stop();
}

SuperpixelFinder::Map SuperpixelFinder::mapOf(const ImageDocument &document, int side)
{
    if (!m_map || &m_map->superpixels().image() != document.sharedPixels().get() || m_map->superpixels().side() != side)
        m_map = std::make_shared<core::SuperpixelMap>(
            core::Superpixels(document.sharedPixels(), document.contrast(), side));
    return m_map;
}

void SuperpixelFinder::find(const Map &map, QPoint pixel)
{
    m_wanted = Request{map, pixel};
    next();
}

void SuperpixelFinder::lookAround(const Map &map, QPoint pixel)
{
    m_around = Request{map, pixel};
    next();
}

void SuperpixelFinder::forget()
{
    m_stop.request_stop();
    m_wanted.reset();
    m_around.reset();
}

void SuperpixelFinder::next()
{
    if (m_isWorking)
        return;
    if (m_wanted) {
        start(*m_wanted);
    } else if (m_around) {
        if (const std::optional<QPoint> pixel = unknownAround(*m_around))
            start({m_around->map, *pixel});
        else
            m_around.reset();
    }
}

std::optional<QPoint> SuperpixelFinder::unknownAround(const Request &around)
{
    const core::ImageData &image = around.map->superpixels().image();
    const core::PixelRect whole{0, 0, image.width, image.height};
    const auto isUnknown = [&](QPoint pixel) {
        return whole.contains(pixel.x(), pixel.y()) && !around.map->known(pixel.x(), pixel.y());
    };
    if (isUnknown(around.pixel))
        return around.pixel;
    const std::shared_ptr<const core::Superpixel> here = around.map->known(around.pixel.x(), around.pixel.y());
    if (!here)
        return std::nullopt;
    for (const int x : {here->bounds.left - 1, here->bounds.left + here->bounds.width / 2, here->bounds.right()}) {
        for (const int y : {here->bounds.top - 1, here->bounds.top + here->bounds.height / 2, here->bounds.bottom()}) {
            if (isUnknown({x, y}))
                return QPoint(x, y);
        }
    }
    return std::nullopt;
}

void SuperpixelFinder::start(const Request &request)
{
    m_isWorking = true;
    m_stop = {};
    runInBackground(
        maskThreads(), &m_context,
        [request, stop = m_stop.get_token()] {
            return request.map->find(request.pixel.x(), request.pixel.y(), stop) != nullptr;
        },
        [this, pixel = request.pixel, map = request.map](bool isFound) {
            m_isWorking = false;
            if (m_wanted && m_wanted->pixel == pixel && m_wanted->map == map && isFound)
                m_wanted.reset();
            if (isFound)
                m_found();
            next();
        });
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/SuperpixelMap.h"

#include <QObject>
#include <QPoint>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace semigda::ui
{

class ImageDocument;

/// Works out superpixels on another thread, one at a time: those that are waited for first, then the one under the
/// pointer and those around it, so that they are there when a stroke comes. Gui thread.
class SuperpixelFinder
{
public:
    using Map = std::shared_ptr<core::SuperpixelMap>;

    /// `found`: something is known that was not.
    explicit SuperpixelFinder(std::function<void()> found);
    ~SuperpixelFinder();
    SuperpixelFinder(const SuperpixelFinder &) = delete;
    SuperpixelFinder &operator=(const SuperpixelFinder &) = delete;

    /// Of the document's image; the same as long as image and side stay.
    Map mapOf(const ImageDocument &document, int side);
    /// In place of what was waited for before.
    void find(const Map &map, QPoint pixel);
    void lookAround(const Map &map, QPoint pixel);
    /// Nothing is looked for any more.
    void forget();

private:
    struct Request
    {
        Map map;
        QPoint pixel;
    };

    void next();
    void start(const Request &request);
    /// The first pixel around the pointer whose superpixel is not known.
    static std::optional<QPoint> unknownAround(const Request &around);

    std::function<void()> m_found;
    Map m_map; ///< asked for last
    std::optional<Request> m_wanted;
    std::optional<Request> m_around;
    bool m_isWorking = false;
    std::stop_source m_stop;
    QObject m_context; ///< last: what other threads have found comes to nobody once this is gone
};

} // namespace semigda::ui

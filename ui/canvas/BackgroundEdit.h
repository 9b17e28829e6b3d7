// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/MaskEdit.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace semigda::ui
{

class ImageDocument;

/// One edit of a document that is worked out on another thread, so that a large one holds up nothing; the document's
/// edit stays open until then, and nothing else is drawn. Gui thread; only the work runs elsewhere.
class BackgroundEdit
{
public:
    enum class Ending {
        Changed,
        Unchanged, ///< all is as wanted already, or locked
        LeftOut    ///< the image went, or was changed by something else, before the work was done
    };
    /// Told of every edit that was not cancelled.
    using Ended = std::function<void(Ending)>;
    /// From the mask as it was when the edit began. Any thread; what a stopped one returns is not used.
    using Work = std::function<core::MaskChange(const core::LabelMask &before, const std::stop_token &stop)>;

    explicit BackgroundEdit(Ended ended);
    ~BackgroundEdit();
    BackgroundEdit(const BackgroundEdit &) = delete;
    BackgroundEdit &operator=(const BackgroundEdit &) = delete;

    /// False: not now, see ImageDocument::beginEdit.
    bool begin(ImageDocument &document, core::OverpaintRule rule, const std::string &reason);
    /// What the edit is to be; on show as soon as it is known, in place of what was shown before. While one goes on, it
    /// is finished and shown first, and of those that came meanwhile only the newest is worked out.
    void show(Work work);
    /// The edit is complete: ends it, now or when the work is done.
    void commit();
    /// Nothing of it remains.
    void cancel();
    /// The document goes: ends the edit as it is, or leaves it out when the work goes on.
    void finish();
    /// The document is gone already.
    void forget();

    bool isActive() const { return m_isOpen; }

private:
    /// Nothing else has ended the edit, as a step of the whole image does.
    bool ownsEdit() const;
    void start(Work work);
    void take(const std::shared_ptr<const core::MaskChange> &change);
    void end(Ending ending);

    Ended m_ended;
    QPointer<ImageDocument> m_document;
    std::uint64_t m_number = 0; ///< of the document's edit
    core::LabelMask m_before;
    bool m_isOpen = false;
    bool m_isWorking = false;
    bool m_isComplete = false;
    std::optional<Work> m_next;
    std::uint64_t m_request = 0;
    std::stop_source m_stop;
    QObject m_context; ///< last: what other threads have found comes to nobody once this is gone
};

} // namespace semigda::ui

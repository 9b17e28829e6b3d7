// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/BackgroundEdit.h"

#include "ui/canvas/ImageDocument.h"
#include "ui/work/Background.h"
#include "ui/work/MaskThreads.h"

#include <utility>

namespace semigda::ui
{

BackgroundEdit::BackgroundEdit(Ended ended)
    : m_ended(std::move(ended))
{}

BackgroundEdit::~BackgroundEdit()
{
    m_stop.request_stop();
}

bool BackgroundEdit::begin(ImageDocument &document, core::OverpaintRule rule, const std::string &reason)
{
    if (m_isOpen || !document.beginEdit(std::move(rule), reason))
        return false;
    m_document = &document;
    m_number = document.editNumber();
    m_before = document.mask();
    m_isOpen = true;
    return true;
}

void BackgroundEdit::show(Work work)
{
    if (!m_isOpen)
        return;
    if (m_isWorking)
        m_next = std::move(work);
    else
        start(std::move(work));
}

void BackgroundEdit::start(Work work)
{
    m_isWorking = true;
    m_stop = {};
    runInBackground(
        maskThreads(), &m_context,
        [before = m_before, run = std::move(work), stop = m_stop.get_token()] {
            return std::make_shared<const core::MaskChange>(run(before, stop));
        },
        [this, request = ++m_request](const std::shared_ptr<const core::MaskChange> &change) {
            if (request == m_request)
                take(change);
        });
}

void BackgroundEdit::take(const std::shared_ptr<const core::MaskChange> &change)
{
    m_isWorking = false;
    if (!ownsEdit()) {
        end(Ending::LeftOut);
        return;
    }
    m_document->replaceEdit(change);
    if (m_next)
        start(*std::exchange(m_next, std::nullopt));
    else if (m_isComplete)
        end(Ending::Unchanged);
}

void BackgroundEdit::commit()
{
    if (!m_isOpen)
        return;
    m_isComplete = true;
    if (!m_isWorking)
        end(Ending::Unchanged);
}

void BackgroundEdit::cancel()
{
    const QPointer<ImageDocument> document = ownsEdit() ? m_document : nullptr;
    forget();
    if (document)
        document->revertEdit();
}

void BackgroundEdit::finish()
{
    if (m_isOpen)
        end(m_isWorking ? Ending::LeftOut : Ending::Unchanged);
}

void BackgroundEdit::forget()
{
    m_stop.request_stop();
    ++m_request;
    m_isOpen = m_isWorking = m_isComplete = false;
    m_next.reset();
    m_document = nullptr;
    m_before = {};
}

bool BackgroundEdit::ownsEdit() const
{
    return m_isOpen && m_document && m_document->isEditing() && m_document->editNumber() == m_number;
}

void BackgroundEdit::end(Ending ending)
{
    const QPointer<ImageDocument> document = ownsEdit() ? m_document : nullptr;
    forget();
    if (document && ending == Ending::LeftOut)
        document->revertEdit();
    else if (document && document->commitEdit())
        ending = Ending::Changed;
    m_ended(ending);
}

} // namespace semigda::ui

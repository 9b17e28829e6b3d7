// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace semigda::storage
{

/// While it lives, what Qt's image codecs log in this thread is kept here and stays off the terminal: Qt's JPEG codec
/// tells of damaged data only there. Other messages pass on to the handler that was there before.
class CodecMessages
{
public:
    CodecMessages();
    ~CodecMessages();
    CodecMessages(const CodecMessages &) = delete;
    CodecMessages &operator=(const CodecMessages &) = delete;

    /// The message that means lost pixels, or "". Harmless ones (stray bytes between segments) do not count.
    std::string damage() const;

private:
    friend struct CodecMessageHandler;
    std::vector<std::string> m_messages;
    CodecMessages *m_outer = nullptr;
};

} // namespace semigda::storage

// SPDX-License-Identifier: Apache-2.0
#include "storage/CodecMessages_p.h"

#include <QtCore/QString>
#include <QtCore/qlogging.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace semigda::storage
{

namespace
{

thread_local CodecMessages *t_collector = nullptr;
std::atomic<QtMessageHandler> s_previous{nullptr};

} // namespace

struct CodecMessageHandler
{
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
    {
        const bool isCodec = context.category != nullptr && std::strncmp(context.category, "qt.gui.imageio", 14) == 0;
        if (isCodec && t_collector != nullptr) {
            t_collector->m_messages.push_back(message.toStdString());
            return;
        }
        if (const QtMessageHandler previous = s_previous.load())
            previous(type, context, message);
    }
};

CodecMessages::CodecMessages()
    : m_outer(t_collector)
{
    // Installed once and for good: taking it out again could put back a handler that another thread has replaced.
    static std::once_flag isInstalled;
    std::call_once(isInstalled, [] { s_previous = qInstallMessageHandler(&CodecMessageHandler::handle); });
    t_collector = this;
}

CodecMessages::~CodecMessages()
{
    t_collector = m_outer;
}

std::string CodecMessages::damage() const
{
    // Scanners are known to leave a few stray bytes between segments; many mean that the decoder lost its way.
    constexpr int HarmlessBytes = 16;
    static constexpr std::array<const char *, 3> Signs{"premature end", "bad Huffman code", "resync"};
    for (const std::string &message : m_messages) {
        for (const char *sign : Signs)
            if (message.find(sign) != std::string::npos)
                return message;
        int stray = 0;
        const std::size_t at = message.find(" extraneous bytes");
        const std::size_t start = at == std::string::npos ? at : message.find_last_not_of("0123456789", at - 1);
        if (start != std::string::npos)
            stray = std::atoi(message.c_str() + start + 1);
        if (stray > HarmlessBytes)
            return message;
    }
    return {};
}

} // namespace semigda::storage

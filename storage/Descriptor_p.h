// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>

#include <unistd.h>

namespace semigda::storage
{

/// A POSIX descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {}
    ~Descriptor()
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int number() const { return m_number; }
    bool isOpen() const { return m_number >= 0; }
    /// errno of closing; some file systems report a full disk only here.
    int close()
    {
        const int result = ::close(m_number);
        m_number = -1;
        return result == 0 ? 0 : errno;
    }

private:
    int m_number;
};

} // namespace semigda::storage

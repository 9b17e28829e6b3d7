// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Sentence.h"

#include <utility>
#include <variant>

namespace semigda::core
{

enum class ErrorCode {
    InvalidArgument,
    NotFound,
    AlreadyExists,
    UnsupportedFormat,
    CorruptFile,
    GeometryMismatch,
    UnknownValue,
    PermissionDenied,
    ReadOnly,
    DiskFull,
    Locked,
    NewerVersion,
    OutOfMemory,
    Diverged,
    Cancelled,
    Io,
    Internal
};

/// An expected failure. `message` is one sentence for the user: what went wrong, with which file, what to do.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    Sentence message;

    bool operator==(const Error &) const = default;
};

/// Value or Error, with the member names of std::expected so that it can be swapped for it later.
/// Reading the value of a failed result throws std::bad_variant_access, a programmer's mistake.
template <typename T> class [[nodiscard]] Result
{
public:
    using value_type = T;

    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {}
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {}

    bool has_value() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    template <typename U> T value_or(U &&fallback) const
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <> class [[nodiscard]] Result<void>
{
public:
    using value_type = void;

    Result() = default;
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {}

    bool has_value() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    void value() const { static_cast<void>(std::get<0>(m_state)); }
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<std::monostate, Error> m_state;
};

} // namespace semigda::core

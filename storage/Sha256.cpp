// SPDX-License-Identifier: Apache-2.0
#include "storage/Sha256_p.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace semigda::storage
{

struct Sha256::State
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    ~State() { EVP_MD_CTX_free(context); }
    /// OpenSSL fails for want of memory only.
    static void require(int isDone)
    {
        if (isDone != 1)
            throw std::bad_alloc();
    }
};

Sha256::Sha256()
    : d(std::make_unique<State>())
{
    State::require(d->context != nullptr ? EVP_DigestInit_ex(d->context, EVP_sha256(), nullptr) : 0);
}

Sha256::~Sha256() = default;

void Sha256::add(std::span<const std::byte> bytes)
{
    State::require(EVP_DigestUpdate(d->context, bytes.data(), bytes.size()));
}

std::string Sha256::hex()
{
    static constexpr char Digits[] = "0123456789abcdef";
    std::array<unsigned char, 32> sum{};
    State::require(EVP_DigestFinal_ex(d->context, sum.data(), nullptr));
    std::string text;
    for (const unsigned char byte : sum) {
        text += Digits[byte >> 4];
        text += Digits[byte & 15];
    }
    return text;
}

} // namespace semigda::storage

// SPDX-License-Identifier: Apache-2.0
// The journal behind a human mask: a base mask and the revisions around it. To be called inside
// SqliteConnection::read or write.
#pragma once

#include "storage/MaskCodec_p.h"
#include "storage/SqliteRows_p.h"

namespace semigda::storage
{

struct JournalRow
{
    std::int64_t cursor = 0;
    std::int64_t lastSequence = 0;
    bool isComplete = false;
    std::int64_t painted = 0;
};

/// Zeros when the image was never edited.
JournalRow journalRow(SqliteConnection &connection, core::ImageId id);
void saveJournalRow(SqliteConnection &connection, core::ImageId id, const JournalRow &row);

/// Sequence of the base mask, 0 when it is the blank one.
std::int64_t baseSequence(SqliteConnection &connection, core::ImageId id);
void saveBase(SqliteConnection &connection, core::ImageId id, std::int64_t sequence, const Blob &mask);

struct ReplayedMask
{
    core::LabelMask mask;
    std::size_t steps = 0; ///< replayed from the base
    std::size_t bytes = 0; ///< of these, packed
};
/// The mask at the cursor. Fails with CorruptFile naming the image.
ReplayedMask replayMask(SqliteConnection &connection, const ImageRow &image, const JournalRow &row);

/// By how much the number of annotated pixels grows.
std::int64_t paintedGrowth(const core::MaskDelta &delta);

} // namespace semigda::storage

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/MaskDelta.h"

#include <vector>

namespace semigda::core
{

/// Appends the spans in which `count` pixels of row y from column x differ; one that goes on where the last span ends
/// makes that longer.
inline void appendChanges(std::vector<MaskDelta::Span> &spans, int x, int y, int count, const LabelValue *before,
                          const LabelValue *after)
{
    for (int i = 0; i < count;) {
        const int start = i++;
        while (i < count && before[i] == before[start] && after[i] == after[start]) {
            ++i;
        }
        if (before[start] == after[start]) {
            continue;
        }
        MaskDelta::Span *last = spans.empty() ? nullptr : &spans.back();
        if (last != nullptr && last->y == y && last->x + last->count == x + start && last->before == before[start]
            && last->after == after[start]) {
            last->count += i - start;
        } else {
            spans.push_back({x + start, y, i - start, before[start], after[start]});
        }
    }
}

} // namespace semigda::core

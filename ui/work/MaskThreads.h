// SPDX-License-Identifier: Apache-2.0
#pragma once

class QThreadPool;

namespace semigda::ui
{

/// Threads for what may take seconds on a mask or an image. Not the global ones: Qt draws large pictures in pieces on
/// those and waits for them, so that with all of them busy the window would stand still. Any thread.
QThreadPool &maskThreads();

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/work/MaskThreads.h"

#include <QThreadPool>

namespace semigda::ui
{

QThreadPool &maskThreads()
{
    static QThreadPool threads;
    return threads;
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/window/PlaceWarning.h"

#include <QCoreApplication>

namespace semigda::ui
{

namespace
{

struct PlaceTexts
{
    Q_DECLARE_TR_FUNCTIONS(semigda::ui::PlaceTexts)
};

} // namespace

QString placeWarning(const core::ProjectPlace &place)
{
    const QString name = QString::fromStdString(place.name);
    switch (place.kind) {
    case core::PlaceKind::NetworkShare:
        return PlaceTexts::tr(
                   "This project is on a network share (%1), where two computers that open it at the same time can "
                   "damage it; copy it to a disk of this computer to work on it, and back it up by exporting.")
            .arg(name);
    case core::PlaceKind::SyncedFolder:
        return PlaceTexts::tr(
                   "This project is in a folder that %1 keeps in step with other computers, which can damage it while "
                   "it is open; copy it to another folder to work on it, and back it up by exporting.")
            .arg(name);
    case core::PlaceKind::Local:
        break;
    }
    return {};
}

} // namespace semigda::ui

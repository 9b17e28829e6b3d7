// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/FileDialogs.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace semigda::ui
{

FileDialogs FileDialogs::fromSystem()
{
    FileDialogs dialogs;
    dialogs.chooseFolder = [](QWidget *parent, const QString &title, const QString &startFolder) {
        return QFileDialog::getExistingDirectory(parent, title, startFolder);
    };
    dialogs.chooseImages = [](QWidget *parent, const QString &title, const QString &startFolder) {
        // DICOM files often have no ending, so "all files" comes first and the reader decides by content.
        const QString filter = QCoreApplication::translate(
            "semigda::ui::FileDialogs", "All files (*);;Images (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp);;"
                                        "Medical images (*.dcm *.nii *.nii.gz *.nrrd DICOMDIR)");
        return QFileDialog::getOpenFileNames(parent, title, startFolder, filter);
    };
    return dialogs;
}

} // namespace semigda::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/keys/KeyPresets.h"

#include <QCoreApplication>

namespace semigda::ui
{

namespace
{

using Keys = QList<QPair<QString, QString>>;

/// Slicer's Segment Editor: the digits take effects in the order of its buttons, Q and W step through the segments.
Keys slicerKeys()
{
    return {
        {QStringLiteral("actionUndo"), QStringLiteral("Z; Ctrl+Z")},
        {QStringLiteral("actionRedo"), QStringLiteral("Y; Ctrl+Y")},
        {QStringLiteral("actionPreviousSlice"), QStringLiteral("Left; PgUp")},
        {QStringLiteral("actionNextSlice"), QStringLiteral("Right; PgDown")},
        {QStringLiteral("actionPreviousClass"), QStringLiteral("Q; ,")},
        {QStringLiteral("actionNextClass"), QStringLiteral("W; .")},
        {QStringLiteral("actionWand"), QStringLiteral("1")},
        {QStringLiteral("actionBrush"), QStringLiteral("2")},
        {QStringLiteral("actionPolygon"), QStringLiteral("3")},
        {QStringLiteral("actionEraser"), QStringLiteral("4; E")},
        {QStringLiteral("actionFillBetween"), QStringLiteral("7; Ctrl+Shift+B")},
        {QStringLiteral("actionGrow"), QStringLiteral("8; Ctrl+Shift+G")},
        {QStringLiteral("actionSmooth"), QStringLiteral("0; Ctrl+Shift+S")},
        {QStringLiteral("actionLargerBrush"), QStringLiteral("+; ]")},
        {QStringLiteral("actionSmallerBrush"), QStringLiteral("-; [")},
    };
}

/// ITK-SNAP: the digits take tools, A and D fade the mask, < and > step through the labels.
Keys itkSnapKeys()
{
    return {
        {QStringLiteral("actionPan"), QStringLiteral("2; V")},
        {QStringLiteral("actionPolygon"), QStringLiteral("3; P")},
        {QStringLiteral("actionBrush"), QStringLiteral("4; B")},
        {QStringLiteral("actionLargerBrush"), QStringLiteral("+; ]")},
        {QStringLiteral("actionSmallerBrush"), QStringLiteral("-; [")},
        {QStringLiteral("actionPreviousClass"), QStringLiteral("<; ,")},
        {QStringLiteral("actionNextClass"), QStringLiteral(">; .")},
        {QStringLiteral("actionSwapClass"), QStringLiteral("Ctrl+Shift+L; X")},
        {QStringLiteral("actionRedo"), QStringLiteral("Ctrl+Shift+Z; Ctrl+Y")},
        {QStringLiteral("actionShowOverlay"), QStringLiteral("S")},
        {QStringLiteral("actionLessOpaque"), QStringLiteral("A")},
        {QStringLiteral("actionMoreOpaque"), QStringLiteral("D")},
        {QStringLiteral("actionPreviousSlice"), QStringLiteral("PgUp; Down; Left")},
        {QStringLiteral("actionNextSlice"), QStringLiteral("PgDown; Up; Right")},
    };
}

/// labelme and X-AnyLabeling: A and D walk through the images.
Keys labelmeKeys()
{
    return {
        {QStringLiteral("actionPreviousImage"), QStringLiteral("A; Ctrl+Left")},
        {QStringLiteral("actionNextImage"), QStringLiteral("D; Ctrl+Right")},
        {QStringLiteral("actionPolygon"), QStringLiteral("Ctrl+N; P")},
        {QStringLiteral("actionRectangle"), QStringLiteral("Ctrl+R; R")},
        {QStringLiteral("actionBrush"), QStringLiteral("Shift+B; B")},
        {QStringLiteral("actionAdaptiveBrush"), QStringLiteral("Ctrl+B")},
        {QStringLiteral("actionWand"), QStringLiteral("Shift+W; W")},
        {QStringLiteral("actionFit"), QStringLiteral("Ctrl+F")},
        {QStringLiteral("actionActualSize"), QStringLiteral("Ctrl+0; Ctrl+1")},
        {QStringLiteral("actionNewProject"), QStringLiteral("Ctrl+Alt+N")},
        {QStringLiteral("actionResetContrast"), QStringLiteral("Ctrl+Alt+R")},
    };
}

/// CVAT: D and F walk through the images, Shift and a digit take tools.
Keys cvatKeys()
{
    return {
        {QStringLiteral("actionPreviousImage"), QStringLiteral("D; Ctrl+Left")},
        {QStringLiteral("actionNextImage"), QStringLiteral("F; Ctrl+Right")},
        {QStringLiteral("actionBrush"), QStringLiteral("Shift+1; B")},
        {QStringLiteral("actionEraser"), QStringLiteral("Shift+2; E")},
        {QStringLiteral("actionPolygon"), QStringLiteral("Shift+3; P")},
        {QStringLiteral("actionRedo"), QStringLiteral("Ctrl+Shift+Z; Ctrl+Y")},
        {QStringLiteral("actionShowOverlay"), QStringLiteral("H; S")},
        {QStringLiteral("actionFill"), QStringLiteral("Shift+F")},
        {QStringLiteral("actionShowUncertainty"), QStringLiteral("Shift+D")},
    };
}

} // namespace

const QList<KeyPreset> &keyPresets()
{
    static const QList<KeyPreset> presets = {
        {QStringLiteral("own"), QCoreApplication::translate("semigda::ui::KeyPreset", "SemiGDA Studio"), {}},
        {QStringLiteral("slicer"), QStringLiteral("3D Slicer"), slicerKeys()},
        {QStringLiteral("itksnap"), QStringLiteral("ITK-SNAP"), itkSnapKeys()},
        {QStringLiteral("labelme"), QStringLiteral("labelme, X-AnyLabeling"), labelmeKeys()},
        {QStringLiteral("cvat"), QStringLiteral("CVAT"), cvatKeys()},
    };
    return presets;
}

} // namespace semigda::ui

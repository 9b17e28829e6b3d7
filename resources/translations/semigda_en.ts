<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>semigda::ui::EditorArea</name>
    <message numerus="yes">
        <source>%Ln slice(s) were filled in.</source>
        <translation>
            <numerusform>%Ln slice was filled in.</numerusform>
            <numerusform>%Ln slices were filled in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The class was merged on %Ln image(s).</source>
        <translation>
            <numerusform>The class was merged on %Ln image.</numerusform>
            <numerusform>The class was merged on %Ln images.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::ImageActions</name>
    <message numerus="yes">
        <source>%Ln image(s) moved, whole patients together: %1.</source>
        <translation>
            <numerusform>%Ln image moved, whole patients together: %1.</numerusform>
            <numerusform>%Ln images moved, whole patients together: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tags of %Ln image(s) changed.</source>
        <translation>
            <numerusform>Tags of %Ln image changed.</numerusform>
            <numerusform>Tags of %Ln images changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed from the project; masks and history are kept, and “Removed images” brings them back.</source>
        <translation>
            <numerusform>%Ln image removed from the project; its mask and history are kept, and “Removed images” brings it back.</numerusform>
            <numerusform>%Ln images removed from the project; masks and history are kept, and “Removed images” brings them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) brought back.</source>
        <translation>
            <numerusform>%Ln image brought back.</numerusform>
            <numerusform>%Ln images brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln image(s) for good, with masks, history and proposals?</source>
        <translation>
            <numerusform>Delete %Ln image for good, with its mask, history and proposals?</numerusform>
            <numerusform>Delete %Ln images for good, with masks, history and proposals?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) deleted for good.</source>
        <translation>
            <numerusform>%Ln image deleted for good.</numerusform>
            <numerusform>%Ln images deleted for good.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::ImageListPanel</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln image(s)</source>
        <translation>
            <numerusform>%L1 of %Ln image</numerusform>
            <numerusform>%L1 of %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln need(s) your look</source>
        <translation>
            <numerusform>%Ln needs your look</numerusform>
            <numerusform>%Ln need your look</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::ProjectController</name>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… and %Ln more</numerusform>
            <numerusform>… and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) imported</source>
        <translation>
            <numerusform>%Ln image imported</numerusform>
            <numerusform>%Ln images imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln with labels</source>
        <translation>
            <numerusform>, %Ln with labels</numerusform>
            <numerusform>, %Ln with labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln already there</source>
        <translation>
            <numerusform>, %Ln already there</numerusform>
            <numerusform>, %Ln already there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %Ln file(s) could not be imported</source>
        <translation>
            <numerusform>; %Ln file could not be imported</numerusform>
            <numerusform>; %Ln files could not be imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) exported to %1.</source>
        <translation>
            <numerusform>%Ln file exported to %1.</numerusform>
            <numerusform>%Ln files exported to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be exported.</source>
        <translation>
            <numerusform>%Ln could not be exported.</numerusform>
            <numerusform>%Ln could not be exported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) have a proposal now.</source>
        <translation>
            <numerusform>%Ln image has a proposal now.</numerusform>
            <numerusform>%Ln images have a proposal now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::ReviewBar</name>
    <message numerus="yes">
        <source>%1 · %Ln left to review</source>
        <translation>
            <numerusform>%1 · the last one to review</numerusform>
            <numerusform>%1 · %Ln left to review</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::StepTexts</name>
    <message numerus="yes">
        <source>Next: train (%1); the model then outlines the other %Ln image(s).</source>
        <translation>
            <numerusform>Next: train (%1); the model then outlines the other image.</numerusform>
            <numerusform>Next: train (%1); the model then outlines the other %Ln images.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Next: %Ln proposal(s) need your look; review them (%1).</source>
        <translation>
            <numerusform>Next: %Ln proposal needs your look; review it (%1).</numerusform>
            <numerusform>Next: %Ln proposals need your look; review them (%1).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::TagsDialog</name>
    <message numerus="yes">
        <source>Tags of %Ln chosen image(s):</source>
        <translation>
            <numerusform>Tags of %Ln chosen image:</numerusform>
            <numerusform>Tags of %Ln chosen images:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::TrainingPanel</name>
    <message numerus="yes">
        <source>CPU, %Ln thread(s)</source>
        <translation>
            <numerusform>CPU, %Ln thread</numerusform>
            <numerusform>CPU, %Ln threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>about %Ln minute left</numerusform>
            <numerusform>about %Ln minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln labelled</source>
        <translation>
            <numerusform>%Ln labelled</numerusform>
            <numerusform>%Ln labelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partly</source>
        <translation>
            <numerusform>%Ln partly</numerusform>
            <numerusform>%Ln partly</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not labelled</source>
        <translation>
            <numerusform>%Ln not labelled</numerusform>
            <numerusform>%Ln not labelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln proposal(s)</source>
        <translation>
            <numerusform>%Ln proposal</numerusform>
            <numerusform>%Ln proposals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::View3dPanel</name>
    <message numerus="yes">
        <source>%Ln of %L1 slice(s) show proposals nobody has checked.</source>
        <translation>
            <numerusform>%Ln of %L1 slices shows a proposal nobody has checked.</numerusform>
            <numerusform>%Ln of %L1 slices show proposals nobody has checked.</numerusform>
        </translation>
    </message>
</context>
</TS>

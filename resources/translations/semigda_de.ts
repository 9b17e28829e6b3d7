<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>QAbstractSpinBox</name>
    <message>
        <source>&amp;Select All</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>&amp;Step up</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>Step &amp;down</source>
        <translation>&amp;Kleiner</translation>
    </message>
</context>
<context>
    <name>QColorDialog</name>
    <message>
        <source>Select Color</source>
        <translation>Farbe wählen</translation>
    </message>
    <message>
        <source>&amp;Basic colors</source>
        <translation>&amp;Grundfarben</translation>
    </message>
    <message>
        <source>&amp;Custom colors</source>
        <translation>&amp;Eigene Farben</translation>
    </message>
    <message>
        <source>&amp;Add to Custom Colors</source>
        <translation>&amp;Zu eigenen Farben hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Pick Screen Color</source>
        <translation>Farbe vom &amp;Bildschirm wählen</translation>
    </message>
    <message>
        <source>Hu&amp;e:</source>
        <translation>Farb&amp;ton:</translation>
    </message>
    <message>
        <source>&amp;Sat:</source>
        <translation>&amp;Sättigung:</translation>
    </message>
    <message>
        <source>&amp;Val:</source>
        <translation>&amp;Helligkeit:</translation>
    </message>
    <message>
        <source>&amp;Red:</source>
        <translation>&amp;Rot:</translation>
    </message>
    <message>
        <source>&amp;Green:</source>
        <translation>Gr&amp;ün:</translation>
    </message>
    <message>
        <source>Bl&amp;ue:</source>
        <translation>B&amp;lau:</translation>
    </message>
    <message>
        <source>A&amp;lpha channel:</source>
        <translation>&amp;Deckkraft:</translation>
    </message>
    <message>
        <source>&amp;HTML:</source>
        <translation>HT&amp;ML:</translation>
    </message>
    <message>
        <source>Cursor at %1, %2
Press ESC to cancel</source>
        <translation>Mauszeiger bei %1, %2
Esc bricht ab</translation>
    </message>
</context>
<context>
    <name>QDialogButtonBox</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>QDockWidget</name>
    <message>
        <source>Float</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Undocks and re-attaches the dock widget</source>
        <translation>Löst das Fenster ab und dockt es wieder an</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Closes the dock widget</source>
        <translation>Schließt das Fenster</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Find Directory</source>
        <translation>Ordner suchen</translation>
    </message>
    <message>
        <source>Look in:</source>
        <translation>Suchen in:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Ordner:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>Datei&amp;name:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>Dateityp:</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>&amp;Wählen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Go forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Parent Directory</source>
        <translation>Übergeordneter Ordner</translation>
    </message>
    <message>
        <source>Go to the parent directory</source>
        <translation>Zum übergeordneten Ordner</translation>
    </message>
    <message>
        <source>Create New Folder</source>
        <translation>Neuen Ordner anlegen</translation>
    </message>
    <message>
        <source>Create a New Folder</source>
        <translation>Neuen Ordner anlegen</translation>
    </message>
    <message>
        <source>New Folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>&amp;New Folder</source>
        <translation>&amp;Neuer Ordner</translation>
    </message>
    <message>
        <source>List View</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Change to list view mode</source>
        <translation>Als Liste anzeigen</translation>
    </message>
    <message>
        <source>Detail View</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Change to detail view mode</source>
        <translation>Mit Details anzeigen</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>List of places and bookmarks</source>
        <translation>Orte und Lesezeichen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>All Files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Recent Places</source>
        <translation>Zuletzt besucht</translation>
    </message>
    <message>
        <source>Show &amp;hidden files</source>
        <translation>&amp;Versteckte Dateien anzeigen</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
        <translation>%1
Den Ordner gibt es nicht.
Bitte prüfen Sie seinen Namen.</translation>
    </message>
    <message>
        <source>%1
File not found.
Please verify the correct file name was given.</source>
        <translation>%1
Die Datei gibt es nicht.
Bitte prüfen Sie ihren Namen.</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 gibt es schon.
Möchten Sie es ersetzen?</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Date Modified</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Computer</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>Standardwerte</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Meta</source>
        <translation>Meta</translation>
    </message>
    <message>
        <source>Num</source>
        <translation>Num</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Backtab</source>
        <translation>Rück-Tab</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Einfg</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Runter</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild ab</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Druck</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>&amp;Linkadresse kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>The file of image %1 has another size than its mask; put the original file back or import it again.</source>
        <translation>Die Datei des Bildes %1 hat eine andere Größe als seine Maske; legen Sie die ursprüngliche Datei zurück oder importieren Sie sie erneut.</translation>
    </message>
    <message>
        <source>What you painted before is not saved yet; free some space or check the disk, then try again.</source>
        <translation>Zuvor Gemaltes ist noch nicht gespeichert; schaffen Sie Speicherplatz oder prüfen Sie den Datenträger und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The history of this image is being written just now; open it again in a moment.</source>
        <translation>Der Verlauf dieses Bildes wird gerade geschrieben; öffnen Sie ihn gleich noch einmal.</translation>
    </message>
    <message>
        <source>This image has no proposal yet; train first.</source>
        <translation>Dieses Bild hat noch keinen Vorschlag; trainieren Sie zuerst.</translation>
    </message>
    <message>
        <source>The script %1 cannot be read: %2.</source>
        <translation>Das Skript %1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>Line %1 of the script %2 is not understood.</source>
        <translation>Zeile %1 des Skripts %2 wird nicht verstanden.</translation>
    </message>
    <message>
        <source>This image is not part of a volume.</source>
        <translation>Dieses Bild gehört zu keinem Volumen.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>The slices of this series differ in size, so it cannot be shown in 3D.</source>
        <translation>Die Schichten dieser Serie sind verschieden groß, daher kann sie nicht in 3D angezeigt werden.</translation>
    </message>
    <message>
        <source>A mask of this series has another size than its image; run a project check.</source>
        <translation>Eine Maske dieser Serie hat eine andere Größe als ihr Bild; lassen Sie das Projekt prüfen.</translation>
    </message>
    <message>
        <source>The sample images could not be read back: %1.</source>
        <translation>Die Beispielbilder konnten nicht wieder gelesen werden: %1.</translation>
    </message>
    <message>
        <source>The project could not be read or written (%1); try again.</source>
        <translation>Das Projekt konnte nicht gelesen oder geschrieben werden (%1); versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Cannot %1 %2: the disk is full; free some space and try again.</source>
        <translation>%2: %1 nicht möglich, der Datenträger ist voll; schaffen Sie Speicherplatz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Cannot %1 %2: permission denied; change the rights of the file or folder, or choose another.</source>
        <translation>%2: %1 nicht möglich, Zugriff verweigert; ändern Sie die Rechte der Datei oder des Ordners oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Cannot %1 %2: the disk is read-only; choose another place.</source>
        <translation>%2: %1 nicht möglich, der Datenträger ist schreibgeschützt; wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Cannot %1 %2: there is no such file or folder; check the path.</source>
        <translation>%2: %1 nicht möglich, es gibt keine solche Datei und keinen solchen Ordner; prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>Cannot %1 %2: it is a folder; give a file.</source>
        <translation>%2: %1 nicht möglich, es ist ein Ordner; geben Sie eine Datei an.</translation>
    </message>
    <message>
        <source>Cannot %1 %2: there is not enough memory; close other programs and try again.</source>
        <translation>%2: %1 nicht möglich, der Arbeitsspeicher reicht nicht aus; schließen Sie andere Programme und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Cannot %1 %2: %3; check the disk and try again.</source>
        <translation>%2: %1 nicht möglich (%3); prüfen Sie den Datenträger und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a colour; write it as #RRGGBB, for example #E69F00.</source>
        <translation>„%1“ ist keine Farbe; schreiben Sie sie als #RRGGBB, zum Beispiel #E69F00.</translation>
    </message>
    <message>
        <source>A class needs a name; type one.</source>
        <translation>Eine Klasse braucht einen Namen; bitte einen eingeben.</translation>
    </message>
    <message>
        <source>There is a class &quot;%1&quot; already; choose another name.</source>
        <translation>Es gibt schon eine Klasse „%1“; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>A project holds at most 65534 classes; start a new one.</source>
        <translation>Ein Projekt fasst höchstens 65534 Klassen; beginnen Sie ein neues.</translation>
    </message>
    <message>
        <source>The class &quot;%1&quot; is no longer part of the project.</source>
        <translation>Die Klasse „%1“ gehört nicht mehr zum Projekt.</translation>
    </message>
    <message>
        <source>A stored edit step is damaged; run &quot;semigda check --repair&quot; on the project.</source>
        <translation>Ein gespeicherter Bearbeitungsschritt ist beschädigt; lassen Sie „semigda check --repair“ über das Projekt laufen.</translation>
    </message>
    <message>
        <source>A tag needs a name; type one.</source>
        <translation>Ein Schlagwort braucht einen Namen; bitte einen eingeben.</translation>
    </message>
    <message>
        <source>The tag &quot;%1&quot; is too long; use at most %2 characters.</source>
        <translation>Das Schlagwort „%1“ ist zu lang; bitte höchstens %2 Zeichen verwenden.</translation>
    </message>
    <message>
        <source>A tag is one line of letters, digits and signs; type it again.</source>
        <translation>Ein Schlagwort ist eine Zeile aus Buchstaben, Ziffern und Zeichen; bitte neu eingeben.</translation>
    </message>
    <message>
        <source>A class can be merged into another class of the project only.</source>
        <translation>Eine Klasse kann nur mit einer anderen Klasse des Projekts zusammengeführt werden.</translation>
    </message>
    <message>
        <source>Cancelled; nothing was changed.</source>
        <translation>Abgebrochen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>No mask has a pixel of &quot;%1&quot;, so nothing was merged.</source>
        <translation>Keine Maske hat ein Pixel von „%1“, daher wurde nichts zusammengeführt.</translation>
    </message>
    <message>
        <source>Image %1 has no prediction yet; train or predict first.</source>
        <translation>Bild %1 hat noch keinen Vorschlag; trainieren Sie zuerst oder lassen Sie Vorschläge machen.</translation>
    </message>
    <message>
        <source>The mask for image %1 has another size than the image; predict it again.</source>
        <translation>Die Maske für Bild %1 hat eine andere Größe als das Bild; lassen Sie einen neuen Vorschlag machen.</translation>
    </message>
    <message>
        <source>This state of %1 is not in its history any more; open the history again.</source>
        <translation>Dieser Stand von %1 ist nicht mehr in seinem Verlauf; öffnen Sie den Verlauf noch einmal.</translation>
    </message>
    <message>
        <source>%1 is in this state already; choose another one to go back to.</source>
        <translation>%1 hat diesen Stand schon; wählen Sie einen anderen, zu dem Sie zurückgehen wollen.</translation>
    </message>
    <message>
        <source>The slices of this volume differ in size; nothing was filled in.</source>
        <translation>Die Schichten dieses Volumens sind verschieden groß; nichts wurde gefüllt.</translation>
    </message>
    <message>
        <source>There is no slice before this one to copy from.</source>
        <translation>Vor dieser Schicht gibt es keine, von der kopiert werden könnte.</translation>
    </message>
    <message>
        <source>There is no slice after this one to copy from.</source>
        <translation>Nach dieser Schicht gibt es keine, von der kopiert werden könnte.</translation>
    </message>
    <message>
        <source>The other slice has another size than this one; its mask cannot be copied.</source>
        <translation>Die andere Schicht hat eine andere Größe als diese; ihre Maske kann nicht kopiert werden.</translation>
    </message>
    <message>
        <source>The other slice has nothing that is not painted here already.</source>
        <translation>Die andere Schicht enthält nichts, was hier nicht schon gemalt ist.</translation>
    </message>
    <message>
        <source>There is nothing to fill in: paint &quot;%1&quot; on two slices with empty ones between them.</source>
        <translation>Es gibt nichts zu füllen: malen Sie „%1“ auf zwei Schichten, zwischen denen leere liegen.</translation>
    </message>
    <message>
        <source>a class</source>
        <translation>eine Klasse</translation>
    </message>
    <message>
        <source>%1 was written by a newer program (format %2, this program reads %3); update this program.</source>
        <translation>%1 wurde von einem neueren Programm geschrieben (Format %2, dieses Programm liest %3); aktualisieren Sie dieses Programm.</translation>
    </message>
    <message>
        <source>%1 lacks its description; train again.</source>
        <translation>In %1 fehlt die Beschreibung; trainieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>The run in %1 has no config.json; start a new run.</source>
        <translation>Der Lauf in %1 hat keine config.json; beginnen Sie einen neuen Lauf.</translation>
    </message>
    <message>
        <source>The run in %1 stopped before it was first saved; start a new run.</source>
        <translation>Der Lauf in %1 endete, bevor er zum ersten Mal gespeichert wurde; beginnen Sie einen neuen Lauf.</translation>
    </message>
    <message>
        <source>The run in %1 has not published a model yet; let it train longer first.</source>
        <translation>Der Lauf in %1 hat noch kein Modell bereitgestellt; lassen Sie ihn zuerst länger trainieren.</translation>
    </message>
    <message>
        <source>%1 has impossible shares of classes; train again.</source>
        <translation>%1 hat unmögliche Anteile der Klassen; trainieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>%1 names no classes; train again.</source>
        <translation>%1 nennt keine Klassen; trainieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>There is no device &quot;%1&quot;; write cuda:0, cuda:1, …</source>
        <translation>Es gibt kein Gerät „%1“; schreiben Sie cuda:0, cuda:1, …</translation>
    </message>
    <message>
        <source>The graphics card %1 was not found; choose auto or cpu, or install LibTorch with CUDA.</source>
        <translation>Die Grafikkarte %1 wurde nicht gefunden; wählen Sie auto oder cpu, oder installieren Sie LibTorch mit CUDA.</translation>
    </message>
    <message>
        <source>There is no device &quot;%1&quot;; choose auto, cpu or cuda:0.</source>
        <translation>Es gibt kein Gerät „%1“; wählen Sie auto, cpu oder cuda:0.</translation>
    </message>
    <message>
        <source>A loss was no number.</source>
        <translation>Ein Loss war keine Zahl.</translation>
    </message>
    <message>
        <source>There is not enough memory for this training; choose a smaller image size or smaller batches, or close other programs.</source>
        <translation>Für dieses Training ist nicht genug Speicher frei; wählen Sie eine kleinere Bildgröße oder kleinere Stapel, oder schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>The graphics card&apos;s memory is too small for this training; choose a smaller image size, smaller batches or the device cpu.</source>
        <translation>Der Speicher der Grafikkarte ist zu klein für dieses Training; wählen Sie eine kleinere Bildgröße, kleinere Stapel oder das Gerät cpu.</translation>
    </message>
    <message>
        <source>The tensor library failed: %1</source>
        <translation>Die Tensor-Bibliothek meldet einen Fehler: %1</translation>
    </message>
    <message>
        <source>Training failed unexpectedly: %1</source>
        <translation>Das Training ist unerwartet fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>read</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>%1 is not a whole %2 (%3); copy or download it again.</source>
        <translation>%1 ist keine vollständige Datei (%2: %3); kopieren Sie sie noch einmal oder laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>The description of the networks in the checkpoint cannot be read (%1); train again.</source>
        <translation>Die Beschreibung der Netze im Checkpoint kann nicht gelesen werden (%1); trainieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>The networks described in the checkpoint have impossible sizes; train again.</source>
        <translation>Die im Checkpoint beschriebenen Netze haben unmögliche Größen; trainieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>The saved state of the training run lacks %1; start a new run.</source>
        <translation>Im gespeicherten Stand des Laufs fehlt %1; beginnen Sie einen neuen Lauf.</translation>
    </message>
    <message>
        <source>%1 was written with pickle protocol %2; save it again with torch.save&apos;s own protocol or as safetensors.</source>
        <translation>%1 wurde mit dem Pickle-Protokoll %2 geschrieben; speichern Sie es noch einmal mit dem Protokoll von torch.save oder als safetensors.</translation>
    </message>
    <message>
        <source>%1 is not a whole PyTorch checkpoint (its pickle: %2); copy or download it again.</source>
        <translation>%1 ist kein vollständiger PyTorch-Checkpoint (sein Pickle: %2); kopieren Sie ihn noch einmal oder laden Sie ihn neu herunter.</translation>
    </message>
    <message>
        <source>An image without pixels cannot be predicted.</source>
        <translation>Für ein Bild ohne Pixel gibt es keinen Vorschlag.</translation>
    </message>
    <message>
        <source>The project has no classes; add one and paint it on a few images.</source>
        <translation>Das Projekt hat keine Klassen; legen Sie eine an und malen Sie sie auf einigen Bildern.</translation>
    </message>
    <message>
        <source>Training handles at most %1 classes; merge some.</source>
        <translation>Das Training kann höchstens %1 Klassen; führen Sie einige zusammen.</translation>
    </message>
    <message>
        <source>The class &quot;%1&quot; was added after training began; it joins the next run.</source>
        <translation>Die Klasse „%1“ kam hinzu, als das Training schon lief; sie ist beim nächsten Lauf dabei.</translation>
    </message>
    <message>
        <source>Training uses %1 of the %2 unlabelled images, drawn at random.</source>
        <translation>Das Training verwendet %1 der %2 nicht annotierten Bilder, zufällig gezogen.</translation>
    </message>
    <message>
        <source>A newly painted image joined the training.</source>
        <translation>Ein neu gemaltes Bild ist zum Training hinzugekommen.</translation>
    </message>
    <message>
        <source>%1 newly painted images joined the training.</source>
        <translation>%1 neu gemalte Bilder sind zum Training hinzugekommen.</translation>
    </message>
    <message>
        <source>Training goes on without an image: %1</source>
        <translation>Das Training geht ohne ein Bild weiter: %1</translation>
    </message>
    <message>
        <source>Training goes on without %1 images, the last because: %2</source>
        <translation>Das Training geht ohne %1 Bilder weiter, ohne das letzte aus diesem Grund: %2</translation>
    </message>
    <message>
        <source>Training goes on without an earlier proposal: %1</source>
        <translation>Das Training geht ohne einen früheren Vorschlag weiter: %1</translation>
    </message>
    <message>
        <source>%1 does not say its latent scale; train again.</source>
        <translation>%1 nennt seine latente Skala nicht; trainieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>%1 holds an autoencoder whose levels have %2 channels, but those of this training have %3; choose the profile that it belongs to (paper for Stable Diffusion&apos;s) or another file.</source>
        <translation>%1 enthält einen Autoencoder, dessen Stufen %2 Kanäle haben, die dieses Trainings aber %3; wählen Sie das Profil, zu dem er gehört (paper für den von Stable Diffusion), oder eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 does not fit these networks: it has no %2; choose another file.</source>
        <translation>%1 passt nicht zu diesen Netzen: es enthält kein %2; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 does not fit these networks: %2 has the shape %3 in place of %4; choose another file.</source>
        <translation>%1 passt nicht zu diesen Netzen: %2 hat die Form %3 statt %4; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 does not fit these networks: %2 holds whole numbers (%3); choose a file that is not quantised.</source>
        <translation>%1 passt nicht zu diesen Netzen: %2 enthält ganze Zahlen (%3); wählen Sie eine Datei, die nicht quantisiert ist.</translation>
    </message>
    <message>
        <source>%1 does not fit these networks: they have no %2; choose another file.</source>
        <translation>%1 passt nicht zu diesen Netzen: sie haben kein %2; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 holds infinite or undefined numbers in %2; choose another file.</source>
        <translation>%1 enthält in %2 unendliche oder undefinierte Zahlen; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 does not fit these networks: it has no &quot;%2&quot;; choose another file.</source>
        <translation>%1 passt nicht zu diesen Netzen: es enthält kein „%2“; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 does not fit these networks: &quot;%2&quot; has another shape; choose another file.</source>
        <translation>%1 passt nicht zu diesen Netzen: „%2“ hat eine andere Form; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 must lie between %2 and %3.</source>
        <translation>%1 muss zwischen %2 und %3 liegen.</translation>
    </message>
    <message>
        <source>There is no setting &quot;%1&quot;; did you mean &quot;%2&quot;?</source>
        <translation>Es gibt keine Einstellung „%1“; meinten Sie „%2“?</translation>
    </message>
    <message>
        <source>The setting %1 needs a number, not &quot;%2&quot;.</source>
        <translation>Die Einstellung %1 braucht eine Zahl, nicht „%2“.</translation>
    </message>
    <message>
        <source>The image size must be a multiple of %1 from %2 to 2048, not %3.</source>
        <translation>Die Bildgröße muss ein Vielfaches von %1 zwischen %2 und 2048 sein, nicht %3.</translation>
    </message>
    <message>
        <source>The settings of the run cannot be read (%1); start a new run.</source>
        <translation>Die Einstellungen des Laufs können nicht gelesen werden (%1); beginnen Sie einen neuen Lauf.</translation>
    </message>
    <message>
        <source>There is no profile &quot;%1&quot;; choose compact or paper.</source>
        <translation>Es gibt kein Profil „%1“; wählen Sie compact oder paper.</translation>
    </message>
    <message>
        <source>There is no method &quot;%1&quot;; choose semigda or supervised.</source>
        <translation>Es gibt keine Methode „%1“; wählen Sie semigda oder supervised.</translation>
    </message>
    <message>
        <source>The time must be a positive number of minutes.</source>
        <translation>Die Zeit muss eine positive Zahl von Minuten sein.</translation>
    </message>
    <message>
        <source>prior_share and alignment_share together must leave at least 0.05 of the time for the rest.</source>
        <translation>prior_share und alignment_share müssen zusammen mindestens 0.05 der Zeit für den Rest lassen.</translation>
    </message>
    <message>
        <source>The paper profile needs the weights of the Stable Diffusion autoencoder; give them with --prior FILE.</source>
        <translation>Das Profil paper braucht die Gewichte des Autoencoders von Stable Diffusion; geben Sie sie mit --prior FILE an.</translation>
    </message>
    <message>
        <source>There is nothing to learn from yet; paint at least one image of the training split.</source>
        <translation>Es gibt noch nichts zu lernen; malen Sie mindestens ein Bild, das zum Training gehört.</translation>
    </message>
    <message>
        <source>None of the painted images can be read any more, so there is nothing to learn from; check the project&apos;s images.</source>
        <translation>Keines der gemalten Bilder kann noch gelesen werden, daher gibt es nichts zu lernen; prüfen Sie die Bilder des Projekts.</translation>
    </message>
    <message>
        <source>The images share an orientation, so training turns and mirrors them only in ways that keep it.</source>
        <translation>Die Bilder haben eine gemeinsame Ausrichtung, daher dreht und spiegelt das Training sie nur so, dass sie erhalten bleibt.</translation>
    </message>
    <message>
        <source>Little memory is free: batches are worked through in %1 portions, which takes a little longer; closing other programs helps the next run.</source>
        <translation>Es ist wenig Speicher frei: Stapel werden in %1 Portionen verarbeitet, was etwas länger dauert; andere Programme zu schließen, hilft dem nächsten Lauf.</translation>
    </message>
    <message>
        <source>Memory ran out: batches are now worked through in %1 portions, which takes a little longer.</source>
        <translation>Der Speicher ging aus: Stapel werden jetzt in %1 Portionen verarbeitet, was etwas länger dauert.</translation>
    </message>
    <message>
        <source>The training ran away (a loss was no number) even at half the learning rate; start again with smaller rates, for example --set adapter_rate=0.0003.</source>
        <translation>Das Training lief selbst mit halber Lernrate davon (ein Loss war keine Zahl); beginnen Sie noch einmal mit kleineren Raten, zum Beispiel --set adapter_rate=0.0003.</translation>
    </message>
    <message>
        <source>A loss was no number: training went back to the last saved state and goes on with half the learning rate.</source>
        <translation>Ein Loss war keine Zahl: das Training ging zum zuletzt gespeicherten Stand zurück und läuft mit halber Lernrate weiter.</translation>
    </message>
    <message>
        <source>New labels could not be read: %1</source>
        <translation>Neue Annotationen konnten nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>All labels were taken away while training, so there is nothing left to learn from; paint an image and train again.</source>
        <translation>Während des Trainings wurden alle Annotationen entfernt, daher gibt es nichts mehr zu lernen; malen Sie ein Bild und trainieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>The result on the validation images has not improved for the last %1 checks; you may stop here, and a few more painted images will help more than more time.</source>
        <translation>Das Ergebnis auf den Validierungsbildern ist seit %1 Prüfungen nicht besser geworden; Sie können hier stoppen, und einige weitere gemalte Bilder helfen mehr als mehr Zeit.</translation>
    </message>
    <message>
        <source>How good the masks are could not be checked on images left out: %1</source>
        <translation>Wie gut die Masken sind, konnte nicht an ausgelassenen Bildern geprüft werden: %1</translation>
    </message>
    <message>
        <source>Checked on %1 painted images, each left out once: Dice %2 on average; the final networks have learned from all of them, and for longer.</source>
        <translation>Geprüft an %1 gemalten Bildern, jedes einmal ausgelassen: Dice im Mittel %2; die endgültigen Netze haben von allen gelernt, und länger.</translation>
    </message>
    <message>
        <source>%1 holds SemiGDA&apos;s mapping model and CNN of stage 1 but no autoencoder; give the checkpoint of stage 2, which has all of them.</source>
        <translation>%1 enthält SemiGDAs Abbildungsmodell und CNN der Stufe 1, aber keinen Autoencoder; geben Sie den Checkpoint der Stufe 2 an, der alle hat.</translation>
    </message>
    <message>
        <source>%1 holds no autoencoder (nothing in it is named encoder.conv_in.weight); choose the weights of a Stable Diffusion autoencoder or a SemiGDA checkpoint.</source>
        <translation>%1 enthält keinen Autoencoder (nichts darin heißt encoder.conv_in.weight); wählen Sie die Gewichte eines Autoencoders von Stable Diffusion oder einen Checkpoint von SemiGDA.</translation>
    </message>
    <message>
        <source>%1 holds more than one autoencoder (%2 and %3); save the one that you mean by itself.</source>
        <translation>%1 enthält mehr als einen Autoencoder (%2 und %3); speichern Sie den gemeinten für sich.</translation>
    </message>
    <message>
        <source>The backup was stopped.</source>
        <translation>Die Sicherung wurde gestoppt.</translation>
    </message>
    <message>
        <source>write a backup</source>
        <translation>Schreiben einer Sicherung</translation>
    </message>
    <message>
        <source>is a DICOM file but no DICOMDIR</source>
        <translation>ist eine DICOM-Datei, aber kein DICOMDIR</translation>
    </message>
    <message>
        <source>import it as an image</source>
        <translation>importieren Sie sie als Bild</translation>
    </message>
    <message>
        <source>refers to files outside its folder</source>
        <translation>verweist auf Dateien außerhalb ihres Ordners</translation>
    </message>
    <message>
        <source>import the images&apos; folder instead</source>
        <translation>importieren Sie stattdessen den Ordner der Bilder</translation>
    </message>
    <message>
        <source>is a DICOMDIR that lists no files</source>
        <translation>ist ein DICOMDIR, das keine Dateien aufführt</translation>
    </message>
    <message>
        <source>import the images&apos; folder</source>
        <translation>importieren Sie den Ordner der Bilder</translation>
    </message>
    <message>
        <source>structured report</source>
        <translation>strukturierter Bericht</translation>
    </message>
    <message>
        <source>radiotherapy structure set</source>
        <translation>Strukturensatz der Strahlentherapie</translation>
    </message>
    <message>
        <source>radiotherapy plan</source>
        <translation>Bestrahlungsplan</translation>
    </message>
    <message>
        <source>radiotherapy record</source>
        <translation>Bestrahlungsprotokoll</translation>
    </message>
    <message>
        <source>electrocardiogram</source>
        <translation>Elektrokardiogramm</translation>
    </message>
    <message>
        <source>electrophysiology record</source>
        <translation>elektrophysiologische Aufzeichnung</translation>
    </message>
    <message>
        <source>haemodynamic record</source>
        <translation>hämodynamische Aufzeichnung</translation>
    </message>
    <message>
        <source>presentation state</source>
        <translation>Darstellungszustand</translation>
    </message>
    <message>
        <source>key object selection</source>
        <translation>Auswahl von Schlüsselbildern</translation>
    </message>
    <message>
        <source>registration</source>
        <translation>Registrierung</translation>
    </message>
    <message>
        <source>document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>object of modality %1</source>
        <translation>Objekt der Modalität %1</translation>
    </message>
    <message>
        <source>uses the DICOM transfer syntax %1, which this program cannot decode</source>
        <translation>verwendet die DICOM-Transfersyntax %1, die dieses Programm nicht dekodieren kann</translation>
    </message>
    <message>
        <source>export it again as Explicit VR Little Endian</source>
        <translation>exportieren Sie sie erneut als Explicit VR Little Endian</translation>
    </message>
    <message>
        <source>The dictionary of the DICOM library is missing on this computer; reinstall the package libdcmtk17 and start again.</source>
        <translation>Das Wörterbuch der DICOM-Bibliothek fehlt auf diesem Computer; installieren Sie das Paket libdcmtk17 neu und starten Sie das Programm erneut.</translation>
    </message>
    <message>
        <source>is a damaged or incomplete DICOM file (%1)</source>
        <translation>ist eine beschädigte oder unvollständige DICOM-Datei (%1)</translation>
    </message>
    <message>
        <source>is a DICOM file without content</source>
        <translation>ist eine DICOM-Datei ohne Inhalt</translation>
    </message>
    <message>
        <source>is a DICOM segmentation, not an image</source>
        <translation>ist eine DICOM-Segmentierung, kein Bild</translation>
    </message>
    <message>
        <source>import the images it was made for</source>
        <translation>importieren Sie die Bilder, für die sie erstellt wurde</translation>
    </message>
    <message>
        <source>is a DICOMDIR, a list of images and not an image itself</source>
        <translation>ist ein DICOMDIR, also eine Liste von Bildern und selbst kein Bild</translation>
    </message>
    <message>
        <source>import it as a DICOMDIR or import its folder</source>
        <translation>importieren Sie sie als DICOMDIR oder importieren Sie ihren Ordner</translation>
    </message>
    <message>
        <source>is a DICOM %1 without pixel data, so there is no image in it</source>
        <translation>ist eine DICOM-Datei ohne Pixeldaten (%1) und enthält daher kein Bild</translation>
    </message>
    <message>
        <source>choose the image files of this study</source>
        <translation>wählen Sie die Bilddateien dieser Studie</translation>
    </message>
    <message>
        <source>has damaged or incomplete compressed pixel data</source>
        <translation>hat beschädigte oder unvollständige komprimierte Pixeldaten</translation>
    </message>
    <message>
        <source>is a DICOM file that does not tell its number of rows</source>
        <translation>ist eine DICOM-Datei ohne Angabe der Zeilenzahl</translation>
    </message>
    <message>
        <source>is a DICOM file that does not tell its number of columns</source>
        <translation>ist eine DICOM-Datei ohne Angabe der Spaltenzahl</translation>
    </message>
    <message>
        <source>export it again from its source</source>
        <translation>exportieren Sie sie erneut aus der Quelle</translation>
    </message>
    <message>
        <source>is a DICOM file with the impossible number of frames &apos;%1&apos;</source>
        <translation>ist eine DICOM-Datei mit der unmöglichen Anzahl von Einzelbildern „%1“</translation>
    </message>
    <message>
        <source>is a DICOM image with %1 samples a pixel of kind &apos;%2&apos;</source>
        <translation>ist ein DICOM-Bild mit %1 Werten je Pixel der Art „%2“</translation>
    </message>
    <message>
        <source>export it as grey or RGB</source>
        <translation>exportieren Sie sie in Graustufen oder als RGB</translation>
    </message>
    <message>
        <source>holds one bit a pixel, which is a mask and not an image</source>
        <translation>enthält ein Bit je Pixel, also eine Maske und kein Bild</translation>
    </message>
    <message>
        <source>is a DICOM image with %1 bits a sample</source>
        <translation>ist ein DICOM-Bild mit %1 Bit je Wert</translation>
    </message>
    <message>
        <source>export it with 8 or 16 bits</source>
        <translation>exportieren Sie sie mit 8 oder 16 Bit</translation>
    </message>
    <message>
        <source>is a DICOM image whose bits stored (%1) and high bit (%2) do not fit its %3 bits a sample</source>
        <translation>ist ein DICOM-Bild, dessen gespeicherte Bits (%1) und höchstes Bit (%2) nicht zu seinen %3 Bit je Wert passen</translation>
    </message>
    <message>
        <source>has damaged or incomplete pixel data (%1)</source>
        <translation>hat beschädigte oder unvollständige Pixeldaten (%1)</translation>
    </message>
    <message>
        <source>has frames of more than 4 GB</source>
        <translation>hat Einzelbilder von mehr als 4 GB</translation>
    </message>
    <message>
        <source>export smaller frames</source>
        <translation>exportieren Sie kleinere Einzelbilder</translation>
    </message>
    <message>
        <source>its size contradicts rows and columns</source>
        <translation>ihre Größe widerspricht den Zeilen und Spalten</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>its JPEG 2000 image has another size than its header says</source>
        <translation>das JPEG-2000-Bild hat eine andere Größe als im Header angegeben</translation>
    </message>
    <message>
        <source>is a JPEG 2000 image with the colours &apos;%1&apos;</source>
        <translation>ist ein JPEG-2000-Bild mit den Farben „%1“</translation>
    </message>
    <message>
        <source>export it as RGB</source>
        <translation>exportieren Sie sie als RGB</translation>
    </message>
    <message>
        <source>fewer values than pixels</source>
        <translation>weniger Werte als Pixel</translation>
    </message>
    <message>
        <source>its colours cannot be converted</source>
        <translation>die Farben lassen sich nicht umwandeln</translation>
    </message>
    <message>
        <source>its modality look-up table is incomplete</source>
        <translation>die Modality-Lookup-Tabelle ist unvollständig</translation>
    </message>
    <message>
        <source>fewer bytes than pixels</source>
        <translation>weniger Bytes als Pixel</translation>
    </message>
    <message>
        <source>has no frame %1</source>
        <translation>hat kein Einzelbild %1</translation>
    </message>
    <message>
        <source>choose one of its %1 frames</source>
        <translation>wählen Sie eines ihrer %1 Einzelbilder</translation>
    </message>
    <message>
        <source>holds frames that are no parallel, evenly spaced grey slices</source>
        <translation>enthält Einzelbilder, die keine parallelen Graustufen-Schichten in gleichem Abstand sind</translation>
    </message>
    <message>
        <source>open its frames one by one</source>
        <translation>öffnen Sie die Einzelbilder nacheinander</translation>
    </message>
    <message>
        <source>scales the values of its slices differently</source>
        <translation>skaliert die Werte ihrer Schichten unterschiedlich</translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation>kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>use smaller slices</source>
        <translation>verwenden Sie kleinere Schichten</translation>
    </message>
    <message>
        <source>cannot hold a CT series of this volume because CT images have 16 bits and 1 to 65535 rows and columns</source>
        <translation>kann keine CT-Serie dieses Volumens aufnehmen, weil CT-Bilder 16 Bit und 1 bis 65535 Zeilen und Spalten haben</translation>
    </message>
    <message>
        <source>convert the volume to 16 bits</source>
        <translation>wandeln Sie das Volumen in 16 Bit um</translation>
    </message>
    <message>
        <source>make the folder</source>
        <translation>Anlegen des Ordners</translation>
    </message>
    <message>
        <source>The file &apos;%1&apos; %2; %3.</source>
        <translation>Die Datei „%1“ %2; %3.</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>ist nicht vorhanden</translation>
    </message>
    <message>
        <source>check the name and the folder</source>
        <translation>prüfen Sie den Namen und den Ordner</translation>
    </message>
    <message>
        <source>cannot be reached (%1)</source>
        <translation>ist nicht erreichbar (%1)</translation>
    </message>
    <message>
        <source>check the rights of its folder</source>
        <translation>prüfen Sie die Rechte ihres Ordners</translation>
    </message>
    <message>
        <source>is a folder, not an image</source>
        <translation>ist ein Ordner, kein Bild</translation>
    </message>
    <message>
        <source>choose the files in it</source>
        <translation>wählen Sie die Dateien darin</translation>
    </message>
    <message>
        <source>is a device or a pipe, not an image file</source>
        <translation>ist ein Gerät oder eine Pipe, keine Bilddatei</translation>
    </message>
    <message>
        <source>choose a regular file</source>
        <translation>wählen Sie eine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>cannot be opened because you may not read it</source>
        <translation>kann nicht geöffnet werden, weil Sie sie nicht lesen dürfen</translation>
    </message>
    <message>
        <source>ask its owner for read access or copy it to a folder of yours</source>
        <translation>bitten Sie ihren Besitzer um Leserechte oder kopieren Sie sie in einen eigenen Ordner</translation>
    </message>
    <message>
        <source>cannot be opened (%1)</source>
        <translation>kann nicht geöffnet werden (%1)</translation>
    </message>
    <message>
        <source>check the disk or network drive</source>
        <translation>prüfen Sie den Datenträger oder das Netzlaufwerk</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>cannot be read (%1)</source>
        <translation>kann nicht gelesen werden (%1)</translation>
    </message>
    <message>
        <source>is a GIF image, which this program does not read</source>
        <translation>ist ein GIF-Bild, das dieses Programm nicht liest</translation>
    </message>
    <message>
        <source>save it as PNG</source>
        <translation>speichern Sie sie als PNG</translation>
    </message>
    <message>
        <source>holds text, not an image, whatever its name says</source>
        <translation>enthält Text und kein Bild, anders als ihr Name sagt</translation>
    </message>
    <message>
        <source>check which file you meant</source>
        <translation>prüfen Sie, welche Datei gemeint war</translation>
    </message>
    <message>
        <source>is damaged or no image that this program reads</source>
        <translation>ist beschädigt oder kein Bild, das dieses Programm liest</translation>
    </message>
    <message>
        <source>use PNG, JPEG, TIFF, BMP, WebP, DICOM, NIfTI or NRRD</source>
        <translation>verwenden Sie PNG, JPEG, TIFF, BMP, WebP, DICOM, NIfTI oder NRRD</translation>
    </message>
    <message>
        <source>copy it again from its source</source>
        <translation>kopieren Sie sie erneut von der Quelle</translation>
    </message>
    <message>
        <source>needs more memory than this computer has free</source>
        <translation>benötigt mehr Arbeitsspeicher, als auf diesem Computer frei ist</translation>
    </message>
    <message>
        <source>close other programs or use a smaller image</source>
        <translation>schließen Sie andere Programme oder verwenden Sie ein kleineres Bild</translation>
    </message>
    <message>
        <source>has no slice %1</source>
        <translation>hat keine Schicht %1</translation>
    </message>
    <message>
        <source>choose one of its %1 slices</source>
        <translation>wählen Sie eine ihrer %1 Schichten</translation>
    </message>
    <message>
        <source>is a flat image, not a volume</source>
        <translation>ist ein flaches Bild, kein Volumen</translation>
    </message>
    <message>
        <source>open it as an image</source>
        <translation>öffnen Sie sie als Bild</translation>
    </message>
    <message>
        <source>has damaged or incomplete JPEG 2000 data</source>
        <translation>hat beschädigte oder unvollständige JPEG-2000-Daten</translation>
    </message>
    <message>
        <source>%1 is damaged; run &quot;semigda check --repair&quot; on the project.</source>
        <translation>%1 ist beschädigt; führen Sie „semigda check --repair“ für das Projekt aus.</translation>
    </message>
    <message>
        <source>There is not enough memory to pack a mask; close other programs.</source>
        <translation>Der Arbeitsspeicher reicht nicht aus, um eine Maske zu packen; schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>A mask could not be packed (%1); close other programs and try again.</source>
        <translation>Eine Maske konnte nicht gepackt werden (%1); schließen Sie andere Programme und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>close other programs or use a smaller mask</source>
        <translation>schließen Sie andere Programme oder verwenden Sie eine kleinere Maske</translation>
    </message>
    <message>
        <source>is a JPEG, which changes the values of a mask</source>
        <translation>ist ein JPEG, das die Werte einer Maske verändert</translation>
    </message>
    <message>
        <source>save the mask as PNG</source>
        <translation>speichern Sie die Maske als PNG</translation>
    </message>
    <message>
        <source>is a colour picture, not a mask of class numbers</source>
        <translation>ist ein Farbbild, keine Maske aus Klassennummern</translation>
    </message>
    <message>
        <source>save it as an indexed or grey PNG whose values are the class numbers</source>
        <translation>speichern Sie sie als indiziertes oder Graustufen-PNG, dessen Werte die Klassennummern sind</translation>
    </message>
    <message>
        <source>has the value %1 that cannot be a class number</source>
        <translation>hat den Wert %1, der keine Klassennummer sein kann</translation>
    </message>
    <message>
        <source>choose a label map of whole numbers from 0 to 65535</source>
        <translation>wählen Sie eine Maske aus ganzen Zahlen von 0 bis 65535</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>is a DICOM file, from which masks are not read</source>
        <translation>ist eine DICOM-Datei, aus der keine Masken gelesen werden</translation>
    </message>
    <message>
        <source>convert the mask to PNG, NIfTI or NRRD</source>
        <translation>wandeln Sie die Maske in PNG, NIfTI oder NRRD um</translation>
    </message>
    <message>
        <source>has the value %1 that is no class of this project</source>
        <translation>hat den Wert %1, der keine Klasse dieses Projekts ist</translation>
    </message>
    <message>
        <source>has the values %1 that are no class of this project</source>
        <translation>hat die Werte %1, die keine Klassen dieses Projekts sind</translation>
    </message>
    <message>
        <source>add classes to the project first</source>
        <translation>fügen Sie dem Projekt zuerst Klassen hinzu</translation>
    </message>
    <message>
        <source>add these classes or use the project&apos;s: %1</source>
        <translation>fügen Sie diese Klassen hinzu oder verwenden Sie die des Projekts: %1</translation>
    </message>
    <message>
        <source>has a damaged NIfTI header</source>
        <translation>hat einen beschädigten NIfTI-Header</translation>
    </message>
    <message>
        <source>is a NIfTI file with %1 dimensions, while images here have 2 or 3</source>
        <translation>ist eine NIfTI-Datei mit %1 Dimensionen, während Bilder hier 2 oder 3 haben</translation>
    </message>
    <message>
        <source>split it into one file a time point</source>
        <translation>teilen Sie sie in eine Datei je Zeitpunkt auf</translation>
    </message>
    <message>
        <source>export a single 3D volume of it</source>
        <translation>exportieren Sie daraus ein einzelnes 3D-Volumen</translation>
    </message>
    <message>
        <source>is a NIfTI file whose voxels are no single numbers (data type %1)</source>
        <translation>ist eine NIfTI-Datei, deren Voxel keine einzelnen Zahlen sind (Datentyp %1)</translation>
    </message>
    <message>
        <source>export it as a grey volume</source>
        <translation>exportieren Sie sie als Graustufen-Volumen</translation>
    </message>
    <message>
        <source>is cut off inside its NIfTI header</source>
        <translation>bricht in ihrem NIfTI-Header ab</translation>
    </message>
    <message>
        <source>is a NIfTI image in two files (.hdr and .img)</source>
        <translation>ist ein NIfTI-Bild in zwei Dateien (.hdr und .img)</translation>
    </message>
    <message>
        <source>convert it to one .nii file</source>
        <translation>wandeln Sie es in eine einzige .nii-Datei um</translation>
    </message>
    <message>
        <source>cannot be written because NIfTI holds 1 to 32767 voxels a side and all of them must be given</source>
        <translation>kann nicht geschrieben werden, weil NIfTI 1 bis 32767 Voxel je Seite fasst und alle vorhanden sein müssen</translation>
    </message>
    <message>
        <source>export PNG instead</source>
        <translation>exportieren Sie stattdessen PNG</translation>
    </message>
    <message>
        <source>close other programs and export again</source>
        <translation>schließen Sie andere Programme und exportieren Sie erneut</translation>
    </message>
    <message>
        <source>has a damaged NRRD header (%1)</source>
        <translation>hat einen beschädigten NRRD-Header (%1)</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>kein Ende</translation>
    </message>
    <message>
        <source>dimension &apos;%1&apos;</source>
        <translation>Dimension „%1“</translation>
    </message>
    <message>
        <source>is a NRRD file with %1 dimensions, while images here have 2 or 3</source>
        <translation>ist eine NRRD-Datei mit %1 Dimensionen, während Bilder hier 2 oder 3 haben</translation>
    </message>
    <message>
        <source>sizes &apos;%1&apos;</source>
        <translation>Größen „%1“</translation>
    </message>
    <message>
        <source>is a NRRD file with an axis of kind &apos;%1&apos;, which is no grey volume</source>
        <translation>ist eine NRRD-Datei mit einer Achse der Art „%1“, also kein Graustufen-Volumen</translation>
    </message>
    <message>
        <source>export a single grey volume of it</source>
        <translation>exportieren Sie daraus ein einzelnes Graustufen-Volumen</translation>
    </message>
    <message>
        <source>is a NRRD file of type &apos;%1&apos;</source>
        <translation>ist eine NRRD-Datei vom Typ „%1“</translation>
    </message>
    <message>
        <source>export it as whole or floating point numbers</source>
        <translation>exportieren Sie sie als ganze Zahlen oder Gleitkommazahlen</translation>
    </message>
    <message>
        <source>is a NRRD file with the encoding &apos;%1&apos;</source>
        <translation>ist eine NRRD-Datei mit der Kodierung „%1“</translation>
    </message>
    <message>
        <source>save it with the encoding raw or gzip</source>
        <translation>speichern Sie sie mit der Kodierung raw oder gzip</translation>
    </message>
    <message>
        <source>is a NRRD file with a %1</source>
        <translation>ist eine NRRD-Datei mit dem Feld „%1“</translation>
    </message>
    <message>
        <source>save it again as one .nrrd file</source>
        <translation>speichern Sie sie erneut als eine einzige .nrrd-Datei</translation>
    </message>
    <message>
        <source>is a NRRD file spread over several data files</source>
        <translation>ist eine NRRD-Datei, die auf mehrere Datendateien verteilt ist</translation>
    </message>
    <message>
        <source>save it as one .nrrd file</source>
        <translation>speichern Sie sie als eine einzige .nrrd-Datei</translation>
    </message>
    <message>
        <source>needs its data file &apos;%1&apos;, which is not there</source>
        <translation>benötigt ihre Datendatei „%1“, die nicht vorhanden ist</translation>
    </message>
    <message>
        <source>put both files into one folder</source>
        <translation>legen Sie beide Dateien in einen Ordner</translation>
    </message>
    <message>
        <source>is cut off before the end of its voxels or they are damaged</source>
        <translation>bricht vor dem Ende ihrer Voxel ab, oder diese sind beschädigt</translation>
    </message>
    <message>
        <source>cannot be written because this kind of image does not fit PNG</source>
        <translation>kann nicht geschrieben werden, weil diese Art von Bild nicht in PNG passt</translation>
    </message>
    <message>
        <source>export it in another format</source>
        <translation>exportieren Sie sie in einem anderen Format</translation>
    </message>
    <message>
        <source>cannot be written (%1)</source>
        <translation>kann nicht geschrieben werden (%1)</translation>
    </message>
    <message>
        <source>try again</source>
        <translation>versuchen Sie es erneut</translation>
    </message>
    <message>
        <source>cannot be written because its mask has no pixels</source>
        <translation>kann nicht geschrieben werden, weil ihre Maske keine Pixel hat</translation>
    </message>
    <message>
        <source>export an image that has a mask</source>
        <translation>exportieren Sie ein Bild, das eine Maske hat</translation>
    </message>
    <message>
        <source>cannot be written because image and mask differ in size or are empty</source>
        <translation>kann nicht geschrieben werden, weil Bild und Maske verschieden groß oder leer sind</translation>
    </message>
    <message>
        <source>export an image with the mask that was made for it</source>
        <translation>exportieren Sie ein Bild mit der Maske, die dafür erstellt wurde</translation>
    </message>
    <message>
        <source>needs more memory than is free</source>
        <translation>benötigt mehr Arbeitsspeicher, als frei ist</translation>
    </message>
    <message>
        <source>close other programs</source>
        <translation>schließen Sie andere Programme</translation>
    </message>
    <message>
        <source>another program has it open</source>
        <translation>ein anderes Programm hat es geöffnet</translation>
    </message>
    <message>
        <source>this program has it open already</source>
        <translation>dieses Programm hat es bereits geöffnet</translation>
    </message>
    <message>
        <source>%1 (process %2, since %3) has it open</source>
        <translation>%1 (Prozess %2, seit %3) hat es geöffnet</translation>
    </message>
    <message>
        <source>%1 (process %2 on %3, since %4) has it open</source>
        <translation>%1 (Prozess %2 auf %3, seit %4) hat es geöffnet</translation>
    </message>
    <message>
        <source>you may not write to its folder</source>
        <translation>Sie dürfen nicht in seinen Ordner schreiben</translation>
    </message>
    <message>
        <source>its disk is read-only</source>
        <translation>sein Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
        <source>its disk is full</source>
        <translation>sein Datenträger ist voll</translation>
    </message>
    <message>
        <source>its lock file cannot be opened (%1)</source>
        <translation>seine Sperrdatei kann nicht geöffnet werden (%1)</translation>
    </message>
    <message>
        <source>its drive cannot lock files (%1); copy the project to a local disk to work on it</source>
        <translation>sein Laufwerk kann keine Dateien sperren (%1); kopieren Sie das Projekt zum Bearbeiten auf einen lokalen Datenträger</translation>
    </message>
    <message>
        <source>is cut off before the end of its %1 data</source>
        <translation>bricht vor dem Ende ihrer %1-Daten ab</translation>
    </message>
    <message>
        <source>has damaged %1 data</source>
        <translation>hat beschädigte %1-Daten</translation>
    </message>
    <message>
        <source>is too large to be read in one piece</source>
        <translation>ist zu groß, um am Stück gelesen zu werden</translation>
    </message>
    <message>
        <source>cut it into tiles of at most 32768 x 32768 pixels</source>
        <translation>zerlegen Sie sie in Kacheln von höchstens 32768 x 32768 Pixeln</translation>
    </message>
    <message>
        <source>cannot be decoded (%1)</source>
        <translation>kann nicht dekodiert werden (%1)</translation>
    </message>
    <message>
        <source>install Qt&apos;s image format plugins or save it as PNG</source>
        <translation>installieren Sie die Bildformat-Plugins von Qt oder speichern Sie sie als PNG</translation>
    </message>
    <message>
        <source>is damaged (%1)</source>
        <translation>ist beschädigt (%1)</translation>
    </message>
    <message>
        <source>has no page %1</source>
        <translation>hat keine Seite %1</translation>
    </message>
    <message>
        <source>choose one of its pages</source>
        <translation>wählen Sie eine ihrer Seiten</translation>
    </message>
    <message>
        <source>has damaged TIFF data</source>
        <translation>hat beschädigte TIFF-Daten</translation>
    </message>
    <message>
        <source>check a mask</source>
        <translation>Prüfen einer Maske</translation>
    </message>
    <message>
        <source>recover a class</source>
        <translation>Wiederherstellen einer Klasse</translation>
    </message>
    <message>
        <source>rebuild a mask</source>
        <translation>Wiederaufbau einer Maske</translation>
    </message>
    <message>
        <source>The stored history of image &quot;%1&quot; in %2</source>
        <translation>Der gespeicherte Verlauf des Bildes „%1“ in %2</translation>
    </message>
    <message>
        <source>read a mask</source>
        <translation>Lesen einer Maske</translation>
    </message>
    <message>
        <source>store a mask</source>
        <translation>Ablegen einer Maske</translation>
    </message>
    <message>
        <source>read the state of a mask</source>
        <translation>Lesen des Zustands einer Maske</translation>
    </message>
    <message>
        <source>The edit is made for an image of %1 x %2 pixels, but &quot;%3&quot; has %4 x %5; open the image again.</source>
        <translation>Die Änderung gilt einem Bild von %1 x %2 Pixeln, „%3“ hat aber %4 x %5; öffnen Sie das Bild erneut.</translation>
    </message>
    <message>
        <source>The edit reaches beyond the border of &quot;%1&quot;; open the image again.</source>
        <translation>Die Änderung reicht über den Rand von „%1“ hinaus; öffnen Sie das Bild erneut.</translation>
    </message>
    <message>
        <source>save the edit</source>
        <translation>Speichern der Änderung</translation>
    </message>
    <message>
        <source>undo the edit</source>
        <translation>Rückgängigmachen der Änderung</translation>
    </message>
    <message>
        <source>redo the edit</source>
        <translation>Wiederholen der Änderung</translation>
    </message>
    <message>
        <source>read the history of a mask</source>
        <translation>Lesen des Verlaufs einer Maske</translation>
    </message>
    <message>
        <source>The class &quot;%1&quot; has the number %2; give each class its own number from 1 to 65534.</source>
        <translation>Die Klasse „%1“ hat die Nummer %2; geben Sie jeder Klasse eine eigene Nummer von 1 bis 65534.</translation>
    </message>
    <message>
        <source>Class %1 needs a name of its own; &quot;%2&quot; is empty or taken.</source>
        <translation>Klasse %1 braucht einen eigenen Namen; „%2“ ist leer oder vergeben.</translation>
    </message>
    <message>
        <source>An earlier step of this change failed, so that none of it was kept.</source>
        <translation>Ein früherer Schritt dieser Änderung ist fehlgeschlagen, sodass nichts davon gespeichert wurde.</translation>
    </message>
    <message>
        <source>A step of this change failed, so that none of it was kept.</source>
        <translation>Ein Schritt dieser Änderung ist fehlgeschlagen, sodass nichts davon gespeichert wurde.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: its database is damaged (%3); run &quot;semigda check --repair %4&quot; or put the newest file of its folder backups in the place of project.sqlite.</source>
        <translation>%1 in %2 nicht möglich: Die Datenbank ist beschädigt (%3); führen Sie „semigda check --repair %4“ aus oder ersetzen Sie project.sqlite durch die neueste Datei des Ordners backups.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: the disk is full; free some space and try again (what was saved before is safe).</source>
        <translation>%1 in %2 nicht möglich: Der Datenträger ist voll; schaffen Sie Speicherplatz und versuchen Sie es erneut (zuvor Gespeichertes ist sicher).</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: it cannot be written; check the rights of the folder %3.</source>
        <translation>%1 in %2 nicht möglich: Es kann nicht geschrieben werden; prüfen Sie die Rechte des Ordners %3.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: something else is writing to it just now; try again in a moment.</source>
        <translation>%1 in %2 nicht möglich: Ein anderes Programm schreibt gerade hinein; versuchen Sie es gleich erneut.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: permission denied; check the rights of the folder %3.</source>
        <translation>%1 in %2 nicht möglich: Zugriff verweigert; prüfen Sie die Rechte des Ordners %3.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: there is not enough memory; close other programs and try again.</source>
        <translation>%1 in %2 nicht möglich: Der Arbeitsspeicher reicht nicht aus; schließen Sie andere Programme und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: it is too large for the database (over 1 GB); use a smaller image.</source>
        <translation>%1 in %2 nicht möglich: Zu groß für die Datenbank (über 1 GB); verwenden Sie ein kleineres Bild.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: its database cannot be opened; check that the folder %3 is there and may be written.</source>
        <translation>%1 in %2 nicht möglich: Die Datenbank kann nicht geöffnet werden; prüfen Sie, ob der Ordner %3 vorhanden ist und geschrieben werden darf.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: the disk reports an error (%3); check the disk and try again.</source>
        <translation>%1 in %2 nicht möglich: Der Datenträger meldet einen Fehler (%3); prüfen Sie den Datenträger und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: the database refused it (%3); run &quot;semigda check %4&quot;.</source>
        <translation>%1 in %2 nicht möglich: Die Datenbank hat es abgelehnt (%3); führen Sie „semigda check %4“ aus.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: %3 (%4); check the disk and try again.</source>
        <translation>%1 in %2 nicht möglich: %3 (%4); prüfen Sie den Datenträger und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Cannot %1 in %2: something unexpected happened (%3); try again, and report it if it stays.</source>
        <translation>%1 in %2 nicht möglich: Etwas Unerwartetes ist geschehen (%3); versuchen Sie es erneut und melden Sie es, wenn es dabei bleibt.</translation>
    </message>
    <message>
        <source>project &quot;%1&quot;</source>
        <translation>Projekt „%1“</translation>
    </message>
    <message>
        <source>copy into the project the file</source>
        <translation>Kopieren in das Projekt</translation>
    </message>
    <message>
        <source>The file %1 changed while it was read; try again when nothing writes to it.</source>
        <translation>Die Datei %1 wurde verändert, während sie gelesen wurde; versuchen Sie es erneut, wenn nichts in sie schreibt.</translation>
    </message>
    <message>
        <source>The image &quot;%1&quot; has no valid SHA-256; import it again.</source>
        <translation>Das Bild „%1“ hat keine gültige SHA-256-Prüfsumme; importieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The image &quot;%1&quot; has no pixels; choose another file.</source>
        <translation>Das Bild „%1“ hat keine Pixel; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>add an image</source>
        <translation>Hinzufügen eines Bildes</translation>
    </message>
    <message>
        <source>%1 is in %2 already, as &quot;%3&quot;; it was not imported again.</source>
        <translation>%1 ist bereits in %2, als „%3“; die Datei wurde nicht erneut importiert.</translation>
    </message>
    <message>
        <source>look up an image</source>
        <translation>Nachschlagen eines Bildes</translation>
    </message>
    <message>
        <source>list the images</source>
        <translation>Auflisten der Bilder</translation>
    </message>
    <message>
        <source>read an image</source>
        <translation>Lesen eines Bildes</translation>
    </message>
    <message>
        <source>read a series</source>
        <translation>Lesen einer Serie</translation>
    </message>
    <message>
        <source>change the split</source>
        <translation>Ändern der Aufteilung</translation>
    </message>
    <message>
        <source>read a thumbnail</source>
        <translation>Lesen eines Vorschaubildes</translation>
    </message>
    <message>
        <source>count the images</source>
        <translation>Zählen der Bilder</translation>
    </message>
    <message>
        <source>change the tags</source>
        <translation>Ändern der Schlagwörter</translation>
    </message>
    <message>
        <source>remove the images</source>
        <translation>Entfernen der Bilder</translation>
    </message>
    <message>
        <source>bring the images back</source>
        <translation>Zurückholen der Bilder</translation>
    </message>
    <message>
        <source>list the removed images</source>
        <translation>Auflisten der entfernten Bilder</translation>
    </message>
    <message>
        <source>The linked image %1 is gone; put it back to its place or connect the disk it is on.</source>
        <translation>Das verknüpfte Bild %1 ist nicht mehr vorhanden; legen Sie es an seinen Ort zurück oder schließen Sie seinen Datenträger an.</translation>
    </message>
    <message>
        <source>The linked image %1 was changed since it was imported; restore the old file, or import the changed one as a new image.</source>
        <translation>Das verknüpfte Bild %1 wurde seit dem Import verändert; stellen Sie die alte Datei wieder her oder importieren Sie die veränderte als neues Bild.</translation>
    </message>
    <message>
        <source>note a file&apos;s time</source>
        <translation>Vermerken der Zeit einer Datei</translation>
    </message>
    <message>
        <source>The project&apos;s copy of %1 is missing (%2); run &quot;semigda check --repair %3&quot; or import the file again.</source>
        <translation>Die Kopie von %1 im Projekt fehlt (%2); führen Sie „semigda check --repair %3“ aus oder importieren Sie die Datei erneut.</translation>
    </message>
    <message>
        <source>mend references</source>
        <translation>Reparieren von Verweisen</translation>
    </message>
    <message>
        <source>point at the newest prediction</source>
        <translation>Verweisen auf den neuesten Vorschlag</translation>
    </message>
    <message>
        <source>settle the state of an image</source>
        <translation>Richtigstellen des Zustands eines Bildes</translation>
    </message>
    <message>
        <source>check the database</source>
        <translation>Prüfen der Datenbank</translation>
    </message>
    <message>
        <source>check the predictions</source>
        <translation>Prüfen der Vorschläge</translation>
    </message>
    <message>
        <source>check the images</source>
        <translation>Prüfen der Bilder</translation>
    </message>
    <message>
        <source>check the masks</source>
        <translation>Prüfen der Masken</translation>
    </message>
    <message>
        <source>check the files</source>
        <translation>Prüfen der Dateien</translation>
    </message>
    <message>
        <source>The stored mask of image &quot;%1&quot; in %2</source>
        <translation>Die gespeicherte Maske des Bildes „%1“ in %2</translation>
    </message>
    <message>
        <source>open the database</source>
        <translation>Öffnen der Datenbank</translation>
    </message>
    <message>
        <source>There is no project at %1; check the path.</source>
        <translation>Unter %1 gibt es kein Projekt; prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>open the project</source>
        <translation>Öffnen des Projekts</translation>
    </message>
    <message>
        <source>%1 is no SemiGDA project: it is not a folder with a project.sqlite; choose a folder that ends in .semigda.</source>
        <translation>%1 ist kein SemiGDA-Projekt: Es ist kein Ordner mit einer project.sqlite; wählen Sie einen Ordner, der auf .semigda endet.</translation>
    </message>
    <message>
        <source>The file %1 is no project database or its beginning is damaged; put %2 in its place.</source>
        <translation>Die Datei %1 ist keine Projektdatenbank oder an ihrem Anfang beschädigt; ersetzen Sie sie durch %2.</translation>
    </message>
    <message>
        <source>The file %1 is no project database or its beginning is damaged; choose another project folder.</source>
        <translation>Die Datei %1 ist keine Projektdatenbank oder an ihrem Anfang beschädigt; wählen Sie einen anderen Projektordner.</translation>
    </message>
    <message>
        <source>The file project.sqlite cannot be written.</source>
        <translation>Die Datei project.sqlite kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Cannot open %1: it must be updated from version %2 to %3 first, which cannot be written now; open it where it can be written.</source>
        <translation>%1 kann nicht geöffnet werden: Es muss zuerst von Version %2 auf %3 aktualisiert werden, kann jetzt aber nicht geschrieben werden; öffnen Sie es, wo es geschrieben werden kann.</translation>
    </message>
    <message>
        <source>Cannot open %1: there is no room for temporary files; free some space and try again.</source>
        <translation>%1 kann nicht geöffnet werden: Für temporäre Dateien ist kein Platz; schaffen Sie Speicherplatz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The project &quot;%1&quot; is open for reading only: %2.</source>
        <translation>Das Projekt „%1“ ist nur zum Lesen geöffnet: %2.</translation>
    </message>
    <message>
        <source>its disk is full; free some space and open it again</source>
        <translation>sein Datenträger ist voll; schaffen Sie Speicherplatz und öffnen Sie es erneut</translation>
    </message>
    <message>
        <source>make</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>save the classes</source>
        <translation>Speichern der Klassen</translation>
    </message>
    <message>
        <source>make the project</source>
        <translation>Anlegen des Projekts</translation>
    </message>
    <message>
        <source>There is something at %1 already; open it, or choose another name for the new project.</source>
        <translation>Unter %1 gibt es bereits etwas; öffnen Sie es oder wählen Sie einen anderen Namen für das neue Projekt.</translation>
    </message>
    <message>
        <source>set a prediction aside</source>
        <translation>Beiseitelegen eines Vorschlags</translation>
    </message>
    <message>
        <source>The prediction for image &quot;%1&quot; has %2 x %3 pixels, but the image has %4 x %5; predict it again.</source>
        <translation>Der Vorschlag für das Bild „%1“ hat %2 x %3 Pixel, das Bild aber %4 x %5; lassen Sie ihn erneut berechnen.</translation>
    </message>
    <message>
        <source>The prediction for image &quot;%1&quot; has broken scores or a broken uncertainty map; predict it again.</source>
        <translation>Der Vorschlag für das Bild „%1“ hat fehlerhafte Kennzahlen oder eine fehlerhafte Unsicherheitskarte; lassen Sie ihn erneut berechnen.</translation>
    </message>
    <message>
        <source>There is no training run %1 in %2.</source>
        <translation>Es gibt keinen Trainingslauf %1 in %2.</translation>
    </message>
    <message>
        <source>save a prediction</source>
        <translation>Speichern eines Vorschlags</translation>
    </message>
    <message>
        <source>There is no prediction %1 in %2.</source>
        <translation>Es gibt keinen Vorschlag %1 in %2.</translation>
    </message>
    <message>
        <source>The stored prediction of image &quot;%1&quot; in %2</source>
        <translation>Der gespeicherte Vorschlag für das Bild „%1“ in %2</translation>
    </message>
    <message>
        <source>read a prediction</source>
        <translation>Lesen eines Vorschlags</translation>
    </message>
    <message>
        <source>list the predictions</source>
        <translation>Auflisten der Vorschläge</translation>
    </message>
    <message>
        <source>save the review</source>
        <translation>Speichern der Prüfung</translation>
    </message>
    <message>
        <source>The prediction reviewed for image &quot;%1&quot; is gone: a newer one took its place; look at that one.</source>
        <translation>Der für das Bild „%1“ geprüfte Vorschlag ist nicht mehr vorhanden: Ein neuerer hat ihn ersetzt; sehen Sie sich diesen an.</translation>
    </message>
    <message>
        <source>read the reviews</source>
        <translation>Lesen der Prüfungen</translation>
    </message>
    <message>
        <source>make the database</source>
        <translation>Anlegen der Datenbank</translation>
    </message>
    <message>
        <source>copy a file</source>
        <translation>Kopieren einer Datei</translation>
    </message>
    <message>
        <source>read the classes</source>
        <translation>Lesen der Klassen</translation>
    </message>
    <message>
        <source>read a setting</source>
        <translation>Lesen einer Einstellung</translation>
    </message>
    <message>
        <source>save a setting</source>
        <translation>Speichern einer Einstellung</translation>
    </message>
    <message>
        <source>note what was done</source>
        <translation>Vermerken der Aktion</translation>
    </message>
    <message>
        <source>save a change</source>
        <translation>Speichern einer Änderung</translation>
    </message>
    <message>
        <source>There is no image %1 in %2.</source>
        <translation>Es gibt kein Bild %1 in %2.</translation>
    </message>
    <message>
        <source>The mask for image &quot;%1&quot; holds the value %2, which is no class of %3; add the class first.</source>
        <translation>Die Maske für das Bild „%1“ enthält den Wert %2, der in %3 keine Klasse ist; fügen Sie die Klasse zuerst hinzu.</translation>
    </message>
    <message>
        <source>read a word</source>
        <translation>Lesen eines Worts</translation>
    </message>
    <message>
        <source>&quot;%1&quot; means nothing</source>
        <translation>„%1“ hat keine Bedeutung</translation>
    </message>
    <message>
        <source>start a run</source>
        <translation>Starten eines Laufs</translation>
    </message>
    <message>
        <source>note the state of a run</source>
        <translation>Vermerken des Zustands eines Laufs</translation>
    </message>
    <message>
        <source>read a run</source>
        <translation>Lesen eines Laufs</translation>
    </message>
    <message>
        <source>list the runs</source>
        <translation>Auflisten der Läufe</translation>
    </message>
    <message>
        <source>save the curves of a run</source>
        <translation>Speichern der Kurven eines Laufs</translation>
    </message>
    <message>
        <source>read the curves of a run</source>
        <translation>Lesen der Kurven eines Laufs</translation>
    </message>
    <message>
        <source>note interrupted runs</source>
        <translation>Vermerken unterbrochener Läufe</translation>
    </message>
    <message>
        <source>The file project.sqlite in %1 was not made by SemiGDA Studio; choose a project folder (its name ends in .semigda).</source>
        <translation>Die Datei project.sqlite in %1 stammt nicht von SemiGDA Studio; wählen Sie einen Projektordner (sein Name endet auf .semigda).</translation>
    </message>
    <message>
        <source>Cannot open %1: it was written by a newer SemiGDA Studio (project version %2, this program knows up to version %3); update the program to open it.</source>
        <translation>%1 kann nicht geöffnet werden: Es wurde von einem neueren SemiGDA Studio geschrieben (Projektversion %2, dieses Programm kennt bis Version %3); aktualisieren Sie das Programm, um es zu öffnen.</translation>
    </message>
    <message>
        <source>update the database</source>
        <translation>Aktualisieren der Datenbank</translation>
    </message>
    <message>
        <source>is cut off before the end of its TIFF data</source>
        <translation>bricht vor dem Ende ihrer TIFF-Daten ab</translation>
    </message>
    <message>
        <source>save it as PNG or as a TIFF of 8 or 16 bits</source>
        <translation>speichern Sie sie als PNG oder als TIFF mit 8 oder 16 Bit</translation>
    </message>
    <message>
        <source>is a TIFF image with %1 bits a sample</source>
        <translation>ist ein TIFF-Bild mit %1 Bit je Wert</translation>
    </message>
    <message>
        <source>is a TIFF image with %1 bits a sample of which zero is white</source>
        <translation>ist ein TIFF-Bild mit %1 Bit je Wert, bei dem null Weiß bedeutet</translation>
    </message>
    <message>
        <source>is a TIFF image with 16-bit floating point samples</source>
        <translation>ist ein TIFF-Bild mit 16-Bit-Gleitkommawerten</translation>
    </message>
    <message>
        <source>is a TIFF image with rotated signed or floating point samples</source>
        <translation>ist ein gedrehtes TIFF-Bild mit vorzeichenbehafteten Werten oder Gleitkommawerten</translation>
    </message>
    <message>
        <source>is cut off before the end of its voxels</source>
        <translation>bricht vor dem Ende ihrer Voxel ab</translation>
    </message>
    <message>
        <source>has damaged or incomplete compressed data</source>
        <translation>hat beschädigte oder unvollständige komprimierte Daten</translation>
    </message>
    <message>
        <source>is a compressed file without a NIfTI image in it</source>
        <translation>ist eine komprimierte Datei ohne NIfTI-Bild darin</translation>
    </message>
    <message>
        <source>unpack it or check which file you meant</source>
        <translation>entpacken Sie sie oder prüfen Sie, welche Datei gemeint war</translation>
    </message>
    <message>
        <source>holds another number of voxels than its header says</source>
        <translation>enthält eine andere Anzahl von Voxeln als im Header angegeben</translation>
    </message>
    <message>
        <source>cannot be read (kind of voxels)</source>
        <translation>kann nicht gelesen werden (Art der Voxel)</translation>
    </message>
    <message>
        <source>The series of &apos;%1&apos; has slices %2 apart, but %3 after this one; check whether slices are missing.</source>
        <translation>In der Serie von „%1“ liegen Schichten %2 auseinander, nach dieser aber %3; prüfen Sie, ob Schichten fehlen.</translation>
    </message>
    <message>
        <source>The folder &apos;%1&apos; holds no images; search its sub-folders as well (--recursive).</source>
        <translation>Der Ordner „%1“ enthält keine Bilder; durchsuchen Sie auch seine Unterordner (--recursive).</translation>
    </message>
    <message>
        <source>The folder &apos;%1&apos; holds no images; check the path.</source>
        <translation>Der Ordner „%1“ enthält keine Bilder; prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>read the folder</source>
        <translation>Lesen des Ordners</translation>
    </message>
    <message>
        <source>Nothing can be imported into %1: %2</source>
        <translation>In %1 kann nichts importiert werden: %2</translation>
    </message>
    <message>
        <source>The import was cancelled; %1 images are in the project.</source>
        <translation>Der Import wurde abgebrochen; %1 Bilder sind im Projekt.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; (%2) is in the project already, as image %3.</source>
        <translation>„%1“ (%2) ist schon im Projekt, als Bild %3.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; (%2) is a copy of another file of this import and was imported once.</source>
        <translation>„%1“ (%2) ist eine Kopie einer anderen Datei dieses Imports und wurde einmal importiert.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has no mask of the same name in &apos;%2&apos; and was imported unlabelled.</source>
        <translation>„%1“ hat in „%2“ keine Maske gleichen Namens und wurde ohne Annotation importiert.</translation>
    </message>
    <message>
        <source>%1 images, &apos;%2&apos; for one, have no mask of the same name in &apos;%3&apos; and were imported unlabelled.</source>
        <translation>%1 Bilder, etwa „%2“, haben in „%3“ keine Maske gleichen Namens und wurden ohne Annotation importiert.</translation>
    </message>
    <message>
        <source>%1 image, &apos;%2&apos; for one, joined the split &quot;%3&quot;, because the project has images of the same patient there.</source>
        <translation>%1 Bild („%2“) kam in den Teil „%3“, weil dort schon Bilder desselben Patienten sind.</translation>
    </message>
    <message>
        <source>%1 images, &apos;%2&apos; for one, joined the split &quot;%3&quot;, because the project has images of the same patient there.</source>
        <translation>%1 Bilder, etwa „%2“, kamen in den Teil „%3“, weil dort schon Bilder derselben Patienten sind.</translation>
    </message>
    <message>
        <source>The mask &apos;%1&apos; does not fit the image &apos;%2&apos;: %3; give a mask that was drawn on this image.</source>
        <translation>Die Maske „%1“ passt nicht zum Bild „%2“: %3; geben Sie eine Maske an, die auf diesem Bild gezeichnet wurde.</translation>
    </message>
    <message>
        <source>read the mask folder</source>
        <translation>Lesen des Ordners mit den Masken</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no folder; give the folder that holds the masks.</source>
        <translation>„%1“ ist kein Ordner; geben Sie den Ordner mit den Masken an.</translation>
    </message>
    <message>
        <source>The mask &apos;%1&apos; has the name of several images and was given to the first; &apos;%2&apos; was imported without a mask.</source>
        <translation>Die Maske „%1“ heißt wie mehrere Bilder und wurde dem ersten gegeben; „%2“ wurde ohne Maske importiert.</translation>
    </message>
    <message>
        <source>the mask has %1 pixels, the image %2</source>
        <translation>die Maske hat %1 Pixel, das Bild %2</translation>
    </message>
    <message>
        <source>the mask is a single slice, the image has %1 of them</source>
        <translation>die Maske ist eine einzelne Schicht, das Bild hat %1 davon</translation>
    </message>
    <message>
        <source>the mask is a volume of %1 slices, the image is flat</source>
        <translation>die Maske ist ein Volumen aus %1 Schichten, das Bild ist keines</translation>
    </message>
    <message>
        <source>the mask lies elsewhere in space or has other pixel distances</source>
        <translation>die Maske liegt an anderer Stelle im Raum oder hat andere Pixelabstände</translation>
    </message>
    <message>
        <source>the mask has %1 slices, the image %2</source>
        <translation>die Maske hat %1 Schichten, das Bild %2</translation>
    </message>
    <message>
        <source>Another import, export or prediction is running; wait for it or cancel it.</source>
        <translation>Es läuft schon ein Import, ein Export oder das Erstellen von Vorschlägen; warten Sie es ab oder brechen Sie es ab.</translation>
    </message>
    <message>
        <source>There is not enough memory for this; close other programs and try again.</source>
        <translation>Dafür ist nicht genug Speicher frei; schließen Sie andere Programme und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>This failed unexpectedly (%1).</source>
        <translation>Das ist unerwartet fehlgeschlagen (%1).</translation>
    </message>
    <message>
        <source>Predictions cannot be stored in %1: %2</source>
        <translation>In %1 können keine Vorschläge gespeichert werden: %2</translation>
    </message>
    <message>
        <source>Run %1 has no trained model yet; train longer or choose another run.</source>
        <translation>Lauf %1 hat noch kein trainiertes Modell; trainieren Sie länger oder wählen Sie einen anderen Lauf.</translation>
    </message>
    <message>
        <source>The project has no trained model yet; train it first.</source>
        <translation>Das Projekt hat noch kein trainiertes Modell; trainieren Sie zuerst.</translation>
    </message>
    <message>
        <source>There is no unfinished run of the method %1 to go on with; start a new one.</source>
        <translation>Es gibt keinen unfertigen Lauf der Methode %1, der fortgesetzt werden könnte; beginnen Sie einen neuen.</translation>
    </message>
    <message>
        <source>No mask was accepted or corrected yet; review the predictions first.</source>
        <translation>Noch keine Maske wurde angenommen oder korrigiert; prüfen Sie zuerst die Vorschläge.</translation>
    </message>
    <message>
        <source>No image has a mask that was drawn or imported yet.</source>
        <translation>Noch kein Bild hat eine Maske, die gezeichnet oder importiert wurde.</translation>
    </message>
    <message>
        <source>No predicted mask waits for review; predict first.</source>
        <translation>Kein Vorschlag wartet auf die Prüfung; lassen Sie zuerst Vorschläge machen.</translation>
    </message>
    <message>
        <source>No image has a finished mask yet; complete or accept one, or export the predicted masks.</source>
        <translation>Noch kein Bild hat eine fertige Maske; stellen Sie eine fertig, nehmen Sie eine an oder exportieren Sie die Vorschläge.</translation>
    </message>
    <message>
        <source>The export was cancelled; %1 files are written.</source>
        <translation>Der Export wurde abgebrochen; %1 Dateien sind geschrieben.</translation>
    </message>
    <message>
        <source>Image %1 (%2) has no complete mask; finish it and export again.</source>
        <translation>Bild %1 (%2) hat keine vollständige Maske; stellen Sie sie fertig und exportieren Sie erneut.</translation>
    </message>
    <message>
        <source>%1 image is no volume and was not written as NIfTI; export with the format png.</source>
        <translation>%1 Bild ist kein Volumen und wurde nicht als NIfTI geschrieben; exportieren Sie im Format png.</translation>
    </message>
    <message>
        <source>%1 images are no volumes and were not written as NIfTI; export with the format png.</source>
        <translation>%1 Bilder sind keine Volumen und wurden nicht als NIfTI geschrieben; exportieren Sie im Format png.</translation>
    </message>
    <message>
        <source>In the volume &apos;%1&apos; %2 of %3 slices have no mask of the selection; they hold 65535 (not annotated).</source>
        <translation>Im Volumen „%1“ haben %2 von %3 Schichten keine Maske der Auswahl; sie enthalten 65535 (nicht annotiert).</translation>
    </message>
    <message>
        <source>The volume &apos;%1&apos; cannot become one NIfTI file: %2; export its slices as PNG instead.</source>
        <translation>Das Volumen „%1“ kann nicht zu einer NIfTI-Datei werden: %2; exportieren Sie seine Schichten stattdessen als PNG.</translation>
    </message>
    <message>
        <source>several slices lie at the same place</source>
        <translation>mehrere Schichten liegen an derselben Stelle</translation>
    </message>
    <message>
        <source>its slices are shifted against each other, as with a tilted gantry</source>
        <translation>seine Schichten sind gegeneinander verschoben, wie bei gekippter Gantry</translation>
    </message>
    <message>
        <source>its slices are unevenly spaced after &apos;%1&apos;</source>
        <translation>die Abstände seiner Schichten sind nach „%1“ ungleich</translation>
    </message>
    <message>
        <source>its slices differ in size</source>
        <translation>seine Schichten sind verschieden groß</translation>
    </message>
    <message>
        <source>Making samples was stopped; the files written so far are complete.</source>
        <translation>Das Erzeugen der Beispiele wurde gestoppt; die bisher geschriebenen Dateien sind vollständig.</translation>
    </message>
    <message>
        <source>The folder %1 holds files already; choose another folder or empty it.</source>
        <translation>Der Ordner %1 enthält schon Dateien; wählen Sie einen anderen Ordner oder leeren Sie ihn.</translation>
    </message>
    <message>
        <source>The size %1 is not possible; give 64 to %2 pixels.</source>
        <translation>Die Größe %1 ist nicht möglich; geben Sie 64 bis %2 Pixel an.</translation>
    </message>
    <message>
        <source>The count %1 is not possible; give 1 to %2.</source>
        <translation>Die Anzahl %1 ist nicht möglich; geben Sie 1 bis %2 an.</translation>
    </message>
    <message>
        <source>Making samples needs more memory than is free; choose a smaller size or close other programs.</source>
        <translation>Das Erzeugen der Beispiele braucht mehr Speicher, als frei ist; wählen Sie eine kleinere Größe oder schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>No temporary folder can be made for the tour; free some space.</source>
        <translation>Für die Vorführung kann kein temporärer Ordner angelegt werden; schaffen Sie Speicherplatz.</translation>
    </message>
    <message>
        <source>Training ran out of memory; close other programs or train with a smaller image size.</source>
        <translation>Dem Training ging der Speicher aus; schließen Sie andere Programme oder trainieren Sie mit kleinerer Bildgröße.</translation>
    </message>
    <message>
        <source>Training ended unexpectedly (%1); go on with the last saved state by resuming it.</source>
        <translation>Das Training endete unerwartet (%1); setzen Sie es vom zuletzt gespeicherten Stand aus fort.</translation>
    </message>
    <message>
        <source>The end of training could not be recorded (%1).</source>
        <translation>Das Ende des Trainings konnte nicht festgehalten werden (%1).</translation>
    </message>
    <message>
        <source>Run %1 had saved nothing yet and starts anew.</source>
        <translation>Lauf %1 hatte noch nichts gespeichert und beginnt von vorn.</translation>
    </message>
    <message>
        <source>No image outside the test and validation splits has a mask to learn from; paint one or import images together with their masks.</source>
        <translation>Außerhalb von Test und Validierung hat kein Bild eine Maske, von der gelernt werden könnte; malen Sie eine oder importieren Sie Bilder mit ihren Masken.</translation>
    </message>
    <message>
        <source>Training is finished, but not all images were outlined; predict them later.</source>
        <translation>Das Training ist beendet, aber nicht alle Bilder wurden konturiert; lassen Sie später Vorschläge für sie machen.</translation>
    </message>
    <message>
        <source>%1 cannot be trained: %2</source>
        <translation>%1 kann nicht trainiert werden: %2</translation>
    </message>
    <message>
        <source>Training is running already; stop it before you start again.</source>
        <translation>Das Training läuft schon; stoppen Sie es, bevor Sie neu beginnen.</translation>
    </message>
    <message>
        <source>val</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Step %1 of image &quot;%2&quot; is not in its history any more; open the image again.</source>
        <translation>Schritt %1 des Bildes „%2“ ist nicht mehr in seinem Verlauf; öffnen Sie das Bild noch einmal.</translation>
    </message>
    <message>
        <source>it is cut off</source>
        <translation>bricht vorzeitig ab</translation>
    </message>
    <message>
        <source>its data is cut off</source>
        <translation>die Daten brechen vorzeitig ab</translation>
    </message>
    <message>
        <source>%1 %2; %3.</source>
        <translation>%1 %2; %3.</translation>
    </message>
    <message>
        <source>it does not begin as one</source>
        <translation>beginnt nicht wie ein Pickle</translation>
    </message>
    <message>
        <source>it is of another protocol</source>
        <translation>hat ein anderes Protokoll</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>it has the unknown opcode %1</source>
        <translation>enthält den unbekannten Opcode %1</translation>
    </message>
    <message>
        <source>it holds too many values</source>
        <translation>enthält zu viele Werte</translation>
    </message>
    <message>
        <source>it takes more than there is</source>
        <translation>entnimmt mehr, als vorhanden ist</translation>
    </message>
    <message>
        <source>it appends to what is no list</source>
        <translation>hängt an etwas an, das keine Liste ist</translation>
    </message>
    <message>
        <source>it sets items of what is no dictionary</source>
        <translation>setzt Einträge von etwas, das kein Wörterbuch ist</translation>
    </message>
    <message>
        <source>it recalls what it never had</source>
        <translation>ruft ab, was nie gespeichert wurde</translation>
    </message>
    <message>
        <source>safetensors file</source>
        <translation>safetensors-Datei</translation>
    </message>
    <message>
        <source>the entry of %1 is malformed</source>
        <translation>der Eintrag von %1 ist fehlerhaft</translation>
    </message>
    <message>
        <source>the shape of %1 is impossible</source>
        <translation>die Form von %1 ist unmöglich</translation>
    </message>
    <message>
        <source>the place of %1 is impossible</source>
        <translation>die Lage von %1 ist unmöglich</translation>
    </message>
    <message>
        <source>the size of %1 does not fit</source>
        <translation>die Größe von %1 passt nicht</translation>
    </message>
    <message>
        <source>it is shorter than its header</source>
        <translation>kürzer als der Header</translation>
    </message>
    <message>
        <source>its header would reach past its end</source>
        <translation>der Header würde über das Ende hinausreichen</translation>
    </message>
    <message>
        <source>its header is absurdly large</source>
        <translation>der Header ist unsinnig groß</translation>
    </message>
    <message>
        <source>its header is not JSON</source>
        <translation>der Header ist kein JSON</translation>
    </message>
    <message>
        <source>its metadata is malformed</source>
        <translation>die Metadaten sind fehlerhaft</translation>
    </message>
    <message>
        <source>its tensors overlap</source>
        <translation>die Tensoren überlappen sich</translation>
    </message>
    <message>
        <source>holds numbers of type %1, which this program does not read</source>
        <translation>enthält Zahlen des Typs %1, den dieses Programm nicht liest</translation>
    </message>
    <message>
        <source>save it as F32 or F16</source>
        <translation>speichern Sie die Datei als F32 oder F16</translation>
    </message>
    <message>
        <source>file of weights</source>
        <translation>Datei mit Gewichten</translation>
    </message>
    <message>
        <source>is in PyTorch&apos;s old format or a plain pickle</source>
        <translation>hat das alte Format von PyTorch oder ist ein bloßer Pickle</translation>
    </message>
    <message>
        <source>save it again with a newer PyTorch or as safetensors</source>
        <translation>speichern Sie die Datei noch einmal mit einem neueren PyTorch oder als safetensors</translation>
    </message>
    <message>
        <source>is only a Git LFS pointer to the file</source>
        <translation>ist nur ein Git-LFS-Verweis auf die Datei</translation>
    </message>
    <message>
        <source>download the file itself</source>
        <translation>laden Sie die Datei selbst herunter</translation>
    </message>
    <message>
        <source>is neither a safetensors file nor a PyTorch checkpoint</source>
        <translation>ist weder eine safetensors-Datei noch ein PyTorch-Checkpoint</translation>
    </message>
    <message>
        <source>choose a file of weights (.safetensors, .ckpt, .pt, .pth)</source>
        <translation>wählen Sie eine Datei mit Gewichten (.safetensors, .ckpt, .pt, .pth)</translation>
    </message>
    <message>
        <source>PyTorch checkpoint</source>
        <translation>PyTorch-Checkpoint</translation>
    </message>
    <message>
        <source>it holds several pickles</source>
        <translation>enthält mehrere Pickles</translation>
    </message>
    <message>
        <source>is a zip archive but no PyTorch checkpoint</source>
        <translation>ist ein Zip-Archiv, aber kein PyTorch-Checkpoint</translation>
    </message>
    <message>
        <source>choose a file that torch.save wrote, such as a .ckpt, .pt or .pth file</source>
        <translation>wählen Sie eine Datei, die torch.save geschrieben hat, etwa eine .ckpt-, .pt- oder .pth-Datei</translation>
    </message>
    <message>
        <source>holds a TorchScript program, not weights by name</source>
        <translation>enthält ein TorchScript-Programm, keine benannten Gewichte</translation>
    </message>
    <message>
        <source>save the state_dict() of the model instead</source>
        <translation>speichern Sie stattdessen das state_dict() des Modells</translation>
    </message>
    <message>
        <source>was written on a big-endian machine</source>
        <translation>wurde auf einem Big-Endian-Rechner geschrieben</translation>
    </message>
    <message>
        <source>save it again on another machine or as safetensors</source>
        <translation>speichern Sie die Datei noch einmal auf einem anderen Rechner oder als safetensors</translation>
    </message>
    <message>
        <source>its %1 is absurdly large</source>
        <translation>%1 darin ist unsinnig groß</translation>
    </message>
    <message>
        <source>its dictionaries are absurdly many</source>
        <translation>unsinnig viele Wörterbücher</translation>
    </message>
    <message>
        <source>the numbers of %1 are missing</source>
        <translation>die Zahlen von %1 fehlen</translation>
    </message>
    <message>
        <source>holds an object of Python (%1) in place of a dictionary of tensors</source>
        <translation>enthält ein Python-Objekt (%1) statt eines Wörterbuchs von Tensoren</translation>
    </message>
    <message>
        <source>holds no tensors by name</source>
        <translation>enthält keine benannten Tensoren</translation>
    </message>
    <message>
        <source>save it as 32-bit or 16-bit floats</source>
        <translation>speichern Sie die Datei mit 32-Bit- oder 16-Bit-Gleitkommazahlen</translation>
    </message>
    <message>
        <source>keeps %1 as scattered parts of a far larger tensor</source>
        <translation>enthält %1 als verstreute Teile eines weit größeren Tensors</translation>
    </message>
    <message>
        <source>save a contiguous copy of it</source>
        <translation>speichern Sie eine zusammenhängende Kopie davon</translation>
    </message>
    <message>
        <source>the directory at its end is missing</source>
        <translation>das Verzeichnis am Ende fehlt</translation>
    </message>
    <message>
        <source>its directory cannot be found</source>
        <translation>das Verzeichnis ist nicht zu finden</translation>
    </message>
    <message>
        <source>its directory has an impossible size</source>
        <translation>das Verzeichnis hat eine unmögliche Größe</translation>
    </message>
    <message>
        <source>its directory is malformed</source>
        <translation>das Verzeichnis ist fehlerhaft</translation>
    </message>
    <message>
        <source>the sizes of %1 do not fit</source>
        <translation>die Größen von %1 passen nicht</translation>
    </message>
    <message>
        <source>it holds %1 twice</source>
        <translation>enthält %1 zweimal</translation>
    </message>
    <message>
        <source>%1 overlaps what follows it</source>
        <translation>%1 überlappt mit dem, was folgt</translation>
    </message>
    <message>
        <source>its directory does not lead to %1</source>
        <translation>das Verzeichnis führt nicht zu %1</translation>
    </message>
    <message>
        <source>is compressed or encrypted, as PyTorch never writes its checkpoints</source>
        <translation>ist komprimiert oder verschlüsselt, wie PyTorch seine Checkpoints nie schreibt</translation>
    </message>
    <message>
        <source>save it again with torch.save or as safetensors</source>
        <translation>speichern Sie die Datei noch einmal mit torch.save oder als safetensors</translation>
    </message>
    <message>
        <source>%1 is too short</source>
        <translation>%1 ist zu kurz</translation>
    </message>
    <message>
        <source>delete the images</source>
        <translation>Löschen der Bilder</translation>
    </message>
    <message>
        <source>The images are deleted, but the project&apos;s copy %1 is still there (%2); delete it by hand.</source>
        <translation>Die Bilder sind gelöscht, aber die Kopie %1 des Projekts ist noch da (%2); löschen Sie sie von Hand.</translation>
    </message>
    <message>
        <source>%1.%2</source>
        <extracomment>A number with decimals: what stands before its decimal sign, and behind.</extracomment>
        <translation>%1,%2</translation>
    </message>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
</context>
<context>
    <name>semigda::app::OptionTexts</name>
    <message>
        <source>Labels medical images with a model that learns while you work.</source>
        <translation>Annotiert medizinische Bilder mit einem Modell, das während der Arbeit lernt.</translation>
    </message>
    <message>
        <source>Project folder (.semigda) to open.</source>
        <translation>Projektordner (.semigda), der geöffnet werden soll.</translation>
    </message>
    <message>
        <source>Walk through all main states on sample images, write a PNG of each and leave.</source>
        <translation>Alle Hauptansichten an Beispielbildern durchlaufen, von jeder ein PNG schreiben und beenden.</translation>
    </message>
    <message>
        <source>Window size, for example 1280x800.</source>
        <translation>Fenstergröße, zum Beispiel 1280x800.</translation>
    </message>
    <message>
        <source>dark or light.</source>
        <translation>dark (dunkel) oder light (hell).</translation>
    </message>
    <message>
        <source>Language of the interface: system, %1.</source>
        <translation>Sprache der Oberfläche: system, %1.</translation>
    </message>
    <message>
        <source>Use this settings file.</source>
        <translation>Diese Einstellungsdatei verwenden.</translation>
    </message>
    <message>
        <source>Paint by a script; for tests.</source>
        <translation>Nach einem Skript malen; für Tests.</translation>
    </message>
    <message>
        <source>Name one project at most; see --help.</source>
        <translation>Geben Sie höchstens ein Projekt an; siehe --help.</translation>
    </message>
    <message>
        <source>--language %1 is not understood; use system, %2.</source>
        <translation>--language %1 wird nicht verstanden; möglich sind system, %2.</translation>
    </message>
    <message>
        <source>--size %1 is not understood; write it as 1280x800.</source>
        <translation>--size %1 wird nicht verstanden; schreiben Sie es wie 1280x800.</translation>
    </message>
    <message>
        <source>--theme %1 is not understood; use dark or light.</source>
        <translation>--theme %1 wird nicht verstanden; möglich sind dark und light.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::AboutTexts</name>
    <message>
        <source>About SemiGDA Studio</source>
        <translation>Über SemiGDA Studio</translation>
    </message>
    <message>
        <source>&lt;h3&gt;SemiGDA Studio %1&lt;/h3&gt;&lt;p&gt;Labels medical images with a model that learns from the labelled and the unlabelled ones (SemiGDA: semi-supervised generative dual-branch alignment).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Not for clinical diagnosis.&lt;/b&gt; Masks made with this program are for research; a model&apos;s proposal is not a finding.&lt;/p&gt;&lt;p&gt;Everything stays on this computer: nothing is sent anywhere.&lt;/p&gt;&lt;p&gt;Apache License 2.0. Built with Qt, LibTorch, VTK, DCMTK and SQLite.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;SemiGDA Studio %1&lt;/h3&gt;&lt;p&gt;Annotiert medizinische Bilder mit einem Modell, das aus den annotierten und aus den nicht annotierten lernt (SemiGDA: semi-supervised generative dual-branch alignment).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nicht für die klinische Diagnostik.&lt;/b&gt; Masken aus diesem Programm dienen der Forschung; der Vorschlag eines Modells ist keine Diagnose.&lt;/p&gt;&lt;p&gt;Alles bleibt auf diesem Rechner: Es wird nichts übertragen.&lt;/p&gt;&lt;p&gt;Apache-Lizenz 2.0. Gebaut mit Qt, LibTorch, VTK, DCMTK und SQLite.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>semigda::ui::Actions</name>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About SemiGDA Studio</source>
        <translation>&amp;Über SemiGDA Studio</translation>
    </message>
    <message>
        <source>Version, licence and intended use</source>
        <translation>Version, Lizenz und Verwendungszweck</translation>
    </message>
    <message>
        <source>&amp;New project …</source>
        <translation>&amp;Neues Projekt …</translation>
    </message>
    <message>
        <source>Create a project</source>
        <translation>Projekt anlegen</translation>
    </message>
    <message>
        <source>&amp;Open project …</source>
        <translation>Projekt ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Try with &amp;sample images</source>
        <translation>Mit Beis&amp;pielbildern ausprobieren</translation>
    </message>
    <message>
        <source>Makes synthetic ultrasound images with a project to try the program with</source>
        <translation>Erzeugt künstliche Ultraschallbilder mit einem Projekt, um das Programm auszuprobieren</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>Projekt &amp;schließen</translation>
    </message>
    <message>
        <source>Close the project</source>
        <translation>Projekt schließen</translation>
    </message>
    <message>
        <source>&amp;Import images …</source>
        <translation>Bilder &amp;importieren …</translation>
    </message>
    <message>
        <source>Import images, or drop files and folders on the window</source>
        <translation>Bilder importieren oder Dateien und Ordner in das Fenster ziehen</translation>
    </message>
    <message>
        <source>&amp;Export masks …</source>
        <translation>Masken &amp;exportieren …</translation>
    </message>
    <message>
        <source>Export masks</source>
        <translation>Masken exportieren</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Quit; everything painted is already saved</source>
        <translation>Beenden; alles Gemalte ist bereits gespeichert</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Undo the last step on this image</source>
        <translation>Letzten Schritt an diesem Bild rückgängig machen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rückgängig gemachten Schritt wiederholen</translation>
    </message>
    <message>
        <source>&amp;Done with this image</source>
        <translation>&amp;Bild ist fertig</translation>
    </message>
    <message>
        <source>The image is completely labelled: all that is not painted is background</source>
        <translation>Das Bild ist vollständig annotiert: alles nicht Gemalte ist Hintergrund</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <source>Paint with the chosen class; [ and ] change the size</source>
        <translation>Mit der gewählten Klasse malen; [ und ] ändern die Größe</translation>
    </message>
    <message>
        <source>&amp;Adaptive brush</source>
        <translation>&amp;Adaptiver Pinsel</translation>
    </message>
    <message>
        <source>Paint what looks like what is under the pointer; stops at edges</source>
        <translation>Malt, was dem Bereich unter dem Mauszeiger ähnelt; hält an Kanten an</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>Ra&amp;dierer</translation>
    </message>
    <message>
        <source>Take labels away; or hold Ctrl while painting</source>
        <translation>Annotationen entfernen; oder beim Malen Strg halten</translation>
    </message>
    <message>
        <source>&amp;Polygon</source>
        <translation>Pol&amp;ygon</translation>
    </message>
    <message>
        <source>Click corners; Enter closes, Backspace takes one back, Esc cancels</source>
        <translation>Ecken anklicken; Eingabe schließt, Rücktaste nimmt eine zurück, Esc bricht ab</translation>
    </message>
    <message>
        <source>&amp;Lasso</source>
        <translation>&amp;Lasso</translation>
    </message>
    <message>
        <source>Draw around a region; it is filled on release</source>
        <translation>Bereich umfahren; beim Loslassen wird er gefüllt</translation>
    </message>
    <message>
        <source>Drag from corner to corner; with Shift it becomes a square</source>
        <translation>Von Ecke zu Ecke ziehen; mit Umschalt wird es ein Quadrat</translation>
    </message>
    <message>
        <source>Ell&amp;ipse</source>
        <translation>&amp;Ellipse</translation>
    </message>
    <message>
        <source>Drag from corner to corner; with Shift it becomes a circle</source>
        <translation>Von Ecke zu Ecke ziehen; mit Umschalt wird es ein Kreis</translation>
    </message>
    <message>
        <source>&amp;Fill</source>
        <translation>&amp;Füllen</translation>
    </message>
    <message>
        <source>Click in what one class, or nothing yet, covers in one piece; Ctrl+click takes it away</source>
        <translation>In eine Fläche klicken (eine Klasse oder nicht annotiert), um sie zu füllen; Strg+Klick entfernt sie</translation>
    </message>
    <message>
        <source>Magic &amp;wand</source>
        <translation>&amp;Zauberstab</translation>
    </message>
    <message>
        <source>Click where a region of similar values begins; drag right for more, left for less</source>
        <translation>In einen Bereich ähnlicher Werte klicken; nach rechts ziehen für mehr, nach links für weniger</translation>
    </message>
    <message>
        <source>&amp;Move the view</source>
        <translation>Ansicht &amp;verschieben</translation>
    </message>
    <message>
        <source>Drag the image; or hold Space</source>
        <translation>Bild ziehen; oder Leertaste halten</translation>
    </message>
    <message>
        <source>&amp;Swap with the last class</source>
        <translation>Zur le&amp;tzten Klasse wechseln</translation>
    </message>
    <message>
        <source>Swap with the last class</source>
        <translation>Zur zuletzt verwendeten Klasse wechseln</translation>
    </message>
    <message>
        <source>Fill &amp;holes</source>
        <translation>&amp;Löcher füllen</translation>
    </message>
    <message>
        <source>Fill the holes of the chosen class</source>
        <translation>Löcher der gewählten Klasse füllen</translation>
    </message>
    <message>
        <source>&amp;Keep the largest piece</source>
        <translation>&amp;Nur die größte Fläche behalten</translation>
    </message>
    <message>
        <source>Erase all pieces of the chosen class but the largest</source>
        <translation>Alle Flächen der gewählten Klasse außer der größten entfernen</translation>
    </message>
    <message>
        <source>Remove small &amp;pieces …</source>
        <translation>Kleine Flächen &amp;entfernen …</translation>
    </message>
    <message>
        <source>Erase pieces of the chosen class that are smaller than an area</source>
        <translation>Flächen der gewählten Klasse entfernen, die kleiner sind als angegeben</translation>
    </message>
    <message>
        <source>&amp;Smooth …</source>
        <translation>Kontur &amp;glätten …</translation>
    </message>
    <message>
        <source>Round the outline of the chosen class</source>
        <translation>Kontur der gewählten Klasse glätten</translation>
    </message>
    <message>
        <source>&amp;Grow …</source>
        <translation>Kontur er&amp;weitern …</translation>
    </message>
    <message>
        <source>Move the outline of the chosen class outwards</source>
        <translation>Kontur der gewählten Klasse nach außen verschieben</translation>
    </message>
    <message>
        <source>Sh&amp;rink …</source>
        <translation>Kontur ve&amp;rkleinern …</translation>
    </message>
    <message>
        <source>Move the outline of the chosen class inwards</source>
        <translation>Kontur der gewählten Klasse nach innen verschieben</translation>
    </message>
    <message>
        <source>Copy from the slice &amp;before</source>
        <translation>Von der &amp;vorherigen Schicht kopieren</translation>
    </message>
    <message>
        <source>Paint here what the slice before shows, where nothing is painted yet</source>
        <translation>Überträgt die Maske der vorherigen Schicht, wo hier noch nichts gemalt ist</translation>
    </message>
    <message>
        <source>Copy from the slice &amp;after</source>
        <translation>Von der nä&amp;chsten Schicht kopieren</translation>
    </message>
    <message>
        <source>Paint here what the slice after shows, where nothing is painted yet</source>
        <translation>Überträgt die Maske der nächsten Schicht, wo hier noch nichts gemalt ist</translation>
    </message>
    <message>
        <source>Fill between s&amp;lices</source>
        <translation>&amp;Zwischen Schichten füllen</translation>
    </message>
    <message>
        <source>Slices between painted ones get shapes in between, of the chosen class</source>
        <translation>Schichten zwischen gemalten erhalten Zwischenformen der gewählten Klasse</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>Show the whole image; or double click</source>
        <translation>Ganzes Bild zeigen; oder Doppelklick</translation>
    </message>
    <message>
        <source>&amp;Actual pixels</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>One image pixel is one screen pixel</source>
        <translation>Ein Bildpixel ist ein Bildschirmpixel</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom in; or wheel</source>
        <translation>Vergrößern; oder Mausrad</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Zoom out; or wheel</source>
        <translation>Verkleinern; oder Mausrad</translation>
    </message>
    <message>
        <source>Show the &amp;mask</source>
        <translation>&amp;Maske anzeigen</translation>
    </message>
    <message>
        <source>Show or hide the mask</source>
        <translation>Maske ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show the &amp;proposal</source>
        <translation>&amp;Vorschlag anzeigen</translation>
    </message>
    <message>
        <source>Show or hide the outline the model proposes</source>
        <translation>Die vom Modell vorgeschlagene Kontur ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show &amp;doubt</source>
        <translation>&amp;Unsicherheit anzeigen</translation>
    </message>
    <message>
        <source>Show where the models disagree: the brighter, the less certain</source>
        <translation>Zeigt, wo sich die Modelle widersprechen: je heller, desto unsicherer</translation>
    </message>
    <message>
        <source>Show or hide the image</source>
        <translation>Bild ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Hell oder dunkel</translation>
    </message>
    <message>
        <source>&amp;3D view</source>
        <translation>&amp;3D-Ansicht</translation>
    </message>
    <message>
        <source>The volume this image is a slice of, in 3D</source>
        <translation>Das Volumen, zu dem diese Schicht gehört, in 3D</translation>
    </message>
    <message>
        <source>From the next start on</source>
        <translation>Ab dem nächsten Start</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Previous image</source>
        <translation>&amp;Vorheriges Bild</translation>
    </message>
    <message>
        <source>Previous image in the list</source>
        <translation>Vorheriges Bild der Liste</translation>
    </message>
    <message>
        <source>&amp;Next image</source>
        <translation>&amp;Nächstes Bild</translation>
    </message>
    <message>
        <source>Next image in the list; during a review: look at this one later</source>
        <translation>Nächstes Bild der Liste; während der Prüfung: dieses Bild später ansehen</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>P&amp;rüfen</translation>
    </message>
    <message>
        <source>Go through what the model proposes, the least certain first</source>
        <translation>Die Vorschläge des Modells durchgehen, die unsichersten zuerst</translation>
    </message>
    <message>
        <source>Next that needs your loo&amp;k</source>
        <translation>Nächstes zu prü&amp;fendes Bild</translation>
    </message>
    <message>
        <source>Go to the image that needs your look most</source>
        <translation>Zum Bild mit dem unsichersten Vorschlag gehen</translation>
    </message>
    <message>
        <source>&amp;Accept</source>
        <translation>&amp;Annehmen</translation>
    </message>
    <message>
        <source>The proposal, with your changes, becomes the mask; go on to the next</source>
        <translation>Der Vorschlag wird mit Ihren Änderungen zur Maske; weiter zum nächsten</translation>
    </message>
    <message>
        <source>Re&amp;ject</source>
        <translation>Ab&amp;lehnen</translation>
    </message>
    <message>
        <source>The proposal is wrong; it is not used for training</source>
        <translation>Der Vorschlag ist falsch; er wird nicht zum Training verwendet</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>&amp;Trainieren</translation>
    </message>
    <message>
        <source>Start learning in the background</source>
        <translation>Training im Hintergrund starten</translation>
    </message>
    <message>
        <source>&amp;Pause training</source>
        <translation>Training &amp;pausieren</translation>
    </message>
    <message>
        <source>Hold training or go on</source>
        <translation>Training anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Stop training</source>
        <translation>Training &amp;stoppen</translation>
    </message>
    <message>
        <source>End training and keep what was learnt</source>
        <translation>Training beenden und das Gelernte behalten</translation>
    </message>
    <message>
        <source>Propose masks for all &amp;unlabelled images</source>
        <translation>Masken für alle nicht annotierten Bilder &amp;vorschlagen</translation>
    </message>
    <message>
        <source>Uses the newest trained model</source>
        <translation>Verwendet das zuletzt trainierte Modell</translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation>&amp;Projekt</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>&amp;Maske</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>&amp;Training</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Paint wi&amp;th</source>
        <translation>&amp;Malen mit</translation>
    </message>
    <message>
        <source>Mo&amp;ve, turn, mirror</source>
        <translation>Verschieben, &amp;drehen, spiegeln</translation>
    </message>
    <message>
        <source>&amp;Contrast</source>
        <translation>Kon&amp;trast</translation>
    </message>
    <message>
        <source>La&amp;yers and scale</source>
        <translation>Überlagerungen und M&amp;aßstab</translation>
    </message>
    <message>
        <source>Lang&amp;uage</source>
        <translation>&amp;Sprache (Language)</translation>
    </message>
    <message>
        <source>Red&amp;o</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Histor&amp;y of this image …</source>
        <translation>Verla&amp;uf dieses Bildes …</translation>
    </message>
    <message>
        <source>Who painted what and when; compare with now, and go back to it</source>
        <translation>Wer wann was gemalt hat; mit jetzt vergleichen und dorthin zurückkehren</translation>
    </message>
    <message>
        <source>Rectan&amp;gle</source>
        <translation>Rechtec&amp;k</translation>
    </message>
    <message>
        <source>Superpi&amp;xel brush</source>
        <translation>Superpi&amp;xelpinsel</translation>
    </message>
    <message>
        <source>Paint pieces whose borders follow edges; [ and ] change their size</source>
        <translation>Flächen malen, deren Grenzen Kanten folgen; [ und ] ändern ihre Größe</translation>
    </message>
    <message>
        <source>&amp;Smaller brush</source>
        <translation>Pinsel verklei&amp;nern</translation>
    </message>
    <message>
        <source>Larger brus&amp;h</source>
        <translation>Pinsel ver&amp;größern</translation>
    </message>
    <message>
        <source>&amp;Previous class</source>
        <translation>&amp;Vorherige Klasse</translation>
    </message>
    <message>
        <source>Paint with the class before</source>
        <translation>Mit der vorherigen Klasse malen</translation>
    </message>
    <message>
        <source>&amp;Next class</source>
        <translation>&amp;Nächste Klasse</translation>
    </message>
    <message>
        <source>Paint with the class after</source>
        <translation>Mit der nächsten Klasse malen</translation>
    </message>
    <message>
        <source>N&amp;ot annotated</source>
        <translation>Nicht &amp;annotiert</translation>
    </message>
    <message>
        <source>Paint “not annotated”: takes labels away</source>
        <translation>„Nicht annotiert“ malen: entfernt Annotationen</translation>
    </message>
    <message>
        <source>&amp;Background</source>
        <translation>&amp;Hintergrund</translation>
    </message>
    <message>
        <source>Paint what certainly belongs to no class</source>
        <translation>Malen, was sicher zu keiner Klasse gehört</translation>
    </message>
    <message>
        <source>Class &amp;%1 of the list</source>
        <translation>Klasse &amp;%1 der Liste</translation>
    </message>
    <message>
        <source>Paint with class %1 of the list</source>
        <translation>Mit Klasse %1 der Liste malen</translation>
    </message>
    <message>
        <source>Grow from s&amp;eeds</source>
        <translation>Aus &amp;Saatpunkten wachsen lassen</translation>
    </message>
    <message>
        <source>All that is not annotated gets what is painted where the image looks alike</source>
        <translation>Nicht Annotiertes erhält die Klasse, die dort gemalt ist, wo das Bild ähnlich aussieht</translation>
    </message>
    <message>
        <source>Previous &amp;slice</source>
        <translation>Vorherige S&amp;chicht</translation>
    </message>
    <message>
        <source>The slice before in the volume; or wheel</source>
        <translation>Vorherige Schicht im Volumen; oder Mausrad</translation>
    </message>
    <message>
        <source>&amp;Next slice</source>
        <translation>&amp;Nächste Schicht</translation>
    </message>
    <message>
        <source>The slice after in the volume; or wheel</source>
        <translation>Nächste Schicht im Volumen; oder Mausrad</translation>
    </message>
    <message>
        <source>Ligh&amp;t theme</source>
        <translation>&amp;Helle Darstellung</translation>
    </message>
    <message>
        <source>Move &amp;left</source>
        <translation>Nach &amp;links verschieben</translation>
    </message>
    <message>
        <source>Move the view to the left</source>
        <translation>Ansicht nach links verschieben</translation>
    </message>
    <message>
        <source>Move &amp;right</source>
        <translation>Nach &amp;rechts verschieben</translation>
    </message>
    <message>
        <source>Move the view to the right</source>
        <translation>Ansicht nach rechts verschieben</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben verschieben</translation>
    </message>
    <message>
        <source>Move the view up</source>
        <translation>Ansicht nach oben verschieben</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Nach &amp;unten verschieben</translation>
    </message>
    <message>
        <source>Move the view down</source>
        <translation>Ansicht nach unten verschieben</translation>
    </message>
    <message>
        <source>Turn ri&amp;ght</source>
        <translation>Nach rechts dr&amp;ehen</translation>
    </message>
    <message>
        <source>Turn the view by 90° clockwise; the image stays as it is</source>
        <translation>Ansicht um 90° im Uhrzeigersinn drehen; das Bild bleibt unverändert</translation>
    </message>
    <message>
        <source>Turn le&amp;ft</source>
        <translation>Nach links &amp;drehen</translation>
    </message>
    <message>
        <source>Turn the view by 90° anticlockwise; the image stays as it is</source>
        <translation>Ansicht um 90° gegen den Uhrzeigersinn drehen; das Bild bleibt unverändert</translation>
    </message>
    <message>
        <source>&amp;Mirror left and right</source>
        <translation>Links/rechts &amp;spiegeln</translation>
    </message>
    <message>
        <source>Swap left and right of the view; the image stays as it is</source>
        <translation>Links und rechts der Ansicht vertauschen; das Bild bleibt unverändert</translation>
    </message>
    <message>
        <source>Mirror top and &amp;bottom</source>
        <translation>Oben/unten spie&amp;geln</translation>
    </message>
    <message>
        <source>Swap top and bottom of the view; the image stays as it is</source>
        <translation>Oben und unten der Ansicht vertauschen; das Bild bleibt unverändert</translation>
    </message>
    <message>
        <source>Neither turned nor mirrored</source>
        <translation>Weder gedreht noch gespiegelt</translation>
    </message>
    <message>
        <source>C&amp;ontrast and histogram …</source>
        <translation>&amp;Kontrast und Histogramm …</translation>
    </message>
    <message>
        <source>Window and level with the histogram of the image&apos;s values; right drag changes them too</source>
        <translation>Fensterlage und -weite mit dem Histogramm der Bildwerte; Ziehen mit der rechten Taste ändert sie auch</translation>
    </message>
    <message>
        <source>The contrast the image came with; or double right click</source>
        <translation>Kontrast (Fensterung) wie im Original; oder Doppelklick mit der rechten Taste</translation>
    </message>
    <message>
        <source>&amp;Without the rarest values</source>
        <translation>&amp;Ohne die seltensten Werte</translation>
    </message>
    <message>
        <source>From the 1st to the 99th percentile of the image&apos;s values</source>
        <translation>Vom 1. bis zum 99. Perzentil der Bildwerte</translation>
    </message>
    <message>
        <source>&amp;All values</source>
        <translation>&amp;Alle Werte</translation>
    </message>
    <message>
        <source>From the smallest to the largest value</source>
        <translation>Vom kleinsten bis zum größten Wert</translation>
    </message>
    <message>
        <source>CT: %1</source>
        <translation>CT-Fenster: %1</translation>
    </message>
    <message>
        <source>%1, in Hounsfield units: level %2, width %3</source>
        <translation>%1, in Hounsfield-Einheiten: Lage %2, Weite %3</translation>
    </message>
    <message>
        <source>Show all &amp;layers</source>
        <translation>Alle Über&amp;lagerungen anzeigen</translation>
    </message>
    <message>
        <source>Show the layers, or nothing but the image</source>
        <translation>Überlagerungen anzeigen oder nur das Bild</translation>
    </message>
    <message>
        <source>Show the ima&amp;ge</source>
        <translation>&amp;Bild anzeigen</translation>
    </message>
    <message>
        <source>&amp;Layers …</source>
        <translation>&amp;Überlagerungen …</translation>
    </message>
    <message>
        <source>How mask, finished mask and proposal are drawn</source>
        <translation>Wie Maske, fertige Maske und Vorschlag dargestellt werden</translation>
    </message>
    <message>
        <source>Mo&amp;re opaque</source>
        <translation>Deckkraft &amp;erhöhen</translation>
    </message>
    <message>
        <source>Make the mask more opaque; or Alt+wheel</source>
        <translation>Deckkraft der Maske erhöhen; oder Alt+Mausrad</translation>
    </message>
    <message>
        <source>L&amp;ess opaque</source>
        <translation>Deckkraft &amp;verringern</translation>
    </message>
    <message>
        <source>Make the mask less opaque; or Alt+wheel</source>
        <translation>Deckkraft der Maske verringern; oder Alt+Mausrad</translation>
    </message>
    <message>
        <source>&amp;Scale bar</source>
        <translation>&amp;Maßstab</translation>
    </message>
    <message>
        <source>Show a scale bar where the image tells how far its pixels lie apart</source>
        <translation>Maßstab anzeigen, wenn das Bild seinen Pixelabstand angibt</translation>
    </message>
    <message>
        <source>La&amp;ter</source>
        <translation>&amp;Später</translation>
    </message>
    <message>
        <source>Look at this one later; “Next image” does the same</source>
        <translation>Dieses Bild später ansehen; „Nächstes Bild“ bewirkt dasselbe</translation>
    </message>
    <message>
        <source>Smaller brush; the wand takes in less</source>
        <translation>Kleinerer Pinsel; der Zauberstab erfasst weniger</translation>
    </message>
    <message>
        <source>Larger brush; the wand takes in more</source>
        <translation>Größerer Pinsel; der Zauberstab erfasst mehr</translation>
    </message>
    <message>
        <source>&amp;Neither turned nor mirrored</source>
        <translation>&amp;Weder gedreht noch gespiegelt</translation>
    </message>
    <message>
        <source>&amp;Contrast as it came</source>
        <translation>Kontrast &amp;wie im Original</translation>
    </message>
    <message>
        <source>Chosen i&amp;mages</source>
        <translation>&amp;Gewählte Bilder</translation>
    </message>
    <message>
        <source>Use for &amp;training</source>
        <translation>Für das &amp;Training verwenden</translation>
    </message>
    <message>
        <source>Use for &amp;validation</source>
        <translation>Für die &amp;Validierung verwenden</translation>
    </message>
    <message>
        <source>&amp;Keep out for a test</source>
        <translation>Für einen Test &amp;zurückhalten</translation>
    </message>
    <message>
        <source>The chosen images, and with them all others of their patients</source>
        <translation>Die gewählten Bilder, und mit ihnen alle anderen derselben Patienten</translation>
    </message>
    <message>
        <source>&amp;Keep zoom and contrast</source>
        <translation>&amp;Zoom und Kontrast beibehalten</translation>
    </message>
    <message>
        <source>The next image of the same size is shown at the same place and with the same contrast</source>
        <translation>Das nächste Bild gleicher Größe an derselben Stelle und mit demselben Kontrast zeigen</translation>
    </message>
    <message>
        <source>Right drag: &amp;level across, width up and down</source>
        <translation>Rechtes Ziehen: &amp;Zentrum waagerecht, Breite senkrecht</translation>
    </message>
    <message>
        <source>What a right drag changes: level from left to right and width up and down, or the reverse</source>
        <translation>Was Ziehen mit der rechten Taste ändert: Zentrum waagerecht und Breite senkrecht oder umgekehrt</translation>
    </message>
    <message>
        <source>Ta&amp;gs …</source>
        <translation>&amp;Schlagwörter …</translation>
    </message>
    <message>
        <source>Give the chosen images tags, or take them away</source>
        <translation>Den gewählten Bildern Schlagwörter geben oder nehmen</translation>
    </message>
    <message>
        <source>&amp;Remove from the project</source>
        <translation>Aus dem &amp;Projekt entfernen</translation>
    </message>
    <message>
        <source>Take the chosen images out of the project; their masks are kept</source>
        <translation>Die gewählten Bilder aus dem Projekt nehmen; ihre Masken bleiben erhalten</translation>
    </message>
    <message>
        <source>Remove&amp;d images …</source>
        <translation>En&amp;tfernte Bilder …</translation>
    </message>
    <message>
        <source>Images that were taken out of the project, to bring them back</source>
        <translation>Bilder, die aus dem Projekt genommen wurden, um sie zurückzuholen</translation>
    </message>
</context>
<context>
    <name>semigda::ui::AnnotationController</name>
    <message>
        <source>Some slices cannot be read; the sphere left them as they were.</source>
        <translation>Einige Schichten können nicht gelesen werden; die Kugel ließ sie unverändert.</translation>
    </message>
    <message>
        <source>Filling between slices</source>
        <translation>Füllen zwischen Schichten</translation>
    </message>
    <message>
        <source>Merging classes</source>
        <translation>Zusammenführen von Klassen</translation>
    </message>
</context>
<context>
    <name>semigda::ui::CanvasTexts</name>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>%1 cm</source>
        <translation>%1 cm</translation>
    </message>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
    <message>
        <source>%1 µm</source>
        <translation>%1 µm</translation>
    </message>
    <message>
        <source>%1 nm</source>
        <translation>%1 nm</translation>
    </message>
    <message>
        <source>turned 90° to the right</source>
        <translation>um 90° nach rechts gedreht</translation>
    </message>
    <message>
        <source>turned 180°</source>
        <translation>um 180° gedreht</translation>
    </message>
    <message>
        <source>turned 90° to the left</source>
        <translation>um 90° nach links gedreht</translation>
    </message>
    <message>
        <source>left and right swapped</source>
        <translation>links und rechts vertauscht</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>gespiegelt</translation>
    </message>
    <message>
        <source>View: %1</source>
        <translation>Ansicht: %1</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ChartTexts</name>
    <message>
        <source>%L1 s</source>
        <translation>%L1 s</translation>
    </message>
    <message>
        <source>%L1 min</source>
        <translation>%L1 min</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ClassListModel</name>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Class %1, stored as value %1</source>
        <translation>Klasse %1, gespeichert als Wert %1</translation>
    </message>
    <message>
        <source>Paint what certainly belongs to no class</source>
        <translation>Malen, was sicher zu keiner Klasse gehört</translation>
    </message>
    <message>
        <source>Key that chooses the class</source>
        <translation>Taste, die die Klasse wählt</translation>
    </message>
    <message>
        <source>Shown. Click to hide.</source>
        <translation>Sichtbar. Klicken blendet aus.</translation>
    </message>
    <message>
        <source>Hidden. Click to show.</source>
        <translation>Ausgeblendet. Klicken blendet ein.</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>sichtbar</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>Locked: other classes do not paint over it. Click to unlock.</source>
        <translation>Gesperrt: Andere Klassen übermalen sie nicht. Klicken entsperrt.</translation>
    </message>
    <message>
        <source>Unlocked: other classes may paint over it. Click to lock.</source>
        <translation>Nicht gesperrt: Andere Klassen können sie übermalen. Klicken sperrt.</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>unlocked</source>
        <translation>nicht gesperrt</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Sichtbar</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ClassPanel</name>
    <message>
        <source>Colour of the class</source>
        <translation>Farbe der Klasse</translation>
    </message>
    <message>
        <source>Remove class</source>
        <translation>Klasse entfernen</translation>
    </message>
    <message>
        <source>Remove the class “%1”? Images that were painted with it keep the painted value, but it is no longer shown or exported.</source>
        <translation>Die Klasse „%1“ entfernen? Bilder, die mit ihr gemalt wurden, behalten den gemalten Wert, er wird aber nicht mehr angezeigt oder exportiert.</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Add a class</source>
        <translation>Klasse hinzufügen</translation>
    </message>
    <message>
        <source>Rename the class (F2)</source>
        <translation>Klasse umbenennen (F2)</translation>
    </message>
    <message>
        <source>Change the colour</source>
        <translation>Farbe ändern</translation>
    </message>
    <message>
        <source>Remove the class</source>
        <translation>Klasse entfernen</translation>
    </message>
    <message>
        <source>Class %1</source>
        <translation>Klasse %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Move the class up; its key moves with it</source>
        <translation>Klasse nach oben verschieben; ihre Taste wandert mit</translation>
    </message>
    <message>
        <source>Move the class down; its key moves with it</source>
        <translation>Klasse nach unten verschieben; ihre Taste wandert mit</translation>
    </message>
    <message>
        <source>All classes of this set are there already.</source>
        <translation>Alle Klassen dieser Gruppe sind schon vorhanden.</translation>
    </message>
    <message>
        <source>Make all pixels of “%1” in the masks of all images “%2”? “%1” stays in the list, without pixels, until you remove it; proposals of earlier training keep it.</source>
        <translation>Alle Pixel von „%1“ in den Masken aller Bilder zu „%2“ machen? „%1“ bleibt ohne Pixel in der Liste, bis Sie die Klasse entfernen; Vorschläge früherer Trainings behalten sie.</translation>
    </message>
    <message>
        <source>Merge classes</source>
        <translation>Klassen zusammenführen</translation>
    </message>
    <message>
        <source>Merge the class into another one, on all images</source>
        <translation>Klasse auf allen Bildern mit einer anderen zusammenführen</translation>
    </message>
    <message>
        <source>Merge “%1” into “%2” …</source>
        <translation>„%1“ zu „%2“ machen …</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ClassPresets</name>
    <message>
        <source>One structure</source>
        <translation>Eine Struktur</translation>
    </message>
    <message>
        <source>Lesion</source>
        <translation>Läsion</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Nucleus</source>
        <translation>Zellkern</translation>
    </message>
    <message>
        <source>Cytoplasm</source>
        <translation>Zytoplasma</translation>
    </message>
    <message>
        <source>Brain tumour</source>
        <translation>Hirntumor</translation>
    </message>
    <message>
        <source>Necrotic core</source>
        <translation>Nekrose</translation>
    </message>
    <message>
        <source>Enhancing tumour</source>
        <translation>Anreichernder Tumor</translation>
    </message>
    <message>
        <source>Oedema</source>
        <translation>Ödem</translation>
    </message>
    <message>
        <source>Chest</source>
        <translation>Thorax</translation>
    </message>
    <message>
        <source>Left lung</source>
        <translation>Linke Lunge</translation>
    </message>
    <message>
        <source>Right lung</source>
        <translation>Rechte Lunge</translation>
    </message>
    <message>
        <source>Heart</source>
        <translation>Herz</translation>
    </message>
    <message>
        <source>Abdomen</source>
        <translation>Abdomen</translation>
    </message>
    <message>
        <source>Liver</source>
        <translation>Leber</translation>
    </message>
    <message>
        <source>Spleen</source>
        <translation>Milz</translation>
    </message>
    <message>
        <source>Left kidney</source>
        <translation>Linke Niere</translation>
    </message>
    <message>
        <source>Right kidney</source>
        <translation>Rechte Niere</translation>
    </message>
    <message>
        <source>Pancreas</source>
        <translation>Pankreas</translation>
    </message>
    <message>
        <source>Gallbladder</source>
        <translation>Gallenblase</translation>
    </message>
    <message>
        <source>Left ventricle</source>
        <translation>Linker Ventrikel</translation>
    </message>
    <message>
        <source>Right ventricle</source>
        <translation>Rechter Ventrikel</translation>
    </message>
    <message>
        <source>Myocardium</source>
        <translation>Myokard</translation>
    </message>
    <message>
        <source>Eye fundus</source>
        <translation>Augenhintergrund</translation>
    </message>
    <message>
        <source>Optic disc</source>
        <translation>Papille</translation>
    </message>
    <message>
        <source>Optic cup</source>
        <translation>Exkavation</translation>
    </message>
    <message>
        <source>Skin</source>
        <translation>Haut</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>Haare</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Markierung</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ContrastDialog</name>
    <message>
        <source>All values</source>
        <translation>Alle Werte</translation>
    </message>
    <message>
        <source>Without the rarest 0.1 %</source>
        <translation>Ohne die seltensten 0,1 %</translation>
    </message>
    <message>
        <source>Without the rarest 1 %</source>
        <translation>Ohne die seltensten 1 %</translation>
    </message>
    <message>
        <source>Without the rarest 5 %</source>
        <translation>Ohne die seltensten 5 %</translation>
    </message>
    <message>
        <source>Level: the value in the middle</source>
        <translation>Fensterlage: der Wert in der Mitte</translation>
    </message>
    <message>
        <source>Window: how many values there are from black to white</source>
        <translation>Fensterweite: wie viele Werte zwischen Schwarz und Weiß liegen</translation>
    </message>
    <message>
        <source>The value that is black</source>
        <translation>Der Wert, der schwarz ist</translation>
    </message>
    <message>
        <source>The value that is white</source>
        <translation>Der Wert, der weiß ist</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Contrast presets</source>
        <translation>Kontrastvorgaben</translation>
    </message>
    <message>
        <source>&amp;Level</source>
        <translation>&amp;Lage</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>&amp;Weite</translation>
    </message>
    <message>
        <source>&amp;Black</source>
        <translation>&amp;Schwarz</translation>
    </message>
    <message>
        <source>W&amp;hite</source>
        <translation>W&amp;eiß</translation>
    </message>
    <message>
        <source>As it came</source>
        <translation>Wie im Original</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Presets …</source>
        <translation>Vorgaben …</translation>
    </message>
    <message>
        <source>CT: %1</source>
        <translation>CT-Fenster: %1</translation>
    </message>
    <message>
        <source>Values from %1 to %2</source>
        <translation>Werte von %1 bis %2</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ContrastPreset</name>
    <message>
        <source>Soft tissue</source>
        <translation>Weichteile</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>Lunge</translation>
    </message>
    <message>
        <source>Mediastinum</source>
        <translation>Mediastinum</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>Knochen</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>Gehirn</translation>
    </message>
    <message>
        <source>Liver</source>
        <translation>Leber</translation>
    </message>
</context>
<context>
    <name>semigda::ui::CurveChart</name>
    <message>
        <source>Training curves</source>
        <translation>Trainingskurven</translation>
    </message>
    <message>
        <source>The curves appear when training starts.</source>
        <translation>Die Kurven erscheinen, sobald das Training beginnt.</translation>
    </message>
    <message>
        <source>— Loss</source>
        <translation>— Loss</translation>
    </message>
    <message>
        <source>●– Validation Dice</source>
        <translation>●– Validierungs-Dice</translation>
    </message>
    <message>
        <source>No curves yet.</source>
        <translation>Noch keine Kurven.</translation>
    </message>
    <message>
        <source>Loss %L1.</source>
        <translation>Loss %L1.</translation>
    </message>
    <message>
        <source>Validation Dice %L1.</source>
        <translation>Validierungs-Dice %L1.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::DiskWatch</name>
    <message>
        <source>Only %1 are free on the disk of this project; free some space, or new strokes and training may not be saved.</source>
        <translation>Auf dem Datenträger dieses Projekts sind nur noch %1 frei; schaffen Sie Speicherplatz, sonst werden neue Striche und das Training möglicherweise nicht gespeichert.</translation>
    </message>
    <message>
        <source>Only %1 are free on the disk of this project; free some space now: soon nothing can be saved any more.</source>
        <translation>Auf dem Datenträger dieses Projekts sind nur noch %1 frei; schaffen Sie jetzt Speicherplatz: Bald kann nichts mehr gespeichert werden.</translation>
    </message>
    <message>
        <source>Only %1 are free on the disk that holds %2; free some space, or what is written there may not be complete.</source>
        <translation>Auf dem Datenträger von %2 sind nur noch %1 frei; schaffen Sie Speicherplatz, sonst ist das dort Geschriebene möglicherweise unvollständig.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::EditorArea</name>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Similar: ± %1</source>
        <translation>Ähnlich: ± %1</translation>
    </message>
    <message>
        <source>Drop images here</source>
        <translation>Bilder hierher ziehen</translation>
    </message>
    <message>
        <source>Photographs, DICOM, NIfTI or NRRD; single files or whole folders.</source>
        <translation>Fotografien, DICOM, NIfTI oder NRRD; einzelne Dateien oder ganze Ordner.</translation>
    </message>
    <message>
        <source>Import images …</source>
        <translation>Bilder importieren …</translation>
    </message>
    <message>
        <source>This image cannot be shown.</source>
        <translation>Dieses Bild kann nicht angezeigt werden.</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln slice(s) were filled in.</source>
        <translation>
            <numerusform>%Ln Schicht wurde gefüllt.</numerusform>
            <numerusform>%Ln Schichten wurden gefüllt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Slices that are done without this class were left alone.</source>
        <translation>Schichten, die ohne diese Klasse fertig sind, blieben unverändert.</translation>
    </message>
    <message>
        <source>Undo on all</source>
        <translation>Alle rückgängig machen</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>What you paint is kept in memory meanwhile and written as soon as that works; leave the program open until “Saved” shows.</source>
        <translation>Was Sie malen, bleibt inzwischen im Arbeitsspeicher und wird geschrieben, sobald es möglich ist; lassen Sie das Programm geöffnet, bis „Gespeichert“ erscheint.</translation>
    </message>
    <message>
        <source>Everything you painted is in the project again.</source>
        <translation>Alles Gemalte ist wieder im Projekt.</translation>
    </message>
    <message numerus="yes">
        <source>The class was merged on %Ln image(s).</source>
        <translation>
            <numerusform>Die Klasse wurde auf %Ln Bild zusammengeführt.</numerusform>
            <numerusform>Die Klasse wurde auf %Ln Bildern zusammengeführt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::ExportDialog</name>
    <message>
        <source>Where to put the masks</source>
        <translation>Zielordner für die Masken</translation>
    </message>
    <message>
        <source>Export masks</source>
        <translation>Masken exportieren</translation>
    </message>
    <message>
        <source>PNG masks</source>
        <translation>PNG-Masken</translation>
    </message>
    <message>
        <source>PNG pictures with overlay</source>
        <translation>PNG-Bilder mit farbiger Maske</translation>
    </message>
    <message>
        <source>NIfTI label maps (volumes)</source>
        <translation>NIfTI-Labelmaps (Volumen)</translation>
    </message>
    <message>
        <source>All finished masks</source>
        <translation>Alle fertigen Masken</translation>
    </message>
    <message>
        <source>Accepted and corrected masks</source>
        <translation>Angenommene und korrigierte Masken</translation>
    </message>
    <message>
        <source>Masks labelled by hand</source>
        <translation>Von Hand erstellte Masken</translation>
    </message>
    <message>
        <source>Predictions nobody has looked at</source>
        <translation>Ungeprüfte Vorschläge</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Which</source>
        <translation>&amp;Auswahl</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>These masks were made by the model and not checked by a person.</source>
        <translation>Diese Masken stammen vom Modell und wurden von niemandem geprüft.</translation>
    </message>
    <message>
        <source>One PNG per image; the pixel value is the number of the class, 0 is background.</source>
        <translation>Ein PNG je Bild; der Pixelwert ist die Nummer der Klasse, 0 ist Hintergrund.</translation>
    </message>
    <message>
        <source>For slides and papers: the image with its mask in colour. Not for computing.</source>
        <translation>Für Vorträge und Artikel: das Bild mit farbiger Maske. Nicht zum Auswerten.</translation>
    </message>
    <message>
        <source>One label map per volume, with its spacing and position.</source>
        <translation>Eine Labelmap je Volumen, mit Pixelabständen und Lage.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::FileDialogs</name>
    <message>
        <source>All files (*);;Images (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp);;Medical images (*.dcm *.nii *.nii.gz *.nrrd DICOMDIR)</source>
        <translation>Alle Dateien (*);;Bilder (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp);;Medizinische Bilder (*.dcm *.nii *.nii.gz *.nrrd DICOMDIR)</translation>
    </message>
</context>
<context>
    <name>semigda::ui::FolderField</name>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
</context>
<context>
    <name>semigda::ui::HistogramView</name>
    <message>
        <source>Histogram of the image&apos;s values</source>
        <translation>Histogramm der Bildwerte</translation>
    </message>
    <message>
        <source>Arrow keys move the window, with Shift they change its width.</source>
        <translation>Pfeiltasten verschieben das Fenster, mit Umschalt ändern sie seine Weite.</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>No image is on show.</source>
        <translation>Es wird kein Bild angezeigt.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::HistoryDialog</name>
    <message>
        <source>&amp;Restore this state</source>
        <translation>Diesen Stand &amp;wiederherstellen</translation>
    </message>
    <message>
        <source>States of this image, newest first</source>
        <translation>Stände dieses Bildes, der neueste zuerst</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Anzeigen</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>Was das Bild zeigt</translation>
    </message>
    <message>
        <source>The mask of this state</source>
        <translation>Maske dieses Standes</translation>
    </message>
    <message>
        <source>What this step changed</source>
        <translation>Was dieser Schritt geändert hat</translation>
    </message>
    <message>
        <source>What was changed since, up to now</source>
        <translation>Was seither geändert wurde</translation>
    </message>
    <message>
        <source>Picture of the chosen state</source>
        <translation>Bild des gewählten Standes</translation>
    </message>
    <message>
        <source>painted</source>
        <translation>gemalt</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>another class</source>
        <translation>andere Klasse</translation>
    </message>
    <message>
        <source>background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>History of %1</source>
        <translation>Verlauf: %1</translation>
    </message>
    <message>
        <source>this image</source>
        <translation>dieses Bild</translation>
    </message>
    <message>
        <source>Going back is a step of its own: nothing is deleted, and Undo takes it back.</source>
        <translation>Das Zurückkehren ist ein eigener Schritt: Nichts wird gelöscht, und „Rückgängig“ nimmt es zurück.</translation>
    </message>
    <message>
        <source>Going back is a step of its own: nothing is deleted. Older states than these are kept in the project, but not listed.</source>
        <translation>Das Zurückkehren ist ein eigener Schritt: Nichts wird gelöscht. Ältere Stände als diese bleiben im Projekt, sind aber nicht aufgeführt.</translation>
    </message>
    <message>
        <source>Nothing was painted on this image yet.</source>
        <translation>In diesem Bild wurde noch nichts gemalt.</translation>
    </message>
    <message>
        <source>This step: %1</source>
        <translation>Dieser Schritt: %1</translation>
    </message>
    <message>
        <source>Since then: %1</source>
        <translation>Seither: %1</translation>
    </message>
    <message>
        <source>Brings this mask back as a new step</source>
        <translation>Stellt diese Maske als neuen Schritt wieder her</translation>
    </message>
</context>
<context>
    <name>semigda::ui::HistoryModel</name>
    <message>
        <source>%1 to another class</source>
        <translation>%1 in andere Klasse</translation>
    </message>
    <message>
        <source>%1 background</source>
        <translation>%1 Hintergrund</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>nothing painted yet</source>
        <translation>Noch nichts gemalt</translation>
    </message>
    <message>
        <source>%1 – shown now</source>
        <translation>%1 – aktueller Stand</translation>
    </message>
    <message>
        <source>%1 – undone</source>
        <translation>%1 – rückgängig gemacht</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Zeitpunkt</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ImageActions</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>The chosen images are used so already: %1.</source>
        <translation>Die gewählten Bilder werden schon so verwendet: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) moved, whole patients together: %1.</source>
        <translation>
            <numerusform>%Ln Bild verschoben, Patienten immer ganz: %1.</numerusform>
            <numerusform>%Ln Bilder verschoben, Patienten immer ganz: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tags of %Ln image(s) changed.</source>
        <translation>
            <numerusform>Schlagwörter von %Ln Bild geändert.</numerusform>
            <numerusform>Schlagwörter von %Ln Bildern geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed from the project; masks and history are kept, and “Removed images” brings them back.</source>
        <translation>
            <numerusform>%Ln Bild aus dem Projekt entfernt; Maske und Verlauf bleiben erhalten, und „Entfernte Bilder“ holt es zurück.</numerusform>
            <numerusform>%Ln Bilder aus dem Projekt entfernt; Masken und Verlauf bleiben erhalten, und „Entfernte Bilder“ holt sie zurück.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) brought back.</source>
        <translation>
            <numerusform>%Ln Bild zurückgeholt.</numerusform>
            <numerusform>%Ln Bilder zurückgeholt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Images cannot be deleted while training, an import or an export is under way; wait for its end or stop it, then choose again.</source>
        <translation>Während eines Trainings, Imports oder Exports können keine Bilder gelöscht werden; warten Sie das Ende ab oder brechen Sie ab, und wählen Sie dann noch einmal.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln image(s) for good, with masks, history and proposals?</source>
        <translation>
            <numerusform>%Ln Bild endgültig löschen, mit Maske, Verlauf und Vorschlägen?</numerusform>
            <numerusform>%Ln Bilder endgültig löschen, mit Masken, Verlauf und Vorschlägen?</numerusform>
        </translation>
    </message>
    <message>
        <source>This cannot be undone. Files that were not copied into the project stay where they are, backups keep masks and thumbnails until newer ones replace them, and models keep what they have learned.</source>
        <translation>Das kann nicht rückgängig gemacht werden. Dateien, die nicht ins Projekt kopiert wurden, bleiben, wo sie sind; Sicherungen behalten Masken und Vorschaubilder, bis neuere sie ersetzen, und Modelle behalten, was sie gelernt haben.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) deleted for good.</source>
        <translation>
            <numerusform>%Ln Bild endgültig gelöscht.</numerusform>
            <numerusform>%Ln Bilder endgültig gelöscht.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::ImageCanvas</name>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>The image with its mask. Draw with the left button; keys choose tools and classes.</source>
        <translation>Das Bild mit seiner Maske. Zeichnen mit der linken Maustaste; Tasten wählen Werkzeuge und Klassen.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ImageDocument</name>
    <message>
        <source>brush stroke</source>
        <translation>Pinselstrich</translation>
    </message>
    <message>
        <source>adaptive brush stroke</source>
        <translation>Strich mit adaptivem Pinsel</translation>
    </message>
    <message>
        <source>eraser stroke</source>
        <translation>Radierstrich</translation>
    </message>
    <message>
        <source>polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <source>lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>magic wand</source>
        <translation>Zauberstab</translation>
    </message>
    <message>
        <source>fill holes</source>
        <translation>Löcher füllen</translation>
    </message>
    <message>
        <source>keep the largest piece</source>
        <translation>Nur die größte Fläche behalten</translation>
    </message>
    <message>
        <source>remove small pieces</source>
        <translation>Kleine Flächen entfernen</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>Kontur glätten</translation>
    </message>
    <message>
        <source>grow</source>
        <translation>Kontur erweitern</translation>
    </message>
    <message>
        <source>shrink</source>
        <translation>Kontur verkleinern</translation>
    </message>
    <message>
        <source>copy of another slice</source>
        <translation>Kopie einer anderen Schicht</translation>
    </message>
    <message>
        <source>filling between slices</source>
        <translation>Füllen zwischen Schichten</translation>
    </message>
    <message>
        <source>done with this image</source>
        <translation>Bild ist fertig</translation>
    </message>
    <message>
        <source>accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>Korrigieren</translation>
    </message>
    <message>
        <source>reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>imported mask</source>
        <translation>Importierte Maske</translation>
    </message>
    <message>
        <source>sphere brush stroke</source>
        <translation>Strich mit Kugelpinsel</translation>
    </message>
    <message>
        <source>superpixel brush stroke</source>
        <translation>Strich mit Superpixelpinsel</translation>
    </message>
    <message>
        <source>growing from seeds</source>
        <translation>Wachsen aus Saatpunkten</translation>
    </message>
    <message>
        <source>back to an earlier state</source>
        <translation>Zurück zu früherem Stand</translation>
    </message>
    <message>
        <source>undone steps, kept</source>
        <translation>Rückgängig gemachte Schritte, aufbewahrt</translation>
    </message>
    <message>
        <source>merged classes</source>
        <translation>zusammengeführte Klassen</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ImageListModel</name>
    <message>
        <source>%1
%2 × %3 pixels
%4
%5</source>
        <translation>%1
%2 × %3 Pixel
%4
%5</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <translation>Schlagwörter: %1</translation>
    </message>
    <message>
        <source>%1, %2, tags: %3</source>
        <translation>%1, %2, Schlagwörter: %3</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ImageListPanel</name>
    <message>
        <source>Show images in state</source>
        <translation>Bilder im Zustand anzeigen</translation>
    </message>
    <message>
        <source>Which images the list shows</source>
        <translation>Welche Bilder die Liste zeigt</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>Reihenfolge der Bilder</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>Reihenfolge der Liste</translation>
    </message>
    <message>
        <source>As imported</source>
        <translation>Wie importiert</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>Nach Zustand</translation>
    </message>
    <message>
        <source>Look first</source>
        <translation>Zu prüfende zuerst</translation>
    </message>
    <message>
        <source>Images of the project</source>
        <translation>Bilder des Projekts</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln image(s)</source>
        <translation>
            <numerusform>%L1 von %Ln Bild</numerusform>
            <numerusform>%L1 von %Ln Bildern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln need(s) your look</source>
        <translation>
            <numerusform>%Ln zu prüfen</numerusform>
            <numerusform>%Ln zu prüfen</numerusform>
        </translation>
    </message>
    <message>
        <source>No images yet.
Drop images or a folder here, or choose Import.</source>
        <translation>Noch keine Bilder.
Ziehen Sie Bilder oder einen Ordner hierher oder wählen Sie Import.</translation>
    </message>
    <message>
        <source>No image matches.
Clear the search or show all images.</source>
        <translation>Kein Bild passt.
Leeren Sie die Suche oder lassen Sie alle Bilder anzeigen.</translation>
    </message>
    <message>
        <source>Search by name or tag</source>
        <translation>Name oder Schlagwort suchen</translation>
    </message>
    <message>
        <source>Search images by name or tag</source>
        <translation>Bilder nach Name oder Schlagwort suchen</translation>
    </message>
    <message>
        <source>Show images with the tag</source>
        <translation>Bilder mit dem Schlagwort zeigen</translation>
    </message>
    <message>
        <source>Which tag the images of the list have</source>
        <translation>Welches Schlagwort die Bilder der Liste haben</translation>
    </message>
    <message>
        <source>With or without tags</source>
        <translation>Mit und ohne Schlagwort</translation>
    </message>
    <message>
        <source>Tag: %1</source>
        <translation>Schlagwort: %1</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ImportDialog</name>
    <message>
        <source>Add files or a folder: photographs, DICOM, NIfTI or NRRD.</source>
        <translation>Dateien oder Ordner hinzufügen: Fotografien, DICOM, NIfTI oder NRRD.</translation>
    </message>
    <message>
        <source>Folder with masks</source>
        <translation>Ordner mit Masken</translation>
    </message>
    <message>
        <source>Leave the files where they are (do not copy)</source>
        <translation>Dateien an ihrem Ort lassen (nicht kopieren)</translation>
    </message>
    <message>
        <source>Look into subfolders</source>
        <translation>Unterordner einbeziehen</translation>
    </message>
    <message>
        <source>Import images</source>
        <translation>Bilder importieren</translation>
    </message>
    <message>
        <source>None: the images come without labels</source>
        <translation>Keiner: Die Bilder kommen ohne Annotation</translation>
    </message>
    <message>
        <source>Masks have the name of their image. Such images count as labelled.</source>
        <translation>Masken heißen wie ihr Bild. Solche Bilder gelten als annotiert.</translation>
    </message>
    <message>
        <source>Test images are never used for training, not even without labels.</source>
        <translation>Testbilder werden nie zum Training verwendet, auch nicht ohne Annotation.</translation>
    </message>
    <message>
        <source>Saves space, but the project needs the files to stay in their place.
Of large images it keeps decoded copies in its cache, within limits,
so that they are shown at once.</source>
        <translation>Spart Platz, aber das Projekt braucht die Dateien an ihrem Ort.
Von großen Bildern behält es in Grenzen entpackte Kopien im Zwischenspeicher,
damit sie sofort zu sehen sind.</translation>
    </message>
    <message>
        <source>&amp;Masks</source>
        <translation>&amp;Masken</translation>
    </message>
    <message>
        <source>&amp;Use for</source>
        <translation>&amp;Verwendung</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Files and folders to import</source>
        <translation>Zu importierende Dateien und Ordner</translation>
    </message>
    <message>
        <source>Add files …</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Add folder …</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Choose images</source>
        <translation>Bilder wählen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
</context>
<context>
    <name>semigda::ui::KeyBindings</name>
    <message>
        <source>  or  </source>
        <translation>  oder  </translation>
    </message>
    <message>
        <source>Press the keys that are to do it.</source>
        <translation>Drücken Sie die gewünschten Tasten.</translation>
    </message>
    <message>
        <source>Only one key at a time can be used, with Ctrl, Alt or Shift if you like.</source>
        <translation>Möglich ist nur eine Taste auf einmal, auf Wunsch mit Strg, Alt oder Umschalt.</translation>
    </message>
    <message>
        <source>Enter, Esc and Backspace finish, cancel and step back while something is drawn.</source>
        <translation>Eingabe, Esc und Rücktaste dienen beim Zeichnen zum Schließen, Abbrechen und Zurücknehmen.</translation>
    </message>
    <message>
        <source>Space moves the image while it is held.</source>
        <translation>Solange die Leertaste gehalten wird, verschiebt sie das Bild.</translation>
    </message>
    <message>
        <source>Tab goes from field to field.</source>
        <translation>Tab geht von Feld zu Feld.</translation>
    </message>
    <message>
        <source>Alt with a letter opens the menus.</source>
        <translation>Alt mit einem Buchstaben öffnet die Menüs.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::KeyPreset</name>
    <message>
        <source>SemiGDA Studio</source>
        <translation>SemiGDA Studio</translation>
    </message>
</context>
<context>
    <name>semigda::ui::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search for a command or a key</source>
        <translation>Nach Befehl oder Taste suchen</translation>
    </message>
    <message>
        <source>Keys as in another program</source>
        <translation>Tastenkürzel wie in einem anderen Programm</translation>
    </message>
    <message>
        <source>Keys as in …</source>
        <translation>Tastenkürzel wie in …</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tastenkürzel</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>New key: press it here</source>
        <translation>Neue Taste: hier drücken</translation>
    </message>
    <message>
        <source>Add this key</source>
        <translation>Taste hinzufügen</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Pick the class under the cursor</source>
        <translation>Klasse unter dem Mauszeiger wählen</translation>
    </message>
    <message>
        <source>Alt + click</source>
        <translation>Alt + Klick</translation>
    </message>
    <message>
        <source>Paint and erase the other way round</source>
        <translation>Malen und Radieren vertauschen</translation>
    </message>
    <message>
        <source>hold Ctrl, or the pen&apos;s other end</source>
        <translation>Strg halten oder das andere Stiftende</translation>
    </message>
    <message>
        <source>Brush size; similarity of the wand</source>
        <translation>Pinselgröße; Ähnlichkeit beim Zauberstab</translation>
    </message>
    <message>
        <source>Shift + wheel</source>
        <translation>Umschalt + Mausrad</translation>
    </message>
    <message>
        <source>Finish, cancel, last point of a polygon</source>
        <translation>Polygon schließen, abbrechen, letzter Punkt</translation>
    </message>
    <message>
        <source>Enter, Esc, Backspace</source>
        <translation>Eingabe, Esc, Rücktaste</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Am Mauszeiger zoomen</translation>
    </message>
    <message>
        <source>Ctrl + wheel (wheel in single images)</source>
        <translation>Strg + Mausrad (bei Einzelbildern Mausrad)</translation>
    </message>
    <message>
        <source>Slices of a volume</source>
        <translation>Schichten eines Volumens</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Move the image</source>
        <translation>Bild verschieben</translation>
    </message>
    <message>
        <source>Space + drag  or  middle drag</source>
        <translation>Leertaste oder mittlere Taste + Ziehen</translation>
    </message>
    <message>
        <source>Contrast and brightness</source>
        <translation>Kontrast und Helligkeit (Fensterung)</translation>
    </message>
    <message>
        <source>right drag; double right click resets</source>
        <translation>rechts ziehen; Doppelklick rechts setzt zurück</translation>
    </message>
    <message>
        <source>Opacity of the mask</source>
        <translation>Deckkraft der Maske</translation>
    </message>
    <message>
        <source>Alt + wheel</source>
        <translation>Alt + Mausrad</translation>
    </message>
    <message>
        <source>Done with the mouse or by holding a key; it cannot be changed.</source>
        <translation>Geht mit der Maus oder durch Halten einer Taste; nicht änderbar.</translation>
    </message>
    <message>
        <source>By default: %1</source>
        <translation>Standard: %1</translation>
    </message>
    <message>
        <source>New key for “%1”:</source>
        <translation>Neue Taste für „%1“:</translation>
    </message>
    <message>
        <source>%1 does this already.</source>
        <translation>%1 bewirkt das schon.</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”, which would lose it.</source>
        <translation>%1 gehört zu „%2“ und würde dort entfallen.</translation>
    </message>
    <message>
        <source>Take it from there</source>
        <translation>Von dort übernehmen</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 ist frei.</translation>
    </message>
    <message>
        <source>Remove its keys</source>
        <translation>Tasten entfernen</translation>
    </message>
</context>
<context>
    <name>semigda::ui::LayersDialog</name>
    <message>
        <source>Layers</source>
        <translation>Überlagerungen</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Überlagerung</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>What is painted, until the image is done</source>
        <translation>Was gemalt ist, solange das Bild nicht fertig ist</translation>
    </message>
    <message>
        <source>Finished mask</source>
        <translation>Fertige Maske</translation>
    </message>
    <message>
        <source>The mask of an image that is done: labelled, accepted or corrected</source>
        <translation>Die Maske eines fertigen Bildes: annotiert, angenommen oder korrigiert</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>What the model proposes</source>
        <translation>Was das Modell vorschlägt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1: how it is drawn</source>
        <translation>%1: Darstellung</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>Gefüllt</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Kontur</translation>
    </message>
    <message>
        <source>Hatched</source>
        <translation>Schraffiert</translation>
    </message>
    <message>
        <source>%1: opacity in percent</source>
        <translation>%1: Deckkraft in Prozent</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>semigda::ui::LoadingVeil</name>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Loading %1 …</source>
        <translation>%1 wird geladen …</translation>
    </message>
</context>
<context>
    <name>semigda::ui::MainToolBar</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>semigda::ui::MainWindow</name>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>3D view</source>
        <translation>3D-Ansicht</translation>
    </message>
    <message>
        <source>Your last strokes could not be written to the project; free some space and wait until “Saved” shows, or close without them.</source>
        <translation>Ihre letzten Striche konnten nicht in das Projekt geschrieben werden; schaffen Sie Speicherplatz und warten Sie, bis „Gespeichert“ erscheint, oder schließen Sie ohne sie.</translation>
    </message>
    <message>
        <source>Close without them</source>
        <translation>Ohne sie schließen</translation>
    </message>
    <message>
        <source>Create or open a project first, then drop the images again.</source>
        <translation>Legen Sie zuerst ein Projekt an oder öffnen Sie eines, und ziehen Sie die Bilder dann erneut hierher.</translation>
    </message>
    <message>
        <source>%1 – SemiGDA Studio</source>
        <translation>%1 – SemiGDA Studio</translation>
    </message>
    <message>
        <source>SemiGDA Studio</source>
        <translation>SemiGDA Studio</translation>
    </message>
    <message>
        <source>The language changes when the studio is started again.</source>
        <translation>Die Sprache wechselt, wenn das Studio neu gestartet wird.</translation>
    </message>
    <message>
        <source>Saving training …</source>
        <translation>Training wird gespeichert …</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>Choose a project folder (.semigda)</source>
        <translation>Projektordner (.semigda) wählen</translation>
    </message>
    <message>
        <source>Choose a folder for the sample images</source>
        <translation>Ordner für die Beispielbilder wählen</translation>
    </message>
    <message>
        <source>SemiGDA sample</source>
        <translation>SemiGDA-Beispiel</translation>
    </message>
    <message>
        <source>Show or hide the panel “%1”</source>
        <translation>Bereich „%1“ ein- oder ausblenden</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>%1: %2. %3 takes it back.</source>
        <translation>%1: %2. %3 nimmt es zurück.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::MaskCommands</name>
    <message>
        <source>Choose the class that this is to be done to first.</source>
        <translation>Wählen Sie zuerst die Klasse, für die das gelten soll.</translation>
    </message>
    <message>
        <source>The mask was left as it was because the image was changed meanwhile; choose the command again.</source>
        <translation>Die Maske blieb unverändert, weil das Bild inzwischen geändert wurde; wählen Sie den Befehl erneut.</translation>
    </message>
    <message>
        <source>“%1” has no holes in this image.</source>
        <translation>„%1“ hat in diesem Bild keine Löcher.</translation>
    </message>
    <message>
        <source>“%1” is no more than one piece in this image.</source>
        <translation>„%1“ ist in diesem Bild höchstens eine einzige Fläche.</translation>
    </message>
    <message>
        <source>“%1” has no pieces that small in this image.</source>
        <translation>„%1“ hat in diesem Bild keine so kleinen Flächen.</translation>
    </message>
    <message>
        <source>That changes nothing of “%1” in this image.</source>
        <translation>Das ändert in diesem Bild nichts an „%1“.</translation>
    </message>
    <message>
        <source>The mask is still being worked out; Esc leaves it as it was.</source>
        <translation>Die Maske wird noch berechnet; Esc lässt sie unverändert.</translation>
    </message>
    <message>
        <source>There is nothing left to grow into: every pixel is annotated already.</source>
        <translation>Es gibt nichts mehr zu füllen: Jedes Pixel ist schon annotiert.</translation>
    </message>
    <message>
        <source>Paint a little of each class and a little background first; these are the seeds to grow from.</source>
        <translation>Malen Sie zuerst etwas von jeder Klasse und etwas Hintergrund; das sind die Saatpunkte, aus denen die Flächen wachsen.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::NewProjectDialog</name>
    <message>
        <source>Where to put the project</source>
        <translation>Speicherort des Projekts</translation>
    </message>
    <message>
        <source>Create a project</source>
        <translation>Projekt anlegen</translation>
    </message>
    <message>
        <source>for example: Breast ultrasound</source>
        <translation>zum Beispiel: Mammasonografie</translation>
    </message>
    <message>
        <source>Lesion</source>
        <translation>Läsion</translation>
    </message>
    <message>
        <source>What you want to outline; separate several by commas.</source>
        <translation>Was Sie einzeichnen möchten; mehrere durch Kommas trennen.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>&amp;Ort</translation>
    </message>
    <message>
        <source>&amp;Classes</source>
        <translation>&amp;Klassen</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>The name cannot contain / \ : * ? &quot; &lt; &gt; |.</source>
        <translation>Der Name darf / \ : * ? &quot; &lt; &gt; | nicht enthalten.</translation>
    </message>
    <message>
        <source>The folder %1 does not exist; choose another place.</source>
        <translation>Den Ordner %1 gibt es nicht; wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>There is a project of this name already; choose another name.</source>
        <translation>Ein Projekt dieses Namens gibt es schon; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Name at least one class.</source>
        <translation>Nennen Sie mindestens eine Klasse.</translation>
    </message>
    <message>
        <source>Usual sets of classes</source>
        <translation>Übliche Gruppen von Klassen</translation>
    </message>
    <message>
        <source>Usual sets …</source>
        <translation>Übliche Gruppen …</translation>
    </message>
</context>
<context>
    <name>semigda::ui::NoticeArea</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>semigda::ui::OperationActions</name>
    <message>
        <source>Remove small pieces</source>
        <translation>Kleine Flächen entfernen</translation>
    </message>
    <message>
        <source>Smaller than</source>
        <translation>Kleiner als</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Kontur glätten</translation>
    </message>
    <message>
        <source>Round what is smaller than</source>
        <translation>Glätten, was kleiner ist als</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Kontur erweitern</translation>
    </message>
    <message>
        <source>Outwards by</source>
        <translation>Nach außen um</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Kontur verkleinern</translation>
    </message>
    <message>
        <source>Inwards by</source>
        <translation>Nach innen um</translation>
    </message>
    <message>
        <source>%1 (%2):</source>
        <translation>%1 (%2):</translation>
    </message>
</context>
<context>
    <name>semigda::ui::PlaceTexts</name>
    <message>
        <source>This project is on a network share (%1), where two computers that open it at the same time can damage it; copy it to a disk of this computer to work on it, and back it up by exporting.</source>
        <translation>Dieses Projekt liegt auf einer Netzwerkfreigabe (%1), wo zwei Rechner, die es gleichzeitig öffnen, es beschädigen können; kopieren Sie es zum Arbeiten auf einen Datenträger dieses Rechners, und sichern Sie es durch Exportieren.</translation>
    </message>
    <message>
        <source>This project is in a folder that %1 keeps in step with other computers, which can damage it while it is open; copy it to another folder to work on it, and back it up by exporting.</source>
        <translation>Dieses Projekt liegt in einem Ordner, den %1 mit anderen Rechnern abgleicht, was es beschädigen kann, während es geöffnet ist; kopieren Sie es zum Arbeiten in einen anderen Ordner, und sichern Sie es durch Exportieren.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ProjectController</name>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… und %Ln weitere</numerusform>
            <numerusform>… und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Saving training …</source>
        <translation>Training wird gespeichert …</translation>
    </message>
    <message>
        <source>Wait until the running task has ended, then import again.</source>
        <translation>Warten Sie, bis die laufende Aufgabe beendet ist, und importieren Sie dann erneut.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) imported</source>
        <translation>
            <numerusform>%Ln Bild importiert</numerusform>
            <numerusform>%Ln Bilder importiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln with labels</source>
        <translation>
            <numerusform>, %Ln mit Maske</numerusform>
            <numerusform>, %Ln mit Maske</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln already there</source>
        <translation>
            <numerusform>, %Ln schon vorhanden</numerusform>
            <numerusform>, %Ln schon vorhanden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %Ln file(s) could not be imported</source>
        <translation>
            <numerusform>; %Ln Datei konnte nicht importiert werden</numerusform>
            <numerusform>; %Ln Dateien konnten nicht importiert werden</numerusform>
        </translation>
    </message>
    <message>
        <source>Wait until the running task has ended, then export again.</source>
        <translation>Warten Sie, bis die laufende Aufgabe beendet ist, und exportieren Sie dann erneut.</translation>
    </message>
    <message>
        <source>Nothing was exported: no image has such a mask yet.</source>
        <translation>Nichts wurde exportiert: Noch hat kein Bild eine solche Maske.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) exported to %1.</source>
        <translation>
            <numerusform>%Ln Datei nach %1 exportiert.</numerusform>
            <numerusform>%Ln Dateien nach %1 exportiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be exported.</source>
        <translation>
            <numerusform>%Ln konnte nicht exportiert werden.</numerusform>
            <numerusform>%Ln konnten nicht exportiert werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) have a proposal now.</source>
        <translation>
            <numerusform>%Ln Bild hat jetzt einen Vorschlag.</numerusform>
            <numerusform>%Ln Bilder haben jetzt einen Vorschlag.</numerusform>
        </translation>
    </message>
    <message>
        <source>Wait until the running task has ended, then try again.</source>
        <translation>Warten Sie, bis die laufende Aufgabe beendet ist, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Training ended: %1</source>
        <translation>Das Training ist beendet: %1</translation>
    </message>
    <message>
        <source>Training has finished with a validation Dice of %L1.</source>
        <translation>Das Training ist fertig, mit einem Validierungs-Dice von %L1.</translation>
    </message>
    <message>
        <source>Training has finished.</source>
        <translation>Das Training ist fertig.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ProjectTasks</name>
    <message>
        <source>Lesion</source>
        <translation>Läsion</translation>
    </message>
    <message>
        <source>Sample images</source>
        <translation>Beispielbilder</translation>
    </message>
    <message>
        <source>Creating the project</source>
        <translation>Projekt wird angelegt</translation>
    </message>
    <message>
        <source>Opening the project</source>
        <translation>Projekt wird geöffnet</translation>
    </message>
    <message>
        <source>Making sample images</source>
        <translation>Beispielbilder werden erzeugt</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Predicting</source>
        <translation>Vorschläge werden berechnet</translation>
    </message>
</context>
<context>
    <name>semigda::ui::RemovedImagesDialog</name>
    <message>
        <source>Removed images</source>
        <translation>Entfernte Bilder</translation>
    </message>
    <message>
        <source>No image was removed from this project.</source>
        <translation>Aus diesem Projekt wurde kein Bild entfernt.</translation>
    </message>
    <message>
        <source>Removed images keep their masks and their history. Choose those that are to come back.</source>
        <translation>Entfernte Bilder behalten ihre Masken und ihren Verlauf. Wählen Sie die Bilder, die zurückkommen sollen.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>&amp;Bring back</source>
        <translation>&amp;Zurückholen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Delete for good …</source>
        <translation>&amp;Endgültig löschen …</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ReviewBar</name>
    <message>
        <source>Changed by you: will be stored as corrected</source>
        <translation>Von Ihnen geändert: wird als korrigiert gespeichert</translation>
    </message>
    <message>
        <source>Leave the review</source>
        <translation>Prüfung verlassen</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %Ln left to review</source>
        <translation>
            <numerusform>%1 · das letzte zu prüfende</numerusform>
            <numerusform>%1 · noch %Ln zu prüfen</numerusform>
        </translation>
    </message>
    <message>
        <source>How right the proposal probably is (Dice, 1 = perfect), judged by how sure the model is
and how much its two branches agree. The least certain images come first.</source>
        <translation>Wie richtig der Vorschlag vermutlich ist (Dice, 1 = perfekt), geschätzt daraus, wie sicher das Modell ist
und wie gut seine beiden Zweige übereinstimmen. Die unsichersten Bilder kommen zuerst.</translation>
    </message>
    <message>
        <source>%1 · the model outlines nothing here</source>
        <translation>%1 · keine Kontur vorgeschlagen</translation>
    </message>
    <message>
        <source>Nothing needs your look</source>
        <translation>Nichts zu prüfen</translation>
    </message>
    <message>
        <source>No proposals yet</source>
        <translation>Noch keine Vorschläge</translation>
    </message>
    <message>
        <source>All proposals are reviewed.</source>
        <translation>Alle Vorschläge sind geprüft.</translation>
    </message>
    <message>
        <source>Train first; proposals arrive while training runs.</source>
        <translation>Trainieren Sie zuerst; Vorschläge kommen, während das Training läuft.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ReviewController</name>
    <message>
        <source>That image was changed after its review; undo the changes there.</source>
        <translation>Das Bild wurde nach seiner Prüfung geändert; machen Sie die Änderungen dort rückgängig.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::StartPage</name>
    <message>
        <source>Recent projects</source>
        <translation>Zuletzt verwendete Projekte</translation>
    </message>
    <message>
        <source>SemiGDA Studio</source>
        <translation>SemiGDA Studio</translation>
    </message>
    <message>
        <source>Label a few images. The model learns from them and from all the images without labels, while you work. You check what it proposes.</source>
        <translation>Annotieren Sie einige Bilder. Das Modell lernt daraus und aus allen Bildern ohne Annotation, während Sie arbeiten. Sie prüfen, was es vorschlägt.</translation>
    </message>
    <message>
        <source>Create a project</source>
        <translation>Projekt anlegen</translation>
    </message>
    <message>
        <source> Open a project …</source>
        <translation> Projekt öffnen …</translation>
    </message>
    <message>
        <source> Try with sample images</source>
        <translation> Beispielbilder ausprobieren</translation>
    </message>
    <message>
        <source>For research. Not a medical device: do not diagnose with it.</source>
        <translation>Für die Forschung. Kein Medizinprodukt: nicht zur Diagnose verwenden.</translation>
    </message>
    <message>
        <source>%1   in %2</source>
        <translation>%1   in %2</translation>
    </message>
</context>
<context>
    <name>semigda::ui::StateTexts</name>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>%1 % agreement</source>
        <translation>%1 % Übereinstimmung</translation>
    </message>
    <message>
        <source>Not labelled</source>
        <translation>Nicht annotiert</translation>
    </message>
    <message>
        <source>Partly labelled</source>
        <translation>Teilweise annotiert</translation>
    </message>
    <message>
        <source>Labelled</source>
        <translation>Annotiert</translation>
    </message>
    <message>
        <source>Needs your look</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Korrigiert</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Test (kept out of training)</source>
        <translation>Test (nicht im Training)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>estimated Dice %L1</source>
        <translation>geschätzter Dice %L1</translation>
    </message>
</context>
<context>
    <name>semigda::ui::StatusLine</name>
    <message>
        <source>Screen pixels per image pixel</source>
        <translation>Bildschirmpixel je Bildpixel</translation>
    </message>
    <message>
        <source>What training runs on</source>
        <translation>Worauf das Training läuft</translation>
    </message>
    <message>
        <source>x %1  y %2</source>
        <translation>x %1  y %2</translation>
    </message>
    <message>
        <source>   %L1, %L2 mm</source>
        <translation>   %L1; %L2 mm</translation>
    </message>
    <message>
        <source>   value %1</source>
        <translation>   Wert %1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Schreibgeschützt</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Everything you painted is in the project on disk.</source>
        <translation>Alles Gemalte steht im Projekt auf dem Datenträger.</translation>
    </message>
    <message>
        <source>The last stroke is being written.</source>
        <translation>Der letzte Strich wird gerade geschrieben.</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>semigda::ui::StepTexts</name>
    <message>
        <source>Next: import images (%1), or drop them on the window.</source>
        <translation>Weiter: Bilder importieren (%1) oder in das Fenster ziehen.</translation>
    </message>
    <message>
        <source>Next: paint “%1” on this image, then press Done (%2).</source>
        <translation>Weiter: „%1“ in diesem Bild einzeichnen, dann Fertig (%2).</translation>
    </message>
    <message>
        <source>Next: press Done (%1) when “%2” is painted completely here.</source>
        <translation>Weiter: Fertig (%1), sobald „%2“ hier vollständig eingezeichnet ist.</translation>
    </message>
    <message>
        <source>Next: label a few more images, or train now (%1).</source>
        <translation>Weiter: noch einige Bilder annotieren oder jetzt trainieren (%1).</translation>
    </message>
    <message numerus="yes">
        <source>Next: train (%1); the model then outlines the other %Ln image(s).</source>
        <translation>
            <numerusform>Weiter: trainieren (%1); das Modell konturiert dann das andere Bild.</numerusform>
            <numerusform>Weiter: trainieren (%1); das Modell konturiert dann die anderen %Ln Bilder.</numerusform>
        </translation>
    </message>
    <message>
        <source>You can paint on meanwhile.</source>
        <translation>Sie können inzwischen weitermalen.</translation>
    </message>
    <message numerus="yes">
        <source>Next: %Ln proposal(s) need your look; review them (%1).</source>
        <translation>
            <numerusform>Weiter: %Ln Vorschlag prüfen (%1).</numerusform>
            <numerusform>Weiter: %Ln Vorschläge prüfen (%1).</numerusform>
        </translation>
    </message>
    <message>
        <source>Next: accept or reject this proposal; paint to correct it.</source>
        <translation>Weiter: Vorschlag annehmen oder ablehnen; Malen korrigiert ihn.</translation>
    </message>
    <message>
        <source>Next: train again with your corrections (%1), or export the masks (%2).</source>
        <translation>Weiter: mit Ihren Korrekturen neu trainieren (%1) oder Masken exportieren (%2).</translation>
    </message>
    <message>
        <source>Next: export the masks (%1).</source>
        <translation>Weiter: Masken exportieren (%1).</translation>
    </message>
</context>
<context>
    <name>semigda::ui::TagsDialog</name>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message numerus="yes">
        <source>Tags of %Ln chosen image(s):</source>
        <translation>
            <numerusform>Schlagwörter von %Ln gewähltem Bild:</numerusform>
            <numerusform>Schlagwörter von %Ln gewählten Bildern:</numerusform>
        </translation>
    </message>
    <message>
        <source>New tag, such as “second look”</source>
        <translation>Neu, etwa „zweite Meinung“</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>Neues Schlagwort</translation>
    </message>
    <message>
        <source>Change tags</source>
        <translation>Schlagwörter ändern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>semigda::ui::TaskStatus</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the running task</source>
        <translation>Laufende Aufgabe abbrechen</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>%1: %L2 of %L3</source>
        <translation>%1: %L2 von %L3</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ToolController</name>
    <message>
        <source>“%1” is locked. Choose it with Alt+click or unlock it to change it.</source>
        <translation>„%1“ ist gesperrt. Wählen Sie die Klasse mit Alt+Klick oder entsperren Sie sie, um sie zu ändern.</translation>
    </message>
    <message>
        <source>Nothing was drawn: the values there lie outside of “Only values from … to …”.</source>
        <translation>Nichts wurde gezeichnet: Die Werte liegen dort außerhalb von „Nur Werte von … bis …“.</translation>
    </message>
    <message>
        <source>The region was left out because the image was changed before it was found; click again.</source>
        <translation>Der Bereich wurde ausgelassen, weil das Bild geändert wurde, bevor er gefunden war; klicken Sie erneut.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::ToolOptionsBar</name>
    <message>
        <source>Tool options</source>
        <translation>Werkzeugoptionen</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>Pinselgröße</translation>
    </message>
    <message>
        <source>Brush size ([ and ], or Shift+wheel)</source>
        <translation>Pinselgröße ([ und ] oder Umschalt+Mausrad)</translation>
    </message>
    <message>
        <source>Brush size in pixels</source>
        <translation>Pinselgröße in Pixeln</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Brush shape</source>
        <translation>Pinselform</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Rund</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Quadratisch</translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation>Stiftdruck</translation>
    </message>
    <message>
        <source>The harder the pen is pressed, the larger the brush</source>
        <translation>Je fester der Stift aufgedrückt wird, desto größer der Pinsel</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>How far similar values may lie apart</source>
        <translation>Wie weit ähnliche Werte auseinanderliegen dürfen</translation>
    </message>
    <message>
        <source>How far values may lie from those under the pointer (wand: [ and ], Shift+wheel, drag)</source>
        <translation>Wie weit Werte von denen unter dem Mauszeiger abweichen dürfen (Zauberstab: [ und ], Umschalt+Mausrad, Ziehen)</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Ähnlich</translation>
    </message>
    <message>
        <source>Only values</source>
        <translation>Nur Werte</translation>
    </message>
    <message>
        <source>Draw only where the image&apos;s values lie in a range</source>
        <translation>Nur dort zeichnen, wo die Werte des Bildes in einem Bereich liegen</translation>
    </message>
    <message>
        <source>Lowest value to draw on</source>
        <translation>Kleinster Wert, auf dem gezeichnet wird</translation>
    </message>
    <message>
        <source>Highest value to draw on</source>
        <translation>Größter Wert, auf dem gezeichnet wird</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Sphere</source>
        <translation>Kugel</translation>
    </message>
    <message>
        <source>In a volume: a ball that paints the slices beside this one too</source>
        <translation>In einem Volumen: eine Kugel, die auch die benachbarten Schichten bemalt</translation>
    </message>
</context>
<context>
    <name>semigda::ui::Tour</name>
    <message>
        <source>The folder %1 cannot be made; choose another one.</source>
        <translation>Der Ordner %1 kann nicht angelegt werden; wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>the start page</source>
        <translation>zur Startseite</translation>
    </message>
    <message>
        <source>the sample project</source>
        <translation>zum Beispielprojekt</translation>
    </message>
    <message>
        <source>browsing</source>
        <translation>zum Durchblättern</translation>
    </message>
    <message>
        <source>opening an image to paint</source>
        <translation>zum Öffnen eines Bildes</translation>
    </message>
    <message>
        <source>painting</source>
        <translation>zum Malen</translation>
    </message>
    <message>
        <source>training</source>
        <translation>zum Training</translation>
    </message>
    <message>
        <source>the end of training</source>
        <translation>zum Ende des Trainings</translation>
    </message>
    <message>
        <source>review</source>
        <translation>zur Prüfung</translation>
    </message>
    <message>
        <source>the end of review</source>
        <translation>zum Ende der Prüfung</translation>
    </message>
    <message>
        <source>a project for a volume</source>
        <translation>zum Projekt für ein Volumen</translation>
    </message>
    <message>
        <source>importing a volume</source>
        <translation>zum Import eines Volumens</translation>
    </message>
    <message>
        <source>the 3D view</source>
        <translation>zur 3D-Ansicht</translation>
    </message>
    <message>
        <source>an error</source>
        <translation>zu einem Fehler</translation>
    </message>
    <message>
        <source>No 3D picture: %1</source>
        <translation>Kein 3D-Bild: %1</translation>
    </message>
    <message>
        <source>The tour did not get to %1 within %2 s.</source>
        <translation>Die Tour kam in %2 s nicht bis %1.</translation>
    </message>
    <message>
        <source>The picture %1 cannot be written.</source>
        <translation>Das Bild %1 kann nicht geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::TrainingPanel</name>
    <message>
        <source>Not training</source>
        <translation>Kein Training</translation>
    </message>
    <message>
        <source>Preparing images</source>
        <translation>Bilder werden vorbereitet</translation>
    </message>
    <message>
        <source>Learning what the images look like</source>
        <translation>Lernt, wie die Bilder aussehen</translation>
    </message>
    <message>
        <source>Learning where the structures are</source>
        <translation>Lernt, wo die Strukturen liegen</translation>
    </message>
    <message>
        <source>Learning fine outlines</source>
        <translation>Lernt feine Konturen</translation>
    </message>
    <message>
        <source>Learning from the painted images</source>
        <translation>Lernt aus den gemalten Bildern</translation>
    </message>
    <message>
        <source>Checking on painted images left out in turn</source>
        <translation>Prüft sich an zurückgehaltenen Bildern</translation>
    </message>
    <message>
        <source>Outlining the remaining images</source>
        <translation>Konturiert die übrigen Bilder</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %Ln thread(s)</source>
        <translation>
            <numerusform>CPU, %Ln Thread</numerusform>
            <numerusform>CPU, %Ln Threads</numerusform>
        </translation>
    </message>
    <message>
        <source>less than 10 s left</source>
        <translation>noch weniger als 10 s</translation>
    </message>
    <message>
        <source>about %L1 s left</source>
        <translation>noch etwa %L1 s</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>noch etwa %Ln Minute</numerusform>
            <numerusform>noch etwa %Ln Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>about %L1 hours left</source>
        <translation>noch etwa %L1 Stunden</translation>
    </message>
    <message>
        <source>Training progress</source>
        <translation>Trainingsfortschritt</translation>
    </message>
    <message>
        <source>All images (SemiGDA)</source>
        <translation>allen Bildern (SemiGDA)</translation>
    </message>
    <message>
        <source>Labelled images only</source>
        <translation>nur annotierten Bildern</translation>
    </message>
    <message>
        <source>SemiGDA learns from your labels and from the images without labels.
“Labelled images only” is the usual way, for comparison.</source>
        <translation>SemiGDA lernt aus Ihren Annotationen und aus den Bildern ohne Annotation.
„nur annotierten Bildern“ ist das übliche Verfahren, zum Vergleich.</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>How long to train. You can go on painting meanwhile and stop at any time.</source>
        <translation>Wie lange trainiert wird. Sie können inzwischen weitermalen und jederzeit stoppen.</translation>
    </message>
    <message>
        <source>Go on with the last run</source>
        <translation>Letzten Lauf fortsetzen</translation>
    </message>
    <message>
        <source>Continues the newest run that was stopped instead of starting anew.</source>
        <translation>Setzt den neuesten gestoppten Lauf fort, statt neu zu beginnen.</translation>
    </message>
    <message>
        <source>&amp;Learn from</source>
        <translation>&amp;Lernen aus</translation>
    </message>
    <message>
        <source>T&amp;ime</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start learning in the background</source>
        <translation>Training im Hintergrund starten</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Hold training; the computer is free meanwhile</source>
        <translation>Training anhalten; der Rechner ist inzwischen frei</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>End training and keep what was learnt</source>
        <translation>Training beenden und das Gelernte behalten</translation>
    </message>
    <message>
        <source>Stopping at the next step …</source>
        <translation>Stoppt beim nächsten Schritt …</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Validation Dice %L1</source>
        <translation>Validierungs-Dice %L1</translation>
    </message>
    <message>
        <source>best %L1</source>
        <translation>bester %L1</translation>
    </message>
    <message>
        <source>loss %L1</source>
        <translation>Loss %L1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln labelled</source>
        <translation>
            <numerusform>%Ln annotiert</numerusform>
            <numerusform>%Ln annotiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partly</source>
        <translation>
            <numerusform>%Ln teilweise</numerusform>
            <numerusform>%Ln teilweise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not labelled</source>
        <translation>
            <numerusform>%Ln nicht annotiert</numerusform>
            <numerusform>%Ln nicht annotiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln proposal(s)</source>
        <translation>
            <numerusform>%Ln Vorschlag</numerusform>
            <numerusform>%Ln Vorschläge</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Label at least one image, then train.</source>
        <translation>Annotieren Sie mindestens ein Bild, dann können Sie trainieren.</translation>
    </message>
</context>
<context>
    <name>semigda::ui::View3dPanel</name>
    <message>
        <source>Update</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Slices in the 3D view</source>
        <translation>Schichten in der 3D-Ansicht</translation>
    </message>
    <message>
        <source>Which slices of the image to show between the organs</source>
        <translation>Welche Bildschichten zwischen den Organen gezeigt werden</translation>
    </message>
    <message>
        <source>This slice</source>
        <translation>Diese Schicht</translation>
    </message>
    <message>
        <source>Three planes</source>
        <translation>Drei Ebenen</translation>
    </message>
    <message>
        <source>No slices</source>
        <translation>Keine Schichten</translation>
    </message>
    <message>
        <source>Build the surfaces again from the current masks</source>
        <translation>Oberflächen aus den aktuellen Masken neu berechnen</translation>
    </message>
    <message>
        <source>From the front</source>
        <translation>Von vorn</translation>
    </message>
    <message>
        <source>Open an image that is a slice of a volume to see it in 3D.</source>
        <translation>Öffnen Sie ein Bild, das Schicht eines Volumens ist, um es in 3D zu sehen.</translation>
    </message>
    <message>
        <source>Update (masks changed)</source>
        <translation>Aktualisieren (geändert)</translation>
    </message>
    <message>
        <source>This image is not part of a volume, so there is nothing to show in 3D.</source>
        <translation>Dieses Bild gehört zu keinem Volumen, daher gibt es nichts in 3D zu zeigen.</translation>
    </message>
    <message>
        <source>This computer&apos;s display has no OpenGL 3.2, so the 3D view cannot be drawn; all else works.</source>
        <translation>Die Grafik dieses Rechners bietet kein OpenGL 3.2, daher kann die 3D-Ansicht nicht gezeichnet werden; alles andere funktioniert.</translation>
    </message>
    <message>
        <source>Building the 3D view …</source>
        <translation>3D-Ansicht wird aufgebaut …</translation>
    </message>
    <message>
        <source>%L1 mL</source>
        <translation>%L1 ml</translation>
    </message>
    <message>
        <source>%L1 voxels</source>
        <translation>%L1 Voxel</translation>
    </message>
    <message>
        <source>No mask in this volume yet.</source>
        <translation>In diesem Volumen gibt es noch keine Maske.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %L1 slice(s) show proposals nobody has checked.</source>
        <translation>
            <numerusform>%Ln von %L1 Schichten zeigt einen ungeprüften Vorschlag.</numerusform>
            <numerusform>%Ln von %L1 Schichten zeigen ungeprüfte Vorschläge.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>semigda::ui::VolumeView</name>
    <message>
        <source>3D view of the volume</source>
        <translation>3D-Ansicht des Volumens</translation>
    </message>
</context>
</TS>

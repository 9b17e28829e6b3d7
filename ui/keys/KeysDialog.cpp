// SPDX-License-Identifier: Apache-2.0
#include "ui/keys/KeysDialog.h"

#include "ui/dialogs/ScreenFit.h"
#include "ui/keys/KeyBindings.h"
#include "ui/keys/KeyCatcher.h"
#include "ui/keys/KeyPresets.h"
#include "ui/theme/Theme.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace semigda::ui
{

namespace
{

enum Column { WhatColumn, KeysColumn, ColumnCount };

QString plainText(const QAction &action)
{
    return QString(action.text()).remove(QLatin1Char('&')).remove(QStringLiteral(" …"));
}

} // namespace

KeysDialog::KeysDialog(KeyBindings &bindings, QWidget *parent)
    : QDialog(parent)
    , m_bindings(bindings)
    , m_search(new QLineEdit(this))
    , m_preset(new QComboBox(this))
    , m_table(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("keysDialog"));
    setWindowTitle(tr("Keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_search->setObjectName(QStringLiteral("keysSearchLineEdit"));
    m_search->setPlaceholderText(tr("Search for a command or a key"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_preset->setObjectName(QStringLiteral("keysPresetBox"));
    m_preset->setAccessibleName(tr("Keys as in another program"));
    m_preset->addItem(tr("Keys as in …"));
    for (const KeyPreset &preset : keyPresets())
        m_preset->addItem(preset.name, preset.id);
    m_table->setObjectName(QStringLiteral("keysTable"));
    m_table->setAccessibleName(tr("Commands and their keys"));
    m_table->setColumnCount(ColumnCount);
    m_table->setHeaderLabels({tr("What"), tr("Key")});
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->header()->setSectionResizeMode(WhatColumn, QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(KeysColumn, QHeaderView::Stretch);
    m_table->setMinimumSize(80 * GridUnit, 24 * GridUnit);
    resizeOnScreen(*this, {84 * GridUnit, 76 * GridUnit});

    auto *top = new QHBoxLayout;
    top->setSpacing(GridUnit);
    top->addWidget(m_search, 1);
    top->addWidget(m_preset);
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setObjectName(QStringLiteral("keysCloseButton"));
    close->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(2 * GridUnit);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addWidget(createEditor());
    layout->addWidget(buttons);

    fill();
    connect(m_search, &QLineEdit::textChanged, this, &KeysDialog::filter);
    connect(m_table, &QTreeWidget::currentItemChanged, this, &KeysDialog::showChosen);
    connect(m_table, &QTreeWidget::itemActivated, this, [this] { m_key->setFocus(Qt::OtherFocusReason); });
    connect(m_preset, &QComboBox::activated, this, [this](int index) {
        if (index > 0)
            m_bindings.apply(keyPresets().at(index - 1));
        m_preset->setCurrentIndex(0);
    });
    connect(&m_bindings, &KeyBindings::changed, this, &KeysDialog::showKeys);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    m_table->setCurrentItem(m_table->topLevelItem(0));
    showChosen();
}

QWidget *KeysDialog::createEditor()
{
    auto *editor = new QWidget(this);
    m_name = new QLabel(editor);
    m_name->setObjectName(QStringLiteral("keysNameLabel"));
    setRole(m_name, QStringLiteral("heading"));
    m_key = new KeyCatcher(editor);
    m_key->setObjectName(QStringLiteral("keysKeyEdit"));
    m_key->setAccessibleName(tr("New key: press it here"));
    m_name->setBuddy(m_key);
    const auto button = [editor](const QString &name, const QString &text) {
        auto *made = new QPushButton(text, editor);
        made->setObjectName(name);
        made->setAutoDefault(false);
        return made;
    };
    m_give = button(QStringLiteral("keysGiveButton"), tr("Add this key"));
    m_take = button(QStringLiteral("keysTakeButton"), tr("Remove its keys"));
    m_reset = button(QStringLiteral("keysResetButton"), tr("Default"));
    m_judgement = new QLabel(editor);
    m_judgement->setObjectName(QStringLiteral("keysJudgementLabel"));
    m_judgement->setWordWrap(true);
    // Two lines, so that the dialog does not grow and shrink with what it says.
    m_judgement->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_judgement->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *row = new QHBoxLayout;
    row->setSpacing(GridUnit);
    row->addWidget(m_key, 1);
    for (QPushButton *each : {m_give, m_take, m_reset})
        row->addWidget(each);
    auto *layout = new QVBoxLayout(editor);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(GridUnit);
    layout->addWidget(m_name);
    layout->addLayout(row);
    layout->addWidget(m_judgement);
    connect(m_key, &KeyCatcher::caught, this, &KeysDialog::judge);
    connect(m_give, &QPushButton::clicked, this, &KeysDialog::give);
    connect(m_take, &QPushButton::clicked, this, [this] {
        if (QAction *action = chosen())
            m_bindings.setKeys(*action, {});
    });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        if (QAction *action = chosen())
            m_bindings.reset(*action);
    });
    return editor;
}

void KeysDialog::fill()
{
    for (QAction *action : m_bindings.actions()) {
        auto *item = new QTreeWidgetItem(m_table, {plainText(*action), QString()});
        item->setData(WhatColumn, Qt::UserRole, action->objectName());
        item->setToolTip(WhatColumn, action->statusTip());
    }
    const QList<QPair<QString, QString>> held = {
        {tr("Pick the class under the cursor"), tr("Alt + click")},
        {tr("Paint and erase the other way round"), tr("hold Ctrl, or the pen's other end")},
        {tr("Brush size; similarity of the wand"), tr("Shift + wheel")},
        {tr("Finish, cancel, last point of a polygon"), tr("Enter, Esc, Backspace")},
        {tr("Zoom at the cursor"), tr("Ctrl + wheel (wheel in single images)")},
        {tr("Slices of a volume"), tr("wheel")},
        {tr("Move the image"), tr("Space + drag  or  middle drag")},
        {tr("Contrast and brightness"), tr("right drag; double right click resets")},
        {tr("Opacity of the mask"), tr("Alt + wheel")},
    };
    for (const auto &[what, how] : held) {
        auto *item = new QTreeWidgetItem(m_table, {what, how});
        for (const int column : {WhatColumn, KeysColumn})
            item->setForeground(column, themeColours().muted);
        item->setToolTip(WhatColumn, tr("Done with the mouse or by holding a key; it cannot be changed."));
    }
    showKeys();
}

void KeysDialog::showKeys()
{
    for (int row = 0; row < m_table->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_table->topLevelItem(row);
        const QAction *action = m_bindings.find(item->data(WhatColumn, Qt::UserRole).toString());
        if (action == nullptr)
            continue;
        item->setText(KeysColumn, keysText(action->shortcuts()));
        QFont font = m_table->font();
        font.setBold(m_bindings.isChanged(*action));
        item->setFont(KeysColumn, font);
        item->setToolTip(KeysColumn, m_bindings.isChanged(*action)
                                         ? tr("By default: %1").arg(keysText(m_bindings.defaultKeys(*action)))
                                         : QString());
    }
    filter();
    showChosen();
}

void KeysDialog::filter()
{
    const QString wanted = m_search->text().trimmed();
    for (int row = 0; row < m_table->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_table->topLevelItem(row);
        item->setHidden(!item->text(WhatColumn).contains(wanted, Qt::CaseInsensitive)
                        && !item->text(KeysColumn).contains(wanted, Qt::CaseInsensitive));
    }
}

QAction *KeysDialog::chosen() const
{
    const QTreeWidgetItem *item = m_table->currentItem();
    return item != nullptr ? m_bindings.find(item->data(WhatColumn, Qt::UserRole).toString()) : nullptr;
}

void KeysDialog::showChosen()
{
    const QAction *action = chosen();
    m_name->setText(action != nullptr ? tr("New key for “%1”:").arg(plainText(*action))
                                      : tr("Done with the mouse or by holding a key; it cannot be changed."));
    m_key->setEnabled(action != nullptr);
    m_take->setEnabled(action != nullptr && !action->shortcuts().isEmpty());
    m_reset->setEnabled(action != nullptr && m_bindings.isChanged(*action));
    m_key->clear();
    judge();
}

void KeysDialog::judge()
{
    const QAction *action = chosen();
    const QKeySequence key = m_key->keySequence();
    m_give->setText(tr("Add this key"));
    m_give->setEnabled(false);
    setRole(m_judgement, QStringLiteral("muted"));
    if (action == nullptr) {
        m_judgement->clear();
        return;
    }
    if (const QString reason = KeyBindings::reasonAgainst(key); !reason.isEmpty()) {
        m_judgement->setText(reason);
        return;
    }
    const QString text = key.toString(QKeySequence::NativeText);
    if (action->shortcuts().contains(key)) {
        m_judgement->setText(tr("%1 does this already.").arg(text));
        return;
    }
    m_give->setEnabled(true);
    if (const QAction *owner = m_bindings.ownerOf(key, action)) {
        setRole(m_judgement, QStringLiteral("bad"));
        m_judgement->setText(tr("%1 belongs to “%2”, which would lose it.").arg(text, plainText(*owner)));
        m_give->setText(tr("Take it from there"));
    } else {
        m_judgement->setText(tr("%1 is free.").arg(text));
    }
}

void KeysDialog::give()
{
    QAction *action = chosen();
    if (action == nullptr)
        return;
    QList<QKeySequence> keys = action->shortcuts();
    // The newest first: menus and tooltips show that one.
    keys.prepend(m_key->keySequence());
    m_bindings.setKeys(*action, keys);
}

} // namespace semigda::ui

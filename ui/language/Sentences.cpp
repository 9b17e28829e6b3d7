// SPDX-License-Identifier: Apache-2.0
#include "ui/language/Sentences.h"

#include <QCoreApplication>

namespace semigda::ui
{

QString sentenceText(const core::Sentence &sentence)
{
    return QString::fromStdString(sentence.in([](const core::Phrase &phrase) {
        return QCoreApplication::translate(phrase.context(), phrase.text()).toStdString();
    }));
}

} // namespace semigda::ui

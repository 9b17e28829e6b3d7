// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/TrainingPanel.h"

#include "ui/language/Sentences.h"
#include "ui/panels/CurveChart.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

namespace semigda::ui
{

namespace
{

constexpr int ProgressSteps = 1000;

/// Side by side; a line breaks between the parts only.
QString joined(QStringList parts)
{
    for (QString &part : parts)
        part.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
    return parts.join(QStringLiteral(" · "));
}

QLabel *createLabel(const QString &name, QWidget *parent, const QString &role = {})
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setWordWrap(true);
    if (!role.isEmpty())
        label->setProperty("role", role);
    return label;
}

} // namespace

bool isRunning(core::TrainingPhase phase)
{
    switch (phase) {
    case core::TrainingPhase::Idle:
    case core::TrainingPhase::Finished:
    case core::TrainingPhase::Stopped:
    case core::TrainingPhase::Failed:
        return false;
    default:
        return true;
    }
}

QString phaseText(core::TrainingPhase phase)
{
    switch (phase) {
    case core::TrainingPhase::Idle:
        return TrainingPanel::tr("Not training");
    case core::TrainingPhase::Preparing:
        return TrainingPanel::tr("Preparing images");
    case core::TrainingPhase::Prior:
        return TrainingPanel::tr("Learning what the images look like");
    case core::TrainingPhase::Alignment:
        return TrainingPanel::tr("Learning where the structures are");
    case core::TrainingPhase::Adapters:
        return TrainingPanel::tr("Learning fine outlines");
    case core::TrainingPhase::Supervised:
        return TrainingPanel::tr("Learning from the painted images");
    case core::TrainingPhase::CrossValidating:
        return TrainingPanel::tr("Checking on painted images left out in turn");
    case core::TrainingPhase::Predicting:
        return TrainingPanel::tr("Outlining the remaining images");
    case core::TrainingPhase::Paused:
        return TrainingPanel::tr("Paused");
    case core::TrainingPhase::Finished:
        return TrainingPanel::tr("Finished");
    case core::TrainingPhase::Stopped:
        return TrainingPanel::tr("Stopped");
    case core::TrainingPhase::Failed:
        return TrainingPanel::tr("Failed");
    }
    return {};
}

QString deviceText(const std::string &device)
{
    static const QRegularExpression Threads(QStringLiteral("^CPU, (\\d+) threads?$"));
    const QString name = QString::fromStdString(device);
    const QRegularExpressionMatch match = Threads.match(name);
    return match.hasMatch() ? TrainingPanel::tr("CPU, %Ln thread(s)", nullptr, match.captured(1).toInt()) : name;
}

QString remainingText(double seconds)
{
    if (!(seconds > 0.0))
        return {};
    if (seconds < 10.0)
        return TrainingPanel::tr("less than 10 s left");
    if (seconds < 60.0)
        return TrainingPanel::tr("about %L1 s left").arg(std::lround(seconds / 10.0) * 10);
    const auto minutes = std::lround(seconds / 60.0);
    if (minutes < 90)
        return TrainingPanel::tr("about %Ln minute(s) left", nullptr, static_cast<int>(minutes));
    return TrainingPanel::tr("about %L1 hours left").arg(static_cast<double>(minutes) / 60.0, 0, 'f', 1);
}

TrainingPanel::TrainingPanel(QWidget *parent)
    : QWidget(parent)
    , m_chart(new CurveChart(this))
{
    setObjectName(QStringLiteral("trainingPanel"));
    m_phase = createLabel(QStringLiteral("trainingPhaseLabel"), this, QStringLiteral("heading"));
    m_remaining = createLabel(QStringLiteral("trainingRemainingLabel"), this, QStringLiteral("muted"));
    m_device = createLabel(QStringLiteral("trainingDeviceLabel"), this, QStringLiteral("muted"));
    m_deviceIcon = new QLabel(this);
    m_scores = createLabel(QStringLiteral("trainingScoresLabel"), this);
    m_counts = createLabel(QStringLiteral("trainingCountsLabel"), this, QStringLiteral("muted"));
    m_hint = createLabel(QStringLiteral("trainingHintLabel"), this, QStringLiteral("muted"));
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("trainingProgressBar"));
    m_progress->setAccessibleName(tr("Training progress"));
    m_progress->setRange(0, ProgressSteps);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(GridUnit, GridUnit, GridUnit, GridUnit);
    layout->setSpacing(GridUnit);
    layout->addWidget(createForm());
    layout->addWidget(createButtons());
    layout->addWidget(m_hint);
    layout->addWidget(m_phase);
    layout->addWidget(m_progress);
    layout->addWidget(m_remaining);
    layout->addWidget(m_chart, 1);
    layout->addWidget(m_scores);
    layout->addWidget(m_counts);
    auto *device = new QHBoxLayout;
    device->setSpacing(GridUnit / 2);
    device->addWidget(m_deviceIcon);
    device->addWidget(m_device, 1);
    layout->addLayout(device);
    layout->addStretch(0);
    clear();
}

QWidget *TrainingPanel::createForm()
{
    auto *form = new QWidget(this);
    m_method = new QComboBox(form);
    m_method->setObjectName(QStringLiteral("trainingMethodComboBox"));
    m_method->addItem(tr("All images (SemiGDA)"), QStringLiteral("semigda"));
    m_method->addItem(tr("Labelled images only"), QStringLiteral("supervised"));
    m_method->setToolTip(tr("SemiGDA learns from your labels and from the images without labels.\n"
                            "“Labelled images only” is the usual way, for comparison."));
    m_minutes = new QSpinBox(form);
    m_minutes->setObjectName(QStringLiteral("trainingMinutesSpinBox"));
    m_minutes->setRange(1, 24 * 60);
    m_minutes->setValue(10);
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setToolTip(tr("How long to train. You can go on painting meanwhile and stop at any time."));
    m_resumeRun = new QCheckBox(tr("Go on with the last run"), form);
    m_resumeRun->setObjectName(QStringLiteral("trainingResumeCheckBox"));
    m_resumeRun->setToolTip(tr("Continues the newest run that was stopped instead of starting anew."));
    auto *layout = new QFormLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(GridUnit);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addRow(tr("&Learn from"), m_method);
    layout->addRow(tr("T&ime"), m_minutes);
    layout->addRow(QString(), m_resumeRun);
    return form;
}

QWidget *TrainingPanel::createButtons()
{
    auto *row = new QWidget(this);
    m_start = new QPushButton(tr("Train"), row);
    m_start->setObjectName(QStringLiteral("trainingStartButton"));
    m_start->setProperty("role", QStringLiteral("primary"));
    m_start->setToolTip(tr("Start learning in the background"));
    m_pause = new QPushButton(themedIcon(QStringLiteral("pause")), tr("Pause"), row);
    m_pause->setObjectName(QStringLiteral("trainingPauseButton"));
    m_pause->setToolTip(tr("Hold training; the computer is free meanwhile"));
    m_stop = new QPushButton(themedIcon(QStringLiteral("stop")), tr("Stop"), row);
    m_stop->setObjectName(QStringLiteral("trainingStopButton"));
    m_stop->setToolTip(tr("End training and keep what was learnt"));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(GridUnit);
    layout->addWidget(m_start, 1);
    layout->addWidget(m_pause, 1);
    layout->addWidget(m_stop, 1);
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT startRequested(request()); });
    connect(m_stop, &QPushButton::clicked, this, &TrainingPanel::stopRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_last.phase == core::TrainingPhase::Paused)
            Q_EMIT resumeRequested();
        else
            Q_EMIT pauseRequested();
    });
    return row;
}

core::TrainingRequest TrainingPanel::request() const
{
    core::TrainingRequest request = m_base;
    request.method = m_method->currentData().toString().toStdString();
    request.resume = m_resumeRun->isChecked();
    if (!request.minutes && !request.epochsStage1)
        request.minutes = m_minutes->value();
    return request;
}

void TrainingPanel::setMinutes(int minutes)
{
    m_minutes->setValue(minutes);
}

int TrainingPanel::minutes() const
{
    return m_minutes->value();
}

void TrainingPanel::showProgress(const core::TrainingProgress &progress)
{
    const bool isNewRun = isRunning(progress.phase) && (!isRunning(m_last.phase) || progress.run != m_last.run);
    if (isNewRun && progress.elapsedSeconds <= m_last.elapsedSeconds)
        m_chart->clear();
    const bool isPhaseOfLearning =
        progress.phase != core::TrainingPhase::Paused && progress.phase != core::TrainingPhase::Predicting
        && m_last.phase != core::TrainingPhase::Paused && m_last.phase != core::TrainingPhase::Predicting;
    if (progress.phase != m_last.phase && isRunning(progress.phase) && isPhaseOfLearning)
        m_chart->beginPhase(progress.elapsedSeconds);
    if (!isRunning(progress.phase))
        m_isStopping = false;
    if (progress.loss)
        m_chart->addLoss(progress.elapsedSeconds, *progress.loss);
    if (progress.validationDice && progress.validationDice != m_last.validationDice)
        m_chart->addDice(progress.elapsedSeconds, *progress.validationDice);
    m_labelled = progress.labelled;
    m_partial = progress.partial;
    m_last = progress;
    showNumbers(progress);
    updateButtons();
    if (!progress.notice.isEmpty())
        Q_EMIT notice(sentenceText(progress.notice));
}

void TrainingPanel::showNumbers(const core::TrainingProgress &progress)
{
    QString phase = phaseText(progress.phase);
    if (m_isStopping)
        phase = tr("Stopping at the next step …");
    m_phase->setText(phase);
    m_progress->setValue(static_cast<int>(std::lround(progress.fraction * ProgressSteps)));
    m_progress->setFormat(tr("%1 %").arg(std::lround(progress.fraction * 100.0)));
    const QString remaining = isRunning(progress.phase) ? remainingText(progress.remainingSeconds) : QString();
    m_remaining->setText(remaining);
    m_remaining->setVisible(!remaining.isEmpty());
    QStringList scores;
    if (progress.validationDice)
        scores << tr("Validation Dice %L1").arg(*progress.validationDice, 0, 'f', 2);
    if (progress.bestValidationDice)
        scores << tr("best %L1").arg(*progress.bestValidationDice, 0, 'f', 2);
    if (progress.loss)
        scores << tr("loss %L1").arg(*progress.loss, 0, 'f', 3);
    m_scores->setText(joined(scores));
    m_scores->setVisible(!scores.isEmpty());
    showCounts(progress.labelled, progress.partial, progress.unlabelled, progress.predicted);
    const QString device = deviceText(progress.device);
    m_device->setText(device);
    m_device->setVisible(!device.isEmpty());
    m_deviceIcon->setVisible(!device.isEmpty());
    m_deviceIcon->setPixmap(
        iconPixmap(QStringLiteral("device"), 2 * GridUnit, themeColours().muted, devicePixelRatioF()));
}

void TrainingPanel::showCounts(std::size_t labelled, std::size_t partial, std::size_t unlabelled, std::size_t predicted)
{
    m_labelled = labelled;
    m_partial = partial;
    m_hasProject = true;
    QStringList learntFrom{tr("%Ln labelled", nullptr, static_cast<int>(labelled))};
    if (partial > 0)
        learntFrom << tr("%Ln partly", nullptr, static_cast<int>(partial));
    learntFrom << tr("%Ln not labelled", nullptr, static_cast<int>(unlabelled));
    QString text = joined(learntFrom);
    if (predicted > 0)
        text += QLatin1Char('\n') + tr("%Ln proposal(s)", nullptr, static_cast<int>(predicted));
    m_counts->setText(text);
    updateButtons();
}

void TrainingPanel::clear()
{
    m_last = {};
    m_labelled = 0;
    m_partial = 0;
    m_hasProject = false;
    m_isStopping = false;
    m_chart->clear();
    m_progress->setValue(0);
    m_counts->clear();
    m_scores->hide();
    m_remaining->hide();
    m_device->hide();
    m_deviceIcon->hide();
    updateButtons();
}

void TrainingPanel::setBlocked(const QString &reason)
{
    m_blocked = reason;
    updateButtons();
}

void TrainingPanel::setStopping()
{
    if (!isRunning(m_last.phase))
        return;
    m_isStopping = true;
    m_phase->setText(tr("Stopping at the next step …"));
    updateButtons();
}

void TrainingPanel::updateButtons()
{
    const bool running = isRunning(m_last.phase);
    const bool hasLabels = m_labelled > 0 || m_partial > 0;
    m_start->setEnabled(!running && m_blocked.isEmpty() && m_hasProject && hasLabels);
    m_pause->setEnabled(running && !m_isStopping);
    m_stop->setEnabled(running && !m_isStopping);
    const bool isPaused = m_last.phase == core::TrainingPhase::Paused;
    m_pause->setText(isPaused ? tr("Go on") : tr("Pause"));
    m_pause->setIcon(themedIcon(isPaused ? QStringLiteral("play") : QStringLiteral("pause")));
    for (QWidget *field :
         {static_cast<QWidget *>(m_method), static_cast<QWidget *>(m_minutes), static_cast<QWidget *>(m_resumeRun)})
        field->setEnabled(!running && m_blocked.isEmpty());
    QString hint;
    if (!m_blocked.isEmpty())
        hint = m_blocked;
    else if (!running && !hasLabels)
        hint = tr("Label at least one image, then train.");
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    const bool hasRun = m_last.phase != core::TrainingPhase::Idle;
    m_phase->setVisible(hasRun);
    m_progress->setVisible(hasRun);
}

} // namespace semigda::ui

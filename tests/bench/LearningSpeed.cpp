// SPDX-License-Identifier: Apache-2.0
#include "bench/LearningSpeed.h"

#include "bench/BlockSteps.h"
#include "bench/OperatorTimes.h"
#include "learning/Compute.h"
#include "learning/MemorySamples.h"
#include "learning/Precision_p.h"

#include <algorithm>

namespace semigda::bench
{

namespace
{

using namespace learning;

constexpr double BeforeMixing = 0.4;
constexpr double WhileMixing = 0.8;
constexpr std::int64_t PredictedTogether = 8;

/// Samples, the product's learner and the steps it is compared with.
class Setup
{
public:
    static core::Result<std::unique_ptr<Setup>> create(int defaultThreads)
    {
        auto config = TrainingConfig::fromRequest({});
        if (!config) {
            return config.error();
        }
        config->device = "cpu";
        config->holdOut = 0.0;
        // Both halves of stage 2 within one stage, and the same images in every step as in the plain one.
        config->unlabelledStart = 0.0;
        config->usesAveragedTeacher = false;
        config->vaeEvery = 1;
        config->mixingStart = (BeforeMixing + WhileMixing) / 2.0;
        std::unique_ptr<Setup> setup(new Setup(*config, defaultThreads));
        if (const auto prepared = setup->prepare(); !prepared) {
            return prepared.error();
        }
        return setup;
    }

    const TrainingConfig &config() const { return m_config; }
    /// Steps after which every sample has been drawn, in stage 1 with every pair of symmetries whose latents are made
    /// together (each is left out with a probability of 0.1 %): what fills the cache is told apart.
    int warmUp(BlockSteps::Stage stage) const
    {
        constexpr int DrawsOfEach = 24;
        const int share = std::max(1, std::min(m_config.alignmentLabelled, m_config.adapterLabelled));
        return (Pool + share - 1) / share * (stage == BlockSteps::Alignment ? DrawsOfEach : 1);
    }
    Learner &learner() { return *m_learner; }
    const SampleCache &samples() const { return m_samples; }
    void enterStage(std::size_t stage)
    {
        selectProduct();
        m_stage = stage;
        m_step = 0;
        m_learner->enterStage(stage, m_samples);
        if (m_single) {
            m_single->enterStage(stage, m_samples);
        }
    }
    void productStep(double t) { stepOf(*m_learner, t); }
    void selectProduct() const { setThreadCount(0); }
    void selectDefault() const { setThreadCount(m_defaultThreads); }

    Way product(double t)
    {
        return {"product", [this] { selectProduct(); }, [this, t] { productStep(t); }};
    }
    /// To tell what bfloat16 alone is worth; none where the processor does without it anyway.
    Learner *singlePrecision() { return m_single.get(); }
    void singleStep(double t) { stepOf(*m_single, t); }
    /// The plain path with the library's threads and, to tell what those alone cost, with the product's.
    std::vector<Way> plain(const std::function<void()> &step) const
    {
        std::vector<Way> ways{{"plain", [this] { selectDefault(); }, step}};
        selectProduct();
        if (currentThreads() != m_defaultThreads) {
            ways.push_back({"plain, all threads", [this] { selectProduct(); }, step});
        }
        return ways;
    }
    torch::Tensor images() const
    {
        std::vector<std::size_t> chosen(m_samples.unlabelled().begin(),
                                        m_samples.unlabelled().begin() + PredictedTogether);
        return stack(m_samples, chosen).images;
    }

private:
    static constexpr int Pool = 16; ///< labelled, and as many unlabelled

    Setup(const TrainingConfig &config, int defaultThreads)
        : m_config(config)
        , m_singleConfig(config)
        , m_defaultThreads(defaultThreads)
        , m_source(std::make_shared<test::MemorySamples>(1, config.imageSize, config.imageSize))
        , m_samples(m_source, m_config)
    {}
    core::Result<void> prepare()
    {
        m_source->add(core::SampleRole::Labelled, Pool);
        m_source->add(core::SampleRole::Unlabelled, Pool);
        if (const auto read = m_samples.refresh(); !read) {
            return read;
        }
        while (m_samples.prepareNext()) {
        }
        auto made = makeLearner(m_config, m_samples.classCount(), torch::kCPU);
        if (!made) {
            return made.error();
        }
        m_learner = std::move(*made);
        if (m_config.mixedPrecision && hasFastBFloat16(torch::kCPU)) {
            m_singleConfig.mixedPrecision = false;
            auto single = makeLearner(m_singleConfig, m_samples.classCount(), torch::kCPU);
            if (!single) {
                return single.error();
            }
            m_single = std::move(*single);
        }
        return {};
    }
    void stepOf(Learner &learner, double t)
    {
        static_cast<void>(learner.step({.stage = m_stage, .step = m_step++, .t = t}, m_samples));
    }

    TrainingConfig m_config;
    TrainingConfig m_singleConfig;
    int m_defaultThreads;
    std::shared_ptr<test::MemorySamples> m_source;
    SampleCache m_samples;
    std::unique_ptr<Learner> m_learner;
    std::unique_ptr<Learner> m_single; ///< the same in float32
    std::size_t m_stage = 0;
    std::int64_t m_step = 0;
};

constexpr const char *InSingle = "product, float32";

struct Part
{
    const char *name;
    BlockSteps::Stage stage;
    double t;
    double target;
    bool mixes;
};

constexpr std::array<Part, 4> Parts{{{"stage 0, prior", BlockSteps::Prior, 0.5, 0.0, false},
                                     {"stage 1, alignment", BlockSteps::Alignment, 0.5, 4.0, false},
                                     {"stage 2, adapters", BlockSteps::Adapters, BeforeMixing, 1.5, false},
                                     {"stage 2 with mixing", BlockSteps::Adapters, WhileMixing, 1.5, true}}};

double secondsOf(const std::function<void()> &work)
{
    const double start = now();
    work();
    return now() - start;
}

std::vector<std::pair<std::string, double>> phasesOf(const PhaseTimes &times, int steps)
{
    std::vector<std::pair<std::string, double>> phases;
    for (std::size_t i = 0; i < PhaseCount; ++i) {
        const auto phase = static_cast<Phase>(i);
        phases.emplace_back(describe(phase), times.seconds(phase) / steps);
    }
    return phases;
}

class SpeedMeasurement
{
public:
    SpeedMeasurement(Setup &setup, const SpeedOptions &options)
        : m_setup(setup)
        , m_options(options)
        , m_plain(setup.config(), setup.samples(), Path::Plain)
        , m_blocks(setup.config(), setup.samples(), Path::Product)
    {}

    void run(LearningSpeed &speed)
    {
        for (const Part &part : Parts) {
            measure(part, speed);
        }
        speed.comparisons.push_back(predictions());
    }

private:
    void measure(const Part &part, LearningSpeed &speed)
    {
        double fill = secondsOf([&] { m_setup.enterStage(part.stage); });
        const int warmUp = m_setup.warmUp(part.stage);
        fill += secondsOf([&] {
            for (int i = 0; i < warmUp; ++i) {
                m_setup.productStep(part.t);
            }
        });
        std::vector<Way> ways{m_setup.product(part.t)};
        if (part.stage != BlockSteps::Prior) {
            m_plain.enterStage(part.stage);
            for (Way &way : m_setup.plain([&] { m_plain.step(part.mixes); })) {
                ways.push_back(std::move(way));
            }
        }
        if (m_setup.singlePrecision()) {
            for (int i = 0; i < warmUp; ++i) {
                m_setup.singleStep(part.t);
            }
            ways.push_back({InSingle, [this] { m_setup.selectProduct(); }, [&] { m_setup.singleStep(part.t); }});
        }
        Comparison comparison{part.name, part.target, 0.0,
                              measureInTurn(ways, 1, m_options.rounds, m_options.blockSeconds)};
        const double step = comparison.ways[0].seconds;
        if (part.stage == BlockSteps::Prior) {
            speed.priorStep = step;
        } else {
            speed.comparisons.push_back(comparison);
        }
        if (part.stage == BlockSteps::Alignment) {
            speed.latentSecondsPerImage =
                std::max(fill - warmUp * step, 0.0) / static_cast<double>(m_setup.samples().size());
        }
        if (m_options.wantsProfile) {
            speed.profiles.push_back(profile(part, step));
        }
    }

    Profile profile(const Part &part, double step)
    {
        constexpr int Steps = 12;
        constexpr std::size_t MostOperators = 14;
        Profile profile;
        profile.name = part.name;
        profile.productStep = step;
        m_setup.selectProduct();
        {
            const OperatorTimes operators;
            for (int i = 0; i < Steps; ++i) {
                m_setup.productStep(part.t);
            }
            for (const OperatorTimes::Row &row : operators.slowest(MostOperators)) {
                profile.operators.push_back({row.name, row.seconds / Steps, static_cast<double>(row.calls) / Steps});
            }
        }
        profile.product = phases(m_blocks, part, Steps);
        if (part.stage != BlockSteps::Prior) {
            m_setup.selectDefault();
            profile.plain = phases(m_plain, part, Steps / 2);
        }
        return profile;
    }

    static std::vector<std::pair<std::string, double>> phases(BlockSteps &blocks, const Part &part, int steps)
    {
        blocks.enterStage(part.stage);
        blocks.step(part.mixes);
        blocks.forgetTimes();
        for (int i = 0; i < steps; ++i) {
            blocks.step(part.mixes);
        }
        return phasesOf(blocks.times(), steps);
    }

    /// Straight after stage 2, so that the product has averaged weights to exchange.
    Comparison predictions()
    {
        const torch::Tensor images = m_setup.images();
        std::int64_t next = 0;
        std::vector<Way> ways{{"product", [&] { m_setup.selectProduct(); },
                               [&] { static_cast<void>(m_setup.learner().predict(images)); }}};
        for (Way &way : m_setup.plain([&] {
                 for (std::int64_t i = 0; i < images.size(0); ++i) {
                     static_cast<void>(m_plain.predict(images.narrow(0, next++ % images.size(0), 1)));
                 }
             })) {
            ways.push_back(std::move(way));
        }
        if (Learner *single = m_setup.singlePrecision()) {
            ways.push_back({InSingle, [&] { m_setup.selectProduct(); },
                            [&images, single] { static_cast<void>(single->predict(images)); }});
        }
        return {"prediction", 2.0, static_cast<double>(images.size(0)),
                measureInTurn(ways, 2, m_options.rounds, m_options.blockSeconds)};
    }

    Setup &m_setup;
    SpeedOptions m_options;
    BlockSteps m_plain;
    BlockSteps m_blocks;
};

} // namespace

int currentThreads()
{
    return at::get_num_threads();
}

core::Result<LearningSpeed> measureLearningSpeed(const SpeedOptions &options, int defaultThreads)
{
    auto setup = Setup::create(defaultThreads);
    if (!setup) {
        return setup.error();
    }
    LearningSpeed speed;
    speed.defaultThreads = defaultThreads;
    (*setup)->selectProduct();
    speed.productThreads = currentThreads();
    speed.profileName = (*setup)->config().profile == learning::Profile::Compact ? "compact" : "paper";
    speed.imageSize = (*setup)->config().imageSize;
    SpeedMeasurement(**setup, options).run(speed);
    return speed;
}

} // namespace semigda::bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/TrainingService.h"
#include "learning/NetworkShape.h"

#include <cstdint>
#include <optional>
#include <string>

namespace semigda::learning
{

enum class Method { SemiGda, Supervised };
enum class Profile { Compact, Paper };
/// The networks that come trained have learned from structures of one piece. For crowds of small ones (nuclei) it is
/// better to start afresh, see README.md.
enum ShippedNetworks : int { NoShippedNetworks, ShippedForSingleStructures, AlwaysShippedNetworks };

/// Where batches are made ready on a thread of their own. Where a graphics card trains, that should save time; with two
/// cores that both train it did not (104 steps in half a minute either way).
enum PrepareAhead : int { NeverAhead, AheadForGraphicsCards, AlwaysAhead };

/// Every setting of a run. Rates and batches of the paper profile are the paper's (SemiGDA, arXiv 2604.23274), those of
/// the compact profile were measured for minutes on two CPU cores. Each number can be set by name with `--set
/// name=value`.
struct TrainingConfig
{
    Method method = Method::SemiGda;
    Profile profile = Profile::Compact;
    std::string device = "auto";
    std::string cacheFolder;      ///< where the prior's latents are kept; empty: in memory. Not part of the JSON
    std::string priorFile;        ///< empty: the prior that comes with the program, if it fits the shape
    bool usesShippedPrior = true; ///< else, without a file, stage 0 trains one from scratch
    int shippedNetworks = 0;      ///< the mapping model, the CNN encoder and the adapters come trained too: a
                                  ///< ShippedNetworks
    std::uint64_t seed = 1;
    int imageSize = 128; ///< side in pixels, a multiple of the networks' reduction
    NetworkShape shape = NetworkShape::compact();

    double minutes = 10.0;       ///< time budget of the whole run; 0: by steps and epochs
    double priorShare = 0.15;    ///< of the budget for stage 0
    double alignmentShare = 0.2; ///< of the budget for stage 1
    int priorSteps = 200;        ///< without a budget
    int alignmentEpochs = 200;   ///< without a budget; an epoch passes once over the labelled images
    int adapterEpochs = 350;     ///< without a budget
    int supervisedEpochs = 350;  ///< without a budget

    int priorBatch = 8;
    double priorRate = 1e-3;
    double priorKlWeight = 1e-6;

    int alignmentBatch = 16;
    int alignmentLabelled = 8;
    double mappingRate = 2e-3;
    double cnnRate = 2e-3;
    bool useAdamForCnn = true; ///< else SGD with momentum 0.9, as in the paper
    double alignmentKlWeight = 0.0;
    bool completesPartial = true; ///< partial images take part in stage 1 where an earlier run proposes what they lack

    int adapterBatch = 4;
    int adapterLabelled = 2;
    double adapterRate = 1e-3;
    bool useAdamForAdapters = true;
    double weightDecay = 1e-4;
    double consistencyPeak = 0.3;     ///< weight of everything unlabelled at the end of the run
    double unlabelledStart = 0.0;     ///< fraction of stage 2 before the unlabelled images join
    double mixingStart = 1.0 / 3.0;   ///< fraction of stage 2 before mixing; 1 = never
    double pseudoThreshold = 0.933;   ///< least probability of a pseudo-label's pixel
    double sampleProbability = 0.5;   ///< of decoding a posterior sample in place of the mean
    bool usesAveragedTeacher = false; ///< pseudo-labels from the averaged weights, not from those of the moment
    bool ignoresUnsure = false;       ///< pixels below the threshold count for nothing, not as background
    bool mixesOnly = false;           ///< with an averaged teacher: mixed images take the unmixed ones' place
    bool sharesTeacher = false;       ///< with an averaged teacher: both branches learn from its weighted mean
    bool weighsTrust = false;         ///< a branch learns from the other as much as the other's weight in the mean
    bool unlabelledCode = false;      ///< the colour error on pseudo-labels too
    int vaeEvery = 1;                 ///< with an averaged teacher: the VAE branch learns in every so many-th step only
    bool balancesStrokes = false;     ///< with an averaged teacher: strokes count as much as the areas it sees for them
    double balanceDice = 0.7;         ///< on an image's strokes, below which the teacher is not to be believed there
    bool usesSkipAdapters = true;     ///< else the decoder sees the latent alone, as in stage 1
    bool mayKeepLargest = true;       ///< else every component of every class is kept, whatever the classes say
    bool keepsLikeliest = false; ///< where one component is kept and the class does not say which, see Inference_p.h
    double codeWeight = 0.0;     ///< of the squared error between decoded and true colours
    double crossEntropyWeight = 0.0; ///< on complete masks; partial ones always have it
    double classEntropyWeight = 0.0; ///< the same with several classes, where slices without one of them need it

    bool batchDice = false; ///< where masks lack a class, the Dice loss of a batch's pixels in place of each image's

    double supervisedRate = 1e-3;
    int supervisedBatch = 8;

    double vaeWeight = 0.5;          ///< of the VAE branch in the mean as long as no validation tells
    double averageDecay = 0.99;      ///< of the moving average of weights
    double validationSeconds = 15.0; ///< between validations with a budget
    int validationSteps = 50;        ///< and without
    double saveSeconds = 25.0;  ///< between saved states from which a killed run goes on; at least fifty times what
                                ///< saving takes
    int plateauValidations = 8; ///< without a better one, after which the user is told; 0: never
    double holdOut = 0.2;       ///< of the labelled groups, when there is no validation split
    int holdOutLeast = 5;       ///< labelled groups below which none is held out
    double holdOutUntil = 1.0;  ///< fraction of the last stage after which the held-out images train too
    int folds = 0;              ///< parts of cross-validation at the end of a run; below 2: none
    int foldsBelow = 10;        ///< labelled images from which on some are held out instead
    double foldShare = 0.25;    ///< of the budget for cross-validation; without one, its steps to those of the run
    int prepareAhead = AheadForGraphicsCards; ///< batches on another thread, a PrepareAhead; never changes them
    int latentCache = 1024;                   ///< MiB that the prior's latents may take, on disk or in memory
    int memoryLimit = 0; ///< MiB of memory to count on at most, so that others have some too; 0: all that is free
    int largestUnlabelled = 4000; ///< unlabelled images kept in memory; more are drawn at random
    bool spreadColours = true;    ///< the colours of several classes are equally far from each other and the background
    double stretch = 0.0;    ///< share of an image's values at either end that may be cut off to use the whole range
    double distortion = 0.0; ///< how much harder mixed images are to see, see distort()
    double labelledDistortion = 0.0; ///< and labelled ones, for both methods
    bool mixedPrecision = false;     ///< bfloat16 where the device is faster with it, see Precision_p.h
    int symmetries = 255; ///< by which images may be turned, a set as in Symmetries_p.h; 0: as the images show
    double affineProbability = 0.8;
    double jitterProbability = 0.5;
    double shift = 0.15;
    double scale = 0.2;
    double rotation = 20.0;   ///< degrees
    double jitter = 0.2;      ///< brightness, contrast, saturation
    double hueJitter = 0.1;   ///< of a full turn of the colour circle
    bool testFlips = true;    ///< predict the mirrored image too and average
    int posteriorSamples = 0; ///< samples of the latent whose predictions' variance is told beside the disagreement

    bool isTimed() const { return minutes > 0.0; }
    std::string toJson() const;
    static core::Result<TrainingConfig> fromJson(const std::string &text);
    /// Applies a request over its profile's defaults; InvalidArgument names what is wrong and what is possible.
    static core::Result<TrainingConfig> fromRequest(const core::TrainingRequest &request);
};

} // namespace semigda::learning

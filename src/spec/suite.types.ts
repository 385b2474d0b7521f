// Generated from suite.schema.json by `npm run types`. Do not edit.

/**
 * Identifier of the suite: lower-case words joined by - and /. Names its folder under reports/.
 */
export type SuiteId = string;
/**
 * The paper whose published values are in baselines/<paper>.json.
 */
export type PaperId = string;
/**
 * How many seeds (0, 1, 2 …) or which ones. Every arm is trained once per seed; statistics are paired over seeds.
 */
export type Seeds = number | [number, ...number[]] | SequentialSeeds;
/**
 * Level of every interval. Default 0.95.
 */
export type Confidence = number;
/**
 * holm (default): the chance that any gated claim of the suite is wrongly passed or failed is bounded by 1 − confidence, after Holm. none: that of each claim alone is.
 */
export type Multiplicity = "holm" | "none";
/**
 * Modules with metrics and data sets of your own: paths relative to the suite file (./mine.mjs), or names of packages. A plugin is code and runs with your rights.
 *
 * @minItems 1
 */
export type Plugins = [string, ...string[]];
/**
 * Name of a network in suites/networks, a path (./mine.json, relative to the suite file), or the network itself.
 */
export type NetworkReference = string | Network;
/**
 * Name of a data set, or a data set with a subset, or the user's own files, or data made up by a seeded generator, or data of a plugin.
 */
export type Data = DataSetName | DataSet | DataFiles | SurrogateData | PluginData;
/**
 * A data set claimbench can load by name: from --data-dir, CLAIMBENCH_DATA, an installed package or the cache of `claimbench data fetch`. timit stands for features of the user's own, train.safetensors and test.safetensors in a folder timit.
 */
export type DataSetName = "mnist" | "fashion-mnist" | "cifar-10" | "cifar-100" | "timit";
/**
 * Name of a plugin and of what it adds: my-plugin/weight-norm.
 */
export type PluginPart = `${string}/${string}`;
/**
 * Samples per update: a number, or a share of the training set such as "10%" (rounded down).
 */
export type BatchSize = number | string;
/**
 * The update rule, told apart by its key.
 */
export type Optimizer = AdamOptimizer | SgdOptimizer | AdagradOptimizer;
/**
 * Step size.
 */
export type LearningRate = number;
/**
 * λ of an L2 penalty: λ θ is added to the gradient, after clipping. Default 0.
 */
export type WeightDecay = number;
/**
 * Longest gradient: one with a larger Euclidean norm is scaled down to it. No limit when absent.
 */
export type ClipNorm = number;
/**
 * When training ends, told apart by its key.
 */
export type StopRule = StopAfterEpochs | StopAfterUpdates | StopAtUpdatesOf | StopAtTrainLoss | StopAtPlateau;
/**
 * Most samples whose gradient is taken at a time, to save memory: a batch is cut into nearly equal parts and their gradients are added up. Absent: the whole batch at once. A network with batch norm needs ghostBatchNorm.
 */
export type MicroBatch = number;
/**
 * Declares that batch norm normalises over each micro-batch, not over the batch (Hoffer et al. 2017): another regime, with other minimisers.
 */
export type GhostBatchNorm = true;
/**
 * What the rate does after the warm-up: cosine falls along half a cosine to 0 at the last epoch; step multiplies it at regular epochs.
 */
export type Decay = "cosine" | StepDecay;
/**
 * What an update descends instead of the batch's mean loss, told apart by its key.
 */
export type TrainingObjective = ProximalObjective | AdversarialObjective | StabilityObjective | SamObjective;
/**
 * A metric with its options, told apart by "metric". It is measured on every trial at its minimiser, or with everyEpochs also along its training, as a series.
 */
export type Measurement =
  | SharpnessMeasurement
  | AccuracyMeasurement
  | LossMeasurement
  | GradientNormMeasurement
  | DistanceMeasurement
  | TopEigenvalueMeasurement
  | PathMeasurement
  | TraceMeasurement
  | SpectrumMeasurement
  | SteepDirectionsMeasurement
  | NoiseScaleMeasurement
  | RescaledSharpnessMeasurement
  | AdaptiveSharpnessMeasurement
  | StepTimeMeasurement
  | PluginMeasurement;
/**
 * full: A is the identity; random: A has p random columns.
 */
export type SharpnessSpace = "full" | RandomSubspace;
/**
 * paper-literal: 10 iterations of L-BFGS-B from y = 0 in the paper's variables; scaled: the same in variables scaled to the box, the objective scaled by its largest slope; sign-ascent: projected sign-gradient ascent.
 */
export type Maximiser = "paper-literal" | "scaled" | "sign-ascent";
/**
 * Evaluate f on the first so many training samples only; all when absent.
 */
export type TrainingSamples = number;
/**
 * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
 */
export type EvaluationBatch = number;
/**
 * Measures also along the training: before it, after every so many epochs and at its end. References then stand for a series, or name one epoch: LB.sharpness[0.001,epoch=5].
 */
export type EveryEpochs = number;
/**
 * Measures only these arms; all when absent.
 *
 * @minItems 1
 */
export type OnlyArms = [string, ...string[]];
/**
 * Which samples.
 */
export type Split = "train" | "test";
/**
 * Which epoch: the last one (default), the one with the best value, how much the best exceeds the last, or all of them, as a series.
 */
export type At = "end" | "best" | "peak-minus-end" | "every-epoch";
/**
 * One check, told apart by its key. Each is judged by the interval, over seeds, of one number that every seed gives.
 */
export type Assertion =
  | GreaterAssertion
  | LessAssertion
  | RatioAssertion
  | DifferenceAssertion
  | WithinAssertion
  | CombinationAssertion
  | EquivalentAssertion
  | OrderedAssertion
  | TrendAssertion
  | ChangePointAssertion
  | NoDecayAssertion
  | MatchedLossAssertion
  | CorrelationAssertion
  | MaximisersAgreeAssertion
  | ConsistentAssertion
  | NotAssertion;
/**
 * Samples of an arm: Arm.measurement, or Arm.sharpness[0.001] for one ε, Arm.sharpness[0.001,scaled] for one ε and maximiser, Arm.path[rise,alpha=1.25] for a part at one α, Arm.sharpness[0.001,epoch=5] for one epoch of a series.
 */
export type Reference = string;
/**
 * Samples of an arm, or a number.
 */
export type Operand = Reference | number;
/**
 * Two references, paired over seeds.
 *
 * @minItems 2
 * @maxItems 2
 */
export type Pair = [Reference, Reference];
/**
 * <paper>#/<path> in baselines/<paper>.json.
 */
export type Pointer = string;

/**
 * One suite: what to train (arms), what to measure on the result, and which claims must hold.
 */
export interface SuiteFile {
  /**
   * Path of this schema, for editors.
   */
  $schema?: string;
  suite: SuiteId;
  /**
   * Heading of the report; the suite's id when absent.
   */
  title?: string;
  /**
   * What the suite checks and at which scale, in plain words; shown in the report.
   */
  description?: string;
  paper?: PaperId;
  seeds: Seeds;
  confidence?: Confidence;
  multiplicity?: Multiplicity;
  plugins?: Plugins;
  /**
   * What is trained, by name. The arms of one seed share their initial weights and their data order seed.
   */
  arms: {
    [k: string]: Arm;
  };
  /**
   * What is measured on every trial, by name.
   */
  measure: {
    [k: string]: Measurement;
  };
  /**
   * What must hold, by name.
   */
  claims: {
    [k: string]: Claim;
  };
  matrix?: Matrix;
  /**
   * Overrides for a scale of the run, chosen with --profile: smoke (seconds, only proves that the suite runs), quick (minutes on a laptop), nightly (what a nightly CI can afford), paper (full scale, as published). Without one the suite runs as it stands.
   */
  profiles?: {
    smoke?: Override;
    quick?: Override;
    nightly?: Override;
    paper?: Override;
  };
}
/**
 * Seeds 0 to min − 1, then more until every claim is decided, there are max, or the time of --budget is over. The allowed error is spent seed by seed, so looking often does not raise it.
 */
export interface SequentialSeeds {
  /**
   * Seeds before the first look.
   */
  min: number;
  /**
   * Seeds at most.
   */
  max: number;
  /**
   * Until every claim that is gated passes or fails.
   */
  until: "decided";
}
/**
 * Network × data set × regime. After `extends` and overrides are applied, network, data and train must be there.
 */
export interface Arm {
  /**
   * Another arm whose settings this one starts from.
   */
  extends?: string;
  network?: NetworkReference;
  data?: Data;
  train?: Regime;
}
/**
 * A feed-forward network as a list of layers. Parameters are named as torch.nn.Sequential names them: the index of the (unrolled) layer, then weight or bias.
 */
export interface Network {
  /**
   * Path of this schema, for editors.
   */
  $schema?: string;
  /**
   * Name shown in reports; the file's name when absent.
   */
  name?: string;
  /**
   * Where the network comes from, in words.
   */
  description?: string;
  /**
   * Shape of one sample without the batch: [features] or [channels, height, width]. A data set of any shape with as many elements fits a one-dimensional input.
   *
   * @minItems 1
   * @maxItems 3
   */
  input: [number, ...number[]];
  /**
   * Distribution of the initial weights of dense and conv layers; biases start at 0, batch-norm scales at 1. U(-a, a) with a = sqrt(6 / (fanIn + fanOut)) for glorot-uniform (default), sqrt(6 / fanIn) for he-uniform, sqrt(1 / fanIn) for uniform.
   */
  initialiser?: "glorot-uniform" | "he-uniform" | "uniform";
  /**
   * Layers in order of the forward pass; the last one gives the logits.
   *
   * @minItems 1
   */
  layers: [
    (DenseLayer | BatchNormLayer | ReluLayer | DropoutLayer | ConvLayer | MaxPoolLayer | FlattenLayer) | Repeat,
    ...((DenseLayer | BatchNormLayer | ReluLayer | DropoutLayer | ConvLayer | MaxPoolLayer | FlattenLayer) | Repeat)[]
  ];
}
/**
 * Fully connected layer, y = x Wᵀ + b; weight [units, inputs], bias [units].
 */
export interface DenseLayer {
  /**
   * Kind of the layer.
   */
  layer: "dense";
  /**
   * Outputs of the layer.
   */
  units: number;
}
/**
 * Batch normalisation with trainable scale (weight) and shift (bias).
 */
export interface BatchNormLayer {
  /**
   * Kind of the layer.
   */
  layer: "batch-norm";
  /**
   * What normalises at evaluation: the statistics of the evaluation batch (the authors' Keras-1 mode 2; default) or running averages kept while training: a tenth of each newest batch, with the unbiased variance, as PyTorch keeps them.
   */
  statistics?: "batch" | "running";
  /**
   * Added to the variance. Default 1e-5.
   */
  epsilon?: number;
}
/**
 * max(0, x).
 */
export interface ReluLayer {
  /**
   * Kind of the layer.
   */
  layer: "relu";
}
/**
 * Inverted dropout while training; the identity at evaluation.
 */
export interface DropoutLayer {
  /**
   * Kind of the layer.
   */
  layer: "dropout";
  /**
   * Share of the units dropped.
   */
  rate: number;
}
/**
 * Two-dimensional convolution; weight [filters, channels, height, width], bias [filters].
 */
export interface ConvLayer {
  /**
   * Kind of the layer.
   */
  layer: "conv";
  /**
   * Output channels.
   */
  filters: number;
  /**
   * Height and width of the kernel.
   */
  kernel: number;
  /**
   * Step of the window. Default 1.
   */
  stride?: number;
  /**
   * valid: none (default); same: outputs are ceil(input / stride), the odd row or column at the end, as in Keras; a number: that many on every side, as in PyTorch.
   */
  padding?: ("same" | "valid") | number;
}
/**
 * Two-dimensional maximum pooling.
 */
export interface MaxPoolLayer {
  /**
   * Kind of the layer.
   */
  layer: "max-pool";
  /**
   * Height and width of the window.
   */
  size: number;
  /**
   * Step of the window. Default: its size.
   */
  stride?: number;
  /**
   * valid: none (default); same: outputs are ceil(input / stride), the odd row or column at the end, as in Keras; a number: that many on every side, as in PyTorch.
   */
  padding?: ("same" | "valid") | number;
}
/**
 * [channels, height, width] to [channels · height · width].
 */
export interface FlattenLayer {
  /**
   * Kind of the layer.
   */
  layer: "flatten";
}
/**
 * A group of layers written once and unrolled several times.
 */
export interface Repeat {
  /**
   * How many times the group occurs.
   */
  repeat: number;
  /**
   * The group.
   *
   * @minItems 1
   *
   * Items: One layer, told apart by its kind in "layer".
   */
  layers: [
    DenseLayer | BatchNormLayer | ReluLayer | DropoutLayer | ConvLayer | MaxPoolLayer | FlattenLayer,
    ...(DenseLayer | BatchNormLayer | ReluLayer | DropoutLayer | ConvLayer | MaxPoolLayer | FlattenLayer)[]
  ];
}
/**
 * A named data set, whole or a part of it.
 */
export interface DataSet {
  set: DataSetName;
  /**
   * How many training samples to use; all when absent.
   */
  train?: number;
  /**
   * How many test samples to use; all when absent.
   */
  test?: number;
  /**
   * Draws the subset at random with this seed; the first samples of the file when absent.
   */
  subsetSeed?: number;
  labelNoise?: LabelNoise;
  orSurrogate?: SurrogateData;
}
/**
 * Replaces the labels of a share of the training samples by other classes, drawn once.
 */
export interface LabelNoise {
  /**
   * Of the training samples, 0 to 1.
   */
  share: number;
  /**
   * Draws the samples and their new labels. Default 0.
   */
  seed?: number;
}
/**
 * Data made up by a seeded generator, in the place of data that cannot be had. Verdicts on it are marked as surrogate everywhere.
 */
export interface SurrogateData {
  /**
   * frames: like the frames of speech features; a class has a few means in a low-dimensional space, frames are one of them with noise, and classes are of unequal frequency.
   */
  surrogate: "frames";
  /**
   * Numbers of a frame.
   */
  features: number;
  /**
   * Classes.
   */
  classes: number;
  /**
   * Training frames.
   */
  train: number;
  /**
   * Test frames.
   */
  test: number;
  /**
   * Of the generator. Default 0.
   */
  seed?: number;
  /**
   * Standard deviation of the noise in units of the spread of the means: how hard it is. Default 1.
   */
  noise?: number;
}
/**
 * The user's own data: safetensors files with x (float32 [n, …]) and y (int32 [n]), or pairs of .npy files.
 */
export interface DataFiles {
  /**
   * Paths relative to the suite file.
   */
  files: {
    /**
     * Training samples.
     */
    train: string | NpyPair;
    /**
     * Test samples.
     */
    test: string | NpyPair;
  };
}
/**
 * Samples as two NumPy files.
 */
export interface NpyPair {
  /**
   * Path of a .npy file, float [n, …].
   */
  x: string;
  /**
   * Path of a .npy file, integer [n].
   */
  y: string;
}
/**
 * Data of one of the suite's plugins. Its other keys are the options that the plugin declares.
 */
export interface PluginData {
  plugin: PluginPart;
  code?: PluginCode;
}
/**
 * What the plugin says of itself; for records, a suite has no such key.
 */
export interface PluginCode {
  /**
   * As the suite names it.
   */
  module: string;
  /**
   * Of the plugin.
   */
  version?: string;
  /**
   * SHA-256 of the module's file.
   */
  sha256: string;
  /**
   * What it measures or holds, in words.
   */
  title: string;
  /**
   * Of its value.
   */
  unit?: string;
  /**
   * Units of its values by name, where it gives several.
   */
  values?: {
    [k: string]: string;
  };
}
/**
 * How to train. After overrides are applied, batch, optimizer and stop must be there.
 */
export interface Regime {
  batch?: BatchSize;
  optimizer?: Optimizer;
  stop?: StopRule;
  /**
   * Whether the last, short batch of an epoch is used. Default keep.
   */
  lastBatch?: "keep" | "drop";
  microBatch?: MicroBatch;
  ghostBatchNorm?: GhostBatchNorm;
  schedule?: Schedule;
  start?: WarmStart;
  batchGrowth?: BatchGrowth;
  rateScaling?: RateScaling;
  objective?: TrainingObjective;
  augment?: Augmentation;
}
/**
 * Adam (Kingma & Ba 2015) with bias correction.
 */
export interface AdamOptimizer {
  adam: AdamSettings;
}
/**
 * Constants of Adam.
 */
export interface AdamSettings {
  learningRate: LearningRate;
  /**
   * Decay of the first moment. Default 0.9.
   */
  beta1?: number;
  /**
   * Decay of the second moment. Default 0.999.
   */
  beta2?: number;
  /**
   * Added to the root of the second moment. Default 1e-8.
   */
  epsilon?: number;
  weightDecay?: WeightDecay;
  clipNorm?: ClipNorm;
}
/**
 * Stochastic gradient descent, with momentum where declared: v ← m v + g, θ ← θ − lr v.
 */
export interface SgdOptimizer {
  sgd: SgdSettings;
}
/**
 * Constants of SGD.
 */
export interface SgdSettings {
  learningRate: LearningRate;
  /**
   * Share of the last step kept. Default 0.
   */
  momentum?: number;
  weightDecay?: WeightDecay;
  clipNorm?: ClipNorm;
}
/**
 * AdaGrad (Duchi et al. 2011): s ← s + g², θ ← θ − lr g / (√s + ε).
 */
export interface AdagradOptimizer {
  adagrad: AdagradSettings;
}
/**
 * Constants of AdaGrad.
 */
export interface AdagradSettings {
  learningRate: LearningRate;
  /**
   * Added to the root of the sum of squares. Default 1e-10.
   */
  epsilon?: number;
  weightDecay?: WeightDecay;
  clipNorm?: ClipNorm;
}
/**
 * After this many passes over the training set.
 */
export interface StopAfterEpochs {
  /**
   * Passes over the training set.
   */
  epochs: number;
}
/**
 * At the end of the first epoch that reaches this many parameter updates.
 */
export interface StopAfterUpdates {
  /**
   * Parameter updates.
   */
  updates: number;
}
/**
 * At the end of the first epoch that reaches as many updates as another arm makes (the equal-updates control).
 */
export interface StopAtUpdatesOf {
  /**
   * An arm that stops after epochs or updates.
   */
  updatesOf: string;
}
/**
 * At the end of the first epoch whose training loss is no higher than this, at the latest after maxEpochs.
 */
export interface StopAtTrainLoss {
  /**
   * Mean cross-entropy over the training set, in nats.
   */
  trainLoss: number;
  /**
   * Passes over the training set after which training ends anyway.
   */
  maxEpochs: number;
}
/**
 * When the training loss has ceased to improve, at the latest after maxEpochs. The loss of every epoch is looked at.
 */
export interface StopAtPlateau {
  plateau: Plateau;
  /**
   * Passes over the training set after which training ends anyway.
   */
  maxEpochs: number;
}
/**
 * When a loss counts as no better.
 */
export interface Plateau {
  /**
   * Epochs without improvement after which training ends.
   */
  patience: number;
  /**
   * Smallest decrease that counts, as a share of the best loss so far. Default 0.
   */
  minDecrease?: number;
}
/**
 * How the learning rate changes over training; constant when absent. The rate is set anew for every update.
 */
export interface Schedule {
  /**
   * Rises linearly to the optimiser's rate over so many epochs (Goyal et al. 2017).
   */
  warmUpEpochs?: number;
  decay?: Decay;
}
/**
 * Multiplies the rate by a factor at regular epochs.
 */
export interface StepDecay {
  /**
   * Epochs between two changes.
   */
  everyEpochs: number;
  /**
   * What the rate is multiplied by.
   */
  factor: number;
}
/**
 * A warm start: training begins where another arm was after an epoch, at the same seed, instead of at x₀. Distances are then from there.
 */
export interface WarmStart {
  /**
   * An arm with the same network.
   */
  arm: string;
  /**
   * Epochs that arm had trained; 0 is its own start.
   */
  epoch: number;
  /**
   * Whether the optimiser starts anew or goes on with the other arm's moments. Default fresh.
   */
  optimizerState?: "fresh" | "carried";
}
/**
 * The batch grows at regular epochs, as in dynamic sampling (Byrd et al. 2012; Smith et al. 2018); `batch` is the first size.
 */
export interface BatchGrowth {
  /**
   * Epochs between two changes.
   */
  everyEpochs: number;
  /**
   * What the batch size is multiplied by.
   */
  factor: number;
  most?: BatchSize;
}
/**
 * Multiplies the learning rate by a power of batch / from.
 */
export interface RateScaling {
  /**
   * linear: Goyal et al. 2017; square-root: Hoffer et al. 2017.
   */
  rule: "linear" | "square-root";
  from: BatchSize;
}
/**
 * Conservative training (Keskar et al. 2017, App. E.2; Li et al. 2014): on each batch so many updates of its loss + λ/2 ‖θ − θₖ‖², θₖ being where the batch began.
 */
export interface ProximalObjective {
  proximal: ProximalSettings;
}
/**
 * Constants of conservative training.
 */
export interface ProximalSettings {
  /**
   * λ.
   */
  lambda: number;
  /**
   * Updates on each batch.
   */
  steps: number;
}
/**
 * Adversarial training by the fast gradient sign method (Goodfellow et al. 2015): weight · loss(x) + (1 − weight) · loss(x + ε sign ∂loss/∂x).
 */
export interface AdversarialObjective {
  adversarial: AdversarialSettings;
}
/**
 * Constants of adversarial training.
 */
export interface AdversarialSettings {
  /**
   * ε, in the units of the data; images are in 0 to 1.
   */
  epsilon: number;
  /**
   * Of the loss on the unchanged samples. Default 0.5.
   */
  weight?: number;
}
/**
 * Stability training (Zheng et al. 2016): loss(x) + weight · cross-entropy of the predictions at x and those at x with Gaussian noise; the former are held fixed in the second term.
 */
export interface StabilityObjective {
  stability: StabilitySettings;
}
/**
 * Constants of stability training.
 */
export interface StabilitySettings {
  /**
   * Standard deviation of the noise, in the units of the data.
   */
  noise: number;
  /**
   * Of the stability term.
   */
  weight: number;
}
/**
 * Sharpness-aware minimisation (Foret et al. 2021): the gradient at θ + ρ g / ‖g‖₂, g being the gradient at θ. An update takes two gradients.
 */
export interface SamObjective {
  sam: SamSettings;
}
/**
 * Constants of SAM.
 */
export interface SamSettings {
  /**
   * ρ.
   */
  rho: number;
}
/**
 * Changes the training images at random, anew every epoch (Keskar et al. 2017, Table 6). Losses and metrics are of the unchanged images.
 */
export interface Augmentation {
  /**
   * Mirrors left and right with probability 1/2.
   */
  flip?: true;
  /**
   * Most degrees of rotation, to either side.
   */
  rotate?: number;
  /**
   * Most translation along each axis, as a share of the image's size.
   */
  shift?: number;
}
/**
 * Metric 2.1 of Keskar et al. 2017 (eq. 4) on the training loss: 100 · (max f − f) / (1 + f) over a box around the minimiser.
 */
export interface SharpnessMeasurement {
  /**
   * Which metric.
   */
  metric: "sharpness";
  space: SharpnessSpace;
  /**
   * Sizes of the box; the half-width of coordinate i is ε (|xᵢ| + 1).
   *
   * @minItems 1
   */
  epsilon: [number, ...number[]];
  /**
   * Which maximisers search the box. A claim that names none is judged with each; if they disagree in sign it is inconclusive.
   *
   * @minItems 1
   */
  maximiser: [Maximiser, ...Maximiser[]];
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  everyEpochs?: EveryEpochs;
  arms?: OnlyArms;
}
/**
 * The column space of a random A.
 */
export interface RandomSubspace {
  /**
   * Number p of columns of A. The paper uses 100.
   */
  random: number;
  /**
   * How many independent A are drawn per trial; a sample is the mean over them. The arms of one seed share their draws. Default 5.
   */
  draws?: number;
  /**
   * Law of A's columns: N(0, 1) entries (default), or those scaled to unit length. The paper does not say.
   */
  columns?: "gaussian" | "unit";
}
/**
 * Share of samples classified correctly, 0 to 1, from the learning curve.
 */
export interface AccuracyMeasurement {
  /**
   * Which metric.
   */
  metric: "accuracy";
  on: Split;
  at?: At;
  arms?: OnlyArms;
}
/**
 * Mean cross-entropy in nats, from the learning curve.
 */
export interface LossMeasurement {
  /**
   * Which metric.
   */
  metric: "loss";
  on: Split;
  at?: At;
  arms?: OnlyArms;
}
/**
 * ‖∇f‖₂ of the training loss at the minimiser.
 */
export interface GradientNormMeasurement {
  /**
   * Which metric.
   */
  metric: "gradient-norm";
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  everyEpochs?: EveryEpochs;
  arms?: OnlyArms;
}
/**
 * ‖x* − x₀‖₂, how far training went from its start.
 */
export interface DistanceMeasurement {
  /**
   * Which metric.
   */
  metric: "distance";
  everyEpochs?: EveryEpochs;
  arms?: OnlyArms;
}
/**
 * Eigenvalue of largest magnitude of the Hessian of the training loss, signed, by power iteration on Hessian-vector products from central differences of gradients.
 */
export interface TopEigenvalueMeasurement {
  /**
   * Which metric.
   */
  metric: "top-eigenvalue";
  /**
   * Most power iterations. Default 50.
   */
  iterations?: number;
  /**
   * Relative change at which the iteration ends. Default 1e-3.
   */
  tolerance?: number;
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  everyEpochs?: EveryEpochs;
  arms?: OnlyArms;
}
/**
 * f along a path from another arm's minimiser at the same seed (α = 0) to this arm's (α = 1): loss and accuracy on training and test samples at every α, and what follows from the training loss. References name a part, and α where it has one: LB.path[rise,alpha=1.25].
 */
export interface PathMeasurement {
  /**
   * Which metric.
   */
  metric: "path";
  /**
   * linear: α x₁ + (1 − α) x₀ (Keskar et al. 2017, Fig. 3); curvilinear: sin(απ/2) x₁ + cos(απ/2) x₀ (App. D); filter-normalised: outwards from each end along the line between them, each filter's part of the direction scaled to that filter's norm at that end (after Li et al. 2018), so that α < 0 and α > 1 compare the ends at their own scale.
   */
  shape: "linear" | "curvilinear" | "filter-normalised";
  /**
   * The arm at α = 0.
   */
  from: string;
  /**
   * Values of α, evenly spaced. Default 25.
   */
  points?: number;
  /**
   * First and last α. Default [-1, 2].
   *
   * @minItems 2
   * @maxItems 2
   */
  range?: [number, number];
  /**
   * The half-width at an end is how far outwards, in α, its training loss has risen by so many nats. Default 0.5.
   */
  lossRise?: number;
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  arms?: OnlyArms;
}
/**
 * Trace of the Hessian of the training loss at the minimiser, by Hutchinson's estimator with Rademacher probes.
 */
export interface TraceMeasurement {
  /**
   * Which metric.
   */
  metric: "trace";
  /**
   * Random vectors. Default 20.
   */
  probes?: number;
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  everyEpochs?: EveryEpochs;
  arms?: OnlyArms;
}
/**
 * Density of the Hessian's eigenvalues by stochastic Lanczos quadrature. Parts: largest, smallest, share-above-tenth (of eigenvalues above a tenth of the largest), share-negative.
 */
export interface SpectrumMeasurement {
  /**
   * Which metric.
   */
  metric: "spectrum";
  /**
   * Random starts. Default 3.
   */
  probes?: number;
  /**
   * Lanczos steps of each. Default 40.
   */
  steps?: number;
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  arms?: OnlyArms;
}
/**
 * Share of random directions, filter-normalised (Li et al. 2018), along which the training loss rises by more than so many nats.
 */
export interface SteepDirectionsMeasurement {
  /**
   * Which metric.
   */
  metric: "steep-directions";
  /**
   * Random directions. Default 200.
   */
  directions?: number;
  /**
   * Length of the step in units of the filter-normalised direction.
   */
  distance: number;
  /**
   * Nats.
   */
  rise: number;
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  arms?: OnlyArms;
}
/**
 * Simple gradient noise scale tr Σ / |G|², in samples, from gradients of small and large batches (McCandlish et al. 2018, App. A).
 */
export interface NoiseScaleMeasurement {
  /**
   * Which metric.
   */
  metric: "gradient-noise-scale";
  /**
   * Samples of a small batch.
   */
  small: number;
  /**
   * Samples of a large batch.
   */
  large: number;
  /**
   * Batches of each size. Default 20.
   */
  repeats?: number;
  everyEpochs?: EveryEpochs;
  arms?: OnlyArms;
}
/**
 * Sharpness at a point with the same function (Dinh et al. 2017): the parameters that feed a ReLU are multiplied by a factor and the weights that take its output divided by it. Parts: loss-change, |f(rescaled) − f(x)|; accuracy-change; and sharpness, by ε and maximiser.
 */
export interface RescaledSharpnessMeasurement {
  /**
   * Which metric.
   */
  metric: "rescaled-sharpness";
  /**
   * What the first layer before a ReLU is multiplied by; a power of 2 changes no rounding.
   */
  factor: number;
  /**
   * Sizes of the box; the half-width of coordinate i is ε (|xᵢ| + 1).
   *
   * @minItems 1
   */
  epsilon: [number, ...number[]];
  /**
   * Which maximisers search the box. A claim that names none is judged with each; if they disagree in sign it is inconclusive.
   *
   * @minItems 1
   */
  maximiser: [Maximiser, ...Maximiser[]];
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  arms?: OnlyArms;
}
/**
 * Largest rise of the training loss in a ball, in nats, by normalised gradient ascent: max f(x + e) − f(x) over ‖T⁻¹e‖₂ ≤ ρ.
 */
export interface AdaptiveSharpnessMeasurement {
  /**
   * Which metric.
   */
  metric: "adaptive-sharpness";
  /**
   * ρ.
   */
  rho: number;
  /**
   * T: |xᵢ| for every parameter (Kwon et al. 2021; default), its filter's norm, or 1 (Foret et al. 2021).
   */
  scale?: "element" | "filter" | "none";
  /**
   * Steps of ascent. Default 20.
   */
  steps?: number;
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  everyEpochs?: EveryEpochs;
  arms?: OnlyArms;
}
/**
 * Time of a training update of this arm on this machine, by tinybench. Parts: seconds (median of an update), samples-per-second, training-seconds (the median times the updates made), repeat-ratio (the median of a second series over that of the first: noise).
 */
export interface StepTimeMeasurement {
  /**
   * Which metric.
   */
  metric: "step-time";
  /**
   * Timed updates. Default 20.
   */
  iterations?: number;
  arms?: OnlyArms;
}
/**
 * A metric of one of the suite's plugins. Its other keys are the options that the plugin declares.
 */
export interface PluginMeasurement {
  metric: PluginPart;
  samples?: TrainingSamples;
  evaluationBatch?: EvaluationBatch;
  everyEpochs?: EveryEpochs;
  arms?: OnlyArms;
  code?: PluginCode;
}
/**
 * A statement of the paper with the assertions that make it checkable. It holds when all of them hold.
 */
export interface Claim {
  /**
   * The claim in one sentence, in our own words.
   */
  statement: string;
  /**
   * Where the paper makes it: table or figure, and page.
   */
  source: string;
  /**
   * Number of the claim in the registry, such as C04.
   */
  registry?: string;
  /**
   * What must hold, over samples paired by seed.
   *
   * @minItems 1
   */
  assert: [Assertion, ...Assertion[]];
  /**
   * Pointer(s) to the paper's own values, <paper>#/<path>, shown beside ours. {axis} is replaced by the matrix value.
   */
  published?: Pointer | [Pointer, ...Pointer[]];
  /**
   * A caveat shown beside the verdict.
   */
  note?: string;
  /**
   * A finding to be told, not a claim to be checked: its verdict is shown and counts nowhere.
   */
  finding?: true;
}
/**
 * The mean of the first exceeds the second: interval of the paired difference above 0.
 */
export interface GreaterAssertion {
  /**
   * [what is greater, than what].
   *
   * @minItems 2
   * @maxItems 2
   */
  greater: [Reference, Operand];
  /**
   * Smallest difference that counts.
   */
  atLeast?: number;
}
/**
 * The mean of the first is below the second: interval of the paired difference below 0.
 */
export interface LessAssertion {
  /**
   * [what is less, than what].
   *
   * @minItems 2
   * @maxItems 2
   */
  less: [Reference, Operand];
  /**
   * Smallest difference that counts.
   */
  atLeast?: number;
}
/**
 * The geometric mean of first / second exceeds a number: interval of the paired log-ratio above it. For positive quantities: φ, distances, eigenvalues.
 */
export interface RatioAssertion {
  ratio: Pair;
  /**
   * The whole interval must lie above it, usually 1.
   */
  above: number;
  /**
   * Smallest ratio that counts.
   */
  atLeast?: number;
}
/**
 * The mean of first − second exceeds a number: interval of the paired difference above it.
 */
export interface DifferenceAssertion {
  difference: Pair;
  /**
   * The whole interval must lie above it, usually 0.
   */
  above: number;
  /**
   * Smallest difference that counts.
   */
  atLeast?: number;
}
/**
 * The mean, or the mean paired difference of two, lies in a range: the whole interval must.
 */
export interface WithinAssertion {
  /**
   * One reference, or two for first − second.
   */
  within: Reference | Pair;
  /**
   * [lowest, highest].
   *
   * @minItems 2
   * @maxItems 2
   */
  range: [number, number];
}
/**
 * The mean of a sum of samples, each times a number, lies above or below a bound: {"SB.testAccuracy": 0.5, "LB.testAccuracy": -0.5} is half the gap.
 */
export interface CombinationAssertion {
  /**
   * Factors by reference.
   */
  combination: {
    [k: string]: number;
  };
  /**
   * The whole interval must lie above it.
   */
  above?: number;
  /**
   * The whole interval must lie below it.
   */
  below?: number;
}
/**
 * Two are equivalent: two one-sided tests (Schuirmann 1987), which is to say that the interval at confidence 2c − 1 lies within the margin.
 */
export interface EquivalentAssertion {
  equivalent: Pair;
  /**
   * Largest difference that does not count; of a ratio, largest factor, above 1.
   */
  margin: number;
  /**
   * Default difference.
   */
  scale?: "difference" | "ratio";
}
/**
 * Each exceeds the one before it: every interval of a paired difference lies above 0.
 */
export interface OrderedAssertion {
  /**
   * From the smallest to the largest.
   *
   * @minItems 2
   */
  ordered: [Reference, Reference, ...Reference[]];
}
/**
 * Spearman's rank correlation, of each seed, with the position in a list of references, or with the epoch or the loss in a series: the interval of its mean lies on the claimed side of 0.
 */
export interface TrendAssertion {
  /**
   * A series, or a list of single samples in order.
   */
  trend: Reference | [Reference, Reference, Reference, ...Reference[]];
  /**
   * What is claimed.
   */
  direction: "increasing" | "decreasing";
  /**
   * In a series: the epoch (default), or the training loss that was measured along.
   */
  against?: "epoch" | "loss";
  /**
   * In a series: only its later half.
   */
  half?: "late";
  /**
   * Smallest |ρ| that counts.
   */
  atLeast?: number;
}
/**
 * Two straight lines that meet at one of the points describe a list of samples better than one line: the interval, over seeds, of BIC(one) − BIC(two) lies above a number.
 */
export interface ChangePointAssertion {
  /**
   * In the order of what they may depend on.
   *
   * @minItems 6
   */
  changePoint: [Reference, Reference, Reference, Reference, Reference, Reference, ...Reference[]];
  /**
   * Position of each reference; 1, 2, 3 … when absent, as for batch sizes that double.
   *
   * @minItems 6
   */
  at?: [number, number, number, number, number, number, ...number[]];
  /**
   * Smallest difference of BIC. Default 6.
   */
  above?: number;
}
/**
 * A series does not peak and then decay: the interval of peak − last lies below a tolerance.
 */
export interface NoDecayAssertion {
  noPeakThenDecay: Reference;
  /**
   * In the units of the series.
   */
  tolerance: number;
}
/**
 * The ratio of two series at equal training loss, interpolated linearly in the logarithms of both: above a number. lowest and highest are the ends of the range of losses that both series of a seed cover; lowest-to-highest is the ratio at the one divided by that at the other.
 */
export interface MatchedLossAssertion {
  ratioAtLoss: Pair;
  /**
   * Which shared loss, or one in nats.
   */
  loss: ("lowest" | "highest" | "lowest-to-highest") | number;
  /**
   * The whole interval must lie above it, usually 1.
   */
  above: number;
  /**
   * Smallest ratio that counts.
   */
  atLeast?: number;
}
/**
 * Spearman's rank correlation of two measurements over all trials of some arms lies above a number; its interval is Fisher's, with Bonett and Wright's variance.
 */
export interface CorrelationAssertion {
  /**
   * Two measurements, with options as in references but without an arm: sharpness[0.001].
   *
   * @minItems 2
   * @maxItems 2
   */
  correlation: [string, string];
  /**
   * Whose trials are taken together.
   *
   * @minItems 1
   */
  arms: [string, ...string[]];
  /**
   * The whole interval must lie above it.
   */
  above: number;
}
/**
 * All maximisers find the ratio on the same side of 1: every interval lies above it, or every one below.
 */
export interface MaximisersAgreeAssertion {
  maximisersAgree: Pair;
}
/**
 * Our mean lies in the prediction interval that a published mean ± standard deviation of n trials gives for the mean of as many trials as ours.
 */
export interface ConsistentAssertion {
  consistent: Reference;
  with: Pointer;
  /**
   * Arm of the published entry; the reference's own when absent.
   */
  arm?: string;
}
/**
 * The opposite of an assertion: it passes where that fails, and fails where that passes.
 */
export interface NotAssertion {
  not: Assertion;
}
/**
 * Axes of variants. Arms and claims are repeated for every combination, named SB[F1], lb-sharper[F1]; each variant overrides any field.
 */
export interface Matrix {
  /**
   * Variants of one axis, by name.
   */
  [k: string]: {
    [k: string]: Variant;
  };
}
/**
 * What a variant overrides. Objects are merged; network, data, optimizer, stop, measurements and arrays are replaced whole; null removes.
 */
export interface Variant {
  arms?: ArmOverrides;
  measure?: MeasureOverrides;
  claims?: ClaimOverrides;
}
/**
 * Arms to change, add or (null) remove.
 */
export interface ArmOverrides {
  [k: string]: null | Arm;
}
/**
 * Measurements to replace, add or (null) remove.
 */
export interface MeasureOverrides {
  [k: string]: null | Measurement;
}
/**
 * Claims to change or (null) remove.
 */
export interface ClaimOverrides {
  [k: string]: null | ClaimOverride;
}
/**
 * Fields of a claim to replace.
 */
export interface ClaimOverride {
  /**
   * See Claim.
   */
  statement?: string;
  /**
   * See Claim.
   */
  source?: string;
  /**
   * See Claim.
   */
  registry?: string;
  /**
   * Replaces all assertions of the claim.
   *
   * @minItems 1
   */
  assert?: [Assertion, ...Assertion[]];
  /**
   * See Claim.
   */
  published?: Pointer | [Pointer, ...Pointer[]];
  /**
   * See Claim.
   */
  note?: string;
  /**
   * See Claim; false makes it a claim again.
   */
  finding?: boolean;
}
/**
 * What a profile overrides. Objects are merged; network, data, optimizer, stop, measurements and arrays are replaced whole; null removes.
 */
export interface Override {
  /**
   * See SuiteFile.
   */
  title?: string;
  /**
   * See SuiteFile.
   */
  description?: string;
  seeds?: Seeds;
  confidence?: Confidence;
  multiplicity?: Multiplicity;
  arms?: ArmOverrides;
  measure?: MeasureOverrides;
  claims?: ClaimOverrides;
  /**
   * Axes to add, change or (null) remove.
   */
  matrix?: {
    [k: string]: null | {
      [k: string]: null | Variant;
    };
  };
}

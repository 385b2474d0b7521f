// Generated from run.schema.json by `npm run types`. Do not edit.

/**
 * Measures only these arms; all when absent.
 *
 * @minItems 1
 */
export type OnlyArms = [string, ...string[]];
/**
 * An assertion with its operands taken apart.
 */
export type ResolvedAssertion =
  | OrderAssertion
  | ResolvedRatio
  | ResolvedDifference
  | ResolvedWithin
  | ResolvedCombination
  | ResolvedEquivalent
  | ResolvedOrdered
  | ResolvedTrend
  | ResolvedChangePoint
  | ResolvedNoDecay
  | ResolvedMatchedLoss
  | ResolvedCorrelation
  | ResolvedMaximisersAgree
  | ResolvedConsistent
  | ResolvedNot;
/**
 * One training run, told apart by its state.
 */
export type Trial = CompletedTrial | DivergedTrial | FailedTrial;
/**
 * One value of one measurement at one seed, or why there is none.
 */
export type Sample = MeasuredSample | AbsentSample;

/**
 * One execution of a suite on one machine: all samples and where they come from. Self-contained and free of paths; verdicts are made from it and not stored in it.
 */
export interface RunRecord {
  /**
   * Version of this format.
   */
  format: "claimbench-run/1";
  run: RunFacts;
  suite: Suite;
  provenance: Provenance;
  /**
   * Every planned trial and what became of it.
   */
  trials: Trial[];
  /**
   * Every sample of every measurement.
   */
  samples: Sample[];
  /**
   * The published entries that the suite's claims point at, by pointer.
   */
  published: {
    [k: string]: PublishedEntry;
  };
}
/**
 * When and how the suite was run.
 */
export interface RunFacts {
  /**
   * Name of the run's folder: start time in UTC.
   */
  id: string;
  /**
   * ISO 8601, UTC.
   */
  startedAt: string;
  /**
   * ISO 8601, UTC.
   */
  endedAt: string;
  /**
   * Whether every planned trial was attempted.
   */
  status: "complete" | "interrupted";
  /**
   * Wall time.
   */
  durationSeconds: number;
  /**
   * Command line that repeats the run, with the suite's base name.
   */
  command: string;
  /**
   * Why no more seeds were added, where the suite leaves their number open.
   */
  seedsEnded?: "decided" | "maximum" | "budget";
  shard?: Shard;
  /**
   * The runs that a merged record is made of. Its id is the time of merging; it started with the first and ended with the last of them, and its duration is the sum of theirs. Where their provenances differ, its own names every machine, and has the smallest of numbers.
   *
   * @minItems 1
   */
  parts?: [RunPart, ...RunPart[]];
}
/**
 * Which part of the suite's trials was planned, where it was not all of them.
 */
export interface Shard {
  /**
   * Counted from 1.
   */
  index: number;
  /**
   * Shards of the suite.
   */
  count: number;
}
/**
 * One of the runs of a merged record.
 */
export interface RunPart {
  /**
   * Name of the run's folder: start time in UTC.
   */
  id: string;
  /**
   * ISO 8601, UTC.
   */
  startedAt: string;
  /**
   * ISO 8601, UTC.
   */
  endedAt: string;
  /**
   * Whether all that it planned was attempted.
   */
  status: "complete" | "interrupted";
  /**
   * Wall time.
   */
  durationSeconds: number;
  /**
   * Command line that repeats it.
   */
  command: string;
  shard?: Shard;
  provenance: Provenance;
  /**
   * The trials it brought to an end: completed or diverged.
   */
  trials: PartTrial[];
}
/**
 * What the samples were made with.
 */
export interface Provenance {
  claimbench: ClaimbenchVersion;
  /**
   * Node's version.
   */
  node: string;
  engine: EngineFacts;
  hardware: HardwareFacts;
  /**
   * Platform and release.
   */
  operatingSystem: string;
  /**
   * Worker processes side by side.
   */
  workers: number;
  /**
   * Threads of each; the samples depend on it in the last bits.
   */
  threadsPerWorker: number;
  /**
   * Files the data came from.
   */
  dataSets: DataFileFacts[];
}
/**
 * This program.
 */
export interface ClaimbenchVersion {
  /**
   * Version.
   */
  version: string;
  /**
   * Commit of the checkout it ran from, with +changes where files differed.
   */
  gitCommit?: string;
}
/**
 * What computed.
 */
export interface EngineFacts {
  /**
   * onnx or tensorflow.
   */
  name: string;
  /**
   * Version of the runtime.
   */
  version: string;
  /**
   * cpu, cuda, webgpu …
   */
  device: string;
  /**
   * float32.
   */
  precision: string;
  /**
   * Why this engine and device.
   */
  chosen?: string;
  /**
   * Of a training step, the operators that ran on the CPU although another device was used.
   */
  cpuOperators?: string[];
}
/**
 * The machine.
 */
export interface HardwareFacts {
  /**
   * Model of the processor.
   */
  cpu: string;
  /**
   * Logical processors.
   */
  cores: number;
  /**
   * Memory in bytes.
   */
  memoryBytes: number;
  /**
   * x64, arm64.
   */
  architecture: string;
  /**
   * Graphics processor, if one was used or found.
   */
  gpu?: string;
}
export interface DataFileFacts {
  /**
   * File.
   */
  name: string;
  /**
   * SHA-256 of its bytes.
   */
  sha256: string;
}
export interface PartTrial {
  /**
   * Arm.
   */
  arm: string;
  /**
   * Seed.
   */
  seed: number;
}
/**
 * The suite as it was run: profile, matrix, extends and defaults applied.
 */
export interface Suite {
  /**
   * The suite's id.
   */
  id: string;
  /**
   * Heading.
   */
  title: string;
  /**
   * What the suite checks.
   */
  description?: string;
  /**
   * The paper's id.
   */
  paper?: string;
  /**
   * Profile that was chosen, if any.
   */
  profile?: "smoke" | "quick" | "nightly" | "paper";
  /**
   * SHA-256 of the suite file's bytes.
   */
  sha256: string;
  /**
   * Seeds.
   *
   * @minItems 1
   */
  seeds: [number, ...number[]];
  /**
   * Where seeds were added until the claims were decided: how many there are at the first look, and at most.
   */
  sequential?: {
    /**
     * Seeds at the first look.
     */
    min: number;
    /**
     * Seeds at most.
     */
    max: number;
  };
  /**
   * Level of intervals.
   */
  confidence: number;
  /**
   * What bounds the error: each claim's alone (none, as in records without this field), or any claim's, after Holm.
   */
  multiplicity?: "holm" | "none";
  /**
   * What was trained.
   */
  arms: Arm[];
  /**
   * What must hold.
   */
  claims: Claim[];
}
/**
 * Network × data set × regime, with what is measured on it.
 */
export interface Arm {
  /**
   * Name, with the matrix variant: SB or SB[F1].
   */
  name: string;
  /**
   * Name of the network.
   */
  networkName: string;
  network: Network;
  /**
   * The data set.
   */
  data: DataSet | DataFiles | SurrogateData | PluginData;
  regime: ResolvedRegime;
  /**
   * Measurements by name, defaults filled in.
   */
  measure: {
    /**
     * A metric with its options, told apart by "metric". It is measured on every trial at its minimiser, or with everyEpochs also along its training, as a series.
     */
    [k: string]:
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
  };
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
  /**
   * A data set claimbench can load by name: from --data-dir, CLAIMBENCH_DATA, an installed package or the cache of `claimbench data fetch`. timit stands for features of the user's own, train.safetensors and test.safetensors in a folder timit.
   */
  set: "mnist" | "fashion-mnist" | "cifar-10" | "cifar-100" | "timit";
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
  /**
   * Name of a plugin and of what it adds: my-plugin/weight-norm.
   */
  plugin: `${string}/${string}`;
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
 * How to train, complete.
 */
export interface ResolvedRegime {
  /**
   * Samples per update: a number, or a share of the training set such as "10%" (rounded down).
   */
  batch: number | string;
  /**
   * The update rule, told apart by its key.
   */
  optimizer: AdamOptimizer | SgdOptimizer | AdagradOptimizer;
  /**
   * When training ends, told apart by its key.
   */
  stop: StopAfterEpochs | StopAfterUpdates | StopAtUpdatesOf | StopAtTrainLoss | StopAtPlateau;
  /**
   * Whether the last, short batch is used.
   */
  lastBatch: "keep" | "drop";
  /**
   * Most samples whose gradient is taken at a time, to save memory: a batch is cut into nearly equal parts and their gradients are added up. Absent: the whole batch at once. A network with batch norm needs ghostBatchNorm.
   */
  microBatch?: number;
  /**
   * Declares that batch norm normalises over each micro-batch, not over the batch (Hoffer et al. 2017): another regime, with other minimisers.
   */
  ghostBatchNorm?: true;
  schedule?: Schedule;
  start?: WarmStart;
  batchGrowth?: BatchGrowth;
  rateScaling?: RateScaling;
  /**
   * What an update descends instead of the batch's mean loss, told apart by its key.
   */
  objective?: ProximalObjective | AdversarialObjective | StabilityObjective | SamObjective;
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
  /**
   * Step size.
   */
  learningRate: number;
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
  /**
   * λ of an L2 penalty: λ θ is added to the gradient, after clipping. Default 0.
   */
  weightDecay?: number;
  /**
   * Longest gradient: one with a larger Euclidean norm is scaled down to it. No limit when absent.
   */
  clipNorm?: number;
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
  /**
   * Step size.
   */
  learningRate: number;
  /**
   * Share of the last step kept. Default 0.
   */
  momentum?: number;
  /**
   * λ of an L2 penalty: λ θ is added to the gradient, after clipping. Default 0.
   */
  weightDecay?: number;
  /**
   * Longest gradient: one with a larger Euclidean norm is scaled down to it. No limit when absent.
   */
  clipNorm?: number;
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
  /**
   * Step size.
   */
  learningRate: number;
  /**
   * Added to the root of the sum of squares. Default 1e-10.
   */
  epsilon?: number;
  /**
   * λ of an L2 penalty: λ θ is added to the gradient, after clipping. Default 0.
   */
  weightDecay?: number;
  /**
   * Longest gradient: one with a larger Euclidean norm is scaled down to it. No limit when absent.
   */
  clipNorm?: number;
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
  /**
   * What the rate does after the warm-up: cosine falls along half a cosine to 0 at the last epoch; step multiplies it at regular epochs.
   */
  decay?: "cosine" | StepDecay;
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
  /**
   * Samples per update: a number, or a share of the training set such as "10%" (rounded down).
   */
  most?: number | string;
}
/**
 * Multiplies the learning rate by a power of batch / from.
 */
export interface RateScaling {
  /**
   * linear: Goyal et al. 2017; square-root: Hoffer et al. 2017.
   */
  rule: "linear" | "square-root";
  /**
   * Samples per update: a number, or a share of the training set such as "10%" (rounded down).
   */
  from: number | string;
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
  /**
   * full: A is the identity; random: A has p random columns.
   */
  space: "full" | RandomSubspace;
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
   *
   * Items: paper-literal: 10 iterations of L-BFGS-B from y = 0 in the paper's variables; scaled: the same in variables scaled to the box, the objective scaled by its largest slope; sign-ascent: projected sign-gradient ascent.
   */
  maximiser: ["paper-literal" | "scaled" | "sign-ascent", ...("paper-literal" | "scaled" | "sign-ascent")[]];
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
  /**
   * Measures also along the training: before it, after every so many epochs and at its end. References then stand for a series, or name one epoch: LB.sharpness[0.001,epoch=5].
   */
  everyEpochs?: number;
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
  /**
   * Which samples.
   */
  on: "train" | "test";
  /**
   * Which epoch: the last one (default), the one with the best value, how much the best exceeds the last, or all of them, as a series.
   */
  at?: "end" | "best" | "peak-minus-end" | "every-epoch";
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
  /**
   * Which samples.
   */
  on: "train" | "test";
  /**
   * Which epoch: the last one (default), the one with the best value, how much the best exceeds the last, or all of them, as a series.
   */
  at?: "end" | "best" | "peak-minus-end" | "every-epoch";
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
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
  /**
   * Measures also along the training: before it, after every so many epochs and at its end. References then stand for a series, or name one epoch: LB.sharpness[0.001,epoch=5].
   */
  everyEpochs?: number;
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
  /**
   * Measures also along the training: before it, after every so many epochs and at its end. References then stand for a series, or name one epoch: LB.sharpness[0.001,epoch=5].
   */
  everyEpochs?: number;
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
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
  /**
   * Measures also along the training: before it, after every so many epochs and at its end. References then stand for a series, or name one epoch: LB.sharpness[0.001,epoch=5].
   */
  everyEpochs?: number;
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
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
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
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
  /**
   * Measures also along the training: before it, after every so many epochs and at its end. References then stand for a series, or name one epoch: LB.sharpness[0.001,epoch=5].
   */
  everyEpochs?: number;
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
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
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
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
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
  /**
   * Measures also along the training: before it, after every so many epochs and at its end. References then stand for a series, or name one epoch: LB.sharpness[0.001,epoch=5].
   */
  everyEpochs?: number;
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
   *
   * Items: paper-literal: 10 iterations of L-BFGS-B from y = 0 in the paper's variables; scaled: the same in variables scaled to the box, the objective scaled by its largest slope; sign-ascent: projected sign-gradient ascent.
   */
  maximiser: ["paper-literal" | "scaled" | "sign-ascent", ...("paper-literal" | "scaled" | "sign-ascent")[]];
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
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
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
  /**
   * Measures also along the training: before it, after every so many epochs and at its end. References then stand for a series, or name one epoch: LB.sharpness[0.001,epoch=5].
   */
  everyEpochs?: number;
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
  /**
   * Name of a plugin and of what it adds: my-plugin/weight-norm.
   */
  metric: `${string}/${string}`;
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
  /**
   * Measures also along the training: before it, after every so many epochs and at its end. References then stand for a series, or name one epoch: LB.sharpness[0.001,epoch=5].
   */
  everyEpochs?: number;
  arms?: OnlyArms;
  code?: PluginCode;
}
/**
 * A claim with its assertions.
 */
export interface Claim {
  /**
   * Name, with the matrix variant.
   */
  id: string;
  /**
   * The claim.
   */
  statement: string;
  /**
   * Where the paper makes it.
   */
  source: string;
  /**
   * Number in the registry.
   */
  registry?: string;
  /**
   * What must hold.
   *
   * @minItems 1
   */
  assertions: [ResolvedAssertion, ...ResolvedAssertion[]];
  /**
   * Pointers into published.
   */
  published: string[];
  /**
   * A caveat.
   */
  note?: string;
  /**
   * Line of the claim in the suite file.
   */
  line?: number;
  /**
   * A finding to be told, not a claim to be checked.
   */
  finding?: true;
}
/**
 * greater or less.
 */
export interface OrderAssertion {
  /**
   * Direction.
   */
  kind: "greater" | "less";
  first: SampleReference;
  /**
   * Samples or a number.
   */
  second: SampleReference | number;
  /**
   * Smallest difference that counts.
   */
  atLeast?: number;
}
/**
 * Samples of one measurement of one arm; for sharpness of one ε, of one maximiser where it is named, else of each; of one part, and at one α or epoch, where the measurement has several.
 */
export interface SampleReference {
  /**
   * Arm.
   */
  arm: string;
  /**
   * Measurement.
   */
  measurement: string;
  /**
   * ε, for sharpness.
   */
  epsilon?: number;
  /**
   * paper-literal: 10 iterations of L-BFGS-B from y = 0 in the paper's variables; scaled: the same in variables scaled to the box, the objective scaled by its largest slope; sign-ascent: projected sign-gradient ascent.
   */
  maximiser?: "paper-literal" | "scaled" | "sign-ascent";
  /**
   * Which of a measurement's values.
   */
  part?: string;
  /**
   * α of a path, or epoch of a series.
   */
  at?: number;
}
/**
 * ratio.
 */
export interface ResolvedRatio {
  /**
   * Kind.
   */
  kind: "ratio";
  first: SampleReference;
  second: SampleReference;
  /**
   * Bound.
   */
  above: number;
  /**
   * Smallest ratio that counts.
   */
  atLeast?: number;
}
/**
 * difference.
 */
export interface ResolvedDifference {
  /**
   * Kind.
   */
  kind: "difference";
  first: SampleReference;
  second: SampleReference;
  /**
   * Bound.
   */
  above: number;
  /**
   * Smallest difference that counts.
   */
  atLeast?: number;
}
/**
 * within; second is subtracted from the first, where given.
 */
export interface ResolvedWithin {
  /**
   * Kind.
   */
  kind: "within";
  first: SampleReference;
  second?: SampleReference;
  /**
   * Lower end.
   */
  lowest: number;
  /**
   * Upper end.
   */
  highest: number;
}
/**
 * combination; exactly one of above and below.
 */
export interface ResolvedCombination {
  /**
   * Kind.
   */
  kind: "combination";
  /**
   * What is added up.
   *
   * @minItems 2
   */
  terms: [CombinationTerm, CombinationTerm, ...CombinationTerm[]];
  /**
   * Bound.
   */
  above?: number;
  /**
   * Bound.
   */
  below?: number;
}
/**
 * One of the sum.
 */
export interface CombinationTerm {
  /**
   * What the sample is multiplied by.
   */
  factor: number;
  of: SampleReference;
}
/**
 * equivalent.
 */
export interface ResolvedEquivalent {
  /**
   * Kind.
   */
  kind: "equivalent";
  first: SampleReference;
  second: SampleReference;
  /**
   * Largest difference, or factor, that does not count.
   */
  margin: number;
  /**
   * Scale.
   */
  scale: "difference" | "ratio";
}
/**
 * ordered.
 */
export interface ResolvedOrdered {
  /**
   * Kind.
   */
  kind: "ordered";
  /**
   * From the smallest to the largest.
   *
   * @minItems 2
   */
  of: [SampleReference, SampleReference, ...SampleReference[]];
}
/**
 * trend; several references, or one series.
 */
export interface ResolvedTrend {
  /**
   * Kind.
   */
  kind: "trend";
  /**
   * In order.
   *
   * @minItems 1
   */
  of: [SampleReference, ...SampleReference[]];
  /**
   * What is claimed.
   */
  direction: "increasing" | "decreasing";
  /**
   * Of a series; absent for a list.
   */
  against?: "epoch" | "loss";
  /**
   * Of a series: only its later half.
   */
  half?: "late";
  /**
   * Smallest |ρ| that counts.
   */
  atLeast?: number;
}
/**
 * changePoint.
 */
export interface ResolvedChangePoint {
  /**
   * Kind.
   */
  kind: "change-point";
  /**
   * In order.
   *
   * @minItems 6
   */
  of: [
    SampleReference,
    SampleReference,
    SampleReference,
    SampleReference,
    SampleReference,
    SampleReference,
    ...SampleReference[]
  ];
  /**
   * Their positions.
   *
   * @minItems 6
   */
  at: [number, number, number, number, number, number, ...number[]];
  /**
   * Smallest difference of BIC.
   */
  above: number;
}
/**
 * noPeakThenDecay.
 */
export interface ResolvedNoDecay {
  /**
   * Kind.
   */
  kind: "no-decay";
  of: SampleReference;
  /**
   * Bound of peak − last.
   */
  tolerance: number;
}
/**
 * ratioAtLoss.
 */
export interface ResolvedMatchedLoss {
  /**
   * Kind.
   */
  kind: "matched-loss";
  first: SampleReference;
  second: SampleReference;
  /**
   * Which loss.
   */
  loss: ("lowest" | "highest" | "lowest-to-highest") | number;
  /**
   * Bound.
   */
  above: number;
  /**
   * Smallest ratio that counts.
   */
  atLeast?: number;
}
/**
 * correlation: pairs of references, one per arm.
 */
export interface ResolvedCorrelation {
  /**
   * Kind.
   */
  kind: "correlation";
  /**
   * By arm.
   *
   * @minItems 1
   */
  pairs: [CorrelationPair, ...CorrelationPair[]];
  /**
   * Bound.
   */
  above: number;
}
/**
 * Both measurements of one arm.
 */
export interface CorrelationPair {
  first: SampleReference;
  second: SampleReference;
}
/**
 * maximisersAgree.
 */
export interface ResolvedMaximisersAgree {
  /**
   * Kind.
   */
  kind: "maximisers-agree";
  first: SampleReference;
  second: SampleReference;
}
/**
 * consistent.
 */
export interface ResolvedConsistent {
  /**
   * Kind.
   */
  kind: "consistent";
  of: SampleReference;
  /**
   * Into published.
   */
  pointer: string;
  /**
   * Arm of the published entry.
   */
  arm: string;
}
/**
 * not.
 */
export interface ResolvedNot {
  /**
   * Kind.
   */
  kind: "not";
  assertion: ResolvedAssertion;
}
/**
 * A training run that reached its stop rule.
 */
export interface CompletedTrial {
  /**
   * State.
   */
  state: "completed";
  /**
   * Arm.
   */
  arm: string;
  /**
   * Seed.
   */
  seed: number;
  /**
   * Trainable parameters.
   */
  parameterCount: number;
  /**
   * Samples per update.
   */
  batchSize: number;
  /**
   * Parameter updates made.
   */
  updates: number;
  /**
   * The learning curve; its first point is epoch 0, before training.
   */
  curve: CurvePoint[];
  /**
   * Wall time of training, learning curve included.
   */
  trainSeconds: number;
  /**
   * Wall time of measuring.
   */
  measureSeconds: number;
  /**
   * The processor or GPU that trained it, where that is not the record's own.
   */
  machine?: string;
  /**
   * It was trained by an earlier run and kept in the store; the seconds are those of that run.
   */
  reused?: true;
}
/**
 * The state after an epoch.
 */
export interface CurvePoint {
  /**
   * Passes over the training set.
   */
  epoch: number;
  /**
   * Parameter updates so far.
   */
  updates: number;
  /**
   * Mean cross-entropy over the training set, nats.
   */
  trainLoss: number;
  /**
   * 0 to 1.
   */
  trainAccuracy: number;
  /**
   * Mean cross-entropy over the test set, nats.
   */
  testLoss: number;
  /**
   * 0 to 1.
   */
  testAccuracy: number;
}
/**
 * A training run whose loss or parameters stopped being finite.
 */
export interface DivergedTrial {
  /**
   * State.
   */
  state: "diverged";
  /**
   * Arm.
   */
  arm: string;
  /**
   * Seed.
   */
  seed: number;
  /**
   * First update, counted from 1, with a loss that is not finite.
   */
  update: number;
  /**
   * Its epoch, counted from 1.
   */
  epoch: number;
  /**
   * The learning curve up to then.
   */
  curve: CurvePoint[];
  /**
   * What happened.
   */
  reason: string;
}
/**
 * A training run that gave nothing: its worker crashed, or the run was interrupted before it.
 */
export interface FailedTrial {
  /**
   * State.
   */
  state: "crashed" | "not-run";
  /**
   * Arm.
   */
  arm: string;
  /**
   * Seed.
   */
  seed: number;
  /**
   * What happened.
   */
  reason: string;
}
/**
 * A value.
 */
export interface MeasuredSample {
  /**
   * Arm.
   */
  arm: string;
  /**
   * Seed.
   */
  seed: number;
  /**
   * Measurement.
   */
  measurement: string;
  /**
   * ε, for sharpness.
   */
  epsilon?: number;
  /**
   * paper-literal: 10 iterations of L-BFGS-B from y = 0 in the paper's variables; scaled: the same in variables scaled to the box, the objective scaled by its largest slope; sign-ascent: projected sign-gradient ascent.
   */
  maximiser?: "paper-literal" | "scaled" | "sign-ascent";
  /**
   * Which of a measurement's values.
   */
  part?: string;
  /**
   * α of a path, or epoch of a series.
   */
  at?: number;
  /**
   * The value, always finite.
   */
  value: number;
  detail?: SampleDetail;
}
/**
 * What belongs beside the value.
 */
export interface SampleDetail {
  /**
   * f(x) over the samples the metric used, nats.
   */
  loss?: number;
  /**
   * ‖∇f(x)‖₂ over the same samples.
   */
  gradientNorm?: number;
  /**
   * Evaluations of f and its gradient; the sum over draws.
   */
  evaluations?: number;
  /**
   * Iterations; the sum over draws.
   */
  iterations?: number;
  /**
   * Why the maximiser or iteration ended (of the first draw).
   */
  stop?: string;
  /**
   * Value of each draw of A, or of each probe.
   */
  draws?: number[];
  /**
   * Of a spectrum: eigenvalues of the quadrature.
   */
  nodes?: number[];
  /**
   * Of a spectrum: their shares.
   */
  weights?: number[];
}
/**
 * Why there is no value.
 */
export interface AbsentSample {
  /**
   * Arm.
   */
  arm: string;
  /**
   * Seed.
   */
  seed: number;
  /**
   * Measurement.
   */
  measurement: string;
  /**
   * ε, for sharpness.
   */
  epsilon?: number;
  /**
   * paper-literal: 10 iterations of L-BFGS-B from y = 0 in the paper's variables; scaled: the same in variables scaled to the box, the objective scaled by its largest slope; sign-ascent: projected sign-gradient ascent.
   */
  maximiser?: "paper-literal" | "scaled" | "sign-ascent";
  /**
   * Which of a measurement's values.
   */
  part?: string;
  /**
   * α of a path, or epoch of a series.
   */
  at?: number;
  /**
   * The reason.
   */
  absent: string;
}
/**
 * One published quantity, for the arms it is given for.
 */
export interface PublishedEntry {
  /**
   * What the numbers are, with their unit.
   */
  quantity: string;
  /**
   * Table, figure or page.
   */
  source: string;
  /**
   * Printed in the paper, read off a figure, or calculated from printed values.
   */
  origin: "stated" | "reading" | "calculated";
  /**
   * By arm, in the paper's words: SB, LB.
   */
  arms: {
    [k: string]: PublishedValue;
  };
  effect?: PublishedEffect;
  /**
   * A caveat or an inconsistency within the paper.
   */
  note?: string;
}
/**
 * Mean over the paper's trials.
 */
export interface PublishedValue {
  /**
   * Mean.
   */
  mean: number;
  /**
   * Standard deviation; the paper does not state the convention.
   */
  std?: number;
  /**
   * Trials.
   */
  n?: number;
}
/**
 * The effect to compare ours with.
 */
export interface PublishedEffect {
  /**
   * How the arms are compared.
   */
  kind: "ratio" | "difference";
  /**
   * First over (or minus) second.
   *
   * @minItems 2
   * @maxItems 2
   */
  of: [string, string];
  /**
   * The effect, where it is one number.
   */
  value?: number;
  /**
   * The effect, where the paper gives a range.
   *
   * @minItems 2
   * @maxItems 2
   */
  range?: [number, number];
}

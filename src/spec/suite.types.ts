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
export type Seeds = number | [number, ...number[]];
/**
 * Level of every interval. Default 0.95.
 */
export type Confidence = number;
/**
 * Name of a network in suites/networks, a path (./mine.json, relative to the suite file), or the network itself.
 */
export type NetworkReference = string | Network;
/**
 * Name of a data set, or a data set with a subset, or the user's own files.
 */
export type Data = DataSetName | DataSet | DataFiles;
/**
 * A data set claimbench can load by name.
 */
export type DataSetName = "mnist";
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
export type StopRule = StopAfterEpochs | StopAfterUpdates | StopAtUpdatesOf | StopAtTrainLoss;
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
 * A metric with its options, told apart by "metric". It is measured on every trial at its minimiser.
 */
export type Measurement =
  | SharpnessMeasurement
  | AccuracyMeasurement
  | LossMeasurement
  | GradientNormMeasurement
  | DistanceMeasurement
  | TopEigenvalueMeasurement;
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
 * Which samples.
 */
export type Split = "train" | "test";
/**
 * Which epoch: the last one (default), the one with the best value, or how much the best exceeds the last.
 */
export type At = "end" | "best" | "peak-minus-end";
/**
 * One check, told apart by its key.
 */
export type Assertion = GreaterAssertion | LessAssertion | RatioAssertion | DifferenceAssertion | WithinAssertion;
/**
 * Samples of an arm: Arm.measurement, or Arm.sharpness[0.001] for one ε, or Arm.sharpness[0.001,scaled] for one ε and maximiser.
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
}
/**
 * The user's own data: safetensors files with x (float32 [n, …]) and y (int32 [n]).
 */
export interface DataFiles {
  /**
   * Paths relative to the suite file.
   */
  files: {
    /**
     * Training samples.
     */
    train: string;
    /**
     * Test samples.
     */
    test: string;
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
}
/**
 * ‖x* − x₀‖₂, how far training went from its start.
 */
export interface DistanceMeasurement {
  /**
   * Which metric.
   */
  metric: "distance";
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

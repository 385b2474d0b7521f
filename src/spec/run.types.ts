// Generated from run.schema.json by `npm run types`. Do not edit.

/**
 * An assertion with its operands taken apart.
 */
export type ResolvedAssertion = OrderAssertion | ResolvedRatio | ResolvedDifference | ResolvedWithin;
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
   * Level of intervals.
   */
  confidence: number;
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
  data: DataSet | DataFiles;
  regime: ResolvedRegime;
  /**
   * Measurements by name, defaults filled in.
   */
  measure: {
    /**
     * A metric with its options, told apart by "metric". It is measured on every trial at its minimiser.
     */
    [k: string]:
      | SharpnessMeasurement
      | AccuracyMeasurement
      | LossMeasurement
      | GradientNormMeasurement
      | DistanceMeasurement
      | TopEigenvalueMeasurement;
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
   * A data set claimbench can load by name.
   */
  set: "mnist";
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
  stop: StopAfterEpochs | StopAfterUpdates | StopAtUpdatesOf | StopAtTrainLoss;
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
   * Which epoch: the last one (default), the one with the best value, or how much the best exceeds the last.
   */
  at?: "end" | "best" | "peak-minus-end";
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
   * Which epoch: the last one (default), the one with the best value, or how much the best exceeds the last.
   */
  at?: "end" | "best" | "peak-minus-end";
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
  /**
   * Evaluate f on the first so many training samples only; all when absent.
   */
  samples?: number;
  /**
   * Samples per evaluation batch; batch-norm statistics are taken over it. Default 5000.
   */
  evaluationBatch?: number;
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
 * Samples of one measurement of one arm; for sharpness of one ε, of one maximiser where it is named, else of each.
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
   * Value of each draw of A.
   */
  draws?: number[];
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

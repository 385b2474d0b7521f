import { formatCount } from "../../judge/wording.ts";
import type { Arm } from "../../spec/run.types.ts";
import { formatEvery } from "../words/quantities.ts";

type Regime = Arm["regime"];

/** "Adam, learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-8". */
export function optimizerWords(optimizer: Regime["optimizer"]): string {
  if ("adam" in optimizer) {
    const { learningRate, beta1, beta2, epsilon } = optimizer.adam;
    const constants = `β₁ ${beta1 ?? 0.9}, β₂ ${beta2 ?? 0.999}, ε ${epsilon ?? 1e-8}`;
    return `Adam, learning rate ${learningRate}, ${constants}${extraWords(optimizer.adam)}`;
  }
  if ("sgd" in optimizer) {
    const { learningRate, momentum } = optimizer.sgd;
    return `SGD, learning rate ${learningRate}, momentum ${momentum ?? 0}${extraWords(optimizer.sgd)}`;
  }
  const { learningRate, epsilon } = optimizer.adagrad;
  return `AdaGrad, learning rate ${learningRate}, ε ${epsilon ?? 1e-10}${extraWords(optimizer.adagrad)}`;
}

function extraWords({ weightDecay, clipNorm }: { weightDecay?: number; clipNorm?: number }): string {
  const decay = weightDecay ? `, weight decay ${weightDecay}` : "";
  return clipNorm === undefined ? decay : `${decay}, gradients clipped to norm ${clipNorm}`;
}

/** ", warm-up over 5 epochs, then cosine to 0"; nothing for a constant rate. */
export function scheduleWords(schedule: Regime["schedule"]): string {
  if (!schedule) return "";
  const { warmUpEpochs, decay } = schedule;
  const warmUp = warmUpEpochs === undefined ? "" : `, warm-up over ${formatCount(warmUpEpochs, "epoch")}`;
  if (decay === undefined) return warmUp;
  return `${warmUp}, ${decay === "cosine" ? "cosine to 0" : `× ${decay.factor} ${formatEvery(decay.everyEpochs)}`}`;
}

/** "after 30 epochs". */
export function stopWords(stop: Regime["stop"]): string {
  if ("epochs" in stop) return `after ${formatCount(stop.epochs, "epoch")}`;
  if ("updates" in stop) return `after the epoch that reaches ${formatCount(stop.updates, "update")}`;
  if ("updatesOf" in stop) return `after as many updates as ${stop.updatesOf}`;
  if ("plateau" in stop) {
    const { patience, minDecrease = 0 } = stop.plateau;
    const better = minDecrease > 0 ? ` by ${Number((100 * minDecrease).toPrecision(4))} %` : "";
    return `when the training loss has not improved${better} for ${formatCount(patience, "epoch")}, after ${stop.maxEpochs} at the latest`;
  }
  return `at training loss ${stop.trainLoss}, after ${formatCount(stop.maxEpochs, "epoch")} at the latest`;
}

/** What else of a regime is not as usual: "sharpness-aware, ρ 0.05; augmented: turned up to 10°". Empty for most. */
export function specialWords({ objective, augment, batchGrowth, rateScaling }: Regime): string {
  return [
    ...(objective ? [objectiveWords(objective)] : []),
    ...(augment ? [augmentWords(augment)] : []),
    ...(batchGrowth
      ? [
          `batch × ${batchGrowth.factor} ${formatEvery(batchGrowth.everyEpochs)}${batchGrowth.most === undefined ? "" : ` up to ${batchGrowth.most}`}`,
        ]
      : []),
    ...(rateScaling
      ? [`learning rate × ${rateScaling.rule === "linear" ? "" : "√"}(batch / ${rateScaling.from})`]
      : []),
  ].join("; ");
}

function objectiveWords(objective: NonNullable<Regime["objective"]>): string {
  if ("proximal" in objective) {
    return `conservative, ${formatCount(objective.proximal.steps, "update")} a batch, λ ${objective.proximal.lambda}`;
  }
  if ("adversarial" in objective) {
    const { epsilon, weight = 0.5 } = objective.adversarial;
    return `adversarial, ε ${epsilon}, weight of the clean loss ${weight}`;
  }
  if ("stability" in objective) {
    return `stability training, noise ${objective.stability.noise}, weight ${objective.stability.weight}`;
  }
  return `sharpness-aware, ρ ${objective.sam.rho}`;
}

function augmentWords({ flip, rotate, shift }: NonNullable<Regime["augment"]>): string {
  const ways = [
    ...(flip ? ["mirrored at random"] : []),
    ...(rotate === undefined ? [] : [`turned up to ${rotate}°`]),
    ...(shift === undefined ? [] : [`shifted up to ${Number((100 * shift).toPrecision(4))} %`]),
  ];
  return `augmented: ${ways.join(", ")}`;
}

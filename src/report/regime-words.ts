import type { Arm } from "../spec/run.types.ts";

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
  const warmUp = warmUpEpochs === undefined ? "" : `, warm-up over ${warmUpEpochs} epochs`;
  if (decay === undefined) return warmUp;
  return `${warmUp}, ${decay === "cosine" ? "cosine to 0" : `× ${decay.factor} every ${decay.everyEpochs} epochs`}`;
}

/** "after 30 epochs". */
export function stopWords(stop: Regime["stop"]): string {
  if ("epochs" in stop) return `after ${stop.epochs} epochs`;
  if ("updates" in stop) return `after the epoch that reaches ${stop.updates} updates`;
  if ("updatesOf" in stop) return `after as many updates as ${stop.updatesOf}`;
  return `at training loss ${stop.trainLoss}, after ${stop.maxEpochs} epochs at the latest`;
}

import type { Schedule } from "../spec/suite.types.ts";

/**
 * What the optimiser's learning rate is multiplied by at an update.
 *
 * @param update counted from 1.
 * @param updatesPerEpoch of the arm.
 * @param maxEpochs where a cosine ends.
 */
export function learningRateFactor(
  schedule: Schedule | undefined,
  update: number,
  { updatesPerEpoch, maxEpochs }: { readonly updatesPerEpoch: number; readonly maxEpochs: number },
): number {
  if (!schedule) return 1;
  const { warmUpEpochs = 0, decay } = schedule;
  const warmUp = warmUpEpochs * updatesPerEpoch;
  if (update <= warmUp) return update / warmUp;
  if (decay === undefined) return 1;
  const done = update - 1 - warmUp;
  if (decay === "cosine") {
    const length = Math.max(1, maxEpochs * updatesPerEpoch - warmUp);
    return (1 + Math.cos(Math.PI * Math.min(1, done / length))) / 2;
  }
  const epoch = Math.floor((update - 1) / updatesPerEpoch);
  return decay.factor ** Math.floor(epoch / decay.everyEpochs);
}

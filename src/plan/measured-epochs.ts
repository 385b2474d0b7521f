/** Epochs along a training that are measured: before it, after every so many, and its last. */
export function measuredEpochs(everyEpochs: number, lastEpoch: number): number[] {
  const epochs = Array.from({ length: Math.ceil(lastEpoch / everyEpochs) }, (_, i) => i * everyEpochs);
  return [...epochs, lastEpoch];
}

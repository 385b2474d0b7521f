/** Longer ones a timer does not know: it would end at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Does something that leaves off when the signal is aborted or the time is over.
 *
 * @param milliseconds any number; Infinity for all the time there is.
 * @returns the signal that it was given.
 */
export async function within(
  milliseconds: number,
  signal: AbortSignal,
  act: (either: AbortSignal) => Promise<void>,
): Promise<AbortSignal> {
  // Not AbortSignal.timeout: one that is only part of another signal is collected as garbage, and never comes.
  const late = new AbortController();
  const either = AbortSignal.any([signal, late.signal]);
  const timer = milliseconds > LONGEST_TIMER ? undefined : setTimeout(() => late.abort(), milliseconds);
  try {
    await act(either);
  } finally {
    clearTimeout(timer);
  }
  return either;
}

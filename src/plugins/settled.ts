/**
 * What a plugin promised. A promise that nothing is left to keep would end the process without a word.
 *
 * @throws Error then; or what the promise is rejected with.
 */
export async function settled<Value>(promised: Value | Promise<Value>): Promise<Value> {
  let onIdle = () => {};
  const idle = new Promise<never>((_, reject) => {
    onIdle = () => reject(new Error("it never came to an end"));
    process.once("beforeExit", onIdle);
  });
  try {
    return await Promise.race([promised, idle]);
  } finally {
    process.off("beforeExit", onIdle);
  }
}

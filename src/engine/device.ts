/** Where an engine can compute. */
export const DEVICES = ["cpu", "cuda", "webgpu", "coreml", "directml"] as const;
export type Device = (typeof DEVICES)[number];

export const ENGINES = ["onnx", "tensorflow"] as const;
export type EngineName = (typeof ENGINES)[number];

/** An engine on a device. */
export interface EngineChoice {
  readonly engine: EngineName;
  readonly device: Device;
}

/** Every engine on every device it has. */
export const ENGINE_CHOICES: readonly EngineChoice[] = [
  ...DEVICES.map((device) => ({ engine: "onnx", device }) as const),
  ...(["cpu", "cuda", "webgpu"] as const).map((device) => ({ engine: "tensorflow", device }) as const),
];

/** "onnx on cpu" */
export function choiceName({ engine, device }: EngineChoice): string {
  return `${engine} on ${device}`;
}

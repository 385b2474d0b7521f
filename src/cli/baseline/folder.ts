/** Where captured baselines are kept, unless a command says otherwise. */
export const CAPTURED_FOLDER = "baselines/captured";

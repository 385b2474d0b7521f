/** Most samples per evaluation batch where nothing else is declared; the authors' code evaluates in batches of 5,000. */
export const DEFAULT_EVALUATION_BATCH = 5000;

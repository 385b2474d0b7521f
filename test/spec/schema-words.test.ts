import fc from "fast-check";
import { expect, test } from "vitest";
import { fitsSchema } from "../../src/spec/schema-check.ts";
import { schemaProblems } from "../../src/spec/schema-problems.ts";
import { SCHEMA_NAMES, schemaFile } from "../../src/spec/schemas.ts";
import { SUITE } from "./suite-under-test.ts";

/** Values that often fit a part of a schema: its keys and constants, in the shapes it nests them. */
const document = fc.constant(JSON.parse(SUITE) as Record<string, unknown>);
const piece = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, 0, 1, -1, 0.5, "", "x", "full", "mnist", [], {}, { adam: {} }, { layer: "relu" }),
);
const changedAtTop = fc
  .tuple(document, fc.constantFrom("suite", "seeds", "arms", "measure", "claims", "matrix", "profiles"), piece)
  .map(([suite, key, value]) => ({ ...suite, [key]: value }));
const changedBelow = fc
  .tuple(document, fc.constantFrom("arms", "measure", "claims"), fc.constantFrom("x", "SB", "gap"), piece)
  .map(([suite, key, name, value]) => ({ ...suite, [key]: { ...(suite[key] as object), [name]: value } }));

test.each(SCHEMA_NAMES)("words are found for exactly what the validator refuses: %s", (name) => {
  const schema = { home: name, keywords: schemaFile(name) };
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), changedAtTop, changedBelow), (value) => {
      expect(schemaProblems(schema, value).length === 0).toBe(fitsSchema(value, name));
    }),
    { numRuns: 500 },
  );
});

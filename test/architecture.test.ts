import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

// A part imports only from floors below its own, so there are no circles between parts.
const FLOORS: readonly (readonly string[])[] = [
  ["spec"],
  ["stats", "networks", "data"],
  ["plan", "judge", "engine"],
  ["plugins"],
  ["train", "measure"],
  ["run"],
  ["report"],
  ["cli"],
  ["library"],
];
const src = resolve(import.meta.dirname, "../src");
const floorOf = (part: string) => FLOORS.findIndex((parts) => parts.includes(part));
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && file.includes(sep),
);

function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), "utf8");
  return Array.from(text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g), ([, specifier = ""]) =>
    relative(src, resolve(src, file, "..", specifier)),
  );
}

test("every folder of src has a floor", () => {
  const folders = readdirSync(src, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.filter((folder) => floorOf(folder) < 0)).toEqual([]);
});

test("no part imports from its own floor's neighbours or from above", () => {
  const upward = files.flatMap((file) => {
    const part = file.split(sep)[0] as string;
    return importsOf(file)
      .filter((target) => {
        const other = target.split(sep)[0] as string;
        return other !== part && floorOf(other) >= floorOf(part);
      })
      .map((target) => `${file} → ${target}`);
  });
  expect(files.length).toBeGreaterThan(50);
  expect(upward).toEqual([]);
});

test("no files import each other in a circle", () => {
  const edges = new Map(files.map((file) => [file, importsOf(file)]));
  const state = new Map<string, "open" | "done">();
  const circles: string[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      circles.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
      return;
    }
    state.set(file, "open");
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    state.set(file, "done");
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

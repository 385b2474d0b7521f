import { expect, test } from "vitest";
import { folder } from "./program.ts";
import { tinySuite } from "./suites.ts";

test.each([
  { words: ["rnu", "suite.json"], message: /unknown command 'rnu'\s+\(Did you mean run\?\)/ },
  { words: ["run"], message: /missing required argument 'suite'/ },
  { words: ["run", "suite.json", "--sedes", "3"], message: /unknown option '--sedes'\s+\(Did you mean --seeds\?\)/ },
  { words: ["run", "suite.json", "--seeds", "0"], message: /--seeds <n>.*Expected a whole number of at least 1/s },
  { words: ["run", "suite.json", "--seeds"], message: /'--seeds <n>' argument missing/ },
  { words: ["run", "suite.json", "--seeds", "1e12"], message: /expected 1 to 1000 seeds/ },
  { words: ["run", "suite.json", "--workers", "-1"], message: /--workers <n>/ },
  { words: ["run", "suite.json", "--workers", "1000000"], message: /--workers <n>.*at most 256/s },
  { words: ["run", "suite.json", "--threads", "two"], message: /--threads <n>/ },
  { words: ["run", "suite.json", "--threads", "100000"], message: /--threads <n>.*at most 256/s },
  { words: ["run", "suite.json", "--profile", "foo"], message: /Allowed choices are smoke, quick, nightly, paper/ },
  { words: ["run", "suite.json", "--profile", "smoke"], message: /profile/ },
  { words: ["run", "suite.json", "--filter", "nothing"], message: /no claim|nothing/ },
  { words: ["run", "suite.json", "--fail-on", "fail"], message: /Allowed choices are inconclusive/ },
  { words: ["run", "qiuck"], message: /there is no suite file qiuck.*quick/ },
  { words: ["run", "suite.json", "none.json"], message: /there is no suite file none\.json/ },
  { words: ["validate"], message: /missing required argument 'suite'/ },
  { words: ["judge"], message: /missing required argument 'run.json'/ },
  { words: ["list", "--profile", "foo"], message: /Allowed choices are smoke, quick, nightly, paper/ },
  { words: ["list", "qiuck"], message: /there is no suite file qiuck.*quick/ },
  { words: ["measure"], message: /required option '--network <file>' not specified/ },
  { words: ["doctor", "now"], message: /too many arguments/ },
])("claimbench $words is refused and writes nothing", async ({ words, message }) => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const run = await place.run(words);
  expect(run.stderr).toMatch(message);
  expect(run.stderr.split("\n").length).toBeLessThan(12);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(place.names()).toEqual(["suite.json"]);
});

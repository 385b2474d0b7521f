import { InvalidArgumentError } from "commander";
import { expect, test } from "vitest";
import { count, parallelism, positiveNumbers, repeatable, wordsOf } from "../../src/cli/options.ts";

test.each([
  ["1", 1],
  ["12", 12],
  ["1e3", 1000],
])("count reads %s", (text, value) => {
  expect(count(text)).toBe(value);
});

test.each(["0", "-1", "1.5", "", " ", "two", "NaN", "Infinity", "1e400", "1e20"])("count rejects %j", (text) => {
  expect(() => count(text)).toThrow(InvalidArgumentError);
});

test("parallelism reads up to 256", () => {
  expect(parallelism("256")).toBe(256);
  expect(() => parallelism("257")).toThrow(InvalidArgumentError);
  expect(() => parallelism("0")).toThrow(InvalidArgumentError);
});

test("positiveNumbers reads numbers with commas between", () => {
  expect(positiveNumbers("1e-3,5e-4, 2")).toEqual([1e-3, 5e-4, 2]);
});

test.each(["", "1,,2", "0", "-1", "1e-3;2", "nan", "1e999"])("positiveNumbers rejects %j", (text) => {
  expect(() => positiveNumbers(text)).toThrow(InvalidArgumentError);
});

test("wordsOf reads known words and names the unknown one with the known", () => {
  const parse = wordsOf(["loss", "sharpness"]);
  expect(parse("sharpness, loss")).toEqual(["sharpness", "loss"]);
  expect(() => parse("loss,sharpnes")).toThrow('"sharpnes" is not one of loss, sharpness.');
  expect(() => parse("")).toThrow(InvalidArgumentError);
});

test("a repeatable option adds up, each value once", () => {
  const parse = repeatable(wordsOf(["loss", "sharpness", "accuracy"]));
  expect(parse("sharpness,loss", parse("loss"))).toEqual(["loss", "sharpness"]);
  expect(repeatable(positiveNumbers)("1e-3,0.001,5e-4")).toEqual([1e-3, 5e-4]);
});

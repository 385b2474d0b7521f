import type { OptionSchema, OptionsSchema } from "../spec/plugin-options.ts";

/** The type of the options that a schema describes: those that are required, or have a default, are always there. */
export type OptionsOf<Schema> = Schema extends OptionsSchema
  ? { readonly [Name in keyof Schema["properties"] as Given<Schema, Name>]: ValueOf<Schema["properties"][Name]> } & {
      readonly [Name in Exclude<keyof Schema["properties"], Given<Schema>>]?: ValueOf<Schema["properties"][Name]>;
    }
  : Readonly<Record<string, never>>;

/** The names of the options that are always there. */
type Given<
  Schema extends OptionsSchema,
  Name extends keyof Schema["properties"] = keyof Schema["properties"],
> = Name extends unknown
  ? Schema["properties"][Name] extends { readonly default: unknown }
    ? Name
    : Schema extends { readonly required: readonly (infer Required)[] }
      ? Extract<Name, Required>
      : never
  : never;

type ValueOf<Option extends OptionSchema> = Option extends { readonly enum: readonly (infer Value)[] }
  ? Value
  : Option extends { readonly const: infer Value }
    ? Value
    : Option extends { readonly type: infer Type }
      ? Type extends "number" | "integer"
        ? number
        : Type extends "string"
          ? string
          : Type extends "boolean"
            ? boolean
            : Option extends { readonly type: "array"; readonly items: infer Item extends OptionSchema }
              ? readonly ValueOf<Item>[]
              : unknown
      : unknown;

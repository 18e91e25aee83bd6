import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommand, UsageError } from "../../lib/cli/arguments";
import { readSettings, SETTING_NAMES, SettingsError } from "../../lib/keep/settings";
import { NotebookFileError, parseNotebook } from "../../lib/notebook/read-notebook";
import { useFolder } from "../support/tiny-logs";
import { runs } from "./check-cases";

const folder = useFolder();

/** What a function gives, or the error of the kind that explains itself; any other error fails. */
function orExplained<T>(run: () => T, kind: new (message: string) => Error): T | Error {
  try {
    return run();
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
}

describe("parseCommand", () => {
  const words = [
    "run|kernel|clean|sample|db|load|drop|read|help|04|--help|-h|--|-|--set|--set=k=3|k=3|=|--set= =3",
    "--rows|--rows=9|--seed|--seed=-1|--anomalies=3|--timeout|1.5|0x10|1e999|NaN| |",
    "--data|--data=|--out=|--to=x|--source=files|--on-bad-rows=error|--remove|--no-remove",
    "--__proto__|--constructor|constructor|toString|__proto__=1|--set=__proto__=1",
  ];
  const word = fc.oneof(
    fc.constantFrom(...words.join("|").split("|")),
    fc.string({ unit: "binary", maxLength: 6 }),
  );

  it("gives a command or says what is wrong, whatever the command line", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (args) => {
        const command = orExplained(() => parseCommand(args), UsageError);
        if (command instanceof Error || command.name !== "run") return;
        const { set, data, out, timeout, rows = 1 } = command.options;
        expect(Object.keys(set)).not.toContain("");
        expect([data, out]).not.toContain("");
        expect(timeout > 0 && timeout <= 2_000_000 && rows >= 1).toBe(true);
      }),
      runs(60),
    );
  });
});

describe("readSettings", () => {
  const name = fc.constantFrom(...Object.values(SETTING_NAMES), "__proto__", "OTHER");
  const value = fc.oneof(
    fc.constantFrom(..."|1|0|true|files|mysql|error|'|\"|`|$(x)|a=b,c=d".split("|")),
    fc.string({ unit: "binary", maxLength: 10 }),
  );
  const line = fc.oneof(
    fc.tuple(name, value).map(([key, text]) => `${key}=${text}`),
    fc.string({ unit: "binary", maxLength: 20 }),
  );

  it("gives settings or says which is wrong, whatever is in .env", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        folder.put(".env", lines.join("\n"));
        const read = () => readSettings({ root: folder.path(), environment: {} });
        const settings = orExplained(read, SettingsError);
        if (settings instanceof Error) expect(settings.message).toMatch(/CURRICULUM_LOGS_\w+/);
        else expect(settings.dataDir).not.toBe("");
      }),
      runs(30),
    );
  });
});

describe("parseNotebook", () => {
  const text = fc.oneof(fc.string(), fc.array(fc.string()));
  const anything = fc.jsonValue({ maxDepth: 2 });
  const or = <T>(usual: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: usual }, anything);
  const metadata = fc.record(
    { tags: or(fc.array(fc.string())), ["__proto__"]: anything },
    { requiredKeys: [] },
  );
  const cell = fc.record(
    {
      cell_type: or(fc.constantFrom("code", "markdown", "raw")),
      source: or(text),
      id: or(fc.string()),
      metadata: or(metadata),
      outputs: or(fc.array(anything)),
      execution_count: anything,
    },
    { requiredKeys: ["cell_type", "source"] },
  );
  const notebook = fc.record(
    { nbformat: or(fc.constant(4)), cells: or(fc.array(or(cell))), metadata: anything },
    { requiredKeys: ["nbformat", "cells"] },
  );
  const read = (file: string) =>
    orExplained(() => parseNotebook(file, "a.ipynb"), NotebookFileError);

  it("gives a notebook or says what is wrong in a few words, whatever the file", () => {
    const file = fc.oneof(
      notebook.map((value) => JSON.stringify(value)),
      anything.map((value) => JSON.stringify(value)),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(file, (content) => {
        const found = read(content);
        if (found instanceof Error) {
          expect(found.message.length).toBeLessThan(300);
          return;
        }
        for (const { id, source, metadata } of found.cells) {
          expect(id).toMatch(/^[\w-]{1,64}$/);
          expect([source].flat().every((part) => typeof part === "string")).toBe(true);
          expect((metadata.tags ?? []).every((tag) => typeof tag === "string")).toBe(true);
        }
        expect(new Set(found.cells.map(({ id }) => id)).size).toBe(found.cells.length);
      }),
      runs(60),
    );
  });

  it("says what is wrong where lists lie deep in each other, or text is long", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const long = JSON.stringify("x".repeat(100_000));
    for (const odd of [deep, long, `{"a":${deep}}`]) {
      for (const file of [odd, `{"nbformat":${odd}}`, `{"nbformat":4,"cells":${odd}}`]) {
        expect(read(file)).toBeInstanceOf(NotebookFileError);
      }
      for (const part of [
        `"cell_type":${odd}`,
        `"cell_type":"raw","source":"","metadata":{"tags":${odd}}`,
      ]) {
        const found = read(`{"nbformat":4,"cells":[{${part}}]}`) as Error;
        expect(found).toBeInstanceOf(NotebookFileError);
        expect(found.message.length).toBeLessThan(300);
      }
    }
  });
});

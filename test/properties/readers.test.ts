import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectRows } from "../fuzz/read-both";
import { HEADERS, type Shape, type Value } from "../fuzz/slow-tables";
import { csvField, useFolder } from "../support/tiny-logs";
import { runs } from "./check-cases";

const folder = useFolder();
const DAY = 86_400_000;
const FIRST_DAY = Date.parse("0001-01-01") / DAY;
const LAST_DAY = Date.parse("9999-12-31") / DAY;

// What can be in a table, as numbers and text.
const day = fc.integer({ min: FIRST_DAY, max: LAST_DAY });
const second = fc.integer({ min: 0, max: 86_399 });
const moment = fc.integer({ min: FIRST_DAY * DAY, max: (LAST_DAY + 1) * DAY - 1 });
const integer = fc.maxSafeInteger().map((value) => value + 0);
const anyText = fc.string({ unit: "binary", minLength: 1 });
const odd = fc.string({ unit: fc.constantFrom(...'",\n\r \\é😀a'), minLength: 1 });
const csvText = fc.oneof(anyText, odd);
const path = csvText.map((text) => text.replaceAll(/[ \n]/g, "_"));
const address = fc.oneof(fc.ipV4(), fc.ipV6());
const or = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const access = (text: fc.Arbitrary<string>) =>
  fc.tuple(day, second, or(text), integer, or(integer), address);
const cohort = fc.tuple(
  integer,
  ...[or(csvText), or(csvText)],
  ...[or(day), or(day), or(moment), or(moment), or(moment), or(integer)],
);
const cohorts = fc.uniqueArray(cohort, { minLength: 1, maxLength: 8, selector: ([id]) => id });
const usage = fc.uniqueArray(fc.tuple(day, integer, csvText, fc.maxSafeNat()), {
  minLength: 1,
  selector: (row) => JSON.stringify(row.slice(0, 3)),
});

// How a file may be written.
const manner = fc.record({
  end: fc.constantFrom("\n", "\r\n"),
  isEnded: fc.boolean(),
  mark: fc.constantFrom("", "\ufeff"),
  isPacked: fc.boolean(),
  /** Columns without a name before the others, as pandas writes its index. */
  index: fc.integer({ min: 0, max: 2 }),
  isQuoted: fc.boolean(),
  /** Integers as pandas writes them beside gaps. */
  isFloat: fc.boolean(),
});
type Manner = typeof manner extends fc.Arbitrary<infer T> ? T : never;

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
type Write = (value: number) => string;
const asDay: Write = (value) => iso(value * DAY).slice(0, 10);
const asClock: Write = (value) => iso(value * 1000).slice(11, 19);
const asMoment: Write = (value) =>
  iso(value)
    .replace("T", " ")
    .replace(/(\.000)?Z$/, "");
const asNumber: Write = String;
const ACCESS = [asDay, asClock, undefined, asNumber, asNumber, undefined];
const ID_NAME_SLACK = [asNumber, undefined, undefined];
const COHORT = [...ID_NAME_SLACK, asDay, asDay, ...[asMoment, asMoment, asMoment], asNumber];
const WRITERS: Record<Shape, (Write | undefined)[]> = {
  text: ACCESS,
  joined: [...ACCESS, ...COHORT],
  cohorts: COHORT,
  usage: [asDay, asNumber, undefined, asNumber],
};

function written(rows: readonly (readonly Value[])[], shape: Shape, how: Manner): Buffer {
  const { end, isEnded, mark, isPacked, index, isQuoted, isFloat } = how;
  const texts = rows.map((row) =>
    row.map((value, at) => {
      const write = WRITERS[shape][at];
      if (value === null) return "";
      const isWhole = write === asNumber && isFloat;
      return write ? write(value as number) + (isWhole ? ".0" : "") : String(value);
    }),
  );
  const names = ["", "Unnamed: 0"].slice(0, index);
  const quoted = (text: string) => (isQuoted ? `"${text.replaceAll('"', '""')}"` : csvField(text));
  const lines =
    shape === "text"
      ? texts.map((fields) => fields.join(" "))
      : [
          [...names, ...HEADERS[shape]],
          ...texts.map((fields, at) => [...names.map(() => `${at}`), ...fields]),
        ].map((fields) => fields.map(quoted).join());
  const bytes = Buffer.from(mark + lines.join(end) + (isEnded ? end : ""));
  return isPacked ? gzipSync(bytes) : bytes;
}

interface Table {
  rows: Value[][];
  expected?: { rows: Value[][]; cohorts?: Value[][] };
}

async function check<T>(table: fc.Arbitrary<T>, shape: Shape, split: (table: T) => Table) {
  const property = fc.asyncProperty(table, manner, async (value, how) => {
    const { rows, expected = { rows } } = split(value);
    const found = await collectRows(folder.put("file", written(rows, shape, how)), shape);
    expect(found.rows).toEqual(expected.rows);
    if (expected.cohorts) expect(found.cohorts).toEqual(expected.cohorts);
    expect(found.read).toMatchObject({ rows: rows.length, badRows: 0, notes: [] });
  });
  await fc.assert(property, runs(50));
}

describe("a table comes back equal, however it is written", () => {
  it("of text", () =>
    check(fc.array(access(path), { minLength: 1 }), "text", (rows) => ({ rows })));

  it("of cohorts", () => check(cohorts, "cohorts", (rows) => ({ rows })));

  it("of API usage", () => check(usage, "usage", (rows) => ({ rows })));

  it("of the joined file", () => {
    const joined = cohorts.chain((known) =>
      fc.record({
        known: fc.constant(known),
        requests: fc.array(fc.tuple(access(csvText), or(fc.constantFrom(...known))), {
          minLength: 1,
        }),
      }),
    );
    return check(joined, "joined", ({ requests }) => {
      // a row without a cohort may name one that nobody knows
      const rows = requests.map(([row, of]): Value[] => [
        ...row.slice(0, 4),
        of ? of[0] : (row[4] ?? null),
        row[5],
        ...(of ?? Array(9).fill(null)),
      ]);
      const seen = [...new Set(requests.flatMap(([, of]) => (of ? [of] : [])))];
      return { rows, expected: { rows: rows.map((row) => row.slice(0, 6)), cohorts: seen } };
    });
  });
});

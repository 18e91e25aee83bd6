import type pl from "nodejs-polars";
import type { ReadRowsOptions } from "../../lib/acquire/read-rows";
import { readUsageCsv } from "../../lib/acquire/read-usage-csv";
import { readAccessText, readCohortsCsv, readJoinedCsv } from "../acquire/frames";
import { type Expected, type Shape, slowTable, type Value } from "./slow-tables";

const DAY = 86_400_000;
/** Columns that are days, by shape: a table has them as dates. */
const DAYS: Record<Shape, number[]> = { text: [0], joined: [0], cohorts: [3, 4], usage: [0] };

/**
 * Reads a file to the very table, and compares it with the slow reader's rows in the order that
 * tables have.
 *
 * @returns in what they differ; undefined where they do not, or the file gives no table
 */
export async function differenceInTables(
  path: string,
  bytes: Buffer,
  shape: Shape,
  options: ReadRowsOptions,
): Promise<string | undefined> {
  const expected = slowTable(bytes, shape, options.onBadRows === "set-aside", path);
  if (expected.kind !== "table") return undefined;
  const { table, cohorts } = await read(path, shape, options);
  const wanted = inOrder(expected, shape);
  const found = JSON.stringify(values(table, shape));
  if (found !== JSON.stringify(wanted)) return `table ${found}; expected ${JSON.stringify(wanted)}`;
  if (!cohorts) return undefined;
  const foundCohorts = JSON.stringify(values(cohorts, "cohorts"));
  const wantedCohorts = JSON.stringify(sorted(expected.cohorts, [0]));
  if (foundCohorts === wantedCohorts) return undefined;
  return `cohorts ${foundCohorts}; expected ${wantedCohorts}`;
}

async function read(
  path: string,
  shape: Shape,
  options: ReadRowsOptions,
): Promise<{ table: pl.DataFrame; cohorts?: pl.DataFrame }> {
  if (shape === "text") return { table: (await readAccessText(path, options)).logs };
  if (shape === "cohorts") return { table: (await readCohortsCsv(path, options)).cohorts };
  if (shape === "usage") return { table: (await readUsageCsv(path)).usage };
  const { logs, cohorts } = await readJoinedCsv(path, options);
  return { table: logs, cohorts };
}

/** By date and time, by id, or by day, user and API; what is equal stays in the file's order. */
function inOrder({ rows }: Expected & { kind: "table" }, shape: Shape): Value[][] {
  if (shape === "cohorts") return sorted(rows, [0]);
  return sorted(rows, shape === "usage" ? [0, 1, 2] : [0, 1]);
}

function sorted(rows: Value[][], by: number[]): Value[][] {
  return [...rows].sort((a, b) => {
    const differing = by.find((at) => a[at] !== b[at]);
    return differing === undefined ? 0 : compare(a[differing] as Value, b[differing] as Value);
  });
}

/** Text as its bytes, as Polars has it. */
function compare(a: Value, b: Value): number {
  if (typeof a === "string") return Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  return (a as number) - (b as number);
}

/** A table's rows in the slow reader's values: days and seconds as numbers. */
function values(table: pl.DataFrame, shape: Shape): Value[][] {
  return table.rows().map((row) =>
    row.map((value: unknown, at: number) => {
      if (value instanceof Date) return value.getTime() / (DAYS[shape].includes(at) ? DAY : 1);
      const isTime = at === 1 && (shape === "text" || shape === "joined");
      return isTime ? seconds(String(value)) : typeof value === "bigint" ? Number(value) : value;
    }),
  ) as Value[][];
}

function seconds(clock: string): number {
  const [hour = 0, minute = 0, second = 0] = clock.split(":").map(Number);
  return hour * 3600 + minute * 60 + second;
}

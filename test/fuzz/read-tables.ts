import type pl from "nodejs-polars";
import { readUsageCsv } from "../../lib/acquire/read-usage-csv";
import { readAccessText, readCohortsCsv, readJoinedCsv } from "../acquire/frames";
import { type Shape, slowTable, type Value } from "./slow-tables";

const DAY = 86_400_000;
/** Columns that are days, and by which a table is ordered, by shape. */
const DAYS: Record<Shape, number[]> = { text: [0], joined: [0], cohorts: [3, 4], usage: [0] };
const ORDER = { text: [0, 1], joined: [0, 1], cohorts: [0], usage: [0, 1, 2] };

/** In what a file's table differs from the slow reader's rows in the order that tables have. */
export async function differenceInTables(
  path: string,
  bytes: Buffer,
  shape: Shape,
): Promise<string | undefined> {
  const expected = slowTable(bytes, shape, false);
  if (expected.kind !== "table") return undefined;
  const { table, cohorts } = await readTables(path, shape);
  const differ = (of: Shape, frame: pl.DataFrame, rows: Value[][]) => {
    const [found, wanted] = [values(frame, of), sorted(rows, ORDER[of])].map((each) =>
      JSON.stringify(each),
    );
    return found === wanted ? undefined : `${of} ${found}; expected ${wanted}`;
  };
  const inCohorts = cohorts && differ("cohorts", cohorts, expected.cohorts);
  return differ(shape, table, expected.rows) ?? inCohorts;
}

async function readTables(
  path: string,
  shape: Shape,
): Promise<{ table: pl.DataFrame; cohorts?: pl.DataFrame }> {
  if (shape === "text") return { table: (await readAccessText(path)).logs };
  if (shape === "cohorts") return { table: (await readCohortsCsv(path)).cohorts };
  if (shape === "usage") return { table: (await readUsageCsv(path)).usage };
  const { logs, cohorts } = await readJoinedCsv(path);
  return { table: logs, cohorts };
}

function sorted(rows: Value[][], by: number[]): Value[][] {
  return [...rows].sort((a, b) => {
    const at = by.find((each) => a[each] !== b[each]) ?? 0;
    const [one, other] = [a[at] ?? 0, b[at] ?? 0];
    // text as its bytes, as Polars has it
    if (typeof one === "string") return Buffer.compare(Buffer.from(one), Buffer.from(`${other}`));
    return one - (other as number);
  });
}

/** A table's rows in the slow reader's values: days, seconds and milliseconds as numbers. */
function values(table: pl.DataFrame, shape: Shape): Value[][] {
  return table.rows().map((row) =>
    row.map((value: unknown, at: number) => {
      if (value instanceof Date) return value.getTime() / (DAYS[shape].includes(at) ? DAY : 1);
      const isTime = at === 1 && (shape === "text" || shape === "joined");
      if (!isTime) return typeof value === "bigint" ? Number(value) : value;
      const [hour = 0, minute = 0, second = 0] = String(value).split(":").map(Number);
      return hour * 3600 + minute * 60 + second;
    }),
  ) as Value[][];
}

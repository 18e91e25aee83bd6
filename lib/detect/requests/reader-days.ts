import pl from "nodejs-polars";
import { remembered } from "../../log/remembered";
import { type PageRows, pageRows, someRows } from "./page-rows";
import { mostDistinct } from "./reading-figures";
import { sortedBy, spanStarts } from "./spans";

const DAY = 86_400_000;

export type ReaderDays = ReturnType<typeof inDays>;

export function userDays(accessLog: pl.DataFrame): ReaderDays {
  const columns = ["timestamp", "path", "user_id", "ip", "cohort_id"];
  return remembered(accessLog, columns, "user days", () =>
    inDays(pageRows(accessLog, ["user_id"], ["ip", "cohort_id"]), ["user_id"]),
  );
}

export function addressDays({ rows }: ReaderDays): ReaderDays {
  const ip = rows.codes.ip!;
  const byAddress = sortedBy([ip], ip.length).filter((row) => ip[row]! >= 0);
  return inDays(someRows(rows, byAddress), ["ip", "user_id"]);
}

function inDays(rows: PageRows, keys: readonly string[]) {
  const day = Int32Array.from(rows.time.map((time) => Math.floor(time / DAY)));
  const changing = [day, ...keys.map((key) => rows.codes[key]!)];
  const starts = spanStarts(changing, sortedBy([], day.length));
  const firsts = starts.subarray(0, -1);
  const { user_id: user, cohort_id: cohort } = rows.codes as Record<string, Int32Array>;
  return {
    rows,
    starts,
    day: firsts.map((row) => day[row]!),
    user: firsts.map((row) => user![row]!),
    cohort: firsts.map((row, i) => mostFrequent(cohort!.subarray(row, starts[i + 1]!))),
    distinct: mostDistinct(rows, starts, Infinity),
  };
}

/** The code that most have; of several, the lowest. */
export function mostFrequent(codes: Int32Array): number {
  if (codes.every((code) => code === codes[0])) return codes[0]!; // as nearly always
  let [most, times, inRow] = [-1, 0, 0];
  codes
    .slice()
    .sort()
    .forEach((code, i, sorted) => {
      inRow = code === sorted[i - 1] ? inRow + 1 : 1;
      if (inRow > times) [most, times] = [code, inRow];
    });
  return most;
}

/** Users, addresses and cohorts by place; of several names of a cohort the first by alphabet. */
export function userNames(accessLog: pl.DataFrame, { values }: PageRows) {
  const names = accessLog.groupBy("cohort_id").agg(pl.col("cohort").cast(pl.String).min());
  const nameOf = new Map(names.rows() as [unknown, string | null][]);
  return {
    users: values.user_id!.toArray() as unknown[],
    addresses: values.ip!.toArray() as unknown[],
    cohorts: (values.cohort_id!.toArray() as unknown[]).map(
      (id) => nameOf.get(id) ?? `cohort ${id}`,
    ),
  };
}

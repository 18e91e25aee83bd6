import pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import type { RowProblem } from "./data-file-error";
import { parseDay, parseInteger, parseSecond } from "./parse-fields";
import { EXPECTED_DATE, EXPECTED_INTEGER } from "./read-access-fields";

/** The fields of table `cohorts`, in the order in which every shape has them. */
export const COHORT_FIELDS = [
  "id",
  "name",
  "slack",
  "start_date",
  "end_date",
  "created_at",
  "updated_at",
  "deleted_at",
  "program_id",
] as const;

/** A row of table `cohorts`: numbers for all but `name` and `slack`, null for what is missing. */
export type CohortRow = (number | string | null)[];

type Kind = "integer" | "text" | "day" | "moment";

const KINDS: Kind[] = [
  "integer",
  "text",
  "text",
  "day",
  "day",
  "moment",
  "moment",
  "moment",
  "integer",
];

const EXPECTED: Record<Kind, string> = {
  integer: EXPECTED_INTEGER,
  text: "text",
  day: EXPECTED_DATE,
  moment: "a day and a time as 2016-06-14 19:52:26",
};

const TYPES: Record<Kind, (values: (number | string | null)[]) => pl.Series> = {
  integer: (values) => numbers(values).cast(pl.Int64),
  text: (values) => pl.Series("", values as (string | null)[], pl.String),
  day: (values) => numbers(values).cast(pl.Int32).cast(pl.Date),
  moment: (values) => numbers(values).cast(pl.Int64).cast(pl.Datetime("ms")),
};

/** A cohort's row from the nine fields' texts, or what is wrong with one of them. Only `id` must be there. */
export function parseCohort(texts: readonly string[]): CohortRow | Omit<RowProblem, "line"> {
  const row: CohortRow = [];
  for (const [at, field] of COHORT_FIELDS.entries()) {
    const text = texts[at] as string;
    const kind = KINDS[at] as Kind;
    const value = text === "" ? null : kind === "text" ? text : parseNumber(kind, text);
    if (Number.isNaN(value) || (field === "id" && value === null)) {
      const orNothing = field === "id" ? "" : ", or nothing";
      return { field, expected: EXPECTED[kind] + orNothing, found: text };
    }
    row.push(value);
  }
  return row;
}

/** No school has more classes; a table with more is another one. */
const MOST_COHORTS = 100_000;

/** @throws {RangeError} if there are too many */
export function checkCohorts(count: number): void {
  if (count <= MOST_COHORTS) return;
  throw new RangeError(`a table of cohorts can have up to ${formatCount(MOST_COHORTS)} rows`);
}

/** The rows as table `cohorts`, by id. */
export function cohortsFrame(rows: readonly CohortRow[]): pl.DataFrame {
  const ordered = [...rows].sort((a, b) => (a[0] as number) - (b[0] as number));
  return pl.DataFrame(
    Object.fromEntries(
      COHORT_FIELDS.map((field, at) => {
        const series = TYPES[KINDS[at] as Kind](ordered.map((row) => row[at] ?? null));
        return [field, series.alias(field)];
      }),
    ),
  );
}

function parseNumber(kind: Kind, text: string): number {
  const bytes = Buffer.from(text);
  if (kind === "integer") return parseInteger(bytes, 0, bytes.length);
  if (kind === "day") return parseDay(bytes, 0, bytes.length);
  return parseMoment(text);
}

/** Milliseconds since 1970-01-01 of `2016-06-14 19:52:26`, with or without a fraction; without a time, of midnight. */
function parseMoment(text: string): number {
  const [, day = "", time = "00:00:00", fraction = "0"] =
    /^(\S{10})(?:[ T](\S{8}?)(?:\.(\d{1,9}))?)?$/.exec(text) ?? [];
  const days = parseDay(Buffer.from(day), 0, day.length);
  const seconds = parseSecond(Buffer.from(time), 0, time.length);
  return days * 86_400_000 + seconds * 1000 + Math.trunc(Number(`0.${fraction}`) * 1000);
}

function numbers(values: (number | string | null)[]): pl.Series {
  return pl.Series("", values as (number | null)[], pl.Float64);
}

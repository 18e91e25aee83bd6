import pl from "nodejs-polars";
import { FIRST_EPOCH_DAY, type FrozenLog } from "./frozen";

/** Cohort that teachers and staff are in; its dates mean nothing. */
export const STAFF = 28;
export const DATA_SCIENCE = 3;

/** What further stories and other seeds look at. */
export interface Cohort {
  name: string;
  program: number;
  /** Days of the log: class is from `start` up to, not including, `end`. */
  start: number;
  end: number;
}

const FIELDS = [
  ...["id", "name", "slack", "start_date", "end_date"],
  ...["created_at", "updated_at", "deleted_at", "program_id"],
];
const DAYS = ["start_date", "end_date"];
const MOMENTS = ["created_at", "updated_at", "deleted_at"];

/** The published `cohorts` table, 53 rows by `id`. */
export function sampleCohorts(log: FrozenLog): pl.DataFrame {
  const columns = log.cohorts.map((line) => line.split(",").map((text) => text || null));
  const texts = pl.DataFrame(
    Object.fromEntries(
      FIELDS.map((name, at) => [
        name,
        pl.Series(
          name,
          columns.map((row) => row[at]!),
          pl.String,
        ),
      ]),
    ),
  );
  const typed = FIELDS.map((name) => {
    if (DAYS.includes(name)) return pl.col(name).str.strptime(pl.Date, "%Y-%m-%d");
    if (MOMENTS.includes(name)) {
      const moment = pl.col(name).str.strptime(pl.Datetime("ms"), "%Y-%m-%d %H:%M:%S");
      return moment.cast(pl.Datetime("ms"));
    }
    return name.endsWith("id") ? pl.col(name).cast(pl.Int64) : pl.col(name);
  });
  return texts.select(...typed).sort("id");
}

export function cohortsById(log: FrozenLog): Map<number, Cohort> {
  const day = (text = "") => Date.parse(text) / 86_400_000 - FIRST_EPOCH_DAY;
  return new Map(
    log.cohorts.map((line) => {
      const [id, name = "", , start, end, , , , program] = line.split(",");
      const cohort = { name, program: Number(program), start: day(start), end: day(end) };
      return [Number(id), cohort];
    }),
  );
}

/** The table as the CSV in which it was published. */
export const cohortsCsv = ({ cohorts }: FrozenLog): string =>
  `${[FIELDS.join(","), ...cohorts].join("\n")}\n`;

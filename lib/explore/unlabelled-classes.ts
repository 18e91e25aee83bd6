import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { isoDay } from "../log/iso-day";
import { DATA_SCIENCE, WEB_DEVELOPMENT } from "../log/program-curriculum";
import { PROGRAMS } from "../log/programs";
import { int32, numbers } from "../log/typed-arrays";
import { typedColumns } from "../log/typed-columns";
import { binomialTail } from "../stats/exact-tests";
import { requireInteger } from "../stats/require-option";

export interface UnlabelledClassesOptions {
  /** Days within which the next user must have begun to belong to the same class. */
  within?: number;
  least?: number;
}

/**
 * Classes that were never entered: users without any cohort who began together, each less than
 * `within` days after the one before. Named are cohorts without a row in the log that start less
 * than `within` days before or after the first.
 * @param accessLog access log in any order: `timestamp`, `date`, `path`, `user_id`, `cohort_id`
 * @param cohorts the raw cohorts table: `id`, `name`, `start_date`, `program_id`
 * @param curricula what `pageCurricula` gives
 * @returns one row per group of at least `least` users, by first day: `from`, `users`, `rows`,
 *   `first_access`, `last_access`, `months`, `web_development_pages`, `data_science_pages`,
 *   `other_pages`, `curriculum` (that of four fifths of the pages of both, else null), `cohort`
 *   (those that it may be), `program` (theirs, where the same), `began_with_log`, `chance`,
 *   `cohort_chance`, `user_ids`. `chance` is an upper bound of the probability that as many of the
 *   users without a cohort begin as close to one another anywhere in the log, if each begins on any
 *   of its days alike, whatever the others do; null for a group that began with the log.
 *   `cohort_chance`, by the same model, is the probability that a cohort without rows that starts in
 *   the log's time starts so near; null without one
 * @throws if an option is out of range, or a column is missing or of another type
 */
export function unlabelledClasses(
  accessLog: pl.DataFrame,
  cohorts: pl.DataFrame,
  curricula: pl.DataFrame,
  { within = 7, least = 5 }: UnlabelledClassesOptions = {},
): pl.DataFrame {
  requireInteger("unlabelledClasses", { within });
  requireInteger("unlabelledClasses", { least }, { atLeast: 2 });
  const needed = ["timestamp", "date", "path", "user_id", "cohort_id"] as const;
  const log = typedColumns("unlabelledClasses", accessLog, ...needed);
  const columns = ["id", "name", "start_date", "program_id"] as const;
  const table = typedColumns("unlabelledClasses (cohorts)", cohorts, ...columns);
  const pages = typedColumns("unlabelledClasses (curricula)", curricula, "path", "curriculum");
  const labelled = log.dropNulls("cohort_id");
  const rows = log
    .dropNulls(["user_id", "date"])
    .join(labelled.select("user_id").unique(), { on: "user_id", how: "anti" })
    .join(pages.unique({ subset: ["path"] }), { on: "path", how: "left" });
  const empty = cohortsWithoutRows(labelled, table);
  const days = log.getColumn("date").cast(pl.Int32);
  const [firstDay, lastDay] = [Number(days.min()), Number(days.max())];
  const length = lastDay - firstDay + 1;
  const groups = groupsOf(rows, within);
  const isOld = (from: number) => from - firstDay < within;
  const beginners = groups.reduce((n, { from, ids }) => n + (isOld(from) ? 0 : ids.length), 0);
  const inTime = empty.filter(({ start }) => start >= firstDay && start <= lastDay).length;
  const found = groups
    .filter(({ ids }) => ids.length >= least)
    .map(({ from, to, ids }) => {
      // Whoever is the first of them, the others must begin within as many days.
      const others = binomialTail(ids.length - 1, beginners - 1, (to - from + 1) / length);
      const near = Math.min(1, (2 * within - 1) / length);
      const candidates = empty.filter(({ start }) => Math.abs(start - from) < within);
      const programs = new Set(candidates.map(({ program }) => program));
      return {
        ...readingOf(rows.filter(pl.col("user_id").isIn(ids))),
        from,
        users: ids.length,
        cohort: candidates.map(({ name }) => name).join(", ") || null,
        program: programs.size === 1 ? [...programs][0] : null,
        began_with_log: isOld(from),
        chance: isOld(from) ? null : Math.min(1, beginners * others),
        cohort_chance: candidates.length > 0 ? 1 - (1 - near) ** Math.max(1, inTime) : null,
        user_ids: ids.sort((a, b) => a - b).join(", "),
      };
    });
  const counts = ["web_development_pages", "data_science_pages", "other_pages"] as const;
  return frameOf(
    found,
    { from: pl.Date },
    ...(["users", "rows", "first_access", "last_access", "months"] as const),
    ...counts,
    ...(["curriculum", "cohort", "program", "began_with_log"] as const),
    ...(["chance", "cohort_chance", "user_ids"] as const),
  );
}

interface Group {
  from: number;
  to: number;
  ids: number[];
}

function groupsOf(rows: pl.DataFrame, within: number): Group[] {
  const users = rows.groupBy("user_id").agg(pl.col("date").min()).sort(["date", "user_id"]);
  const starts = int32(users, "date");
  const groups: Group[] = [];
  numbers(users, "user_id").forEach((id, i) => {
    const day = starts[i]!;
    if (i === 0 || day - starts[i - 1]! >= within) groups.push({ from: day, to: day, ids: [] });
    groups.at(-1)!.ids.push(id);
    groups.at(-1)!.to = day;
  });
  return groups;
}

function cohortsWithoutRows(labelled: pl.DataFrame, cohorts: pl.DataFrame) {
  const known = labelled.select("cohort_id").unique();
  const table = cohorts
    .dropNulls(["id", "name", "start_date"])
    .join(known, { leftOn: "id", rightOn: "cohort_id", how: "anti" })
    .sort("name");
  const starts = int32(table, "start_date");
  const programs = table.getColumn("program_id").toArray() as (number | null)[];
  return (table.getColumn("name").toArray() as string[]).map((name, i) => ({
    name,
    start: starts[i]!,
    program: PROGRAMS.get(Number(programs[i])) ?? null,
  }));
}

const MOST = 0.8;

function readingOf(rows: pl.DataFrame) {
  const judged = rows.dropNulls("path").getColumn("curriculum").toArray() as (string | null)[];
  const web = judged.filter((curriculum) => curriculum === WEB_DEVELOPMENT).length;
  const data = judged.filter((curriculum) => curriculum === DATA_SCIENCE).length;
  const most = MOST * (web + data);
  const days = Array.from(int32(rows.select("date").unique(), "date"));
  const times = rows.getColumn("timestamp").cast(pl.Int64);
  return {
    rows: rows.height,
    first_access: times.min(),
    last_access: times.max(),
    months: new Set(days.map((day) => isoDay(day).slice(0, 7))).size,
    web_development_pages: web,
    data_science_pages: data,
    other_pages: judged.length - web - data,
    curriculum:
      web + data === 0 ? null : web >= most ? WEB_DEVELOPMENT : data >= most ? DATA_SCIENCE : null,
  };
}

import pl from "nodejs-polars";
import type { Row } from "../log/first-row";
import { not, where } from "../log/where";
import { visibleText } from "../words/visible-text";
import { dayOf, orZero, rowCount } from "./expressions";
import type { Check } from "./row-checks";

export const COHORTS_WITHOUT_ROWS = "cohorts without rows";

export function cohortChecks(
  log: pl.DataFrame,
  cohorts: pl.DataFrame,
  { longest, few }: { longest: number; few: number },
): Check[] {
  const sizes = where(log, { cohort_id: not(null) })
    .groupBy("cohort_id")
    .agg(rowCount("rows"));
  const table = cohorts
    .withColumns(dayOf("start_date"), dayOf("end_date"))
    .join(sizes, { leftOn: "id", rightOn: "cohort_id", how: "left" })
    .withColumns(orZero("rows"))
    .sort("id")
    .toRecords() as Row[];
  const last = log.getColumn("date").cast(pl.Int32).max() ?? Infinity;
  const slacks = table.map(({ slack }) => slack);
  const length = ({ start_date: start, end_date: end }: Row) =>
    start === null || end === null ? null : end - start;
  const those = (check: string, meaning: string, isOne: (cohort: Row) => boolean): Check => {
    const found = table.filter(isOne);
    return { check, count: found.length, unit: "cohorts", which: namesOf(found), meaning };
  };
  return [
    those(
      COHORTS_WITHOUT_ROWS,
      "classes before the log, placeholders, or classes whose students were never given their cohort",
      ({ rows }) => rows === 0,
    ),
    those(
      `cohorts with fewer rows than ${few}`,
      "too few to compare: a share of them is chance",
      ({ rows }) => rows > 0 && rows < few,
    ),
    those(
      "cohorts that end on the day they start, or before",
      "dates that mean nothing: by them all their reading comes after the end",
      (cohort) => (length(cohort) ?? 1) <= 0,
    ),
    those(
      `cohorts that last longer than ${longest} days`,
      "no class but a placeholder: nobody in it can ever be found after the end",
      (cohort) => (length(cohort) ?? 0) > longest,
    ),
    those(
      "cohorts that end after the log",
      "still in class, or no class: their totals are not final",
      ({ end_date }) => end_date !== null && end_date > last,
    ),
    those(
      "cohorts that share their Slack channel",
      "the channel does not tell cohorts apart: join on the id",
      ({ slack }) => Boolean(slack) && slacks.indexOf(slack) !== slacks.lastIndexOf(slack),
    ),
  ];
}

const NAMED = 6;

function namesOf(found: readonly Row[]): string | null {
  if (found.length === 0) return null;
  const names = found
    .slice(0, NAMED)
    .map(({ name }) => visibleText(name ?? "no name", { max: 40 }));
  return `${names.join(", ")}${found.length > NAMED ? ", ..." : ""}`;
}

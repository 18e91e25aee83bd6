import pl from "nodejs-polars";
import { COHORTS_WITHOUT_ROWS } from "../../explore/cohort-checks";
import { REPEATED_ROWS, ROWS_WITHOUT_COHORT } from "../../explore/row-checks";
import { firstRow, type Row } from "../../log/first-row";
import { above, where } from "../../log/where";
import { nameProse, type Prose, prose } from "../../words/prose";
import { asDate, claimsOf, shortName, sumOf, verb } from "./phrases";

/** In a few words for the headline, and in sentences. */
interface Finding {
  short: (isFirst: boolean) => Prose;
  long: Prose;
}

const most = (column: string) => pl.col(column).mul(pl.lit(-1));

export const hasMoved = (row: Row | undefined): row is Row =>
  row?.moved !== null && row?.moved !== undefined;

export function moveFinding(move: pl.DataFrame): Finding | undefined {
  const row = firstRow(move);
  if (!hasMoved(row)) return undefined;
  const { percent, day } = claimsOf("campusMove");
  const moved = day("first day after the move", row.moved);
  const before = percent("share of requests from campus before", row.share_before);
  const after = percent("share of requests from campus after", row.share_after);
  const where = row.share_after < row.share_before ? "away from" : "on";
  return {
    short: (isFirst) =>
      prose`${isFirst ? "Since" : "since"} ${moved} students read ${where} campus`,
    long: prose`From ${day("first day of the stretch before", row.rate_from)} until ${moved}, ${before} of students' requests came from campus; from that day to ${day("last day of the stretch after", row.rate_until)} it is ${after}.`,
  };
}

/** Groups that began while the log was kept. */
export const realClasses = (classes: pl.DataFrame): pl.DataFrame =>
  where(classes, { began_with_log: false }).sort("from");

const CLASSES_NAMED = 3;

export function classesFinding(all: pl.DataFrame): Finding | undefined {
  const classes = realClasses(all);
  const [rows, n] = [classes.toRecords() as Row[], classes.height];
  if (n === 0) return undefined;
  const { count } = claimsOf("unlabelledClasses");
  const ids = rows.flatMap((row) => String(row.user_ids).split(", "));
  const again = () => new Set(ids).size;
  const what = "that were never entered";
  const users = count(`users of classes ${what}`, sumOf(rows, "users"), "user", "users", { again });
  const groups = count(`classes ${what}`, n, "class", "classes");
  const requests = count(`rows of classes ${what}`, sumOf(rows, "rows"), "request");
  const largest = classes.sort([most("users"), pl.col("from")]).head(CLASSES_NAMED);
  const each = (largest.sort("from").toRecords() as Row[]).map(classWords);
  return {
    short: () =>
      prose`${groups}, ${users}, ${verb(n, "was", "were")} never entered as ${verb(n, "a cohort", "cohorts")}`,
    long: prose`${users} with ${requests} never have a cohort although they began together, as a class does${each.length === n ? ":" : ", the largest groups:"} ${each}. No count by cohort or program has them.`,
  };
}

function classWords({ user_ids, users, from, cohort, program }: Row): Prose {
  const { claim, day } = claimsOf("unlabelledClasses");
  const first = String(user_ids).split(", ")[0];
  const size = claim(`users of the class of user ${first}`, Number(users));
  const began = day(`first day of the class of user ${first}`, from);
  if (cohort === null) return prose`${size} from ${began} on (no cohort without rows begins then)`;
  const of = program === null ? "" : `, ${program}`;
  return prose`${size} from ${began} on (in the cohorts table ${nameProse(cohort)}${of}, without a row)`;
}

export function breaksFinding(breaks: pl.DataFrame): Finding | undefined {
  const longest = firstRow(breaks.sort([most("weekdays"), pl.col("share")]));
  if (!longest) return undefined;
  const { claim, count, day } = claimsOf("breaks");
  const sum = sumOf(breaks.toRecords(), "weekdays");
  const weekdays = count("weekdays on which hardly anyone read", sum, "weekday");
  const from = day("first day of the longest break", longest.from);
  const to = day("last day of the longest break", longest.to);
  const span = longest.weekdays > 1 ? prose`from ${from} to ${to}` : prose`on ${from}`;
  const holiday = longest.holiday === null ? "" : ` (${longest.holiday})`;
  const unnamed = where(breaks, { holiday: null }).height;
  const without =
    unnamed === 0
      ? prose`A holiday falls into each.`
      : prose`${count("breaks without a holiday", unnamed, "break")} of ${claim("breaks", breaks.height)} ${verb(unnamed, "has", "have")} no national holiday in ${verb(unnamed, "it", "them")}.`;
  return {
    short: (isFirst) => prose`${isFirst ? "On" : "on"} ${weekdays} hardly anyone read`,
    long: prose`On ${weekdays} hardly anyone read, ${verb(breaks.height, "", "the longest time ")}${span}${holiday}: who does not read then is not inactive. ${without}`,
  };
}

/** Days by which a layout must have ended before the latest one. */
const GIVEN_UP = 90;

export function layoutsFinding(layouts: pl.DataFrame, split: pl.DataFrame): Finding | undefined {
  const rows = layouts.sort("to").toRecords() as Row[];
  const last = Math.max(...rows.map(({ to }) => +asDate(to)));
  const old = rows.filter(({ to }) => last - +asDate(to) >= GIVEN_UP * 86_400_000);
  const several = where(split, { layouts: above(1) });
  const outside = pl.col("pages").mul(pl.lit(1).sub(pl.col("largest_path_share")));
  const lost = firstRow(several.sort([outside.mul(pl.lit(-1)), pl.col("lesson")]));
  if (old.length === 0 || !lost) return undefined;
  const { percent, day } = claimsOf("layoutPeriods");
  const what = "share of pages under names of a layout that was given up";
  const share = percent(what, sumOf(old, "share"));
  const ends = old.map(({ layout, to }) => {
    return prose`${String(layout)} until ${day(`day by which most pages were read, ${layout}`, to)}`;
  });
  const ofSplit = claimsOf("splitLessons");
  const n = several.height;
  const lessons = ofSplit.count("lessons under names of several layouts", n, "lesson");
  const elsewhere = "share of the most split lesson's pages outside its most read path";
  const part = ofSplit.percent(elsewhere, 1 - Number(lost.largest_path_share));
  return {
    short: () =>
      prose`${lessons} changed ${verb(n, "its name", "their names")}, which splits counts`,
    long: prose`The site's pages were renamed (${ends}): ${share} of all pages were read under old names, and ${lessons} ${verb(n, "lies", "lie")} under names of several layouts. Counted by path, ${shortName(lost.lesson)} would lose ${part} of its pages.`,
  };
}

export function qualityFinding(quality: pl.DataFrame): Finding | undefined {
  const { count } = claimsOf("dataQuality");
  const countOf = (check: string) => Number(firstRow(where(quality, { check }))?.count ?? 0);
  const rowsOf = (check: string, one: string, several = one) => {
    const n = countOf(check);
    return n === 0 ? [] : [prose`${count(check, n, "row")} ${verb(n, one, several)}`];
  };
  const rows = [
    ...rowsOf(ROWS_WITHOUT_COHORT, "without a cohort"),
    ...rowsOf(REPEATED_ROWS, "that repeats another exactly", "that repeat another exactly"),
  ];
  if (rows.length === 0) return undefined;
  const empty = countOf(COHORTS_WITHOUT_ROWS);
  const cohorts = prose`${count(COHORTS_WITHOUT_ROWS, empty, "cohort")} without a single row`;
  return {
    short: (isFirst) => prose`${isFirst ? "The" : "the"} data has ${rows[0]}`,
    long: prose`The data has ${empty > 0 ? [...rows, cohorts] : rows}.`,
  };
}

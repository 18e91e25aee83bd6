import pl from "nodejs-polars";
import { COHORTS_WITHOUT_ROWS } from "../../explore/cohort-checks";
import { REPEATED_ROWS, ROWS_WITHOUT_COHORT } from "../../explore/row-checks";
import { firstRow, type Row } from "../../log/first-row";
import { above, where } from "../../log/where";
import { claimsFrom } from "../../words/claim";
import { formatDate } from "../../words/format-words";
import { nameProse, type Prose, prose } from "../../words/prose";
import { counting, inPercent, shortName, total } from "./phrases";

/** In a few words for the headline, and in sentences. */
interface Finding {
  short: (isFirst: boolean) => Prose;
  long: Prose;
}

const asDate = (value: unknown) => (value instanceof Date ? value : new Date(String(value)));
const most = (column: string) => pl.col(column).mul(pl.lit(-1));

export const hasMoved = (row: Row | undefined): row is Row =>
  row?.moved !== null && row?.moved !== undefined;

export function moveFinding(move: pl.DataFrame): Finding | undefined {
  const row = firstRow(move);
  if (!hasMoved(row)) return undefined;
  const claim = claimsFrom("campusMove");
  const share = (when: string, value: unknown) =>
    claim(`share of requests from campus ${when}`, Number(value), inPercent);
  const day = claim("first day after the move", asDate(row.moved), { as: formatDate });
  const isAway = row.share_after < row.share_before;
  return {
    short: (isFirst) =>
      prose`${isFirst ? "Since" : "since"} ${day} students read ${isAway ? "away from" : "on"} campus`,
    long: prose`Until ${day}, ${share("before", row.share_before)} of students' requests came from campus; from that day on it is ${share("after", row.share_after)}.`,
  };
}

/** Groups that began while the log was kept. */
export const realClasses = (classes: pl.DataFrame): pl.DataFrame =>
  where(classes, { began_with_log: false }).sort("from");

const CLASSES_NAMED = 3;

export function classesFinding(all: pl.DataFrame): Finding | undefined {
  const classes = realClasses(all);
  if (classes.height === 0) return undefined;
  const claim = claimsFrom("unlabelledClasses");
  const ids = classes.getColumn("user_ids").toArray() as string[];
  const users = claim("users of classes that were never entered", total(classes, "users"), {
    ...counting("user"),
    again: () => new Set(ids.flatMap((list) => list.split(", "))).size,
  });
  const what = "that were never entered";
  const groups = claim(`classes ${what}`, classes.height, counting("class", "classes"));
  const rows = claim(`rows of classes ${what}`, total(classes, "rows"), counting("request"));
  const largest = classes.sort([most("users"), pl.col("from")]).head(CLASSES_NAMED);
  const each = (largest.sort("from").toRecords() as Row[]).map(classWords);
  const isAll = each.length === classes.height;
  return {
    short: () =>
      prose`${groups}, ${users}, ${classes.height === 1 ? "was" : "were"} never entered as ${classes.height === 1 ? "a cohort" : "cohorts"}`,
    long: prose`${users} with ${rows} never have a cohort although they began together, as a class does${isAll ? ":" : ", the largest groups:"} ${each}. No count by cohort or program has them.`,
  };
}

function classWords(row: Row): Prose {
  const claim = claimsFrom("unlabelledClasses");
  const first = String(row.user_ids).split(", ")[0];
  const size = claim(`users of the class of user ${first}`, Number(row.users));
  const from = claim(`first day of the class of user ${first}`, asDate(row.from), {
    as: formatDate,
  });
  if (row.cohort === null) {
    return prose`${size} from ${from} on (no cohort without rows begins then)`;
  }
  const program = row.program === null ? "" : `, ${row.program}`;
  return prose`${size} from ${from} on (in the cohorts table ${nameProse(row.cohort)}${program}, without a row)`;
}

export function breaksFinding(breaks: pl.DataFrame): Finding | undefined {
  const longest = firstRow(breaks.sort([most("weekdays"), pl.col("share")]));
  if (!longest) return undefined;
  const claim = claimsFrom("breaks");
  const what = "weekdays on which hardly anyone read";
  const weekdays = claim(what, total(breaks, "weekdays"), counting("weekday"));
  const date = (which: string, value: unknown) =>
    claim(`${which} day of the longest break`, asDate(value), { as: formatDate });
  const from = date("first", longest.from);
  const span =
    longest.weekdays > 1 ? prose`from ${from} to ${date("last", longest.to)}` : prose`on ${from}`;
  const holiday = longest.holiday === null ? "" : ` (${longest.holiday})`;
  const unnamed = where(breaks, { holiday: null }).height;
  const without =
    unnamed === 0
      ? prose`A holiday falls into each.`
      : prose`${claim("breaks without a holiday", unnamed, counting("break"))} of ${claim("breaks", breaks.height)} ${unnamed === 1 ? "has" : "have"} no national holiday in ${unnamed === 1 ? "it" : "them"}.`;
  return {
    short: (isFirst) => prose`${isFirst ? "On" : "on"} ${weekdays} hardly anyone read`,
    long: prose`On ${weekdays} hardly anyone read, ${breaks.height === 1 ? "" : "the longest time "}${span}${holiday}: who does not read then is not inactive. ${without}`,
  };
}

/** Days by which a layout must have ended before the latest one. */
const GIVEN_UP = 90;

export function layoutsFinding(layouts: pl.DataFrame, split: pl.DataFrame): Finding | undefined {
  const rows = layouts.sort("to").toRecords() as Row[];
  const last = Math.max(...rows.map(({ to }) => +asDate(to)));
  const old = rows.filter(({ to }) => last - +asDate(to) >= GIVEN_UP * 86_400_000);
  const several = where(split, { layouts: above(1) });
  const lost = mostSplit(several);
  if (old.length === 0 || !lost) return undefined;
  const claim = claimsFrom("layoutPeriods");
  const oldShare = old.reduce((sum, row) => sum + Number(row.share), 0);
  const what = "share of pages under names of a layout that was given up";
  const share = claim(what, oldShare, inPercent);
  const ends = old.map(
    (row) =>
      prose`${String(row.layout)} until ${claim(`day by which most pages were read, ${row.layout}`, asDate(row.to), { as: formatDate })}`,
  );
  const claimSplit = claimsFrom("splitLessons");
  const count = several.height;
  const lessons = claimSplit("lessons under names of several layouts", count, counting("lesson"));
  const outside = claimSplit(
    "share of the most split lesson's pages outside its most read path",
    1 - Number(lost.largest_path_share),
    inPercent,
  );
  return {
    short: () =>
      prose`${lessons} changed ${count === 1 ? "its name" : "their names"}, which splits counts`,
    long: prose`The site's pages were renamed (${ends}): ${share} of all pages were read under old names, and ${lessons} ${count === 1 ? "lies" : "lie"} under names of several layouts. Counted by path, ${shortName(lost.lesson)} would lose ${outside} of its pages.`,
  };
}

function mostSplit(split: pl.DataFrame): Row | undefined {
  const outside = pl.col("pages").mul(pl.lit(1).sub(pl.col("largest_path_share")));
  return firstRow(split.sort([outside.mul(pl.lit(-1)), pl.col("lesson")]));
}

export function qualityFinding(quality: pl.DataFrame): Finding | undefined {
  const claim = claimsFrom("dataQuality");
  const countOf = (check: string) => Number(firstRow(where(quality, { check }))?.count ?? 0);
  const rowsOf = (check: string, one: string, several = one) => {
    const count = countOf(check);
    const words = count === 1 ? one : several;
    return count === 0 ? [] : [prose`${claim(check, count, counting("row"))} ${words}`];
  };
  const rows = [
    ...rowsOf(ROWS_WITHOUT_COHORT, "without a cohort"),
    ...rowsOf(REPEATED_ROWS, "that repeats another exactly", "that repeat another exactly"),
  ];
  if (rows.length === 0) return undefined;
  const empty = countOf(COHORTS_WITHOUT_ROWS);
  const cohorts = claim(COHORTS_WITHOUT_ROWS, empty, counting("cohort"));
  return {
    short: (isFirst) => prose`${isFirst ? "The" : "the"} data has ${rows[0]}`,
    long: prose`The data has ${empty > 0 ? [...rows, prose`${cohorts} without a single row`] : rows}.`,
  };
}

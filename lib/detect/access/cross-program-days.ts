import pl from "nodejs-polars";
import {
  COHORT_ID,
  DATE,
  FINDING,
  OWN_PAGES,
  PAGES,
  PATH,
  PROGRAM_ID,
  SCORE,
  SHARE,
  TIMESTAMP,
  USER_ID,
} from "../../columns";
import { formatCount, formatDate, formatPercent } from "../../format-words";
import { frameOf } from "../../frame-of";
import { requireColumns } from "../../require-columns";
import { visibleText } from "../../visible-text";
import { dayNumber } from "./day-number";
import { pageCurricula } from "./page-curricula";
import { CURRICULUM_NAMES, DATA, WEB } from "./program-curriculum";
import { CROSS, OWN, type RowCurricula, readingKinds, rowCurricula } from "./row-curricula";
import { shutOffDay } from "./shut-off-day";

export interface CrossProgramDaysOptions {
  /** Curricula of pages, as `pageCurricula` gives them; learned from the log where not given. */
  curricula?: pl.DataFrame;
  /**
   * First day on which the other program's curriculum should not open: a Date or ISO text. Where
   * not given, the day that `crossProgramShutOff` finds for either direction; where it finds
   * none, the log's first day.
   */
  from?: Date | string;
  /** Pages of the other curriculum in a day that may be a mistake; one more is flagged. */
  allowed?: number;
}

/**
 * Days on which a student read the other program's curriculum, though it should not open any
 * more.
 *
 * The score is the day's pages of the other curriculum by `allowed`. A page or two are a wrong
 * turn, or an appendix page that mostly the other program reads; with `allowed` 3 a fourth is
 * a flag. Days before `from` are given as well, but their score is never above 1: it was open
 * then. Shared and unknown pages count for nothing; Staff, who teach both, and users of no
 * known program have no other program and are left out.
 *
 * @param accessLog access log in any order: `timestamp`, `date`, `path`, `user_id`,
 *   `cohort_id`, `program_id`
 * @returns one row per user and day with pages of the other curriculum, by both: `user_id`
 *   (Int64), `date` (Date), `pages` (of the other curriculum), `own_pages` (of the program's
 *   own; Int64), `share` (Float64, `pages` by both), `score` (Float64, above 1 is a flag),
 *   `finding` (String, null where nothing is flagged)
 * @throws {RangeError} if `allowed` is not a whole number above 0 or `from` is not a day
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 */
export function crossProgramDays(
  accessLog: pl.DataFrame,
  { curricula, from, allowed = 3 }: CrossProgramDaysOptions = {},
): pl.DataFrame {
  if (!(Number.isInteger(allowed) && allowed > 0)) {
    throw new RangeError(
      `crossProgramDays needs allowed of 1 page or more, got ${allowed}: one page is a wrong turn`,
    );
  }
  const given = from === undefined ? undefined : dayNumber("crossProgramDays", "from", from);
  requireColumns("crossProgramDays", accessLog, {
    [TIMESTAMP]: "Datetime",
    [DATE]: "Date",
    [PATH]: "String",
    [USER_ID]: "integer",
    [COHORT_ID]: "integer",
    [PROGRAM_ID]: "integer",
  });
  const pages = curricula ?? pageCurricula(accessLog);
  const row = rowCurricula("crossProgramDays", accessLog, pages);
  const since = given ?? shutOffDay(accessLog, row) ?? Number.NEGATIVE_INFINITY;

  const rows = crossDays(accessLog, row).map(({ cross, own, examples, reader, user, day }) => {
    const isOpen = day < since;
    const score = cross / allowed;
    const isFlagged = score > 1 && !isOpen;
    return {
      [USER_ID]: user,
      [DATE]: day,
      [PAGES]: cross,
      [OWN_PAGES]: own,
      [SHARE]: cross / (cross + own),
      [SCORE]: isOpen ? Math.min(1, score) : score,
      [FINDING]: isFlagged ? sentence({ cross, own, examples, reader, since, allowed }) : null,
    };
  });
  return frameOf(rows, {
    [USER_ID]: pl.Int64,
    [DATE]: pl.Int32,
    [PAGES]: pl.Int64,
    [OWN_PAGES]: pl.Int64,
    [SHARE]: pl.Float64,
    [SCORE]: pl.Float64,
    [FINDING]: pl.String,
  }).withColumns(pl.col(DATE).cast(pl.Date));
}

/** A student's day with pages of the other curriculum. */
interface CrossDay {
  user: number;
  /** Since 1970. */
  day: number;
  reader: number;
  cross: number;
  own: number;
  /** Different pages of the other curriculum, by path; not more than are shown and one. */
  examples: string[];
}

const SHOWN = 3;

/** By user and day. */
function crossDays(accessLog: pl.DataFrame, row: RowCurricula): CrossDay[] {
  const reading = accessLog
    .select(USER_ID, pl.col(DATE).cast(pl.Date).cast(pl.Int32), PATH)
    .withColumns(pl.Series(KIND, readingKinds(row)), pl.Series(READER, new Int32Array(row.reader)));
  const cross = reading
    .filter(pl.col(KIND).eq(pl.lit(CROSS)))
    .dropNulls()
    .groupBy(USER_ID, DATE)
    .agg(
      pl.len().cast(pl.Int32).alias(PAGES),
      pl.col(READER).min(),
      pl.col(PATH).unique().sort().head(SHOWN).alias(PATH),
    );
  const own = reading
    .select(USER_ID, DATE, KIND)
    .filter(pl.col(KIND).eq(pl.lit(OWN)))
    .join(cross.select(USER_ID, DATE), { on: [USER_ID, DATE], how: "semi" })
    .groupBy(USER_ID, DATE)
    .agg(pl.len().cast(pl.Int32).alias(OWN_PAGES));
  return cross
    .join(own, { on: [USER_ID, DATE], how: "left" })
    .sort([USER_ID, DATE])
    .toRecords()
    .map((found) => ({
      user: Number(found[USER_ID]),
      day: Number(found[DATE]),
      reader: Number(found[READER]),
      cross: Number(found[PAGES]),
      own: Number(found[OWN_PAGES] ?? 0),
      examples: Array.from(found[PATH] as Iterable<string>),
    }));
}

// Names for columns on the way that no log has.
const KIND = "\0kind";
const READER = "\0reader";

function sentence({
  cross,
  own,
  examples,
  reader,
  since,
  allowed,
}: Pick<CrossDay, "cross" | "own" | "examples" | "reader"> & { since: number; allowed: number }) {
  const [mine, other] = reader === DATA ? [DATA, WEB] : [WEB, DATA];
  const shown = examples.map((path) => visibleText(path, { max: 60 })).join(", ");
  const closed = Number.isFinite(since)
    ? `though they should not open since ${formatDate(new Date(since * 86_400_000))}`
    : "where no day is known since when they should not open";
  return (
    `A ${CURRICULUM_NAMES[mine]} student opened ${formatCount(cross)} pages of ` +
    `${CURRICULUM_NAMES[other]} (such as ${shown}), ${closed}: ` +
    `${formatPercent(cross / (cross + own), 0)} of the day's lessons; up to ${formatCount(allowed)} may be a mistake.`
  );
}

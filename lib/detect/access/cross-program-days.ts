import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { frameOf } from "../../log/frame-of";
import { CURRICULUM_NAMES, DATA, WEB } from "../../log/program-curriculum";
import { requireColumns } from "../../log/require-columns";
import { formatCount, formatDate, formatPercent } from "../../words/format-words";
import { quotedText } from "../../words/quoted-text";
import { dayNumber } from "./day-number";
import { pageCurricula } from "./page-curricula";
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
 * @throws {RangeError} if `allowed` is not an integer above 0 or `from` is not a day
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
  requireColumns(
    "crossProgramDays",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "program_id",
  );
  const pages = curricula ?? pageCurricula(accessLog);
  const row = rowCurricula("crossProgramDays", accessLog, pages);
  const since = given ?? shutOffDay(accessLog, row) ?? Number.NEGATIVE_INFINITY;

  const rows = crossDays(accessLog, row).map(({ cross, own, examples, reader, user, day }) => {
    const isOpen = day < since;
    const score = cross / allowed;
    const isFlagged = score > 1 && !isOpen;
    return {
      user_id: user,
      date: day,
      pages: cross,
      own_pages: own,
      share: cross / (cross + own),
      score: isOpen ? Math.min(1, score) : score,
      finding: isFlagged ? sentence({ cross, own, examples, reader, since, allowed }) : null,
    };
  });
  return frameOf(
    rows,
    "user_id",
    { date: pl.Int32 },
    "pages",
    "own_pages",
    "share",
    "score",
    "finding",
  ).withColumns(pl.col("date").cast(pl.Date));
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
  const kinds = readingKinds(row);
  const user = codesOf(accessLog, "user_id");
  const day = codesOf(accessLog, "date", pl.Date);
  const count = day.values.length; // a look at a series' length takes its time
  const keyOf = (at: number) => user.codes[at]! * count + day.codes[at]!;
  const isKnown = (at: number) => user.codes[at]! >= 0 && day.codes[at]! >= 0;
  const crossRows = new Map<number, number[]>();
  for (let at = 0; at < kinds.length; at++) {
    if (kinds[at] !== CROSS || !isKnown(at)) continue;
    const rows = crossRows.get(keyOf(at));
    if (rows) rows.push(at);
    else crossRows.set(keyOf(at), [at]);
  }
  const crossReaders = new Set([...crossRows.values()].map(([at]) => user.codes[at!]!));
  const own = new Map<number, number>();
  for (let at = 0; at < kinds.length; at++) {
    if (kinds[at] !== OWN || !crossReaders.has(user.codes[at]!) || !isKnown(at)) continue;
    const key = keyOf(at);
    if (crossRows.has(key)) own.set(key, (own.get(key) ?? 0) + 1);
  }
  const [users, days] = [
    user.values.cast(pl.Int64).toArray().map(Number),
    day.values.cast(pl.Int32).toArray().map(Number),
  ];
  // Once for all: each look into a column of texts takes its time.
  const allRows = [...crossRows.values()].flat();
  const texts = allRows.length > 0 ? accessLog.getColumn("path").gather(allRows).toArray() : [];
  const pathOf = new Map(allRows.map((at, i) => [at, texts[i] as string]));
  return [...crossRows.keys()]
    .sort((a, b) => a - b)
    .map((key) => {
      const rows = crossRows.get(key)!;
      const [at] = rows as [number, ...number[]];
      const opened = new Set(rows.map((one) => pathOf.get(one)!));
      return {
        user: users[user.codes[at]!]!,
        day: days[day.codes[at]!]!,
        reader: Math.min(...rows.map((one) => row.reader[one]!)),
        cross: rows.length,
        own: own.get(key) ?? 0,
        examples: [...opened].sort().slice(0, SHOWN),
      };
    });
}

function sentence({
  cross,
  own,
  examples,
  reader,
  since,
  allowed,
}: Pick<CrossDay, "cross" | "own" | "examples" | "reader"> & { since: number; allowed: number }) {
  const [mine, other] = reader === DATA ? [DATA, WEB] : [WEB, DATA];
  const shown = examples.map((path) => quotedText(path, { max: 60 })).join(", ");
  const closed = Number.isFinite(since)
    ? `though they should not open since ${formatDate(new Date(since * 86_400_000))}`
    : "where no day is known since when they should not open";
  return (
    `A ${CURRICULUM_NAMES[mine]} student opened ${formatCount(cross)} pages of ` +
    `${CURRICULUM_NAMES[other]} (such as ${shown}), ${closed}: ` +
    `${formatPercent(cross / (cross + own), 0)} of the day's lessons; up to ${formatCount(allowed)} may be a mistake.`
  );
}

import pl from "nodejs-polars";
import {
  COHORT,
  CORE_DISTANCE,
  FINDING,
  FOUND_BY,
  GROUP_RANK,
  KIND,
  RANK,
  SCORE,
  SUSPECT_RANK,
  USER_ID,
  WHAT,
  WHO,
} from "../log/columns";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";

/**
 * Readers whom grouping finds unusual beside users whom detection suspects: whom both
 * find, and whom only one does.
 *
 * The two ask different things. Detection knows rules (nobody opens three hundred
 * pages in a minute, a class has an end), and finds a single day in an ordinary
 * year; groups know none, and find a reader whose whole way of reading is
 * nobody else's. Whoever both find deserves the first look; that one alone finds
 * somebody proves nothing either way. Addresses among the suspects are left out.
 *
 * @param readers readers with their groups, as `readerGroups` gives them
 * @param suspects suspects, as `suspects` gives them
 * @returns one row per user whom either finds, those of both first, then by
 *   `group_rank`, `suspect_rank`: `user_id` (Int64), `cohort` (String; null for those who are
 *   no readers), `found_by` (`both`, `groups only` or `detection only`), `group_rank` (Int64, 1 for the
 *   farthest from any group, equal ones share the better place; null for those in a group),
 *   `suspect_rank` (Int64, among users; null for those who are none), `core_distance`, `score` (Float64, of
 *   `readerGroups`; null for those who are no readers), `kind` (String, of the
 *   suspicion; null without), `finding` (String, what sets the reader apart; null for
 *   those in a group)
 * @throws {Error} if a column is missing or of another type
 */
export function readerOutliers(readers: pl.DataFrame, suspects: pl.DataFrame): pl.DataFrame {
  requireColumns("readerOutliers", readers, {
    [USER_ID]: "integer",
    [COHORT]: "String",
    [CORE_DISTANCE]: "number",
    [SCORE]: "number",
    [FINDING]: "String",
  });
  requireColumns("readerOutliers (suspects)", suspects, {
    [RANK]: "integer",
    [WHAT]: "String",
    [WHO]: "String",
    [KIND]: "String",
  });
  const all = readers.select(USER_ID, COHORT, CORE_DISTANCE, SCORE, FINDING).toRecords();
  const scores = all.map((row) => Number(row[SCORE] ?? 0));
  const known = new Map(all.map((row, i) => [String(row[USER_ID]), { row, score: scores[i]! }]));
  const suspected = new Map(
    suspects
      .select(RANK, WHAT, WHO, KIND)
      .toRecords()
      .filter((row) => row[WHAT] === "user")
      .sort((a, b) => Number(a[RANK]) - Number(b[RANK]))
      .map((row, i) => [String(row[WHO]), { rank: i + 1, kind: row[KIND] as string }]),
  );
  const outlying = [...known].filter(([, { score }]) => score > 1).map(([who]) => who);
  const rows = [...new Set([...outlying, ...suspected.keys()])].map((who) => {
    const [reader, suspect] = [known.get(who), suspected.get(who)];
    const isOutside = reader !== undefined && reader.score > 1;
    return {
      [USER_ID]: Number(who),
      [COHORT]: reader?.row[COHORT] ?? null,
      [FOUND_BY]: isOutside ? (suspect ? "both" : "groups only") : "detection only",
      [GROUP_RANK]: isOutside ? 1 + scores.filter((other) => other > reader.score).length : null,
      [SUSPECT_RANK]: suspect?.rank ?? null,
      [CORE_DISTANCE]: reader?.row[CORE_DISTANCE] ?? null,
      [SCORE]: reader?.row[SCORE] ?? null,
      [KIND]: suspect?.kind ?? null,
      [FINDING]: isOutside ? reader.row[FINDING] : null,
    };
  });
  const order = ["both", "groups only", "detection only"];
  const last = Number.MAX_SAFE_INTEGER;
  rows.sort(
    (a, b) =>
      order.indexOf(a[FOUND_BY]) - order.indexOf(b[FOUND_BY]) ||
      (a[GROUP_RANK] ?? last) - (b[GROUP_RANK] ?? last) ||
      (a[SUSPECT_RANK] ?? last) - (b[SUSPECT_RANK] ?? last) ||
      a[USER_ID] - b[USER_ID],
  );
  return frameOf(rows, {
    [USER_ID]: pl.Int64,
    [COHORT]: pl.String,
    [FOUND_BY]: pl.String,
    [GROUP_RANK]: pl.Int64,
    [SUSPECT_RANK]: pl.Int64,
    [CORE_DISTANCE]: pl.Float64,
    [SCORE]: pl.Float64,
    [KIND]: pl.String,
    [FINDING]: pl.String,
  });
}

import type pl from "nodejs-polars";
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
  requireColumns(
    "readerOutliers",
    readers,
    "user_id",
    "cohort",
    "core_distance",
    "score",
    "finding",
  );
  requireColumns("readerOutliers (suspects)", suspects, "rank", "what", "who", "kind");
  const all = readers.select("user_id", "cohort", "core_distance", "score", "finding").toRecords();
  const scores = all.map((row) => Number(row.score ?? 0));
  const known = new Map(all.map((row, i) => [String(row.user_id), { row, score: scores[i]! }]));
  const suspected = new Map(
    suspects
      .select("rank", "what", "who", "kind")
      .toRecords()
      .filter((row) => row.what === "user")
      .sort((a, b) => Number(a.rank) - Number(b.rank))
      .map((row, i) => [String(row.who), { rank: i + 1, kind: row.kind as string }]),
  );
  const outlying = [...known].filter(([, { score }]) => score > 1).map(([who]) => who);
  const rows = [...new Set([...outlying, ...suspected.keys()])].map((who) => {
    const [reader, suspect] = [known.get(who), suspected.get(who)];
    const isOutside = reader !== undefined && reader.score > 1;
    return {
      user_id: Number(who),
      cohort: reader?.row.cohort ?? null,
      found_by: isOutside ? (suspect ? "both" : "groups only") : "detection only",
      group_rank: isOutside ? 1 + scores.filter((other) => other > reader.score).length : null,
      suspect_rank: suspect?.rank ?? null,
      core_distance: reader?.row.core_distance ?? null,
      score: reader?.row.score ?? null,
      kind: suspect?.kind ?? null,
      finding: isOutside ? reader.row.finding : null,
    };
  });
  const order = ["both", "groups only", "detection only"];
  const last = Number.MAX_SAFE_INTEGER;
  rows.sort(
    (a, b) =>
      order.indexOf(a.found_by) - order.indexOf(b.found_by) ||
      (a.group_rank ?? last) - (b.group_rank ?? last) ||
      (a.suspect_rank ?? last) - (b.suspect_rank ?? last) ||
      a.user_id - b.user_id,
  );
  return frameOf(
    rows,
    "user_id",
    "cohort",
    "found_by",
    "group_rank",
    "suspect_rank",
    "core_distance",
    "score",
    "kind",
    "finding",
  );
}

import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { where } from "../log/where";

const FOUND_BY = ["both", "groups only", "detection only"];

/**
 * Readers whom grouping finds unusual beside users whom detection suspects.
 * @param readers what `readerGroups` gives
 * @param suspects what `suspects` gives; addresses are left out
 * @returns users whom either finds, those of both first, then by ranks: `user_id`, `cohort`,
 *   `found_by`, `group_rank` (equal ones share the better place), `suspect_rank` (among users),
 *   `core_distance`, `score`, `kind`, `finding` (of the reader); null where it does not apply
 * @throws {Error} if a column is missing or of another type
 */
export function readerOutliers(readers: pl.DataFrame, suspects: pl.DataFrame): pl.DataFrame {
  const known = ["user_id", "cohort", "core_distance", "score", "finding"] as const;
  requireColumns("readerOutliers", readers, ...known);
  requireColumns("readerOutliers (suspects)", suspects, "rank", "what", "who", "kind");
  const all = readers.select(...known).toRecords();
  const scores = all.map((row) => Number(row.score ?? 0));
  const readerOf = new Map(all.map((row, i) => [Number(row.user_id), { row, score: scores[i]! }]));
  const suspected = new Map(
    where(suspects, { what: "user" })
      .sort("rank")
      .toRecords()
      .map((row, i) => [Number(row.who), { rank: i + 1, kind: row.kind }]),
  );
  const outlying = [...readerOf.keys()].filter((user) => readerOf.get(user)!.score > 1);
  const rows = [...new Set([...outlying, ...suspected.keys()])].map((user) => {
    const [reader, suspect] = [readerOf.get(user), suspected.get(user)];
    const outlier = reader !== undefined && reader.score > 1 ? reader : undefined;
    return {
      user_id: user,
      cohort: reader?.row.cohort,
      found_by: outlier ? (suspect ? "both" : "groups only") : "detection only",
      group_rank: outlier && 1 + scores.filter((score) => score > outlier.score).length,
      suspect_rank: suspect?.rank,
      core_distance: reader?.row.core_distance,
      score: reader?.row.score,
      kind: suspect?.kind,
      finding: outlier?.row.finding,
    };
  });
  const last = Number.MAX_SAFE_INTEGER;
  rows.sort(
    (a, b) =>
      FOUND_BY.indexOf(a.found_by) - FOUND_BY.indexOf(b.found_by) ||
      (a.group_rank ?? last) - (b.group_rank ?? last) ||
      (a.suspect_rank ?? last) - (b.suspect_rank ?? last) ||
      a.user_id - b.user_id,
  );
  return frameOf(
    rows,
    ...(["user_id", "cohort", "found_by", "group_rank", "suspect_rank"] as const),
    ...(["core_distance", "score", "kind", "finding"] as const),
  );
}

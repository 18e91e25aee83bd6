import type pl from "nodejs-polars";
import type { Row } from "../log/first-row";
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
  const all: Row[] = readers.select(...known).toRecords();
  const outliers = all.filter(({ score }) => score > 1);
  const suspected = where(suspects, { what: "user" }).sort("rank").toRecords();
  const readerOf = new Map(all.map((row) => [Number(row.user_id), row]));
  const suspectOf = new Map(suspected.map((row, i) => [Number(row.who), { ...row, place: i + 1 }]));
  const users = [...outliers.map(({ user_id }) => Number(user_id)), ...suspectOf.keys()];
  const rows = [...new Set(users)].map((user) => {
    const [reader, suspect] = [readerOf.get(user), suspectOf.get(user) as Row | undefined];
    const isOutlier = reader !== undefined && reader.score > 1;
    const better = outliers.filter(({ score }) => score > reader?.score).length;
    const byGroups = suspect ? "both" : "groups only";
    return {
      user_id: user,
      cohort: reader?.cohort,
      found_by: isOutlier ? byGroups : "detection only",
      group_rank: isOutlier ? better + 1 : undefined,
      suspect_rank: suspect?.place,
      core_distance: reader?.core_distance,
      score: reader?.score,
      kind: suspect?.kind,
      finding: isOutlier ? reader.finding : undefined,
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

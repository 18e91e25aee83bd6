import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { requireColumns, requireValues } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";
import { above, where } from "../../log/where";

/**
 * Where detectors agree: of the user-days that either of two flags, the share that both flag
 * ([Jaccard index](https://en.wikipedia.org/wiki/Jaccard_index)).
 * @returns `detector`, `other`, `flags` (of `detector`), `both`, `agreement` (null without flags):
 *   every pair both ways and each with itself, in the order of `scores`
 * @throws {Error} if a column is missing or of another type, or a row lacks a value
 * @example
 * detectorAgreement(detectorScores(accessLog));
 */
export function detectorAgreement(scores: pl.DataFrame): pl.DataFrame {
  requireColumns("detectorAgreement", scores, "detector", "user_id", "date", "score");
  requireValues("detectorAgreement", scores, ["detector", "user_id", "date"]);
  const flagged = where(scores, { score: above(1) });
  const [users, days] = [numbers(flagged, "user_id"), int32(flagged, "date")];
  const names = new Set(scores.getColumn("detector").toArray() as string[]);
  const flags = new Map(Array.from(names, (name) => [name, new Set<string>()]));
  (flagged.getColumn("detector").toArray() as string[]).forEach((name, row) => {
    flags.get(name)!.add(`${users[row]} ${days[row]}`);
  });
  const rows = [...flags].flatMap(([detector, own]) =>
    [...flags].map(([other, others]) => {
      const both = [...own].filter((day) => others.has(day)).length;
      const either = own.size + others.size - both;
      const agreement = either > 0 ? both / either : null;
      return { detector, other, flags: own.size, both, agreement };
    }),
  );
  return frameOf(rows, "detector", "other", "flags", "both", "agreement");
}

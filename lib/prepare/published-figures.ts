import pl from "nodejs-polars";
import { typeOf } from "../log/columns";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { requireOneOf } from "../stats/require-option";
import { measured, partsOf } from "./figure-measures";
import { FIGURES } from "./published-figures-table";

export type About = keyof typeof FIGURES;

export interface PublishedFiguresOptions {
  /** Which figures; all where not given. */
  about?: readonly About[];
}

/**
 * What has been published about this log, and what an access log gives for it. The figures are of
 * the version that ends on 2021-04-21 16:44:39 with 900,223 rows, and of the earlier one in it.
 *
 * @returns `about`, `figure`, `source` (a document's number, or `facts` for other notebooks),
 *   `published`, `found` (null where there is nothing to measure), `agrees`; in the list's order
 * @throws {Error} if a column is missing or of another type
 * @throws {RangeError} if `about` names no topic
 */
export function publishedFigures(
  accessLog: pl.DataFrame,
  { about = Object.keys(FIGURES) as About[] }: PublishedFiguresOptions = {},
): pl.DataFrame {
  const dates = ["timestamp", "date", "start_date", "end_date"] as const;
  const texts = ["path", "ip", "cohort"] as const;
  const ids = ["user_id", "cohort_id", "program_id"] as const;
  requireColumns("publishedFigures", accessLog, ...dates, ...texts, ...ids);
  for (const topic of about) {
    requireOneOf("publishedFigures", { about: topic }, Object.keys(FIGURES));
  }
  const parts = partsOf(
    accessLog.select(
      // A column that is null throughout may have any type.
      ...dates.map((name) => pl.col(name).cast(typeOf(name))),
      // Numbered, they are filtered and counted in a part of the time.
      ...texts.map((name) => pl.col(name).cast(pl.String).cast(pl.Categorical)),
      ...ids.map((name) => pl.col(name)),
    ),
  );
  const rows = about.flatMap((topic) =>
    FIGURES[topic].map(([figure, source, published, part, measure]) => {
      const found = measured(parts[part], measure);
      return { about: topic, figure, source, published, found, agrees: published === found };
    }),
  );
  return frameOf(rows, "about", "figure", "source", "published", "found", "agrees");
}

import pl from "nodejs-polars";
import { DATA, WEB } from "../../log/program-curriculum";
import { not, where } from "../../log/where";
import { rowCurricula } from "./row-curricula";

/**
 * Users who read pages of both curricula. One page is enough: rank by `smaller_pages`.
 * @returns one row per user, by user: `user_id`, `cohort`, `program` (the last ones logged),
 *   `web_development_pages`, `data_science_pages`, `smaller_pages`, `smaller_share` (of both),
 *   `first_access`, `last_access` (of the other curriculum; of the one read less for Staff and
 *   those without a program, of data science where both are equal)
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * curriculumReaders(accessLog, pageCurricula(accessLog)).sort("smaller_pages", true);
 */
export function curriculumReaders(accessLog: pl.DataFrame, curricula: pl.DataFrame): pl.DataFrame {
  const columns = ["timestamp", "user_id", "cohort_id", "cohort", "program"] as const;
  const rows = where(rowCurricula("curriculumReaders", accessLog, curricula, columns), {
    user_id: not(null),
  });
  const [webPages, dataPages] = [pl.col("web_development_pages"), pl.col("data_science_pages")];
  const smaller = pl.minHorizontal([webPages, dataPages]);
  const isOtherData = pl
    .col("reader")
    .eq(WEB)
    .or(pl.col("reader").neq(DATA).and(dataPages.ltEq(webPages)));
  const ofOther = (name: string) =>
    pl
      .when(isOtherData)
      .then(pl.col(`data_${name}`))
      .otherwise(pl.col(`web_${name}`))
      .alias(name);
  return readersOf(rows, WEB, "web_development_pages", "web")
    .join(readersOf(rows, DATA, "data_science_pages", "data"), { on: "user_id" })
    .join(lastLabels(rows), { on: "user_id", how: "left" })
    .select(
      ...[pl.col("user_id"), pl.col("cohort"), pl.col("program")],
      webPages,
      dataPages,
      smaller.alias("smaller_pages"),
      smaller.cast(pl.Float64).div(webPages.add(dataPages)).alias("smaller_share"),
      ofOther("first_access"),
      ofOther("last_access"),
    )
    .sort("user_id");
}

function readersOf(rows: pl.DataFrame, page: number, pages: string, prefix: string): pl.DataFrame {
  return where(rows, { page })
    .groupBy("user_id")
    .agg(
      pl.len().cast(pl.Int64).alias(pages),
      pl.col("timestamp").min().alias(`${prefix}_first_access`),
      pl.col("timestamp").max().alias(`${prefix}_last_access`),
    );
}

function lastLabels(rows: pl.DataFrame): pl.DataFrame {
  return where(rows, { cohort_id: not(null) })
    .groupBy("user_id", "cohort_id", "cohort", "program", "reader")
    .agg(pl.col("timestamp").max())
    .sort(["user_id", "timestamp", "cohort_id", "program"])
    .groupBy("user_id")
    .agg(...["cohort", "program", "reader"].map((name) => pl.col(name).last()));
}

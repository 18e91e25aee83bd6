import pl from "nodejs-polars";
import { count } from "../../log/count";
import { STAFF_COHORT_ID } from "../../log/programs";
import { groupEnds, int32, numbers } from "../../log/typed-arrays";
import { typedColumns } from "../../log/typed-columns";
import { not, where } from "../../log/where";
import { inClassHours, REQUEST } from "./known-requests";
import { campusAddresses } from "./shared-addresses";

const HALF_YEAR = 182;
/** Days of reading in a cohort's time that count as reading through it. */
const SPANNING_DAYS = 5;

/** The columns of `staffCandidates` without score and finding. */
export function staffEvidence(accessLog: pl.DataFrame): pl.DataFrame {
  const ofCohort = ["cohort", "start_date", "end_date", "program_id"] as const;
  const needed = [...REQUEST, "path", ...ofCohort] as const;
  const known = { user_id: not(null), timestamp: not(null), date: not(null) };
  const requests = where(typedColumns("staffCandidates", accessLog, ...needed), known);
  const campus = campusAddresses("staffCandidates", accessLog);
  const views = count(where(requests, { path: not(null) }), ["user_id", "path"]);
  const section = pl.col("path").str.extract("^([^/]*)", 1).alias("section");
  const on = { on: "user_id", how: "left" } as const;
  return totalsOf(requests, campus)
    .join(usualCohorts(requests), on)
    .join(pagesOf(views), on)
    .join(effectiveNumber(sharedOut(views, requests), "program_id", "breadth"), on)
    .join(effectiveNumber(views.withColumns(section), "section", "sections"), on)
    .join(timesOf(requests), on)
    .sort("user_id")
    .withColumns(
      pl.col("distinct_pages").fillNull(pl.lit(0)).cast(pl.Int64),
      pl.col("views_per_page").fillNull(pl.lit(0)),
      // Who reads no page reads in one program and one section.
      ...["breadth", "sections"].map((name) => pl.col(name).fillNull(pl.lit(1))),
    )
    .select(
      ...["user_id", "cohort", "labelled", "first_access", "last_access", "tenure_days", "days"],
      ...["rows", "distinct_pages", "breadth", "sections", "views_per_page", "months"],
      ...["busiest_half_year_share", "cohorts_spanned", "class_hours_share", "campus_share"],
    );
}

function totalsOf(requests: pl.DataFrame, campus: string[]): pl.DataFrame {
  const [first, last] = [pl.col("timestamp").min(), pl.col("timestamp").max()];
  const day = (time: pl.Expr) => time.cast(pl.Date).cast(pl.Int64);
  const isCampus = campus
    .reduce((any, ip) => any.or(pl.col("ip").eq(pl.lit(ip))), pl.lit(false))
    .fillNull(pl.lit(false));
  return requests
    .groupBy("user_id")
    .agg(
      pl.col("cohort_id").eq(STAFF_COHORT_ID).sum().gt(0).alias("labelled"),
      first.alias("first_access"),
      last.alias("last_access"),
      day(last).sub(day(first)).add(1).cast(pl.Int64).alias("tenure_days"),
      pl.len().cast(pl.Int64).alias("rows"),
      inClassHours().mean().alias("class_hours_share"),
      isCampus.mean().alias("campus_share"),
    );
}

/** The cohort with most of a user's rows, of equal ones the one with the lowest id. */
function usualCohorts(requests: pl.DataFrame): pl.DataFrame {
  return count(where(requests, { cohort_id: not(null) }), ["user_id", "cohort_id", "cohort"])
    .unique({ subset: ["user_id"], keep: "first", maintainOrder: true })
    .select("user_id", "cohort");
}

function pagesOf(views: pl.DataFrame): pl.DataFrame {
  return views
    .groupBy("user_id")
    .agg(pl.len().alias("distinct_pages"), pl.col("rows").mean().alias("views_per_page"));
}

/** Views by program: each is shared out to programs as the page's student readers are. */
function sharedOut(views: pl.DataFrame, requests: pl.DataFrame): pl.DataFrame {
  const rows = pl.col("rows").cast(pl.Float64);
  const students = { path: not(null), program_id: not(null), cohort_id: not(STAFF_COHORT_ID) };
  const readers = count(where(requests, students), ["path", "program_id"]).select(
    pl.col("path"),
    pl.col("program_id"),
    rows.div(rows.sum().over("path")).alias("share"),
  );
  return views.join(readers, { on: "path" }).withColumns(rows.mul(pl.col("share")));
}

/** Over how many kinds each user's views are spread: the exponential of their entropy. */
function effectiveNumber(views: pl.DataFrame, kind: string, name: string): pl.DataFrame {
  const [rows, share] = [pl.col("rows").cast(pl.Float64), pl.col("share")];
  return views
    .sort(["user_id", kind, "path"]) // in one order, so that rounding is the same each time
    .groupBy("user_id", kind)
    .agg(rows.sum())
    .sort(["user_id", kind])
    .select(pl.col("user_id"), rows.div(rows.sum().over("user_id")).alias("share"))
    .groupBy("user_id")
    .agg(share.mul(share.log()).sum().mul(-1).exp().alias(name));
}

function timesOf(requests: pl.DataFrame): pl.DataFrame {
  const days = count(requests, ["user_id", "date"]).sort(["user_id", "date"]);
  const [dates, rows, ends] = [
    int32(days, "date"),
    numbers(days, "rows"),
    groupEnds(days, ["user_id"]),
  ];
  const classes = where(requests, { cohort_id: not(STAFF_COHORT_ID) })
    .select("cohort_id", "start_date", "end_date")
    .unique()
    .dropNulls();
  const [begins, lasts] = [int32(classes, "start_date"), int32(classes, "end_date")];
  const busiest = Array.from(ends, (end, u) => {
    let [all, within, most, oldest] = [0, 0, 0, ends[u - 1] ?? 0];
    for (let day = oldest; day < end; day++) {
      all += rows[day]!;
      within += rows[day]!;
      while (dates[oldest]! <= dates[day]! - HALF_YEAR) within -= rows[oldest++]!;
      most = Math.max(most, within);
    }
    return most / all;
  });
  const spanned = Array.from(ends, (end, u) => {
    const own = dates.subarray(ends[u - 1] ?? 0, end);
    const within = (c: number) => own.filter((day) => day >= begins[c]! && day <= lasts[c]!);
    return Array.from(begins, (_, c) => within(c).length).filter((n) => n >= SPANNING_DAYS).length;
  });
  const month = pl.col("date").date.year().mul(12).add(pl.col("date").date.month());
  return days
    .groupBy("user_id")
    .agg(pl.len().cast(pl.Int64).alias("days"), month.nUnique().cast(pl.Int64).alias("months"))
    .sort("user_id")
    .withColumns(
      pl.Series("busiest_half_year_share", busiest, pl.Float64),
      pl.Series("cohorts_spanned", spanned, pl.Int64),
    );
}

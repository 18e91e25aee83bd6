import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { STAFF_COHORT_ID } from "../../log/programs";
import { typedColumns } from "../../log/typed-columns";
import { classTimes, isInClass as isClassDay } from "../class-reading";
import { highest, onlyWhere, ratio, rowCount } from "../expressions";

const [date, pages, other] = [pl.col("date"), pl.col("pages"), pl.col("other_cohort")];
const isBetween = (from: pl.Expr, to: pl.Expr) => date.gtEq(from).and(date.ltEq(to));
const isInClass = isBetween(pl.col("begin"), pl.col("end"));
const pagesWhere = (is: pl.Expr, name: string) => pages.filter(is).sum().alias(name);
const PAIR = ["user_id", "cohort_id"];

/**
 * What each user opened in, before and after the class of each cohort that their rows carry; near
 * are other rows within `silence` days of class. `days` are those of class with pages.
 */
export function attendance(log: pl.DataFrame, silence: number) {
  const all = log
    .lazy()
    .filter(pl.col("user_id").isNotNull().and(date.isNotNull()))
    .groupBy([...PAIR, "date"])
    .agg(pl.col("path").count().cast(pl.Int64).alias("pages"))
    .withColumns(date.cast(pl.Int32))
    .collectSync();
  const cohorts = classTimes(log, log, pl.col("cohort").first());
  const own = all.join(cohorts.select("cohort_id", "begin", "end"), { on: "cohort_id" });
  const isRead = isInClass.and(pages.gt(pl.lit(0)));
  const readOn = date.filter(isRead);
  const students = own
    .groupBy(PAIR)
    .agg(
      date.min().alias("since"),
      pagesWhere(isInClass, "pages"),
      readOn.count().cast(pl.Int64).alias("active_days"),
      readOn.min().alias("first_read"),
      readOn.max().alias("last_read"),
      pagesWhere(date.lt(pl.col("begin")), "pages_before_class"),
      pagesWhere(date.gt(pl.col("end")), "pages_after_class"),
    )
    .join(cohorts, { on: "cohort_id" });
  return {
    students: students.join(elsewhere(students, all, silence), { on: PAIR, how: "left" }),
    days: own.filter(isRead).select(...PAIR, "date", "pages"),
  };
}

function elsewhere(students: pl.DataFrame, all: pl.DataFrame, silence: number): pl.DataFrame {
  const isNear = isBetween(
    pl.col("first_read").sub(pl.lit(silence)),
    pl.col("last_read").add(pl.lit(silence)),
  );
  const isStaff = other.eq(pl.lit(STAFF_COHORT_ID));
  const isAny = (condition: pl.Expr) => other.filter(condition).count().gt(pl.lit(0));
  return students
    .select(...PAIR, "begin", "end", "first_read", "last_read")
    .join(all.rename({ cohort_id: "other_cohort" }), { on: "user_id" })
    .filter(other.isNull().or(other.neq(pl.col("cohort_id"))))
    .groupBy(PAIR)
    .agg(
      pagesWhere(isInClass, "pages_elsewhere"),
      isAny(isNear.and(isStaff)).alias("is_staff_near"),
      isAny(isNear.and(isStaff.not())).alias("is_elsewhere_near"),
    );
}

/** Each student beside those of the cohort who have pages in class; see `hardlyActiveStudents`. */
export function besideClassmates(students: pl.DataFrame, peers: number): pl.DataFrame {
  const ofCohort = (values: pl.Expr) => values.over("cohort_id");
  const isThere = pages.gt(pl.lit(0));
  const [first, last] = [pl.col("first_read"), pl.col("last_read")];
  const read = onlyWhere(isThere, pages);
  const days = onlyWhere(isThere, pl.col("active_days"));
  const present = ofCohort(read.count()).cast(pl.Int64);
  const medianOf = (values: pl.Expr) =>
    onlyWhere(present.gtEq(pl.lit(peers)), ofCohort(values.median()));
  const rank = ofCohort(read.rank({ method: "min", descending: false })).cast(pl.Int64);
  const others = present.sub(isThere.cast(pl.Int64));
  const below = ratio(rank.sub(1).fillNull(pl.lit(0)), others);
  const off = pl.col("robust_z");
  const spread = ofCohort(off.abs().median()).mul(1.4826); // of a normal distribution, its sd
  const onLogScale = students.withColumns(read.log().sub(medianOf(read.log())).alias("robust_z"));
  return onLogScale.withColumns(
    onlyWhere(spread.gt(pl.lit(0)), off.div(spread)).alias("robust_z"),
    medianOf(read).cast(pl.Float64).alias("cohort_pages"),
    ratio("pages", medianOf(read)).alias("share_of_pages"),
    ratio("active_days", medianOf(days)).alias("share_of_days"),
    onlyWhere(others.gt(pl.lit(0)), below).alias("classmates_below"),
    first.sub(ofCohort(first.min())).alias("silent_before"),
    ofCohort(last.max()).sub(last).alias("silent_after"),
  );
}

export function medianMeanwhile(asked: pl.DataFrame, days: pl.DataFrame): pl.DataFrame {
  const isMeanwhile = isBetween(pl.col("first_read"), pl.col("last_read"));
  return asked
    .dropNulls(["first_read", "cohort_pages"])
    .select(...PAIR, "first_read", "last_read")
    .join(days.rename({ user_id: "classmate" }), { on: "cohort_id" })
    .groupBy([...PAIR, "classmate"])
    .agg(pages.filter(isMeanwhile).sum())
    .groupBy(PAIR)
    .agg(pages.median().cast(pl.Float64).alias("cohort_pages_meanwhile"));
}

export function addressesInClass(
  log: pl.DataFrame,
  asked: pl.DataFrame,
  kinds: pl.DataFrame | undefined,
): pl.DataFrame {
  const requests = pl.col("requests");
  const byAddress = log
    .select(...PAIR, "ip", "date", "start_date", "end_date")
    .join(asked.select(...PAIR), { on: PAIR, how: "semi" })
    .filter(isClassDay().and(pl.col("ip").isNotNull()))
    .groupBy([...PAIR, "ip"])
    .agg(rowCount("requests"));
  const known = kinds
    ? typedColumns("hardlyActiveStudents", kinds, "ip", "address_kind")
    : frameOf([], "ip", "address_kind");
  const withKind = byAddress.join(known.unique({ subset: ["ip"], keep: "last" }), {
    on: "ip",
    how: "left",
  });
  const onCampus = requests.filter(pl.col("address_kind").eq(pl.lit("campus"))).sum();
  const campusShare = kinds ? onCampus.cast(pl.Float64).div(requests.sum()) : pl.lit(null);
  const most = withKind
    .dropNulls("address_kind")
    .groupBy([...PAIR, "address_kind"])
    .agg(requests.sum())
    .sort([highest("requests"), pl.col("address_kind")])
    .groupBy(PAIR)
    .agg(pl.col("address_kind").first());
  return withKind
    .groupBy(PAIR)
    .agg(rowCount("addresses"), campusShare.cast(pl.Float64).alias("campus_share"))
    .join(most, { on: PAIR, how: "left" });
}

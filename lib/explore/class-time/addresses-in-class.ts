import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { isInClass } from "../class-reading";
import { highest, rowCount } from "../expressions";
import { neededColumns } from "../needed-columns";

export function addressesInClass(
  log: pl.DataFrame,
  asked: pl.DataFrame,
  kinds: pl.DataFrame | undefined,
): pl.DataFrame {
  const pair = ["user_id", "cohort_id"];
  const requests = pl.col("requests");
  const byAddress = log
    .select(...pair, "ip", "date", "start_date", "end_date")
    .join(asked.select(...pair), { on: pair, how: "semi" })
    .filter(isInClass().and(pl.col("ip").isNotNull()))
    .groupBy([...pair, "ip"])
    .agg(rowCount("requests"));
  const known = kinds
    ? neededColumns("hardlyActiveStudents", kinds, "ip", "address_kind")
    : frameOf([], "ip", "address_kind");
  const withKind = byAddress.join(known.unique({ subset: ["ip"], keep: "last" }), {
    on: "ip",
    how: "left",
  });
  const onCampus = requests.filter(pl.col("address_kind").eq(pl.lit("campus"))).sum();
  const campusShare = kinds ? onCampus.cast(pl.Float64).div(requests.sum()) : pl.lit(null);
  const most = withKind
    .dropNulls("address_kind")
    .groupBy([...pair, "address_kind"])
    .agg(requests.sum())
    .sort([highest("requests"), pl.col("address_kind")])
    .groupBy(pair)
    .agg(pl.col("address_kind").first());
  return withKind
    .groupBy(pair)
    .agg(rowCount("addresses"), campusShare.cast(pl.Float64).alias("campus_share"))
    .join(most, { on: pair, how: "left" });
}

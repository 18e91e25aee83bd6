import pl from "nodejs-polars";
import { COHORT_ID, DATE, IP, PATH, TIME, USER_ID } from "../columns";
import { NumberColumn, TextColumn } from "./growing-columns";

const NANOSECONDS = 1_000_000_000;

/** Rows of table `logs` as they are collected from a file or a database, whatever their number. */
export class AccessRows {
  private readonly days = new NumberColumn("index");
  private readonly seconds = new NumberColumn("index");
  private readonly users = new NumberColumn("number");
  private readonly cohorts = new NumberColumn("number");
  readonly paths = new TextColumn();
  readonly addresses = new TextColumn();
  private isInOrder = true;
  private lastMoment = Number.NEGATIVE_INFINITY;

  get length(): number {
    return this.days.length;
  }

  /**
   * @param day since 1970-01-01
   * @param second since midnight
   * @param path its number in `paths`, or -1 for none
   * @param cohort NaN for none
   * @param address its number in `addresses`
   */
  add(
    day: number,
    second: number,
    path: number,
    user: number,
    cohort: number,
    address: number,
  ): void {
    const moment = day * 86_400 + second;
    if (moment < this.lastMoment) this.isInOrder = false;
    this.lastMoment = moment;
    this.days.push(day);
    this.seconds.push(second);
    this.paths.push(path);
    this.users.push(user);
    this.cohorts.push(cohort);
    this.addresses.push(address);
  }

  /** The rows as table `logs`, by date and time; rows of the same second stay in the order in which they came. */
  toFrame(): pl.DataFrame {
    const frame = pl
      .DataFrame({
        [DATE]: this.days.toSeries(DATE),
        [TIME]: this.seconds.toSeries(TIME),
        [PATH]: this.paths.toSeries(PATH),
        [USER_ID]: this.users.toSeries(USER_ID),
        [COHORT_ID]: this.cohorts.toSeries(COHORT_ID),
        [IP]: this.addresses.toSeries(IP),
      })
      .withColumns(
        pl.col(DATE).cast(pl.Date),
        pl.col(TIME).cast(pl.Int64).mul(pl.lit(NANOSECONDS).cast(pl.Int64)).cast(pl.Time),
        pl.col(USER_ID).cast(pl.Int64),
        pl.col(COHORT_ID).cast(pl.Int64),
      );
    return this.isInOrder ? frame : frame.sort({ by: [DATE, TIME], maintainOrder: true });
  }
}

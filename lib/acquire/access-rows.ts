import pl from "nodejs-polars";
import { COHORT_ID, DATE, IP, PATH, TIME, USER_ID } from "../columns";
import { NumberColumn, TextColumn } from "./growing-columns";
import { HeapUse } from "./memory";

const NANOSECONDS = 1_000_000_000;

/** Rows of table `logs` as they are collected from a file or a database, whatever their number. */
export class AccessRows {
  private readonly days = new NumberColumn("index");
  private readonly seconds = new NumberColumn("index");
  private readonly users = new NumberColumn("number");
  private readonly cohorts = new NumberColumn("number");
  /** What the texts of a log take, also of what is read beside its columns. */
  readonly heap = new HeapUse();
  readonly paths = new TextColumn(undefined, this.heap);
  readonly addresses = new TextColumn(undefined, this.heap);
  private isInOrder = true;
  private lastMoment = Number.NEGATIVE_INFINITY;
  private lastMomentFrom = 0;

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
    if (moment !== this.lastMoment) this.lastMomentFrom = this.length;
    this.lastMoment = moment;
    this.days.push(day);
    this.seconds.push(second);
    this.paths.push(path);
    this.users.push(user);
    this.cohorts.push(cohort);
    this.addresses.push(address);
  }

  /**
   * Forgets the rows of the last second, of which there may be more to come, so that reading can
   * go on with it. Undefined, and nothing is forgotten, where there is no row or they came in
   * another order than that of date and time.
   */
  backToLastSecond(): { day: number; second: number } | undefined {
    if (this.lastMoment === Number.NEGATIVE_INFINITY || !this.isInOrder) return undefined;
    const [day, second] = [Math.floor(this.lastMoment / 86_400), this.lastMoment % 86_400];
    const length = this.lastMomentFrom;
    for (const column of [this.days, this.seconds, this.users, this.cohorts]) {
      column.length = length;
    }
    this.paths.cutTo(length);
    this.addresses.cutTo(length);
    return { day, second: second < 0 ? second + 86_400 : second };
  }

  /**
   * The rows as table `logs`, by date and time; rows of the same second stay in the order in
   * which they came or, with `isOrderArbitrary`, are ordered by their other fields.
   */
  toFrame({ isOrderArbitrary = false } = {}): pl.DataFrame {
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
    if (isOrderArbitrary) return frame.sort([DATE, TIME, USER_ID, PATH, COHORT_ID, IP]);
    return this.isInOrder ? frame : frame.sort({ by: [DATE, TIME], maintainOrder: true });
  }
}

import pl from "nodejs-polars";
import { counted, formatCount } from "../words/format-words";
import { decodeText } from "./decode-text";
import { NumberColumn, TextColumn } from "./growing-columns";
import { HeapUse } from "./memory";

const NANOSECONDS = 1_000_000_000;
/** Bytes of a path that are kept: servers and browsers take none longer. */
const LONGEST_PATH = 8192;

/** Rows of table `logs` as they are collected. */
export class AccessRows {
  readonly heap = new HeapUse();
  readonly days = new NumberColumn("index");
  readonly seconds = new NumberColumn("index");
  readonly paths = new TextColumn(this.heap);
  readonly users = new NumberColumn("number");
  readonly cohorts = new NumberColumn("number");
  readonly addresses = new TextColumn(this.heap);
  private isInOrder = true;
  private readonly cutPaths = new Set<number>();
  private lastMoment = Number.NEGATIVE_INFINITY;
  private lastMomentFrom = 0;

  get length(): number {
    return this.days.length;
  }

  /** The number of a path, given as Latin-1; a long one is cut. */
  pathNumber(latin1: string): number {
    if (latin1.length <= LONGEST_PATH) return this.paths.numberOf(latin1);
    const number = this.paths.numberOf(cutPath(latin1));
    this.cutPaths.add(number);
    return number;
  }

  notes(from: string): string[] {
    if (this.cutPaths.size === 0) return [];
    const paths = `${counted(this.cutPaths.size, "path")} of more than ${formatCount(LONGEST_PATH)} bytes`;
    return [`${from}: ${paths} cut to that, and marked.`];
  }

  /** Path (-1 for none) and address are numbers of texts; a missing cohort is NaN. */
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
    this.paths.rows.push(path);
    this.users.push(user);
    this.cohorts.push(cohort);
    this.addresses.rows.push(address);
  }

  /** Forgets the rows of the last second; undefined without rows in time order. */
  backToLastSecond(): { day: number; second: number } | undefined {
    if (this.length === 0 || !this.isInOrder) return undefined;
    const day = Math.floor(this.lastMoment / 86_400);
    const { days, seconds, paths, users, cohorts, addresses } = this;
    for (const column of [days, seconds, paths.rows, users, cohorts, addresses.rows]) {
      column.length = this.lastMomentFrom;
    }
    return { day, second: this.lastMoment - day * 86_400 };
  }

  /** By date and time, then in order of reading or, where that is arbitrary, by other fields. */
  toFrame({ isOrderArbitrary = false } = {}): pl.DataFrame {
    const series = (name: string, column: NumberColumn) => pl.Series(name, column.toArray());
    const frame = pl
      .DataFrame({
        date: series("date", this.days),
        time: series("time", this.seconds),
        path: this.paths.toSeries("path"),
        user_id: series("user_id", this.users),
        cohort_id: series("cohort_id", this.cohorts),
        ip: this.addresses.toSeries("ip"),
      })
      .withColumns(
        pl.col("date").cast(pl.Date),
        pl.col("time").cast(pl.Int64).mul(pl.lit(NANOSECONDS).cast(pl.Int64)).cast(pl.Time),
        pl.col("user_id").cast(pl.Int64),
        pl.col("cohort_id").cast(pl.Int64),
      );
    if (isOrderArbitrary) return frame.sort(["date", "time", "user_id", "path", "cohort_id", "ip"]);
    return this.isInOrder ? frame : frame.sort({ by: ["date", "time"], maintainOrder: true });
  }
}

function cutPath(latin1: string): string {
  let end = LONGEST_PATH;
  // at most three bytes of a character follow its first
  const isInside = (at: number) => (latin1.charCodeAt(at) & 0xc0) === 0x80;
  while (end > LONGEST_PATH - 3 && isInside(end)) end--;
  const rest = decodeText(Buffer.from(latin1.slice(end), "latin1"));
  const mark = Buffer.from(`… (${counted(rest.length, "character")} cut)`);
  return latin1.slice(0, end) + mark.toString("latin1");
}

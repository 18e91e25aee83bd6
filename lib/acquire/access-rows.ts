import { isIP } from "node:net";
import pl from "nodejs-polars";
import { counted, formatCount } from "../words/format-words";
import { decodeText } from "./decode-text";
import { HeapUse } from "./memory";
import { Texts } from "./texts";

const NANOSECONDS = 1_000_000_000;
/** Bytes of a path that are kept: servers and browsers take none longer. */
const LONGEST_PATH = 8192;
/** No address is longer, the name of its network card included. */
const LONGEST_ADDRESS = 100;

/** Rows of table `logs` as they are collected: the first `length` of each column. */
export class AccessRows {
  readonly heap = new HeapUse();
  readonly pathTexts = new Texts(this.heap);
  readonly addressTexts = new Texts(this.heap);
  length = 0;
  days = new Int32Array(1024);
  seconds = new Int32Array(1024);
  /** Numbers of texts; -1 for none. */
  paths = new Int32Array(1024);
  users = new Float64Array(1024);
  /** NaN where missing. */
  cohorts = new Float64Array(1024);
  addresses = new Int32Array(1024);
  private readonly isAddress: boolean[] = [];
  private isInOrder = true;
  private readonly cutPaths = new Set<number>();
  private lastMoment = Number.NEGATIVE_INFINITY;
  private lastMomentFrom = 0;

  /** The number of a path; -1 where it is empty. A long one is cut. */
  pathNumber(bytes: Buffer, start = 0, end = bytes.length): number {
    if (start === end) return -1;
    if (end - start <= LONGEST_PATH) return this.pathTexts.numberOf(bytes, start, end);
    const number = this.pathTexts.numberOf(cutPath(bytes.subarray(start, end)));
    this.cutPaths.add(number);
    return number;
  }

  /** The number of an address; -1 where it is none. */
  addressNumber(bytes: Buffer, start: number, end: number): number {
    if (end - start > LONGEST_ADDRESS) return -1;
    const number = this.addressTexts.numberOf(bytes, start, end);
    this.isAddress[number] ??= isIP(bytes.toString("latin1", start, end)) !== 0;
    return this.isAddress[number] ? number : -1;
  }

  notes(from: string): string[] {
    if (this.cutPaths.size === 0) return [];
    const paths = `${counted(this.cutPaths.size, "path")} of more than ${formatCount(LONGEST_PATH)} bytes`;
    return [`${from}: ${paths} cut to that, and marked.`];
  }

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
    if (this.length === this.days.length) this.grow();
    const at = this.length++;
    this.days[at] = day;
    this.seconds[at] = second;
    this.paths[at] = path;
    this.users[at] = user;
    this.cohorts[at] = cohort;
    this.addresses[at] = address;
  }

  private grow(): void {
    this.days = twiceAsLong(this.days);
    this.seconds = twiceAsLong(this.seconds);
    this.paths = twiceAsLong(this.paths);
    this.users = twiceAsLong(this.users);
    this.cohorts = twiceAsLong(this.cohorts);
    this.addresses = twiceAsLong(this.addresses);
  }

  /** Forgets the rows of the last second; undefined without rows in time order. */
  backToLastSecond(): { day: number; second: number } | undefined {
    if (this.length === 0 || !this.isInOrder) return undefined;
    this.length = this.lastMomentFrom;
    const day = Math.floor(this.lastMoment / 86_400);
    return { day, second: this.lastMoment - day * 86_400 };
  }

  /** By date and time, then in order of reading or, where that is arbitrary, by other fields. */
  toFrame({ isOrderArbitrary = false } = {}): pl.DataFrame {
    const { length, pathTexts, addressTexts } = this;
    const series = (name: string, column: Int32Array | Float64Array) =>
      pl.Series(name, column.subarray(0, length));
    const frame = pl
      .DataFrame({
        date: series("date", this.days),
        time: series("time", this.seconds),
        path: pathTexts.toSeries("path", this.paths.subarray(0, length)),
        user_id: series("user_id", this.users),
        cohort_id: series("cohort_id", this.cohorts),
        ip: addressTexts.toSeries("ip", this.addresses.subarray(0, length)),
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

function twiceAsLong<T extends Int32Array | Float64Array>(column: T): T {
  const longer = new (column.constructor as new (length: number) => T)(2 * column.length);
  longer.set(column);
  return longer;
}

function cutPath(path: Buffer): Buffer {
  let end = LONGEST_PATH;
  // at most three bytes of a character follow its first
  const isInside = (at: number) => ((path[at] as number) & 0xc0) === 0x80;
  while (end > LONGEST_PATH - 3 && isInside(end)) end--;
  const rest = decodeText(path.subarray(end));
  const mark = `… (${counted(rest.length, "character")} cut)`;
  return Buffer.concat([path.subarray(0, end), Buffer.from(mark)]);
}

import { join } from "node:path";
import pl from "nodejs-polars";
import { remembered } from "../log/remembered";
import { printNotice, warningsBy } from "../tell/notice";
import { throughCache } from "./cache";
import { codeVersion } from "./code-version";
import { readSettings } from "./settings";
import { hash } from "./source-code";

/** Of the code as loaded: files may change while a notebook is open. */
const CODE = codeVersion("prepare", "explore", "detect", "group", "report");

export interface KeptOptions {
  /** Its `cache/` has the results (the settings' `data/`). */
  dataDir?: string;
}

/**
 * A function whose results are kept in `data/cache/` until the library's code changes: equal frames
 * with equal options are answered from there.
 *
 * @param fn a named function of frames and plain options that gives a frame
 * @returns the same function, async
 * @throws {TypeError} for a nameless function, or values other than frames, text, numbers,
 *   booleans, dates, null, and lists and objects of these
 * @example
 * const least = await kept(leastReadLessons)(lessons);
 */
export function kept<A extends readonly unknown[]>(
  fn: (...args: A) => pl.DataFrame,
  { dataDir }: KeptOptions = {},
): (...args: A) => Promise<pl.DataFrame> {
  if (fn.name === "") throw new TypeError("kept needs a function with a name");
  return async (...args) => {
    const { tables } = await throughCache(
      {
        source: fn.name,
        parameters: { given: hash(JSON.stringify(args.map(plain))) },
        fingerprint: CODE,
      },
      () => {
        const result = fn(...args);
        if (pl.DataFrame.isDataFrame(result)) return { tables: { result }, notes: [] };
        throw new TypeError(`kept keeps frames; ${fn.name} gives something else`);
      },
      {
        dir: join(dataDir ?? readSettings().dataDir, "cache"),
        notice: () => {},
        warn: warningsBy(printNotice),
      },
    );
    return tables.result as pl.DataFrame;
  };
}

/** What JSON can tell apart, with frames by their content. */
function plain(value: unknown): unknown {
  if (pl.DataFrame.isDataFrame(value)) return { frame: contentOf(value) };
  if (value instanceof Date) return { date: value.getTime() };
  if (Array.isArray(value)) return value.map(plain);
  if (value === undefined) return null;
  if (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => [name, plain(one)]),
    );
  }
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) {
    return Number.isNaN(value) || value === Infinity || value === -Infinity ? String(value) : value;
  }
  throw new TypeError(`kept knows frames and plain options by their content, not ${typeof value}`);
}

/** Found once per frame, and again when a column was replaced. */
const contentOf = (frame: pl.DataFrame): string =>
  remembered(frame, frame.columns, "content", () => {
    const rows = frame.hashRows().toTypedArray() as BigUint64Array;
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    return hash(`${frame.columns.map((name, at) => `${name} ${frame.dtypes[at]}`)} ${hash(bytes)}`);
  });

import { createHash } from "node:crypto";
import pl from "nodejs-polars";

/** Digits in which numbers must agree: a sum in another order differs behind them. */
const DIGITS = 9;

/** A frame as lines of text: its rows, then each column with its type and the hash of its values. */
export function frameLines(name: string, frame: pl.DataFrame): string[] {
  const columns = frame.columns.map((column) => {
    const values = frame.getColumn(column);
    return `${name}.${column}  ${String(values.dtype)}  ${hashOf(values.toArray().map(plain))}`;
  });
  return [`${name}  ${frame.height} rows`, ...columns];
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}

const isoTexts = new Map<number, string>();
/** Days and seconds come again and again. */
function isoOf(time: number): string {
  if (!isoTexts.has(time)) isoTexts.set(time, new Date(time).toISOString());
  return isoTexts.get(time) as string;
}

/** A value as JSON holds it, numbers rounded. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return plain(Number(value));
  if (typeof value === "number") {
    // As it is below, in a fifth of the time.
    if (Number.isInteger(value) && Math.abs(value) < 10 ** DIGITS) return value + 0;
    return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) + 0 : String(value);
  }
  if (value instanceof Date) return isoOf(value.getTime());
  if (value instanceof pl.Series || ArrayBuffer.isView(value)) {
    return Array.from(value as Iterable<unknown>, plain);
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  }
  return value;
}

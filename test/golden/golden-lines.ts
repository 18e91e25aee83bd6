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

/** A value as JSON holds it, numbers rounded. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return plain(Number(value));
  if (typeof value === "number") {
    return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) + 0 : String(value);
  }
  if (value instanceof Date) return value.toISOString();
  if (value instanceof pl.Series || ArrayBuffer.isView(value)) {
    return Array.from(value as Iterable<unknown>, plain);
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  }
  return value;
}

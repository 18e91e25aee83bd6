// Made once: toLocaleString makes one each time, which takes sixty times as long.
const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** An integer with thousands separators, as in `900,223`. */
export function formatCount(count: number | bigint): string {
  return typeof count === "number" && !Number.isFinite(count)
    ? formatNumber(count)
    : WHOLE.format(count);
}

/** A count with its noun: `1 row`, `2,000 rows`; `nouns` where the plural is another. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`;
}

/** A number with thousands separators and at most `digits` decimals, as in `1,234.5`. */
export function formatNumber(value: number, digits = 2): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "infinity" : "minus infinity";
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}

/** A share of 1 in percent, as in `12.3%`. */
export function formatPercent(share: number, digits = 1): string {
  return Number.isFinite(share) ? `${formatNumber(100 * share, digits)}%` : formatNumber(share);
}

/** A day in words, as in `March 4, 2019`, of a Date in UTC or text beginning with `YYYY-MM-DD`. */
export function formatDate(date: Date | string): string {
  const day = date instanceof Date ? date : new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return String(date);
  return day.toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" });
}

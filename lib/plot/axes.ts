import { largestOf } from "./rows";

/** Names along a y axis, the first on top; text even where they look like numbers ("2019"). */
export function namesAxis(labels: readonly string[], more: object = {}) {
  const order = { categoryorder: "array", categoryarray: [...labels] };
  return { type: "category", autorange: "reversed", ...order, ...more };
}

export function namedRows(labels: readonly string[]) {
  return { yaxis: namesAxis(labels, { showgrid: true }), height: 190 + 28 * labels.length };
}

const FEW_DECADES = 3;

/**
 * A logarithmic axis around numbers above 0; ticks at 1, 10, 100, and with room also at 2 and 5.
 */
export function logAxis(values: readonly number[]) {
  const least = values.reduce((a, b) => Math.min(a, b), values[0] ?? 1);
  const most = largestOf(values, values[0] ?? 10);
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const steps = to - from > FEW_DECADES ? [1] : [1, 2, 5];
  const decades = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  // Written as text first: 3 * 10 ** -1 is not 0.3.
  const ticks = decades.flatMap((n) => steps.map((step) => Number(`${step}e${n}`)));
  const tickvals = ticks.filter((tick) => tick >= least * 0.8 && tick <= most * 1.25);
  return { type: "log", range: [Math.log10(least * 0.8), Math.log10(most * 1.25)], tickvals };
}

/** Decades up to which there is room for ticks at 2 and 5. */
const FEW_DECADES = 3;

/**
 * A logarithmic axis around some numbers above 0, with ticks at 1, 10, 100 and, where there is
 * room, at 2 and 5, 20 and 50.
 */
export function logAxis(values: readonly number[]) {
  const least = values.reduce((a, b) => Math.min(a, b), values[0] ?? 1);
  const most = values.reduce((a, b) => Math.max(a, b), values[0] ?? 10);
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const steps = to - from > FEW_DECADES ? [1] : [1, 2, 5];
  const decades = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  // Written as text first: 3 * 10 ** -1 is not 0.3.
  const ticks = decades.flatMap((n) => steps.map((step) => Number(`${step}e${n}`)));
  return {
    type: "log" as const,
    range: [Math.log10(least * 0.8), Math.log10(most * 1.25)],
    tickvals: ticks.filter((tick) => tick >= least * 0.8 && tick <= most * 1.25),
  };
}

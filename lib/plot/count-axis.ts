import { formatCount } from "../words/format-words";

/** A logarithmic axis of counts, and where each count stands on it. */
export interface CountAxis {
  axis: Record<string, unknown>;
  place: (count: number) => number;
}

/** How far the axis goes on above the largest count. */
const ROOM = 1.6;

/** Where 0 stands: as far below 1 as a third. */
const ZERO = 1 / 3;

/**
 * A logarithmic axis of counts from 1, on which a count of 0 has a tick of its own below 1. Where
 * counts fall by the thousand, small ones stay to be seen; and 0, which has no logarithm, is often
 * the finding.
 */
export function logCountAxis(counts: readonly number[], title: string): CountAxis {
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const hasZero = counts.some((count) => count <= 0);
  const decades = Array.from(
    { length: Math.floor(Math.log10(most * ROOM)) + 1 },
    (_, n) => 10 ** n,
  );
  const ticks = hasZero ? [0, ...decades] : decades;
  const place = (count: number) => (count > 0 ? count : ZERO);
  const floor = hasZero ? ZERO * 0.7 : 0.8;
  return {
    axis: {
      type: "log",
      title: { text: title },
      tickvals: ticks.map(place),
      ticktext: ticks.map(formatCount),
      range: [Math.log10(floor), Math.log10(most * ROOM)],
    },
    place,
  };
}

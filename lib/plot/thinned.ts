import { grouped } from "./rows";

/**
 * Which points to draw of a cloud, in order: left out are such as lie among many.
 * @param xs places across, in the unit of the drawing (logarithms on a log axis)
 */
export function thinned(xs: readonly number[], ys: readonly number[], most: number): number[] {
  const places = [...xs.keys()];
  if (places.length <= most) return places;
  const [column, row] = [cellsOf(xs), cellsOf(ys)];
  const cellOf = (place: number) => CELLS * row(ys[place]!) + column(xs[place]!);
  const liesOn = (a: number, b?: number) => b !== undefined && xs[a] === xs[b] && ys[a] === ys[b];
  // By rank among the points of a cell; equal points in equal order, however the rows came.
  const sorted = places.sort((a, b) => xs[a]! - xs[b]! || ys[a]! - ys[b]! || a - b);
  const rank = new Map<number, number>();
  for (const [, own] of grouped(sorted, cellOf)) {
    for (const [at, place] of own.entries()) {
      rank.set(place, at + (liesOn(place, own[at - 1]) ? xs.length : 0));
    }
  }
  return sorted
    .sort((a, b) => rank.get(a)! - rank.get(b)!)
    .slice(0, most)
    .sort((a, b) => a - b);
}

const CELLS = 44;

function cellsOf(values: readonly number[]): (value: number) => number {
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const width = most - least || 1;
  return (value) => Math.min(CELLS - 1, Math.floor((CELLS * (value - least)) / width));
}

import type { Portion } from "./path-portions";

/** One group's portions by the paths that it reads at all. */
export interface Block {
  group: number;
  /** Places of its portions, in order of time. */
  portions: readonly number[];
  /** Paths, as places in `PATHS`. */
  places: readonly number[];
  /** Rows of each of `places`, of all portions. */
  columnTotals: readonly number[];
  /** Cell of its first portion and path; the others follow, portion after portion. */
  first: number;
}

/** The cells of all blocks: rows of one portion on one path. */
export interface PortionTable {
  portions: readonly Portion[];
  blocks: readonly Block[];
  /** How many rows there should be, as a fraction. */
  wanted: Float64Array;
  /** Least rows of a cell. */
  least: Int32Array;
  /** 0 where a cell must stay empty. */
  open: Uint8Array;
}

/** Cells whose sum is known. */
export interface KnownSum {
  what: string;
  cells: readonly number[];
  rows: number;
}

/** Lays out the cells that may have rows, wanted as `weight` says. */
export function portionTable(
  portions: readonly Portion[],
  pathTable: Int32Array,
  weight: (portion: Portion, place: number) => number,
): PortionTable {
  const paths = pathTable.length / (portions[portions.length - 1]!.group + 1);
  const blocks: Block[] = [];
  let cells = 0;
  for (let p = 0; p < portions.length; ) {
    const { group } = portions[p]!;
    const own: number[] = [];
    for (; portions[p]?.group === group; p++) own.push(p);
    const row = pathTable.subarray(group * paths, (group + 1) * paths);
    const places = Array.from(row.keys()).filter((place) => row[place]! > 0);
    const columnTotals = places.map((place) => row[place]!);
    blocks.push({ group, portions: own, places, columnTotals, first: cells });
    cells += own.length * places.length;
  }
  const wanted = new Float64Array(cells);
  const open = new Uint8Array(cells);
  for (const block of blocks) {
    forEachCell(block, (cell, p, place) => {
      wanted[cell] = weight(portions[p]!, place);
      open[cell] = wanted[cell]! > 0 ? 1 : 0;
    });
  }
  return { portions, blocks, wanted, least: new Int32Array(cells), open };
}

export function forEachCell(
  { portions, places, first }: Block,
  visit: (cell: number, portion: number, place: number, column: number) => void,
): void {
  let cell = first;
  for (const p of portions) {
    for (let c = 0; c < places.length; c++) visit(cell++, p, places[c]!, c);
  }
}

/** Scales `wanted` to rows of portions, rows of paths and known sums, in turn. */
export function rake(
  { portions, blocks, wanted }: PortionTable,
  sums: readonly KnownSum[],
  rounds: number,
): void {
  for (let round = 0; round < rounds; round++) {
    for (const { cells, rows } of sums) {
      let sum = 0;
      for (const cell of cells) sum += wanted[cell]!;
      if (sum > 0) for (const cell of cells) wanted[cell]! *= rows / sum;
    }
    for (const block of blocks) {
      const columns = block.places.length;
      const factors = new Float64Array(columns);
      block.portions.forEach((p, i) => {
        const from = block.first + i * columns;
        let sum = 0;
        for (let c = 0; c < columns; c++) sum += wanted[from + c]!;
        const factor = portions[p]!.rows / sum;
        for (let c = 0; c < columns; c++) {
          wanted[from + c]! *= factor;
          factors[c]! += wanted[from + c]!;
        }
      });
      for (let c = 0; c < columns; c++) {
        factors[c] = factors[c]! > 0 ? block.columnTotals[c]! / factors[c]! : 0;
      }
      block.portions.forEach((_, i) => {
        const from = block.first + i * columns;
        for (let c = 0; c < columns; c++) wanted[from + c]! *= factors[c]!;
      });
    }
  }
}

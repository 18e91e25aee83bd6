import { type Block, forEachCell, type KnownSum, type PortionTable } from "../paths/portion-table";

/** A row of one path moves from one portion of a group to another. */
interface Move {
  block: number;
  column: number;
  /** Places within the block. */
  from: number;
  to: number;
  score: number;
}

const NONE: readonly number[] = [];

/**
 * Exchanges single rows until every known sum is exact: a path moves to another portion
 * of its group, and one that no sum counts comes back for it, so that rows by portion and
 * by path stay as they are. Of all exchanges, the one is made that takes the two paths
 * nearest to what is wanted. Changes `cells`.
 *
 * @throws {RangeError} if no exchange is left that brings the sums nearer
 */
export function balanceSums(
  cells: Int32Array,
  { blocks, wanted, least, open }: PortionTable,
  sums: readonly KnownSum[],
): void {
  const index = indexSums(cells.length, blocks, sums);
  const { counted, columns, bound } = index;
  const off = sums.map(({ cells: own, rows }) =>
    own.reduce((sum, cell) => sum + cells[cell]!, -rows),
  );
  const cellOf = ({ first, places }: Block, i: number, c: number) => first + i * places.length + c;
  const canMove = (a: number, b: number) => cells[a]! > least[a]! && open[b] === 1;
  const scoreOf = (a: number, b: number) => cells[a]! - wanted[a]! - (cells[b]! - wanted[b]!);
  /** By how much nearer all sums come. */
  const gain = (a: number, b: number): number => {
    let nearer = 0;
    for (const s of sumsOf(a)) if (!sumsOf(b).includes(s)) nearer += off[s]! > 0 ? 1 : -1;
    for (const s of sumsOf(b)) if (!sumsOf(a).includes(s)) nearer += off[s]! < 0 ? 1 : -1;
    return nearer;
  };
  const sumsOf = (cell: number) => counted[cell]!;
  const movesFor = (s: number): Move[] => {
    const moves: Move[] = [];
    for (const { block: b, column } of columns[s]!) {
      const block = blocks[b]!;
      for (let from = 0; from < block.portions.length; from++) {
        const x = cellOf(block, from, column);
        if (cells[x]! <= least[x]! || sumsOf(x).includes(s) !== off[s]! > 0) continue;
        for (let to = 0; to < block.portions.length; to++) {
          const y = cellOf(block, to, column);
          if (open[y] === 0 || sumsOf(y).includes(s) === off[s]! > 0) continue;
          if (gain(x, y) <= 0) continue;
          moves.push({ block: b, column, from, to, score: scoreOf(x, y) });
        }
      }
    }
    return moves.sort(
      (m, n) =>
        n.score - m.score ||
        m.block - n.block ||
        m.column - n.column ||
        m.from - n.from ||
        m.to - n.to,
    );
  };
  const partnerOf = ({ block: b, from, to }: Move): number => {
    const block = blocks[b]!;
    let best = -1;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < block.places.length; c++) {
      if (bound[b]!.has(c)) continue;
      const [x, y] = [cellOf(block, to, c), cellOf(block, from, c)];
      if (!canMove(x, y)) continue;
      const score = scoreOf(x, y);
      if (score > bestScore) {
        best = c;
        bestScore = score;
      }
    }
    return best;
  };
  const shift = (a: number, b: number) => {
    cells[a]!--;
    cells[b]!++;
    for (const s of sumsOf(a)) off[s]!--;
    for (const s of sumsOf(b)) off[s]!++;
  };
  /** Makes one exchange for a sum; false if there is none. */
  const exchange = (s: number): boolean => {
    for (const move of movesFor(s)) {
      const partner = partnerOf(move);
      if (partner < 0) continue;
      const block = blocks[move.block]!;
      shift(cellOf(block, move.from, move.column), cellOf(block, move.to, move.column));
      shift(cellOf(block, move.to, partner), cellOf(block, move.from, partner));
      return true;
    }
    return false;
  };
  for (;;) {
    const wrong = sums.flatMap((_, s) => (off[s] === 0 ? [] : [s]));
    if (wrong.length === 0) return;
    let any = false;
    for (const s of wrong) while (off[s] !== 0 && exchange(s)) any = true;
    if (any) continue;
    const list = wrong.map((s) => `${sums[s]!.what} by ${off[s]}`);
    throw new RangeError(`sums that stay off: ${list.join("; ")}`);
  }
}

/** Sums of each cell that counts; columns of each sum; and by block, columns in any. */
function indexSums(cells: number, blocks: readonly Block[], sums: readonly KnownSum[]) {
  const counted = new Array<readonly number[]>(cells).fill(NONE);
  sums.forEach((sum, s) => {
    for (const cell of sum.cells) counted[cell] = [...counted[cell]!, s];
  });
  const columns = sums.map((): { block: number; column: number }[] => []);
  const bound = blocks.map((block, b) => {
    const own = new Set<number>();
    const seen = new Set<number>();
    forEachCell(block, (cell, _, __, column) => {
      for (const s of counted[cell]!) {
        own.add(column);
        const pair = s * block.places.length + column;
        if (seen.has(pair)) continue;
        seen.add(pair);
        columns[s]!.push({ block: b, column });
      }
    });
    return own;
  });
  return { counted, columns, bound };
}

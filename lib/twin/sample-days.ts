import { type Contents, contentsOfSeed } from "./exchange";
import { DAYS, type FrozenLog, FULL_SIZE } from "./frozen";
import { COLUMNS, emptyRows, putVisit, type RowColumns, rowsOfSeed } from "./log-rows";
import type { SampleBlock } from "./sample-rows";
import { thinned } from "./time-order";

/** What the rows of a block are made of: a megabyte. */
interface BlockContents extends Contents {
  firstUserId: number;
  /** 1 for rows that a smaller block keeps. */
  isKept?: Uint8Array;
}

export function blockContents(log: FrozenLog, block: SampleBlock): BlockContents {
  const { rows, seed, firstUserId } = block;
  const contents = contentsOfSeed(log, seed);
  if (rows === FULL_SIZE) return { ...contents, firstUserId };
  const isKept = new Uint8Array(FULL_SIZE);
  for (const place of thinned(rowsOfSeed(log, seed), rows)) isKept[place] = 1;
  return { ...contents, firstUserId, isKept };
}

/** The rows of all blocks, day by day: block by block, visit by visit. */
export function* sampleDays(
  log: FrozenLog,
  blocks: readonly BlockContents[],
): Generator<RowColumns> {
  const { start } = log;
  const visits = Array.from({ length: DAYS }, () => [] as number[]);
  for (const [visit, day] of log.day.entries()) visits[day]!.push(visit);
  for (const own of visits) {
    const most = own.reduce((sum, visit) => sum + start[visit + 1]! - start[visit]!, 0);
    const rows = emptyRows(most * blocks.length);
    let at = 0;
    for (const block of blocks) {
      const begin = at;
      for (const visit of own) at = putVisit(log, block, visit, rows, at, block.isKept);
      for (let row = begin; row < at; row++) rows.userId[row]! += block.firstUserId - 1;
    }
    for (const name of COLUMNS) rows[name] = rows[name].subarray(0, at);
    yield rows;
  }
}

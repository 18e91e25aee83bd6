import type { SampleBlock } from "./blocks";
import { type Contents, contentsOfSeed } from "./exchange";
import { DAYS, type FrozenLog, FULL_SIZE } from "./frozen";
import { COLUMNS, emptyRows, type RowColumns, rowsOfSeed } from "./log-rows";
import { thinned } from "./thin";

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
  const { start, second, path, user, cohort, address } = log;
  const visits = Array.from({ length: DAYS }, () => [] as number[]);
  for (const [visit, day] of log.day.entries()) visits[day]!.push(visit);
  for (const [day, own] of visits.entries()) {
    const most = own.reduce((sum, visit) => sum + start[visit + 1]! - start[visit]!, 0);
    const rows = emptyRows(most * blocks.length);
    let at = 0;
    for (const { seconds, pages, firstUserId, isKept } of blocks) {
      for (const visit of own) {
        const [times, texts] = [start[seconds[visit]!]!, start[pages[visit]!]!];
        for (let row = start[visit]!; row < start[visit + 1]!; row++) {
          if (isKept && isKept[row] === 0) continue;
          const place = row - start[visit]!;
          rows.day[at] = day;
          rows.second[at] = second[times + place]!;
          rows.path[at] = path[texts + place]!;
          rows.userId[at] = user[visit]! + firstUserId - 1;
          rows.cohortId[at] = cohort[visit]!;
          rows.address[at++] = address[visit]!;
        }
      }
    }
    for (const name of COLUMNS) rows[name] = rows[name].subarray(0, at);
    yield rows;
  }
}

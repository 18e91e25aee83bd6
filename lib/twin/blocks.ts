import { randomStream } from "../stats/random";
import { type FrozenLog, FULL_SIZE, USER_COUNT } from "./frozen";
import { COLUMNS, emptyRows, inTimeOrder } from "./log-rows";
import { type SampleRows, sampleRows } from "./sample-rows";
import type { PlantedStory } from "./truth";

/** A log of its own within a sample that is larger than the log. */
export interface SampleBlock {
  rows: number;
  seed: number;
  /** Id of the block's first user in the sample. */
  firstUserId: number;
}

/** One log up to `FULL_SIZE` rows, above that several with users and seeds of their own. */
export function sampleBlocks(rows: number, seed: number): SampleBlock[] {
  return Array.from({ length: Math.ceil(rows / FULL_SIZE) }, (_, b) => ({
    rows: Math.min(FULL_SIZE, rows - b * FULL_SIZE),
    seed: b === 0 ? seed : blockSeed(seed, b),
    firstUserId: b * USER_COUNT + 1,
  }));
}

/** An integer below 2^53. */
function blockSeed(seed: number, block: number): number {
  const random = randomStream(seed, `block ${block}`);
  return random.below(2 ** 21) * 2 ** 32 + random.below(2 ** 32);
}

function ofBlock(story: PlantedStory, { firstUserId }: SampleBlock): PlantedStory {
  if (story.userId === null || firstUserId === 1) return story;
  const userId = story.userId + firstUserId - 1;
  const entity = story.entity.replace(`user ${story.userId}`, `user ${userId}`);
  return { ...story, userId, entity };
}

/** The rows of all blocks in time order, those of one second by block. */
export function largeSampleRows(
  log: FrozenLog,
  rows: number,
  seed: number,
  anomalies = 0,
): SampleRows {
  const all = emptyRows(rows);
  const truth: PlantedStory[] = [];
  let at = 0;
  for (const block of sampleBlocks(rows, seed)) {
    const made = sampleRows(log, block.rows, block.seed, anomalies);
    for (let i = 0; i < block.rows; i++) made.userId[i]! += block.firstUserId - 1;
    for (const name of COLUMNS) all[name].set(made[name], at);
    truth.push(...made.truth.map((story) => ofBlock(story, block)));
    at += block.rows;
  }
  // What was planted is in the log's own lists of texts.
  return inTimeOrder({ ...all, truth, paths: log.paths, addresses: log.addresses });
}

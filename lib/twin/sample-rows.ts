import { randomStream } from "../stats/random";
import { cohortsById } from "./cohorts";
import { type FrozenLog, FULL_SIZE, USER_COUNT } from "./frozen";
import { COLUMNS, emptyRows, inTimeOrder, type LogRows, rowsAt, rowsOfSeed } from "./log-rows";
import { plantAnomalies } from "./plant-anomalies";
import { thinned } from "./time-order";
import { furtherStory, type PlantedStory, publishedStories } from "./truth";

export interface SampleRows extends LogRows {
  truth: PlantedStory[];
}

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

/** The rows of all blocks in time order, those of one second by block. */
export function sampleRows(log: FrozenLog, rows: number, seed: number, anomalies = 0): SampleRows {
  const all = emptyRows(rows);
  const truth: PlantedStory[] = [];
  let at = 0;
  for (const block of sampleBlocks(rows, seed)) {
    const made = blockRows(log, block, anomalies);
    const before = block.firstUserId - 1;
    for (let i = 0; i < block.rows; i++) made.userId[i]! += before;
    for (const name of COLUMNS) all[name].set(made[name], at);
    truth.push(...made.truth.map((story) => renumbered(story, before)));
    at += block.rows;
  }
  // What was planted is in the log's own lists of texts.
  return inTimeOrder({ ...all, truth, paths: log.paths, addresses: log.addresses });
}

/** A block's rows, visit by visit, and what is planted in them; users are numbered from 1. */
function blockRows(log: FrozenLog, { rows, seed }: SampleBlock, anomalies: number): SampleRows {
  const isWhole = rows === FULL_SIZE;
  const whole = rowsOfSeed(log, seed);
  const made = isWhole ? whole : rowsAt(whole, thinned(whole, rows));
  const cohorts = cohortsById(log);
  const planted = plantAnomalies(made, log.stories, cohorts, anomalies, seed);
  const further = planted.map((story) => furtherStory(story, made, cohorts));
  const published = isWhole ? publishedStories(made, log.stories) : [];
  return { ...made, truth: [...published, ...further] };
}

function renumbered(story: PlantedStory, before: number): PlantedStory {
  if (story.userId === null || before === 0) return story;
  const userId = story.userId + before;
  const entity = story.entity.replace(`user ${story.userId}`, `user ${userId}`);
  return { ...story, userId, entity };
}

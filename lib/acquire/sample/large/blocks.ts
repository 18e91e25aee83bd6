import { USER_COUNT } from "../calibration/users";
import { FULL_SIZE, type SampleRows } from "../log-rows";
import { randomStream } from "../random-stream";
import { sampleRows } from "../sample-rows";
import type { PlantedStory } from "../stories/truth";
import { inOrder, timeOrder } from "../visits/time-order";

export { FULL_SIZE };

/** A log of its own within a sample that is larger than the log. */
export interface SampleBlock {
  /** From 1 to `FULL_SIZE`. */
  rows: number;
  seed: number;
  /** Users have the ids from this one on: the log's user 1 is this one. */
  firstUserId: number;
}

/**
 * The logs that a sample consists of: one up to `FULL_SIZE` rows, above that several beside
 * each other, as if so many schools kept one log. They have the same cohorts, paths, days,
 * known addresses and published rows, but users and seeds of their own, so that every
 * published total but the number of addresses grows in proportion. The first has the
 * sample's seed; all but the last have `FULL_SIZE` rows.
 */
export function sampleBlocks(rows: number, seed: number): SampleBlock[] {
  return Array.from({ length: Math.ceil(rows / FULL_SIZE) }, (_, b) => ({
    rows: Math.min(FULL_SIZE, rows - b * FULL_SIZE),
    seed: b === 0 ? seed : blockSeed(seed, b),
    firstUserId: b * USER_COUNT + 1,
  }));
}

const TWO_32 = 4_294_967_296;
const TWO_21 = 2_097_152;

/** A whole number below 2^53. */
function blockSeed(seed: number, block: number): number {
  const random = randomStream(seed, `block ${block}`);
  return random.below(TWO_21) * TWO_32 + random.below(TWO_32);
}

/** Makes blocks' rows with places in the same two lists, which grow from block to block. */
export interface BlockMaker {
  paths: string[];
  addresses: string[];
  /** The block's rows in time order. */
  make(block: SampleBlock): SampleRows;
}

export function blockMaker(anomalies = 0): BlockMaker {
  const paths: string[] = [];
  const addresses: string[] = [];
  const pathPlaces = placesIn(paths);
  const addressPlaces = placesIn(addresses);
  return {
    paths,
    addresses,
    make(block) {
      const made = sampleRows(block.rows, block.seed, anomalies);
      replace(made.path, pathPlaces(made.paths));
      replace(made.address, addressPlaces(made.addresses));
      for (let i = 0; i < block.rows; i++) made.userId[i]! += block.firstUserId - 1;
      const truth = made.truth.map((story) => ofBlock(story, block));
      return { ...made, paths, addresses, truth };
    },
  };
}

/** A block's story, about the user that the block has in the sample; its rows are the block's. */
function ofBlock(story: PlantedStory, { firstUserId }: SampleBlock): PlantedStory {
  if (story.userId === null || firstUserId === 1) return story;
  const userId = story.userId + firstUserId - 1;
  const entity = story.entity.replace(`user ${story.userId}`, `user ${userId}`);
  return { ...story, userId, entity };
}

/** Gives texts' places in `list`, to which new ones are added. */
function placesIn(list: string[]): (texts: readonly string[]) => Int32Array {
  const known = new Map<string, number>();
  return (texts) =>
    Int32Array.from(texts, (text) => {
      let place = known.get(text);
      if (place === undefined) {
        place = list.push(text) - 1;
        known.set(text, place);
      }
      return place;
    });
}

/** Puts for each place its new one; -1, none, stays. */
function replace(column: Int32Array, places: Int32Array): void {
  for (let i = 0; i < column.length; i++) if (column[i]! >= 0) column[i] = places[column[i]!]!;
}

/**
 * The rows of all blocks in time order, those of one second in the order of blocks; with
 * one block, its rows as `sampleRows` gives them. All are in memory, at 50 bytes each.
 */
export function largeSampleRows(rows: number, seed: number, anomalies = 0): SampleRows {
  const blocks = sampleBlocks(rows, seed);
  if (blocks.length === 1) return sampleRows(rows, seed, anomalies);

  const maker = blockMaker(anomalies);
  const column = () => new Int32Array(rows);
  const all: SampleRows = {
    day: column(),
    second: column(),
    path: column(),
    userId: column(),
    cohortId: column(),
    address: column(),
    paths: maker.paths,
    addresses: maker.addresses,
    truth: [],
  };
  let at = 0;
  for (const block of blocks) {
    const made = maker.make(block);
    for (const name of COLUMNS) all[name].set(made[name], at);
    all.truth.push(...made.truth);
    at += block.rows;
  }
  const order = timeOrder(all.day, all.second);
  for (const name of COLUMNS) {
    all[name] = inOrder(all[name], order);
  }
  return all;
}

/** The columns of numbers. */
export const COLUMNS = ["day", "second", "path", "userId", "cohortId", "address"] as const;

import type { PlantedStory } from "./stories/truth";

/** Rows of the log that the sample stands for. */
export const FULL_SIZE = 900_223;

/** The log as columns of numbers; paths and addresses as places in their lists. */
export interface SampleRows {
  /** Days since the log's first day. */
  day: Int32Array;
  /** Seconds since midnight. */
  second: Int32Array;
  /** Place in `paths`; -1 for none. */
  path: Int32Array;
  userId: Int32Array;
  /** 0 for none. */
  cohortId: Int32Array;
  /** Place in `addresses`. */
  address: Int32Array;
  paths: string[];
  addresses: string[];
  /** What is planted in the rows. */
  truth: PlantedStory[];
}

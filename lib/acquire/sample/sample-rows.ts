import { PATHS } from "./calibration/paths";
import { STORY_DAYS } from "./calibration/stories";
import { GROUPS } from "./groups";
import { FULL_SIZE, type SampleRows } from "./log-rows";
import { randomStream } from "./random-stream";
import { scaledLog } from "./scaled-log";
import { plantAnomalies } from "./stories/plant-anomalies";
import { furtherStory } from "./stories/truth";
import { wholeTruth } from "./stories/whole-truth";
import { fitArrivals } from "./users/arrivals";
import { type Seat, wholeSeats } from "./users/seats";
import { inTimeOrder } from "./visits/draft";
import { repeatRows, shareSeconds } from "./visits/repeats";
import { type AddressedLog, wholeLog } from "./whole-log";

/** Published: exact repetitions of an earlier row, among the rows with a cohort. */
const REPEATED_ROWS = 3_518;
/** Published: different timestamps among them. */
const DIFFERENT_TIMES = 806_377;

/** How often a draw of users that leaves no way to lay out their days is drawn anew. */
const TRIES = 40;

/**
 * The sample's rows in time order, up to the size of the log, and what is planted in them:
 * of the whole log the published stories, of any size `anomalies` further ones of each
 * kind.
 */
export function sampleRows(rows: number, seed: number, anomalies = 0): SampleRows {
  const isWhole = rows === FULL_SIZE;
  const { log, seats } = isWhole ? layOut(seed) : { log: scaledLog(rows, seed), seats: [] };
  const { draft, address, addresses } = log;
  const paths = PATHS.map(({ path }) => path);
  const taken = new Set(STORY_DAYS.map(({ userId }) => userId));
  const repeated = Math.round((rows * REPEATED_ROWS) / FULL_SIZE);
  const isRepeated = repeatRows(draft, address, repeated, seed);
  // In a small sample pages are hardly opened twice in a row.
  if (isWhole && !isRepeated) throw new Error(`The log cannot be given ${repeated} repeated rows.`);
  if (isWhole) shareSeconds(draft, DIFFERENT_TIMES, seed);
  // After the seconds are settled, so that those of published stories stay.
  const planted = plantAnomalies({ ...log, paths, taken }, anomalies, seed);
  const cohorts = GROUPS.map(({ cohortId }) => cohortId);
  const sorted = { ...inTimeOrder(draft, cohorts, address), paths, addresses, truth: [] };
  const published = isWhole ? wholeTruth(sorted, seats) : [];
  const further = planted.map((story) => furtherStory(story, log));
  return { ...sorted, truth: [...published, ...further] };
}

/**
 * The whole log of a seed. Who sits where is drawn before the days are, and some draws
 * leave a group more to read by a day than its members of that time have: then the next.
 */
function layOut(seed: number): { log: AddressedLog; seats: Seat[] } {
  for (let tries = 1; ; tries++) {
    const drawn = tries === 1 ? seed : randomStream(seed, `draw ${tries}`).below(2 ** 32);
    try {
      const seats = fitArrivals(wholeSeats(drawn), drawn);
      return { log: wholeLog(seats, drawn), seats };
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

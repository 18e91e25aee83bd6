import { randomStream } from "../stats/random";
import { type Cohort, DATA_SCIENCE } from "./cohorts";
import { CAMPUS, type FrozenLog, FULL_SIZE } from "./frozen";
import type { LogRows } from "./log-rows";
import { addressMaker, type Bed, drawOne, SHARE, SMALL, WHOLE } from "./plant-bed";
import { oneDayPeak, probing, scraping } from "./plant-bursts";
import { dropOut, hardlyReading } from "./plant-leavers";
import { crossProgram, lessonsOf, manyAddresses } from "./plant-readers";
import { type Reader, readerBook } from "./reader-book";
import type { PlantedRows } from "./truth";

interface Kind {
  kind: string;
  /** Makes a reader's story, or changes nothing. */
  plant: (bed: Bed, reader: Reader) => Pick<PlantedRows, "rows" | "address"> | undefined;
  /** Fewest rows of a reader. */
  least: (sizes: Bed["sizes"]) => number;
  fits?: (reader: Reader) => boolean;
}

/** Those that suit fewest readers first. */
const KINDS: readonly Kind[] = [
  {
    kind: "cross_program",
    plant: crossProgram,
    least: ({ cross }) => cross,
    fits: ({ cohort }) => cohort.program === DATA_SCIENCE,
  },
  { kind: "scraping", plant: scraping, least: ({ scrape }) => scrape / SHARE },
  { kind: "one_day_peak", plant: oneDayPeak, least: ({ peak }) => peak / SHARE },
  { kind: "many_addresses", plant: manyAddresses, least: ({ fortnight }) => fortnight },
  { kind: "hardly_reading", plant: hardlyReading, least: ({ inClass }) => inClass },
  { kind: "drop_out", plant: dropOut, least: ({ before }) => 2 * before },
  { kind: "probing", plant: probing, least: ({ probes }) => 2 * probes },
];

/**
 * Plants up to `n` further stories of each kind, each with a student of one cohort who has no other
 * story. Changes the rows, and adds to the lists of paths and addresses.
 *
 * The number of rows, published stories, each user's first row, rows per cohort in class and after
 * it, and the days on which the log and its earlier version begin and end stay.
 */
export function plantAnomalies(
  log: LogRows,
  stories: FrozenLog["stories"],
  cohorts: ReadonlyMap<number, Cohort>,
  n: number,
  seed: number,
): PlantedRows[] {
  if (n === 0) return [];
  const random = randomStream(seed, "anomalies");
  const bed: Bed = {
    log,
    random,
    ...lessonsOf(log, cohorts),
    taken: new Set(),
    book: readerBook(log, stories, cohorts),
    sizes: log.day.length === FULL_SIZE ? WHOLE : SMALL,
    newAddress: addressMaker(log.addresses, random),
    campus: new Set(CAMPUS.map((ip) => log.addresses.indexOf(ip))),
  };
  const planted: PlantedRows[] = [];
  let kinds = KINDS;
  for (let round = 0; round < n && kinds.length > 0; round++) {
    // A kind that finds nobody now will not later: readers only become fewer.
    kinds = kinds.filter((kind) => {
      const story = plantOne(bed, kind);
      if (story) planted.push(story);
      return story !== undefined;
    });
  }
  return planted;
}

/** Tries readers in random order until one suits the kind. */
function plantOne(bed: Bed, { kind, plant, least, fits }: Kind): PlantedRows | undefined {
  const { book, taken, random, sizes } = bed;
  const able = book.readers.filter(
    (reader) =>
      !taken.has(reader.userId) && reader.rows.length >= least(sizes) && (!fits || fits(reader)),
  );
  while (able.length > 0) {
    const reader = drawOne(able, random);
    const story = plant(bed, reader);
    if (!story) continue;
    const { userId, cohortId } = reader;
    taken.add(userId);
    return { kind, userId, cohortId, ...story };
  }
  return undefined;
}

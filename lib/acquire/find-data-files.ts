import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { shownPath } from "../keep/shown-text";
import { DataFileError } from "./data-file-error";

export interface DataFiles {
  logsPath: string;
  /** Undefined where the cohorts are in `logsPath`. */
  cohortsPath?: string;
  /** What was passed over. */
  notes: string[];
}

const TEXT_FILE = /^anonymized-curriculum-access.*\.txt(\.gz)?$/;
const JOINED_FILE = /^curriculum_logs\.csv(\.gz)?$/;
const COHORTS_FILE = "cohorts.csv";

/** In `dir`: the first text file by name, with `cohorts.csv`, else the joined file. */
export function findDataFiles(dir: string): DataFiles | undefined {
  const names = namesIn(dir);
  const texts = names.filter((name) => TEXT_FILE.test(name));
  const joined = names.filter((name) => JOINED_FILE.test(name));
  const hasCohorts = names.includes(COHORTS_FILE);
  const found = hasCohorts ? [...texts, ...joined] : joined;
  const [taken, ...others] = found;
  if (taken === undefined) {
    if (texts[0] !== undefined) throw missingCohorts(join(dir, texts[0]), join(dir, COHORTS_FILE));
    return undefined;
  }
  const passedOver = hasCohorts ? others : [...others, ...texts];
  const reason = hasCohorts ? "" : ` (a text file needs ${COHORTS_FILE} beside it)`;
  const note = `${shownPath(join(dir, taken))} was taken, not ${passedOver.map((name) => shownPath(join(dir, name))).join(", ")}${reason}; logsPath chooses another.`;
  return {
    logsPath: join(dir, taken),
    cohortsPath: TEXT_FILE.test(taken) ? join(dir, COHORTS_FILE) : undefined,
    notes: passedOver.length > 0 ? [note] : [],
  };
}

function namesIn(dir: string): string[] {
  try {
    return existsSync(dir) ? readdirSync(dir).sort() : [];
  } catch (error) {
    const wrong = `is no folder that can be read (${(error as NodeJS.ErrnoException).code})`;
    throw DataFileError.ofFile(dir, wrong, "Check the name and its permissions.");
  }
}

export function missingCohorts(logsPath: string, cohortsPath: string): DataFileError {
  return DataFileError.ofFile(
    cohortsPath,
    "does not exist",
    `${shownPath(logsPath)} says of each row only its cohort's number: put the cohorts' table beside it, or name it with cohortsPath.`,
  );
}

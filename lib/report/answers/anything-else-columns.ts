import type pl from "nodejs-polars";
import {
  ADDRESS_KIND,
  ADDRESSES,
  BEGAN_WITH_LOG,
  CHECK,
  COHORT,
  COUNT,
  FROM,
  HOLIDAY,
  LARGEST_PATH_SHARE,
  LAYOUT,
  LAYOUTS,
  LESSON,
  MOVED,
  P_VALUE,
  PAGES,
  PROGRAM,
  ROWS,
  SCORE,
  SHARE,
  SHARE_AFTER,
  SHARE_BEFORE,
  TO,
  USER_ID,
  USER_IDS,
  USERS,
  WEEKDAYS,
} from "../../log/columns";
import { type ColumnKind, requireColumns } from "../../log/require-columns";

/** What was looked at, each as the function of that name gives it. */
export interface AnythingElseEvidence {
  /** `campusMove` */
  move: pl.DataFrame;
  /** `unlabelledClasses` */
  classes: pl.DataFrame;
  /** `breaks` */
  breaks: pl.DataFrame;
  /** `layoutPeriods` */
  layouts: pl.DataFrame;
  /** `splitLessons` */
  split: pl.DataFrame;
  /** `dataQuality` */
  quality: pl.DataFrame;
  /** `manyAddresses`; not spoken of where not given */
  accounts?: pl.DataFrame;
  /** `sharedAddresses`; the same */
  addresses?: pl.DataFrame;
}

/** The columns that are spoken of, frame by frame. */
const SPOKEN_OF: Readonly<Record<keyof AnythingElseEvidence, Record<string, ColumnKind>>> = {
  move: {
    ...{ [MOVED]: "Date", [SHARE_BEFORE]: "number", [SHARE_AFTER]: "number" },
    [P_VALUE]: "number",
  },
  classes: {
    ...{ [FROM]: "Date", [USERS]: "integer", [ROWS]: "integer", [COHORT]: "String" },
    ...{ [PROGRAM]: "String", [BEGAN_WITH_LOG]: "Bool", [USER_IDS]: "String" },
  },
  breaks: {
    ...{ [FROM]: "Date", [TO]: "Date", [WEEKDAYS]: "integer", [SHARE]: "number" },
    [HOLIDAY]: "String",
  },
  layouts: { [LAYOUT]: "String", [SHARE]: "number", [TO]: "Date" },
  split: {
    ...{ [LESSON]: "String", [LAYOUTS]: "integer", [PAGES]: "integer" },
    [LARGEST_PATH_SHARE]: "number",
  },
  quality: { [CHECK]: "String", [COUNT]: "integer" },
  accounts: { [USER_ID]: "integer", [ADDRESSES]: "integer", [SCORE]: "number" },
  addresses: { [ADDRESS_KIND]: "String", [SCORE]: "number" },
};

/** Refuses evidence that lacks a column that `anythingElseAnswer` speaks of. */
export function requireEvidence(evidence: AnythingElseEvidence): void {
  for (const [name, columns] of Object.entries(SPOKEN_OF)) {
    const frame = evidence[name as keyof AnythingElseEvidence];
    if (frame === undefined && (name === "accounts" || name === "addresses")) continue;
    requireColumns(`anythingElseAnswer (${name})`, frame as pl.DataFrame, columns);
  }
}

import type pl from "nodejs-polars";
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
    ...{ moved: "Date", share_before: "number", share_after: "number" },
    p_value: "number",
  },
  classes: {
    ...{ from: "Date", users: "integer", rows: "integer", cohort: "String" },
    ...{ program: "String", began_with_log: "Bool", user_ids: "String" },
  },
  breaks: {
    ...{ from: "Date", to: "Date", weekdays: "integer", share: "number" },
    holiday: "String",
  },
  layouts: { layout: "String", share: "number", to: "Date" },
  split: {
    ...{ lesson: "String", layouts: "integer", pages: "integer" },
    largest_path_share: "number",
  },
  quality: { check: "String", count: "integer" },
  accounts: { user_id: "integer", addresses: "integer", score: "number" },
  addresses: { address_kind: "String", score: "number" },
};

/** Refuses evidence that lacks a column that `anythingElseAnswer` speaks of. */
export function requireEvidence(evidence: AnythingElseEvidence): void {
  for (const [name, columns] of Object.entries(SPOKEN_OF)) {
    const frame = evidence[name as keyof AnythingElseEvidence];
    if (frame === undefined && (name === "accounts" || name === "addresses")) continue;
    requireColumns(`anythingElseAnswer (${name})`, frame as pl.DataFrame, columns);
  }
}

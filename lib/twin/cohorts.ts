import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { FIRST_EPOCH_DAY, type FrozenLog } from "./frozen";

export const STAFF = 28;
export const DATA_SCIENCE = 3;

export interface Cohort {
  name: string;
  program: number;
  /** Days of the log: class is from `start` up to, not including, `end`. */
  start: number;
  end: number;
}

const FIELDS = [
  ...(["id", "name", "slack", "start_date", "end_date"] as const),
  ...(["created_at", "updated_at", "deleted_at", "program_id"] as const),
];

export function sampleCohorts(log: FrozenLog): pl.DataFrame {
  const rows = log.cohorts.map((line) => {
    const texts = line.split(",");
    return Object.fromEntries(FIELDS.map((name, at) => [name, fieldOf(name, texts[at]!)]));
  });
  return frameOf(rows, ...FIELDS).sort("id");
}

function fieldOf(name: string, text: string): number | string | null {
  if (text === "") return null;
  if (name.endsWith("_date")) return Date.parse(text) / 86_400_000;
  if (name.endsWith("_at")) return Date.parse(`${text.replace(" ", "T")}Z`);
  return name.endsWith("id") ? Number(text) : text;
}

export function cohortsById(log: FrozenLog): Map<number, Cohort> {
  const day = (text = "") => Date.parse(text) / 86_400_000 - FIRST_EPOCH_DAY;
  return new Map(
    log.cohorts.map((line) => {
      const [id, name = "", , start, end, , , , program] = line.split(",");
      const cohort = { name, program: Number(program), start: day(start), end: day(end) };
      return [Number(id), cohort];
    }),
  );
}

/** The published table as CSV. */
export const cohortsCsv = ({ cohorts }: FrozenLog): string =>
  `${[FIELDS.join(","), ...cohorts].join("\n")}\n`;

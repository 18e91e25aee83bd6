import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DataFileError } from "../../lib/acquire/data-file-error";
import type { ReadRowsOptions } from "../../lib/acquire/read-rows";
import { shownPath } from "../../lib/keep/shown-text";
import { type Collected, collectRows } from "./collected-rows";
import { type Expected, type Shape, slowTable, type Value } from "./slow-tables";

/** What came of reading a file: the kind of outcome, or in what the reader and the slow one differ. */
export type Verdict = { outcome: string } | { difference: string };

/** Reads a file with the project's reader and with the slow one. */
export async function readBoth(
  path: string,
  bytes: Buffer,
  shape: Shape,
  isSetAside: boolean,
  outDir: string,
): Promise<Verdict> {
  const setsAside = isSetAside && shape !== "usage";
  const expected = slowTable(bytes, shape, setsAside, shownPath(path));
  const options: ReadRowsOptions = { onBadRows: setsAside ? "set-aside" : "error", outDir };
  let found: Collected | DataFileError;
  try {
    found = await collectRows(path, shape, options);
  } catch (error) {
    if (!(error instanceof DataFileError)) {
      return { difference: `no clear error: ${(error as Error).stack}` };
    }
    found = error;
  }
  const aside = join(
    outDir,
    `bad-rows-${path.slice(path.lastIndexOf("/") + 1).replace(/\.gz$/, "")}`,
  );
  const asideBytes = existsSync(aside) ? readFileSync(aside, "latin1") : "";
  if (asideBytes !== "") rmSync(aside);
  return found instanceof DataFileError
    ? compareError(found, asideBytes, expected)
    : compareTable(found, asideBytes, expected);
}

function compareTable(found: Collected, aside: string, expected: Expected): Verdict {
  if (expected.kind !== "table") {
    return { difference: `a table of ${found.rows.length} rows; expected ${told(expected)}` };
  }
  const { rows, cohorts, badRows, setAside, notes } = expected;
  const differing = firstDifference(found.rows, rows);
  if (differing) return { difference: `row ${differing}` };
  const inCohorts = firstDifference(found.cohorts ?? [], cohorts);
  if (inCohorts) return { difference: `cohort ${inCohorts}` };
  const { read } = found;
  if (read.rows !== rows.length || read.badRows !== badRows) {
    return {
      difference: `counts ${read.rows}, ${read.badRows}; expected ${rows.length}, ${badRows}`,
    };
  }
  if (aside !== setAside) {
    return {
      difference: `set aside ${JSON.stringify(aside)}; expected ${JSON.stringify(setAside)}`,
    };
  }
  const isSaid =
    read.notes.length === notes.length && notes.every((note, at) => read.notes[at]?.includes(note));
  if (!isSaid) return { difference: `notes ${read.notes}; expected ${notes}` };
  return { outcome: badRows > 0 ? "a table and lines set aside" : "a table" };
}

function compareError(error: DataFileError, aside: string, expected: Expected): Verdict {
  if (aside !== "") return { difference: `lines set aside beside the error ${error.message}` };
  const different = { difference: `error ${error.message}; expected ${told(expected)}` };
  if (expected.kind === "table") return different;
  if (expected.kind === "unreadable") {
    if (error.message.includes(` ${expected.why}`))
      return { outcome: withoutNumbers(expected.why) };
    // of a damaged file, what is wrong with its beginning may be told first
    const { ratherSaid, isAllThereIs } = expected;
    if (!isAllThereIs) return { outcome: "something about a damaged gzip file" };
    const isEarly =
      ratherSaid?.kind === "unreadable" ||
      (ratherSaid?.kind === "bad lines" && ratherSaid.problems[0]?.field === "header");
    return isEarly ? compareError(error, aside, ratherSaid) : different;
  }
  const isSame =
    error.badRows === expected.badRows &&
    error.problems.length === expected.problems.length &&
    expected.problems.every(({ line, field, found }, at) => {
      const told = error.problems[at];
      return told?.line === line && told.field === field && told.found === found;
    });
  const isHeader = expected.problems[0]?.field === "header";
  return isSame ? { outcome: isHeader ? "another header" : "bad lines" } : different;
}

const told = (expected: Expected) =>
  JSON.stringify(expected, (_, value) =>
    typeof value === "string" && value.length > 300 ? `${value.slice(0, 300)}…` : value,
  ).slice(0, 2000);
const withoutNumbers = (why: string) => why.replace(/ in line .*/, " in a line");

function firstDifference(found: Value[][], expected: Value[][]): string | undefined {
  for (let at = 0; at < Math.max(found.length, expected.length); at++) {
    const [a, b] = [JSON.stringify(found[at]), JSON.stringify(expected[at])];
    if (a !== b) return `${at + 1}: ${a?.slice(0, 500)}; expected ${b?.slice(0, 500)}`;
  }
  return undefined;
}

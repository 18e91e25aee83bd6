import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessRows } from "../../lib/acquire/access-rows";
import { DataFileError } from "../../lib/acquire/data-file-error";
import { readAccessText } from "../../lib/acquire/read-access-text";
import { readCohortsCsv } from "../../lib/acquire/read-cohorts-csv";
import { readJoinedCsv } from "../../lib/acquire/read-joined-csv";
import type { ReadRowsOptions, RowsRead } from "../../lib/acquire/read-rows";
import { readUsageRows } from "../../lib/acquire/read-usage-csv";
import type { FuzzCase } from "./fuzz-case";
import { type Expected, type Shape, slowTable, type Value } from "./slow-tables";

/** What came of reading a file: the kind of outcome, or in what the reader and the slow one differ. */
export type Verdict = { outcome: string } | { difference: string };

/** Writes the file to `dir` and reads it with the project's reader and with the slow one. */
export async function readBoth(tried: FuzzCase, dir: string): Promise<Verdict> {
  const { bytes, shape } = tried;
  const path = join(dir, `${shape}.txt`);
  writeFileSync(path, bytes);
  const isSetAside = tried.isSetAside && shape !== "usage";
  const expected = slowTable(bytes, shape, isSetAside);
  const outDir = join(dir, "out");
  let found: Collected | DataFileError;
  try {
    const onBadRows = isSetAside ? "set-aside" : "error";
    found = await collectRows(path, shape, { onBadRows, outDir });
  } catch (error) {
    if (!(error instanceof DataFileError)) {
      return { difference: `no clear error: ${(error as Error).stack}` };
    }
    found = error;
  }
  const aside = join(outDir, `bad-rows-${shape}.txt`);
  const asideBytes = existsSync(aside) ? readFileSync(aside, "latin1") : "";
  rmSync(aside, { force: true });
  return found instanceof DataFileError
    ? compareError(found, asideBytes, expected)
    : compareTable(found, asideBytes, expected);
}

function compareTable(found: Collected, aside: string, expected: Expected): Verdict {
  if (expected.kind !== "table") {
    return { difference: `a table of ${found.rows.length} rows; expected ${told(expected)}` };
  }
  const { rows, cohorts, badRows, setAside } = expected;
  const { read } = found;
  const differ = (what: string, a: unknown, b: unknown) =>
    JSON.stringify(a) === JSON.stringify(b) ? [] : [`${what} ${told(a)}; expected ${told(b)}`];
  const [difference] = [
    ...differencesOf("row", found.rows, rows),
    ...differencesOf("cohort", found.cohorts ?? [], cohorts),
    ...differ("counts", [read.rows, read.badRows], [rows.length, badRows]),
    ...differ("set aside", aside, setAside),
  ];
  if (difference !== undefined) return { difference };
  return { outcome: badRows > 0 ? "a table and lines set aside" : "a table" };
}

function compareError(error: DataFileError, aside: string, expected: Expected): Verdict {
  if (aside !== "") return { difference: `lines set aside beside the error ${error.message}` };
  const different = { difference: `error ${error.message}; expected ${told(expected)}` };
  if (expected.kind === "table") return different;
  if (expected.kind === "unreadable") {
    const isSaid = error.message.includes(` ${expected.why}`);
    return isSaid ? { outcome: expected.why.replace(/ in line .*/, " in a line") } : different;
  }
  const isSame =
    error.badRows === expected.badRows &&
    error.problems.length === expected.problems.length &&
    expected.problems.every(({ line, field, found }, at) => {
      const problem = error.problems[at];
      return problem?.line === line && problem.field === field && problem.found === found;
    });
  const isHeader = expected.problems[0]?.field === "header";
  return isSame ? { outcome: isHeader ? "another header" : "bad lines" } : different;
}

const told = (value: unknown) =>
  JSON.stringify(value, (_, text) =>
    typeof text === "string" && text.length > 300 ? `${text.slice(0, 300)}…` : text,
  ).slice(0, 2000);

function differencesOf(what: string, found: Value[][], expected: Value[][]): string[] {
  for (let at = 0; at < Math.max(found.length, expected.length); at++) {
    const [a, b] = [JSON.stringify(found[at]), JSON.stringify(expected[at])];
    if (a !== b) return [`${what} ${at + 1}: ${a?.slice(0, 500)}; expected ${b?.slice(0, 500)}`];
  }
  return [];
}

/** What a reader has collected: days, seconds and moments as numbers. */
interface Collected {
  read: RowsRead;
  rows: Value[][];
  /** Of the joined file. */
  cohorts?: Value[][];
}

/** Reads a file up to the table, which takes a hundred times as long as the reading of a small file. */
export async function collectRows(
  path: string,
  shape: Shape,
  options?: ReadRowsOptions,
): Promise<Collected> {
  if (shape === "text") {
    const read = await readAccessText(path, options);
    return { read, rows: accessRows(read.logs) };
  }
  if (shape === "joined") {
    const read = await readJoinedCsv(path, options);
    return { read, rows: accessRows(read.logs), cohorts: read.cohorts };
  }
  if (shape === "cohorts") {
    const read = await readCohortsCsv(path, options);
    return { read, rows: read.cohorts };
  }
  const read = await readUsageRows(path);
  return { read, rows: read.usage };
}

function accessRows(logs: AccessRows): Value[][] {
  const { days, seconds, paths, users, cohorts, addresses, pathTexts, addressTexts } = logs;
  const [allPaths, allAddresses] = [pathTexts.decoded(), addressTexts.decoded()];
  return Array.from({ length: logs.length }, (_, at) => [
    ...[days[at] as number, seconds[at] as number, allPaths[paths[at] as number] ?? null],
    ...[users[at] as number, Number.isNaN(cohorts[at]) ? null : (cohorts[at] as number)],
    allAddresses[addresses[at] as number] as string,
  ]);
}

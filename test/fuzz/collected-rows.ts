import type { AccessRows } from "../../lib/acquire/access-rows";
import { readAccessText } from "../../lib/acquire/read-access-text";
import { readCohortsCsv } from "../../lib/acquire/read-cohorts-csv";
import { readJoinedCsv } from "../../lib/acquire/read-joined-csv";
import type { ReadRowsOptions, RowsRead } from "../../lib/acquire/read-rows";
import { readUsageRows } from "../../lib/acquire/read-usage-csv";
import type { Shape, Value } from "./slow-tables";

/** What a reader has collected: days, seconds and moments as numbers. */
export interface Collected {
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

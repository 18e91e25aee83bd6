import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { afterEach } from "vitest";

/** An access log of four rows, one without a path and one without a cohort, as its text file. */
export const TINY_TEXT = `2018-01-26 09:55:03 / 1 8 97.105.19.61
2018-01-26 09:56:02 java-ii 1 8 97.105.19.61
2020-04-08 09:25:18  586 55 198.18.0.1
2020-04-08 09:25:19 mysql/relationships/joins 48  198.18.0.1
`;

export const COHORTS_HEADER =
  "id,name,slack,start_date,end_date,created_at,updated_at,deleted_at,program_id";

/** The two cohorts of `TINY_TEXT` and Staff. */
export const TINY_COHORTS = `${COHORTS_HEADER}
8,Hampton,#hampton,2015-09-22,2016-02-06,2016-06-14 19:52:26,2016-06-14 19:52:26,,1
28,Staff,#,2014-02-04,2014-02-04,2018-12-06 17:04:19,2018-12-06 17:04:19,,2
55,Curie,#curie,2020-02-03,2020-07-07,2020-02-03 19:31:51,2020-02-03 19:31:51,,3
`;

export const JOINED_HEADER = `date,time,path,user_id,cohort_id,ip,${COHORTS_HEADER}`;

/** `TINY_TEXT` joined to its cohorts, as pandas saves it with its index. */
export const TINY_JOINED = `,${JOINED_HEADER}
0,2018-01-26,09:55:03,/,1,8.0,97.105.19.61,8.0,Hampton,#hampton,2015-09-22,2016-02-06,2016-06-14 19:52:26,2016-06-14 19:52:26,,1.0
1,2018-01-26,09:56:02,java-ii,1,8.0,97.105.19.61,8.0,Hampton,#hampton,2015-09-22,2016-02-06,2016-06-14 19:52:26,2016-06-14 19:52:26,,1.0
2,2020-04-08,09:25:18,,586,55.0,198.18.0.1,55.0,Curie,#curie,2020-02-03,2020-07-07,2020-02-03 19:31:51,2020-02-03 19:31:51,,3.0
3,2020-04-08,09:25:19,mysql/relationships/joins,48,,198.18.0.1,,,,,,,,,
`;

/** A folder that is gone after the test; `put` writes a file in it and gives its path. */
export function useFolder(): {
  path: () => string;
  put: (name: string, content: string | Uint8Array) => string;
} {
  let folder: string | undefined;
  afterEach(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  });
  const path = () => {
    folder ??= mkdtempSync(join(tmpdir(), "curriculum-logs-"));
    return folder;
  };
  const put = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(path(), name), content);
    return join(path(), name);
  };
  return { path, put };
}

/** A row of table `logs` in plain values. */
export interface PlainRow {
  date: string;
  time: string;
  path: string | null;
  user_id: number;
  cohort_id: number | null;
  ip: string;
}

/** A raw access log's rows as plain values, whatever types Polars gives out for dates and times. */
export function plainRows(logs: pl.DataFrame): PlainRow[] {
  const rows = logs.toRecords() as unknown as (Omit<PlainRow, "date"> & { date: Date })[];
  return rows.map(({ date, time, path, user_id, cohort_id, ip }) => {
    return { date: date.toISOString().slice(0, 10), time, path, user_id, cohort_id, ip };
  });
}

/** Rows as the lines of the text file. */
export function asText(rows: readonly PlainRow[]): string {
  return rows
    .map(({ date, time, path, user_id, cohort_id, ip }) =>
      [date, time, path ?? "", user_id, cohort_id ?? "", ip].join(" "),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** A field as RFC 4180 has it: quoted where it must be. */
export function csvField(value: string | number | null): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

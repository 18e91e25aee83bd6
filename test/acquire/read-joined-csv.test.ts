import { describe, expect, it } from "vitest";
import {
  csvField,
  JOINED_HEADER,
  plainRows,
  TINY_COHORTS,
  TINY_JOINED,
  TINY_TEXT,
  useFolder,
} from "../support/tiny-logs";
import { readAccessText, readCohortsCsv, readJoinedCsv } from "./frames";

const folder = useFolder();
const read = (content: string) => readJoinedCsv(folder.put("curriculum_logs.csv", content));
const readSettingAside = (content: string) =>
  readJoinedCsv(folder.put("x.csv", content), { onBadRows: "set-aside", outDir: folder.path() });

const HAMPTON =
  "8,Hampton,#hampton,2015-09-22,2016-02-06,2016-06-14 19:52:26,2016-06-14 19:52:26,,1";
const OTHER = HAMPTON.replace("2016-02-06", "2016-02-07");
const NONE = ",,,,,,,,";
const csv = (...rows: string[]) => `${[JOINED_HEADER, ...rows].join("\n")}\n`;
const row = (cohortId: string, cohort: string, path = "/") =>
  `2018-01-26,09:55:03,${csvField(path)},1,${cohortId},198.18.0.1,${cohort}`;

describe("readJoinedCsv", () => {
  it("gives the tables that the text file and cohorts.csv give, but for cohorts without rows", async () => {
    const { logs, cohorts } = await read(TINY_JOINED);
    const text = await readAccessText(folder.put("log.txt", TINY_TEXT));
    const table = await readCohortsCsv(folder.put("cohorts.csv", TINY_COHORTS));
    expect(plainRows(logs)).toEqual(plainRows(text.logs));
    expect(logs.schema).toEqual(text.logs.schema);
    expect(cohorts.schema).toEqual(table.cohorts.schema);
    expect(cohorts.toRecords()).toEqual(
      table.cohorts.toRecords().filter(({ name }) => name !== "Staff"),
    );
  });

  it("takes a cohort for the same without an index column, with its id as 8.0, and quoted", async () => {
    const quoted = HAMPTON.replaceAll(/[^,]+/g, '"$&"');
    const rows = [row("8", HAMPTON), row("8.0", HAMPTON.replace("8,", "8.0,")), row("8", quoted)];
    const { cohorts } = await read(csv(...rows));
    expect(cohorts.getColumn("id").toArray()).toEqual([8]);
  });

  it("reads clock times as pandas writes spans of time", async () => {
    const spans = (days: number) =>
      read(csv(row("8", HAMPTON).replace("09:55:03", `${days} days 09:55:03`)));
    expect(plainRows((await spans(0)).logs)[0]?.time).toBe("09:55:03");
    await expect(spans(1)).rejects.toThrow(/line 2, time/);
  });

  it("keeps rows whose cohort has no row", async () => {
    const { logs, cohorts } = await read(csv(row("165", NONE), row("8", HAMPTON)));
    expect(logs.getColumn("cohort_id").toArray()).toEqual([165, 8]);
    expect(cohorts.getColumn("id").toArray()).toEqual([8]);
  });

  it("refuses a cohort that is described in two ways, and says where it was first", async () => {
    await expect(read(csv(row("8", HAMPTON), row("8", OTHER), row("8", OTHER)))).rejects.toThrow(
      /2 lines cannot be read\.\n {2}line 3, end_date: expected the same for cohort 8 as in line 2; found "2016-02-07"\n {2}line 4, end_date/,
    );
  });

  it.each([
    ["9", '9, as in cohort_id; found "8"'],
    ["", "nothing, as in cohort_id"],
  ])("refuses an id that is not the row's cohort_id: %j", async (id, message) => {
    const bad = csv(row(id, HAMPTON), row("8", HAMPTON));
    await expect(read(bad)).rejects.toThrow(`line 2, id: expected ${message}`);
    // nor is the cohort taken from there
    const { cohorts } = await readSettingAside(csv(row(id, HAMPTON), row("", NONE)));
    expect(cohorts.height).toBe(0);
  });

  it("says of the same line the same, whatever came before it", async () => {
    const rows = [row("8", HAMPTON), row("8", OTHER), row("9", OTHER), row("9", OTHER)];
    const { problems } = await read(csv(...rows)).catch((error) => error);
    expect(problems.map(({ field }: { field: string }) => field)).toEqual(["end_date", "id", "id"]);
  });

  it("points at a bad cohort field in each row that has it", async () => {
    const bad = row("8", HAMPTON.replace("2015-09-22", "2015-02-30"));
    await expect(read(csv(row("", NONE), bad, bad))).rejects.toThrow(
      /2 lines cannot be read\.\n {2}line 3, start_date: .*; found "2015-02-30"\n {2}line 4, start_date/,
    );
  });

  it("does not let a path's line break pass a row of its own", async () => {
    // the record is bad as a whole; what looks like a row inside its quotes is a path
    const hidden = row("", NONE, `x\n${row("8", HAMPTON)}\n`).replace(",1,,198", ",abc,,198");
    const { logs, badRows } = await readSettingAside(csv(hidden, row("", NONE)));
    expect([logs.height, badRows]).toEqual([1, 1]);
  });

  it("takes a header and no more for a log without requests, and says so", async () => {
    const { logs, cohorts, notes } = await read(csv());
    expect([logs.height, cohorts.height]).toEqual([0, 0]);
    expect(notes).toEqual([expect.stringMatching(/curriculum_logs\.csv has a header and no rows/)]);
  });
});

import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { COHORTS_HEADER, TINY_COHORTS, useFolder } from "../support/tiny-logs";
import { readCohortsCsv } from "./frames";

const folder = useFolder();
const read = async (content: string) =>
  (await readCohortsCsv(folder.put("cohorts.csv", content))).cohorts;
const ROW = "8,Hampton,#hampton,2015-09-22,2016-02-06,2016-06-14 19:52:26,2016-06-14 19:52:26,,1\n";
const [HEADER = "", ...ROWS] = TINY_COHORTS.trimEnd().split("\n");

describe("readCohortsCsv", () => {
  it("reads the nine columns in their types", async () => {
    const cohorts = await read(TINY_COHORTS);
    const types = Object.values(cohorts.schema).map(
      (type) => `${(type as { variant: string }).variant}`,
    );
    expect(types.join()).toBe("Int64,String,String,Date,Date,Datetime,Datetime,Datetime,Int64");
    expect(cohorts.toRecords()[1]).toEqual({
      ...{ id: 28, name: "Staff", slack: "#", deleted_at: null, program_id: 2 },
      ...{ start_date: new Date("2014-02-04"), end_date: new Date("2014-02-04") },
      created_at: new Date("2018-12-06T17:04:19Z"),
      updated_at: new Date("2018-12-06T17:04:19Z"),
    });
  });

  it.each<[string, () => string]>([
    [
      "an unnamed index column",
      () => [`,${HEADER}`, ...ROWS.map((row, at) => `${at},${row}`)].join("\n"),
    ],
    [
      "the one that pandas adds to it when it saves again",
      () => [`,Unnamed: 0,${HEADER}`, ...ROWS.map((row, at) => `${at},${at},${row}`)].join("\n"),
    ],
    [
      "quoted fields, numbers as 8.0, CRLF, and rows in any order",
      () => {
        const quoted = ROWS.map((row) => row.replace(/^(\d+)/, '"$1.0"').replace(/[^,]+$/, "$&.0"));
        return [HEADER.replaceAll(/\w+/g, '"$&"'), ...quoted.reverse()].join("\r\n");
      },
    ],
  ])("reads the same with %s", async (_, content) => {
    expect((await read(content())).toRecords()).toEqual((await read(TINY_COHORTS)).toRecords());
  });

  it("reads a moment of a day only as its midnight, and fractions to the millisecond", async () => {
    const cohorts = await read(
      `${COHORTS_HEADER}\n8,A,#a,2015-09-22,2016-02-06,2016-06-14,2016-06-14T19:52:26.123456,,1\n`,
    );
    expect(cohorts.toRecords()[0]).toMatchObject({
      created_at: new Date("2016-06-14T00:00:00Z"),
      updated_at: new Date("2016-06-14T19:52:26.123Z"),
    });
  });

  it("leaves what is missing null, but for the id", async () => {
    const [cohort] = (await read(`${COHORTS_HEADER}\n8,,,,,,,,\n`)).toRecords();
    expect(Object.values(cohort as object)).toEqual([8, ...Array(8).fill(null)]);
  });

  it.each([
    ["id: expected an integer below 2^53; found nothing", ",A,,,,,,,\n"],
    [
      "start_date: expected a calendar day as 2018-01-26, or",
      ROW.replace("2015-09-22", "2015-09-31"),
    ],
    ["created_at: expected a day and a time", ROW.replace("19:52:26", "24:52:26")],
    ["created_at: expected a day and a time", ROW.replace("2016-06-14 19:52:26", "soon")],
    ["program_id: expected an integer", ROW.replace(/1\n$/, "one\n")],
  ])("points at a bad field: %s", async (message, row) => {
    await expect(read(`${COHORTS_HEADER}\n${row}`)).rejects.toThrow(`line 2, ${message}`);
  });

  it("refuses two rows of one id", async () => {
    await expect(read(`${COHORTS_HEADER}\n${ROW}${ROW}`)).rejects.toThrow(
      'line 3, id: expected an id of its own (line 2 has this one); found "8"',
    );
  });

  it.each([
    ["a missing column", HEADER.replace("slack,", ""), "Missing: slack."],
    ["columns in another order", HEADER.replace("name,slack", "slack,name"), "The order counts."],
    ["no header", ROW.trimEnd(), "Missing: id, name, slack"],
    ["unnamed columns only", ",,", "Missing: id, name, slack"],
    ["all its columns in one pair of quotes", `"${HEADER}"`, "Missing: id, name, slack"],
    ["a column behind those wanted", `${HEADER},extra`, "The order counts."],
    ["more columns than a record keeps", `${",".repeat(23)}${HEADER},extra`, "The order"],
  ])("points at a header with %s", async (_, header, advice) => {
    const error = await read(`${header}\n${ROW}`).catch((thrown) => thrown);
    expect(error.message).toContain(`line 1, header: expected ${HEADER}; found "`);
    expect(error.message).toContain(advice);
  });

  const published = join(PROJECT_ROOT, "../shared/reference/cohorts.csv");
  it.skipIf(!existsSync(published))("reads the 53 published cohorts", async () => {
    const { cohorts } = await readCohortsCsv(published);
    expect(cohorts.height).toBe(53);
    expect(cohorts.getColumn("deleted_at").nullCount()).toBe(53);
    expect(cohorts.drop("deleted_at").nullCount().row(0)).toEqual(Array(8).fill(0));
  });
});

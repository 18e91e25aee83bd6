import { existsSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { readUsageCsv } from "../../lib/acquire/read-usage-csv";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import {
  COHORTS_HEADER,
  csvField,
  JOINED_HEADER,
  TINY_COHORTS,
  TINY_JOINED,
  TINY_TEXT,
  useFolder,
} from "../support/tiny-logs";
import { readAccessText, readCohortsCsv, readJoinedCsv } from "./frames";

// Any table is written in many ways and read back in test/properties, and any damaged file in
// test/fuzz; here is what is said, and what becomes of the frames.

const folder = useFolder();
const csv = (header: string, ...rows: string[]) => `${[header, ...rows].join("\n")}\n`;
const cohortsOf = (content: string) => readCohortsCsv(folder.put("cohorts.csv", content));
const joinedOf = (content: string) => readJoinedCsv(folder.put("curriculum_logs.csv", content));
const settingAside = (content: string) =>
  readJoinedCsv(folder.put("x.csv", content), { onBadRows: "set-aside", outDir: folder.path() });
const usageOf = (...rows: string[]) => {
  const content = csv("dt,user_id,type,api_count", ...rows);
  return readUsageCsv(folder.put("user_api_data.csv", Buffer.from(content, "latin1")));
};

const [, HAMPTON = "", ...OTHERS] = TINY_COHORTS.trimEnd().split("\n");
const TWICE = HAMPTON.replace("2016-02-06", "2016-02-07");
const NONE = ",,,,,,,,";
const row = (cohortId: string, cohort: string, path = "/") =>
  `2018-01-26,09:55:03,${csvField(path)},1,${cohortId},198.18.0.1,${cohort}`;
const joined = (...rows: string[]) => csv(JOINED_HEADER, ...rows);
const cohorts = (...rows: string[]) => csv(COHORTS_HEADER, ...rows);

describe("cohorts.csv", () => {
  it("gives the nine columns in their types, moments to the millisecond", async () => {
    const read = (await cohortsOf(TINY_COHORTS.replace("17:04:19,,", "17:04:19.1239,,"))).cohorts;
    const types = read.dtypes.map((type) => (type as unknown as { variant: string }).variant);
    expect(types.join()).toBe("Int64,String,String,Date,Date,Datetime,Datetime,Datetime,Int64");
    expect(read.toRecords()[1]).toEqual({
      ...{ id: 28, name: "Staff", slack: "#", deleted_at: null, program_id: 2 },
      ...{ start_date: new Date("2014-02-04"), end_date: new Date("2014-02-04") },
      created_at: new Date("2018-12-06T17:04:19Z"),
      updated_at: new Date("2018-12-06T17:04:19.123Z"),
    });
    const reversed = await cohortsOf(cohorts(...[HAMPTON, ...OTHERS].reverse()));
    expect(reversed.cohorts.getColumn("id").toArray()).toEqual([8, 28, 55]);
    const [bare] = (await cohortsOf(cohorts("8,,,,,,,,"))).cohorts.toRecords();
    expect(Object.values(bare as object)).toEqual([8, ...Array(8).fill(null)]);
  });

  const published = join(PROJECT_ROOT, "../shared/reference/cohorts.csv");
  it.skipIf(!existsSync(published))("gives the 53 published cohorts", async () => {
    const read = (await readCohortsCsv(published)).cohorts;
    expect(read.height).toBe(53);
    expect(read.getColumn("deleted_at").nullCount()).toBe(53);
    expect(read.drop("deleted_at").nullCount().row(0)).toEqual(Array(8).fill(0));
  });
});

describe("curriculum_logs.csv", () => {
  it("gives the tables that the text file and cohorts.csv give, but for cohorts without rows", async () => {
    const read = await joinedOf(TINY_JOINED);
    const text = await readAccessText(folder.put("log.txt", TINY_TEXT));
    const table = (await cohortsOf(TINY_COHORTS)).cohorts;
    expect(read.logs.frameEqual(text.logs, true)).toBe(true);
    const withRows = table.filter(pl.col("name").neq(pl.lit("Staff")));
    expect(read.cohorts.frameEqual(withRows, true)).toBe(true);
    expect((await joinedOf(joined(row("165", NONE)))).cohorts.height).toBe(0);
  });

  it("does not let a path's line break pass a row of its own", async () => {
    // the record is bad as a whole; what looks like a row inside its quotes is a path
    const hidden = row("", NONE, `x\n${row("8", HAMPTON)}\n`).replace(",1,,198", ",abc,,198");
    const { logs, badRows } = await settingAside(joined(hidden, row("", NONE)));
    expect([logs.height, badRows]).toEqual([1, 1]);
  });

  it("may be a log without requests, and says so", async () => {
    const read = await joinedOf(joined());
    expect([read.logs.height, read.cohorts.height]).toEqual([0, 0]);
    expect(read.notes).toEqual([
      expect.stringMatching(/curriculum_logs\.csv has a header and no rows/),
    ]);
  });
});

describe("user_api_data.csv", () => {
  it("gives the four columns, by day, user and API", async () => {
    const { usage } = await usageOf(
      ...["2021-08-14,1,riot,2", "2021-08-13,2,gnql,0"],
      ...["2021-08-13,1,riot,5", "2021-08-13,1,gnql,3"],
    );
    const [dt, user_id, type, api_count] = [pl.Date, pl.Int64, pl.String, pl.Int64];
    expect(usage.schema).toEqual({ dt, user_id, type, api_count });
    expect(usage.getColumn("api_count").toArray()).toEqual([3, 5, 0, 2]);
  });

  it("tells APIs apart whose names are not UTF-8, and says so, as of empty lines", async () => {
    const { usage, notes } = await usageOf("2021-08-13,1,\xe9,5", "", "2021-08-13,1,\xe8,6");
    expect(usage.getColumn("type").toArray()).toEqual(["\\xe8", "\\xe9"]);
    expect(notes).toEqual([
      expect.stringContaining("1 empty line passed over"),
      expect.stringContaining("2 rows with bytes that are not UTF-8"),
    ]);
  });

  const real = join(PROJECT_ROOT, "../shared/greynoise/user_api_data.csv");
  it.skipIf(!existsSync(real))("gives the 3,579 rows and 912 pairs of the case study", async () => {
    const { usage } = await readUsageCsv(real);
    expect([usage.height, usage.unique(["user_id", "type"]).height]).toEqual([3579, 912]);
  });
});

const BAD_START = HAMPTON.replace("2015-09-22", "2015-02-30");
const reordered = COHORTS_HEADER.replace("name,slack", "slack,name");
const [ONE_CALL, NO_CALL] = ["2021-08-13,1,riot,5", "2021-08-14,1,riot,1.5"];
it.each<[what: string, read: () => Promise<unknown>, said: RegExp | string]>([
  [
    "a missing id",
    () => cohortsOf(cohorts(",A,,,,,,,")),
    "cohorts.csv: 1 line cannot be read.\n  line 2, id: expected an integer below 2^53; found nothing\n",
  ],
  [
    "a day that is none",
    () => cohortsOf(cohorts(BAD_START)),
    'line 2, start_date: expected a calendar day as 2018-01-26, or nothing; found "2015-02-30"',
  ],
  [
    "a moment that is none",
    () => cohortsOf(cohorts(HAMPTON.replace("2016-06-14 19:52:26", "soon"))),
    'line 2, created_at: expected a day and a time as 2016-06-14 19:52:26, or nothing; found "soon"',
  ],
  [
    "an id that comes twice",
    () => cohortsOf(cohorts(HAMPTON, HAMPTON)),
    'line 3, id: expected an id of its own (line 2 has this one); found "8"',
  ],
  [
    "a header without a column",
    () => cohortsOf(csv(COHORTS_HEADER.replace("slack,", ""), HAMPTON)),
    /line 1, header: expected id,name,slack,.*; found "id,name,start.*\nMissing: slack\./,
  ],
  ["a header in another order", () => cohortsOf(csv(reordered, HAMPTON)), "The order counts."],
  ["no header", () => cohortsOf(csv(HAMPTON)), "Missing: id, name, slack"],
  ["unnamed columns only", () => cohortsOf(csv(",,", HAMPTON)), "Missing: id, name, slack"],
  [
    "a header in one pair of quotes",
    () => cohortsOf(csv(`"${COHORTS_HEADER}"`, HAMPTON)),
    "Missing: id, name, slack",
  ],
  [
    "a column behind those wanted",
    () => cohortsOf(csv(`${COHORTS_HEADER},extra`, HAMPTON)),
    "The order counts.",
  ],
  [
    "a cohort that is described in two ways",
    () => joinedOf(joined(row("8", HAMPTON), row("8", TWICE), row("8", TWICE))),
    '2 lines cannot be read.\n  line 3, end_date: expected the same for cohort 8 as in line 2; found "2016-02-07"\n  line 4, end_date',
  ],
  [
    "the same of the same line, whatever came before it",
    () => joinedOf(joined(row("8", HAMPTON), row("8", TWICE), row("9", TWICE), row("9", TWICE))),
    /line 3, end_date.*\n {2}line 4, id: expected 9, as in cohort_id; found "8"\n {2}line 5, id/,
  ],
  [
    "a cohort in a row without one",
    () => joinedOf(joined(row("", HAMPTON))),
    'line 2, id: expected nothing, as in cohort_id; found "8"',
  ],
  [
    "a number of calls below 0",
    () => usageOf(ONE_CALL, "2021-08-13,1,riot,-1"),
    'line 3, api_count: expected an integer from 0 to below 2^53; found "-1"',
  ],
  [
    "a user, API and day that come twice",
    () => usageOf(ONE_CALL, "2021-08-13,1,gnql,5", "2021-08-13,1,riot,6"),
    'user_api_data.csv: 1 line cannot be read.\n  line 4, line: expected one row per user, API and day, which line 2 has; found "2021-08-13,1,riot,6"',
  ],
  [
    "only what can be done: usage cannot be set aside",
    () => usageOf(ONE_CALL, NO_CALL),
    /found "1\.5"\nCorrect the file\.$/,
  ],
  [
    "the columns that usage lacks",
    () => readUsageCsv(folder.put("user_api_data.csv", "dt,user_id,calls\n2021-08-13,1,5\n")),
    /user_api_data\.csv: 1 line cannot be read\.\n +line 1, header: .*\n.*Missing: type, api_count/,
  ],
  ["usage without rows", () => usageOf(), "user_api_data.csv has no rows"],
])("is told of %s", async (_, read, said) => {
  await expect(read()).rejects.toThrow(said);
});

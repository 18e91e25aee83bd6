import { existsSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { readUsageCsv } from "../../lib/acquire/read-usage-csv";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
const read = (...rows: string[]) => {
  const content = ["dt,user_id,type,api_count", ...rows].join("\n");
  return readUsageCsv(folder.put("user_api_data.csv", Buffer.from(content, "latin1")));
};

describe("readUsageCsv", () => {
  it("reads the four columns, by day, user and API", async () => {
    const { usage } = await read(
      ...["2021-08-14,1,riot,2", "2021-08-13,2,gnql,0"],
      ...["2021-08-13,1,riot,5", "2021-08-13,1,gnql,3"],
    );
    const [dt, user_id, type, api_count] = [pl.Date, pl.Int64, pl.String, pl.Int64];
    expect(usage.schema).toEqual({ dt, user_id, type, api_count });
    expect(usage.getColumn("api_count").toArray()).toEqual([3, 5, 0, 2]);
  });

  it.each([
    ["dt", "2021-02-29,1,riot,5"],
    ["dt", ",1,riot,5"],
    ["user_id", "2021-08-13,x,riot,5"],
    ["user_id", "2021-08-13,,riot,5"],
    ["type", "2021-08-13,1,,5"],
    ["api_count", "2021-08-13,1,riot,-1"],
    ["api_count", "2021-08-13,1,riot,1.5"],
    ["api_count", "2021-08-13,1,riot,inf"],
    ["api_count", "2021-08-13,1,riot,"],
    ["line", "2021-08-13,1,riot"],
  ])("points at a bad %s in %s", async (field, row) => {
    await expect(read("2021-08-13,1,riot,5", row)).rejects.toThrow(`line 3, ${field}: expected`);
  });

  it("names the file and both lines of a user, API and day that come twice", async () => {
    const twice = read("2021-08-13,1,riot,5", "2021-08-13,1,gnql,5", "2021-08-13,1,riot,6");
    await expect(twice).rejects.toThrow(
      /user_api_data\.csv: 1 line cannot be read\.\n +line 4, line: expected one row per user, API and day, which line 2 has; found "2021-08-13,1,riot,6"/,
    );
  });

  it("tells APIs apart whose names are not UTF-8, and says so, as of empty lines", async () => {
    const { usage, notes } = await read("2021-08-13,1,\xe9,5", "", "2021-08-13,1,\xe8,6");
    expect(usage.getColumn("type").toArray()).toEqual(["\\xe8", "\\xe9"]);
    expect(notes).toEqual([
      expect.stringContaining("1 empty line passed over"),
      expect.stringContaining("2 rows with bytes that are not UTF-8"),
    ]);
  });

  it("advises only what can be done: its lines cannot be set aside", async () => {
    const bad = read("2021-08-13,1,riot,5", "2021-08-14,1,riot,1.5");
    await expect(bad).rejects.toThrow(/found "1\.5"\nCorrect the file\.$/);
  });

  it("names the file and the columns that its header lacks", async () => {
    const path = folder.put("user_api_data.csv", "dt,user_id,calls\n2021-08-13,1,5\n");
    await expect(readUsageCsv(path)).rejects.toThrow(
      /user_api_data\.csv: 1 line cannot be read\.\n +line 1, header: .*\n.*Missing: type, api_count/,
    );
    await expect(read()).rejects.toThrow(/user_api_data\.csv has no rows/);
  });

  const real = join(PROJECT_ROOT, "../shared/greynoise/user_api_data.csv");
  it.skipIf(!existsSync(real))("reads the 3,579 rows and 912 pairs of the case study", async () => {
    const { usage } = await readUsageCsv(real);
    expect([usage.height, usage.unique(["user_id", "type"]).height]).toEqual([3579, 912]);
  });
});

import { expect, it } from "vitest";
import { dataDictionary } from "../../lib/prepare/data-dictionary";
import { prepareLogs } from "../../lib/prepare/prepare-logs";
import { rawCohorts, rawLogs } from "../support/access-log";

it("describes every column of the access log in its order, none twice", () => {
  const accessLog = prepareLogs({ logs: rawLogs([]), cohorts: rawCohorts([]) });
  const dictionary = dataDictionary();
  expect(dictionary.columns).toEqual(["column", "type", "unit", "meaning"]);
  expect(dictionary.getColumn("column").toArray()).toEqual(accessLog.columns);
  expect(dictionary.getColumn("type").toArray().slice(0, 2)).toEqual(["Datetime(ms)", "Date"]);
  for (const row of dictionary.rows()) for (const text of row) expect(text).not.toBe("");
});

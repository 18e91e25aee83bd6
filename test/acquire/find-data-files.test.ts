import { basename } from "node:path";
import { expect, it } from "vitest";
import { findDataFiles } from "../../lib/acquire/find-data-files";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
const TEXT = "anonymized-curriculum-access.txt";
const LATER = "anonymized-curriculum-access-07-2021.txt";
const JOINED = "curriculum_logs.csv";

function find(names: string[]) {
  for (const name of names) folder.put(name, "x");
  return findDataFiles(folder.path());
}

it.each([
  [[TEXT, "cohorts.csv"], TEXT, "cohorts.csv", undefined],
  [[`${JOINED}.gz`], `${JOINED}.gz`, undefined, undefined],
  [
    [JOINED, "cohorts.csv", TEXT, LATER],
    LATER,
    "cohorts.csv",
    /-07-2021\.txt was taken, not .*-access\.txt, .*curriculum_logs\.csv; logsPath chooses another\./,
  ],
  [[JOINED, TEXT], JOINED, undefined, /\(a text file needs cohorts\.csv beside it\)/],
])("of %j takes %s", (names, taken, cohorts, note) => {
  const found = find(names);
  expect(basename(found?.logsPath ?? "")).toBe(taken);
  expect(found?.cohortsPath && basename(found.cohortsPath)).toBe(cohorts);
  expect(found?.notes).toEqual(note ? [expect.stringMatching(note)] : []);
});

it("finds nothing in a folder without a log, and none in a folder that is not there", () => {
  expect(find(["README.md", "cohorts.csv", "user_api_data.csv"])).toBeUndefined();
  expect(findDataFiles("/nowhere/at/all")).toBeUndefined();
});

it("says that a file is no folder, and asks for the cohorts where there is a text file only", () => {
  const file = folder.put("file", "x");
  expect(() => findDataFiles(file)).toThrow(/file is no folder that can be read \(ENOTDIR\)/);
  expect(() => find([TEXT])).toThrow(
    /cohorts\.csv does not exist\. .*anonymized-curriculum-access\.txt says of each row only its cohort's number/,
  );
});

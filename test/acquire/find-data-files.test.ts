import { basename } from "node:path";
import { expect, it } from "vitest";
import { findDataFiles } from "../../lib/acquire/find-data-files";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();

function find(...names: string[]) {
  for (const name of names) folder.put(name, "x");
  const found = findDataFiles(folder.path());
  return (
    found &&
    [found.logsPath, found.cohortsPath].map((path) => path && basename(path)).concat(found.notes)
  );
}

const TEXT = "anonymized-curriculum-access.txt";

it("finds nothing in a folder without a log, and none in a folder that is not there", () => {
  expect(find("README.md", "cohorts.csv", "user_api_data.csv")).toBeUndefined();
  expect(findDataFiles("/nowhere/at/all")).toBeUndefined();
});

it("says that a file is no folder", () => {
  expect(() => findDataFiles(folder.put("file", "x"))).toThrow(
    /file is no folder that can be read \(ENOTDIR\)/,
  );
});

it("finds the text file with its cohorts", () => {
  expect(find(TEXT, "cohorts.csv")).toEqual([TEXT, "cohorts.csv"]);
});

it("finds the joined file, plain or gzip", () => {
  expect(find("curriculum_logs.csv.gz")).toEqual(["curriculum_logs.csv.gz", undefined]);
});

it("takes the text file of several shapes, and says so", () => {
  const [taken, , note] =
    find("curriculum_logs.csv", "cohorts.csv", TEXT, "anonymized-curriculum-access-07-2021.txt") ??
    [];
  expect(taken).toBe("anonymized-curriculum-access-07-2021.txt");
  expect(note).toMatch(
    /-07-2021\.txt was taken, not .*-access\.txt, .*curriculum_logs\.csv; logsPath chooses another\./,
  );
});

it("takes the joined file where the text file has no cohorts, and says why", () => {
  const [taken, , note] = find("curriculum_logs.csv", TEXT) ?? [];
  expect(taken).toBe("curriculum_logs.csv");
  expect(note).toContain("(a text file needs cohorts.csv beside it)");
});

it("asks for the cohorts where there is a text file only", () => {
  expect(() => find(TEXT)).toThrow(
    /cohorts\.csv does not exist\. .*anonymized-curriculum-access\.txt says of each row only its cohort's number/,
  );
});

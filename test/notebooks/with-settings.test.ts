import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import {
  executedNotebooks,
  figureTitlesOf,
  npmStart,
  proseOf,
  readNotebookFile,
  tablesOf,
} from "../support/executed";
import { newFolder } from "../support/new-folder";

/** The real input of the user-grouping case, where it lies beside the project. */
const CASE_STUDY = join(PROJECT_ROOT, "..", "shared", "greynoise", "user_api_data.csv");

const scratch = newFolder();

// Its label counts as published (004), which the document's loop gives by keeping the last setting.
it.skipIf(!existsSync(CASE_STUDY))(
  "05 gives the published groups on the case study's own file, and says what they are",
  () => {
    const [data, out] = [join(scratch, "data"), join(scratch, "out")];
    mkdirSync(data);
    const set = ["--set", `usagePath=${CASE_STUDY}`];
    const run = npmStart(["05", ...set, "--data", data, "--out", out]);
    expect(run.status, run.printed).toBe(0);
    const notebook = readNotebookFile(join(out, "05-group-users.ipynb"));
    const title = "Users per group: the best setting, and the last that formed one";
    const sizes = tablesOf(notebook)
      .get(title)
      ?.map((row) => `${row.type} ${row.cluster_label} ${row.users} ${row.users_last}`);
    expect(sizes?.join(", ")).toBe(
      "analysis -1 32 35, analysis 0 74 71, context -1 44 44, context 0 46 46, " +
        "gnql -1 70 77, gnql 0 331 331, gnql 1 153 146, noise_quick -1 12 12, " +
        "noise_quick 0 9 9, riot -1 67 67, riot 0 74 74",
    );
    expect(proseOf(notebook)).toContain("groups of analysis and gnql;");
    expect(proseOf(notebook)).toContain("groups hold in 0 of 5 APIs");
  },
  120_000,
);

it("04 says what k does: at 6 nothing can be flagged", () => {
  const { data } = executedNotebooks();
  const out = join(scratch, "k6");
  const run = npmStart([
    // What k does is the same in a small log, and there in a third of the time.
    ...["04", "--set", "k=6", "--source", "sample", "--rows", "40000"],
    ...["--data", data, "--out", out],
  ]);
  expect(run.status, run.printed).toBe(0);
  const notebook = readNotebookFile(join(out, "04-detect-anomalies.ipynb"));
  for (const words of [
    "no day stands out",
    "ceiling is 0.81199",
    "takes more than any number of days",
  ])
    expect(proseOf(notebook)).toContain(words); // Published for K 6 and a lone spike: 0.811991.
  expect(figureTitlesOf(notebook)).toContainEqual(expect.stringMatching(/^0 of [\d,]+ days/));
}, 900_000);

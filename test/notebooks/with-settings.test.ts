import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compareDetectors, recordedComparison, where } from "../../lib";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { hash } from "../../lib/keep/source-code";
import { comparingCode, readComparison } from "../../lib/twin/recorded-comparison";
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

/** A recorded sample to compare detectors on; other code takes another, so that in time all are. */
const SEED = (() => {
  const { seeds } = readComparison();
  const code = hash(JSON.stringify(comparingCode()));
  return seeds[Number.parseInt(code.slice(0, 8), 16) % seeds.length]!;
})();

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

it("04 takes parameters: at k 6 nothing can be flagged, and detectors are compared on seeds asked for", () => {
  const { data } = executedNotebooks();
  const out = join(scratch, "k6");
  const run = npmStart([
    // What k does is the same in a small log, and there in a third of the time.
    ...["04", "--set", "k=6", "--set", `seeds=${SEED}`, "--source", "sample", "--rows", "40000"],
    ...["--data", data, "--out", out],
  ]);
  expect(run.status, run.printed).toBe(0);
  const notebook = readNotebookFile(join(out, "04-detect-anomalies.ipynb"));
  const words = proseOf(notebook);
  expect(words).toContain("no day stands out");
  // Published for K 6 and a lone spike: 0.811991.
  expect(words).toContain("ceiling is 0.81199");
  expect(words).toContain("takes more than any number of days");
  expect(figureTitlesOf(notebook)).toContainEqual(expect.stringMatching(/^0 of [\d,]+ days/));
  expect(run.printed).toContain(`Sample ${SEED} compared: 1 of 1.`);
  expect(tablesOf(notebook).has("How well each detector does, on 1 sample")).toBe(true);
  expect(words).not.toContain("Recorded, not computed now");
}, 900_000);

it("04 shows a recorded comparison that today's code gives as well", async () => {
  const { data, out } = executedNotebooks();
  const shown = readNotebookFile(join(out, "04-detect-anomalies.ipynb"));
  expect(proseOf(shown)).toContain("Recorded, not computed now");
  // Answered from what the run before has kept.
  const computed = await compareDetectors({ seeds: [SEED], dataDir: data, notice: () => {} });
  const recorded = recordedComparison();
  for (const name of ["scores", "alarms"] as const) {
    const then = where(recorded[name], { seed: SEED });
    expect(computed[name].columns).toEqual(then.columns);
    expect(computed[name].rows()).toEqual(then.rows());
  }
}, 900_000);

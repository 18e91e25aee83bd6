import fc from "fast-check";
import { expect, it } from "vitest";
import * as lib from "../../lib/index";
import { anyTables, EMPTY } from "../support/arbitrary-logs";
import { framesOf } from "../support/raw-frames";
import { faultsOf } from "../support/soundness";
import { checkLogCases, runs } from "./check-cases";
import { REPORT_CASES } from "./report-cases";

checkLogCases(REPORT_CASES);

it("answers the board from any log, without names of missing values among the words", async () => {
  const property = fc.asyncProperty(anyTables, fc.boolean(), async (tables, lessons) => {
    const { logs, cohorts } = framesOf(tables);
    const accessLog = lib.prepareLogs({ logs, cohorts });
    const evidence = await lib.boardEvidence(accessLog, cohorts, { lessons });
    const answers = lib.boardAnswers(evidence);
    expect(answers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(faultsOf(answers)).toEqual([]);
    expect(faultsOf(lib.earlierAnswers(evidence))).toEqual([]);
  });
  await fc.assert(property, { ...runs(2), examples: [[EMPTY, true]] });
});

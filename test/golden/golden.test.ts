import type pl from "nodejs-polars";
import { expect, it } from "vitest";
import * as lib from "../../lib";
import { wholeLog } from "../support/whole-log";
import { frameLines } from "./golden-lines";

// What the library computes for seed 1, as hashes. A change of the code that is meant to change no
// result leaves `seed-1.txt` as it is; one that is meant to says in its commit which lines move.
// `npm run unit -- test/golden --update` writes it anew.

it("gives what it gave for seed 1", async () => {
  const { logs, cohorts, accessLog } = wholeLog();
  const evidence = await lib.boardEvidence(accessLog, cohorts);
  const lessons = lib.lessonPages(accessLog);
  const usage = lib.sampleUsage({ seed: 1 });
  const { groups, sweep } = lib.groupUsers(usage);
  const frames: Record<string, pl.DataFrame> = {
    logs,
    cohorts,
    accessLog,
    publishedFigures: lib.publishedFigures(accessLog),
    ...prefixed("evidence", {
      ...evidence,
      consistentWithoutSections: lib.consistentLessons(lessons, { sections: false }),
      curricula: lib.pageCurricula(accessLog),
      graduatesLessons: lib.graduatesReading(lessons, { by: "lesson" }),
      layoutsByMonth: lib.pageLayouts(accessLog),
      quietDays: lib.quietDays(accessLog),
    }),
    ...prefixed("detector", detectorFrames(accessLog)),
    ...prefixed("usage", { usage, groups, sweep, features: lib.usageFeatures(usage) }),
    readerFeatures: lib.readerFeatures(accessLog),
  };
  const lines = [
    ...Object.entries(frames).flatMap(([name, frame]) => frameLines(name, frame)),
    ...lib
      .boardAnswers(evidence)
      .flatMap((answer) =>
        Object.entries(answer).map(
          ([part, words]) => `answer ${answer.number} ${part}: ${String(words)}`,
        ),
      ),
  ];
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("seed-1.txt");
}, 600_000);

function detectorFrames(accessLog: pl.DataFrame): Record<string, pl.DataFrame> {
  const scores = lib.detectorScores(accessLog);
  return {
    scores,
    suspiciousDays: lib.suspiciousDays(scores),
    bollingerAnomalies: lib.bollingerAnomalies(accessLog),
    robustAnomalies: lib.bollingerAnomalies(accessLog, { method: "robust", k: 8 }),
    countAnomalies: lib.bollingerAnomalies(accessLog, { method: "counts" }),
    accessAfterGraduation: lib.accessAfterGraduation(accessLog),
    accessViolations: lib.accessViolations(accessLog),
    staffCandidates: lib.staffCandidates(accessLog),
    usersWithoutCohort: lib.usersWithoutCohort(accessLog),
    scrapingDays: lib.scrapingDays(accessLog),
    sharedScraping: lib.sharedScraping(accessLog),
    slowScrapingDays: lib.slowScrapingDays(accessLog),
    probingDays: lib.probingDays(accessLog),
    surprisingDays: lib.surprisingDays(accessLog),
    manyAddressesDays: lib.manyAddressesDays(accessLog),
  };
}

function prefixed<T>(prefix: string, values: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix} ${name}`, value]),
  );
}

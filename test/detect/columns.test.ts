import * as lib from "../../lib/index";
import { frameOf } from "../../lib/log/frame-of";
import { accessLog, daily } from "../support/access-log";
import { checkColumns } from "../support/check-columns";
import { DATA, readers, WEB } from "./access/two-programs";

const log = accessLog([
  ...readers(WEB, 100, 9, ["/", "java-i"]),
  ...readers(DATA, 200, 9, ["/", "sql/joins", "java-i", ".git"]),
]);
const curricula = lib.pageCurricula(log);

checkColumns(log, {
  accessAfterGraduation: lib.accessAfterGraduation,
  accessViolations: (own) => lib.accessViolations(own),
  violationsByUser: (own) => lib.violationsByUser(lib.accessViolations(own)),
  pageCurricula: (own) => lib.pageCurricula(own),
  crossProgramByMonth: (own) => lib.crossProgramByMonth(own, curricula),
  crossProgramDays: (own) => lib.crossProgramDays(own),
  crossProgramShutOff: (own) => lib.crossProgramShutOff(own, curricula),
  curriculumReaders: (own) => lib.curriculumReaders(own, curricula),
  manyAddresses: (own) => lib.manyAddresses(own),
  manyAddressesDays: (own) => lib.manyAddressesDays(own),
  sharedAddresses: (own) => lib.sharedAddresses(own),
  pagesByMonthsAfterEnd: (own) => lib.pagesByMonthsAfterEnd(own),
  staffCandidates: (own) => lib.staffCandidates(own),
  staffRanking: (own) => lib.staffRanking(lib.staffCandidates(own)),
  usersWithoutCohort: (own) => lib.usersWithoutCohort(own),
  bollingerAnomalies: (own) => lib.bollingerAnomalies(own),
  probingRequests: (own) => lib.probingRequests(own),
  probingDays: (own) => lib.probingDays(own),
  requestSurprise: (own) => lib.requestSurprise(own),
  surprisingDays: (own) => lib.surprisingDays(own),
  scrapingDays: (own) => lib.scrapingDays(own),
  scrapingAddresses: (own) => lib.scrapingDays(own, { by: "ip" }),
  sharedScraping: (own) => lib.sharedScraping(own),
  sharedScrapingNetworks: (own) => lib.sharedScraping(own, { by: "network" }),
  slowScrapingDays: (own) => lib.slowScrapingDays(own),
  visits: (own) => lib.visits(own),
  suspects: (own) => lib.suspects(own),
  detectorScores: (own) => lib.detectorScores(own),
});

const pages = daily(...Array(40).fill(1), 9);
checkColumns(pages, {
  bollingerBands: (own) => lib.bollingerBands(own),
  robustBands: (own) => lib.bollingerBands(own, { method: "robust" }),
  countBands: (own) => lib.bollingerBands(own, { method: "counts" }),
  flagsByK: (own) => lib.flagsByK(own),
});
checkColumns(lib.bollingerBands(pages), {
  bandHistory: (own) => lib.bandHistory(own),
  excessPages: lib.excessPages,
  flagsByWeekday: lib.flagsByWeekday,
});

const scored = { detector: "a", user_id: 1, date: 18_322, score: 2, finding: "odd" };
const scores = frameOf([scored], "detector", "user_id", "date", "score", "finding");
const story = { kind: "probing", user_id: 1, from: 18_322 * 864e5, to: 18_322 * 864e5 };
const truth = frameOf([story], "kind", "user_id", "from", "to");
checkColumns(scores, {
  scoreDetectors: (own) => lib.scoreDetectors(own, truth),
  detectorAgreement: lib.detectorAgreement,
  suspiciousDays: lib.suspiciousDays,
});

import type { Answer } from "./answer";
import { anythingElseAnswer } from "./answers/anything-else";
import { consistentLessonsAnswer } from "./answers/consistent-lessons";
import { crossProgramAnswer } from "./answers/cross-program";
import { graduatesAnswer } from "./answers/graduates";
import { hardlyActiveAnswer } from "./answers/hardly-active";
import { leastReadAnswer } from "./answers/least-read";
import { suspiciousAnswer } from "./answers/suspicious";
import { unusualLessonsAnswer } from "./answers/unusual-lessons";
import type { BoardEvidence } from "./board-evidence";

/** The answers to the board's eight questions, in its order. */
export function boardAnswers(evidence: BoardEvidence): Answer[] {
  return [
    consistentLessonsAnswer(evidence.consistentLessons, evidence.cohortsInClass),
    unusualLessonsAnswer(evidence.unusualLessons, evidence.unusualTopics),
    hardlyActiveAnswer(evidence.students),
    suspiciousAnswer(evidence.suspects),
    crossProgramAnswer(evidence.crossProgramByMonth, evidence.crossProgramShutOff, {
      earlier: evidence.earlierShutOff,
      days: evidence.crossProgramDays,
      readers: evidence.shutOffReaders,
      breaks: evidence.shutOffBreaks,
    }),
    graduatesAnswer(evidence.graduatesTopics, evidence.graduatesByPeriod),
    leastReadAnswer(evidence.leastRead),
    anythingElseAnswer({
      move: evidence.campusMove,
      classes: evidence.unlabelledClasses,
      breaks: evidence.breaks,
      layouts: evidence.layouts,
      split: evidence.splitLessons,
      quality: evidence.dataQuality,
      addresses: evidence.addresses,
    }),
  ];
}

import fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import * as lib from "../../lib/index";
import { ClaimError } from "../../lib/words/claim";
import { anyTables, farTables, type LogTables } from "../support/arbitrary-logs";
import { logWorld } from "../support/log-world";
import { framesOf } from "../support/raw-frames";
import { ACCESS_CASES } from "./access-cases";
import { askOnce, isClear } from "./ask";
import { BREAKS, type Break } from "./broken-frames";
import type { Case } from "./case";
import { errorOf, runs } from "./check-cases";
import { COMPARE_CASES } from "./compare-cases";
import { DETECT_CASES } from "./detect-cases";
import { EXPLORE_CASES } from "./explore-cases";
import { GROUP_CASES, GROUP_PLOT_CASES } from "./group-cases";
import { LESSON_CASES } from "./lesson-cases";
import { OTHER_CASES } from "./other-cases";
import { PLOT_CASES } from "./plot-cases";
import { READERS_CASES } from "./readers-cases";
import { REPORT_CASES } from "./report-cases";

const LOG_CASES: readonly Case[] = [
  ...[EXPLORE_CASES, LESSON_CASES, DETECT_CASES, ACCESS_CASES, COMPARE_CASES].flat(),
  ...[READERS_CASES, PLOT_CASES, REPORT_CASES, OTHER_CASES].flat(),
];

describe("a log in another century, with classes whose dates stand for none", () => {
  it("has answers as any other", () => {
    const cases = LOG_CASES.filter((one) => !PLOT_CASES.includes(one));
    const property = fc.property(farTables, fc.constantFrom(...cases), (tables, one) => {
      askOnce(one, logWorld(tables), {});
    });
    fc.assert(property, runs(12));
  });
});

describe("a frame that lacks a column, or holds it in another type", () => {
  const [tables] = fc.sample(anyTables, { numRuns: 1, seed: 4 }) as [LogTables];
  const made = new Map<string, unknown>();

  /** The frames that a function asks for. */
  function framesFor(one: Case): string[] {
    const world = logWorld(tables, undefined, made);
    one.ask(world, {});
    return [...world.asked];
  }

  it("is answered as if it were not needed, or refused by the column's name", () => {
    const anyBreak = fc.constantFrom(...(Object.keys(BREAKS) as Break[]));
    const property = fc.property(
      ...([fc.constantFrom(...LOG_CASES), fc.nat(), fc.nat(), anyBreak] as const),
      (one, frameAt, columnAt, way) => {
        const names = framesFor(one);
        const name = names[frameAt % Math.max(1, names.length)];
        const frame = name && made.get(name);
        if (!pl.DataFrame.isDataFrame(frame) || frame.width === 0) return;
        const column = frame.columns[columnAt % frame.width]!;
        const broken = new Map(made).set(name!, BREAKS[way](frame, column));
        const refused = errorOf(() => one.ask(logWorld(tables, undefined, broken), {}));
        // Values of the right type that cannot be: two ways to count them do not agree.
        if (refused === undefined || refused instanceof ClaimError) return;
        const said = `${one.name}, ${way} in ${column} of ${name}: ${refused}`;
        expect(isClear(refused), said).toBe(true);
      },
    );
    fc.assert(property, runs(40));
  });
});

describe("raw tables that cannot be", () => {
  const { logs, cohorts } = framesOf({
    logs: ["0001-01-01", "2021-04-21"].map((date) => ({
      ...{ date, time: "09:00:00", path: "/", user_id: 1, cohort_id: 2, ip: null },
    })),
    cohorts: [2, 2].map((id) => ({
      ...{ id, name: null, slack: null, start_date: null, end_date: null, program_id: null },
    })),
  });

  it("are refused: a cohort twice, or days of which one stands for none", () => {
    expect(() => lib.prepareLogs({ logs: logs.head(1), cohorts })).toThrow(
      /prepareLogs needs each cohort once.*more than once: 2$/,
    );
    expect(() => lib.prepareLogs({ logs, cohorts: cohorts.head(1) })).toThrow(
      /prepareLogs needs the days of logs to lie within 100 years; they go from 0001-01-01 to 2021-04-21/,
    );
  });
});

/** What no property asks, and why. */
const LEFT_OUT = {
  "reads or writes files, or databases": ["acquireLogs", "acquireUsage", "saveCsv"],
  "takes no frame": [
    "sampleLogs",
    "sampleUsage",
    "dataDictionary",
    "compareDetectors",
    "recordedComparison",
  ],
  "takes a number or a day": ["formatCount", "formatNumber", "formatPercent", "formatDate"],
  "an error": ["DataFileError", "ClaimError"],
  "asked in report.test.ts": ["boardEvidence", "boardAnswers", "earlierAnswers"],
  "takes what acquireLogs gives": ["sourceBadge"],
  "takes any frame": ["where", "count"],
  "a condition": ["not", "above", "atLeast", "below", "atMost", "between"],
  "needs a notebook": ["show", "showAnswer"],
  "takes a function": ["kept"],
  "used by every answer": ["claimsFrom", "prose"],
};

it("asks every function that takes a prepared log, raw tables or API usage", () => {
  const asked = [...LOG_CASES, ...GROUP_CASES, ...GROUP_PLOT_CASES].map(({ name }) => name);
  const exported = Object.entries(lib).flatMap(([name, value]) =>
    typeof value === "function" ? [name] : [],
  );
  expect([...new Set([...asked, ...Object.values(LEFT_OUT).flat()])].sort()).toEqual(
    exported.sort(),
  );
});

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { type FrozenLog, frozenLog } from "../../lib/twin/frozen";
import { rowsOfSeed } from "../../lib/twin/log-rows";
import { COHORTS } from "../support/samples";
import { tally } from "./whole-sample";

const SNAPSHOT_DAY = 1_011;

it("reads the file that the last generator wrote", () => {
  const file = readFileSync(join(PROJECT_ROOT, "lib/twin/twin.br"));
  expect(createHash("sha256").update(file).digest("hex")).toBe(
    "b3f2099145d5e19afcf16fec1902cfb12737b89c3e4b0cb009beda3a082b3afa",
  );
});

it("is the file's log for seed 1, and another for each other seed", () => {
  const log = frozenLog();
  const { second, path } = rowsOfSeed(log, 1);
  expect([second, path]).toEqual([log.second, log.path]);
  expect(rowsOfSeed(log, 7).second).not.toEqual(rowsOfSeed(log, 8).second);
});

describe("the log of seed 3", () => {
  const log: FrozenLog = frozenLog();
  const moved = rowsOfSeed(log, 3);
  const { cohortId: cohortOf, day: dayOf, userId: userOf, held: heldOf } = rowsOfSeed(log, 1);
  const isMoved = (row: number) =>
    moved.second[row] !== log.second[row] || moved.path[row] !== log.path[row];

  const same = (key: (row: number, of: { second: Int32Array; path: Int32Array }) => string) => {
    const [before, after] = [log, moved].map((of) =>
      [...tally(dayOf.length, (row) => key(row, of))].map(String).sort(),
    ) as [string[], string[]];
    // A mismatch is not to print a million lines.
    expect(after.filter((line, i) => line !== before[i]).slice(0, 5)).toEqual([]);
    expect(after.length).toBe(before.length);
  };

  it("differs in half of all rows or more", () => {
    expect([...dayOf.keys()].filter(isMoved).length / dayOf.length).toBeGreaterThan(0.5);
  });

  it("keeps held visits, the first and the last day, and the day of the earlier version", () => {
    const stays = (row: number) =>
      heldOf[row] !== 0 || [0, SNAPSHOT_DAY, 1_181].includes(dayOf[row]!);
    expect([...dayOf.keys()].filter((row) => stays(row) && isMoved(row))).toEqual([]);
  });

  it("keeps each cohort's paths by month, side of the end of class and of the earlier version", () => {
    same((row, { path }) => {
      const day = dayOf[row]!;
      const month = new Date(Date.UTC(2018, 0, 26 + day)).toISOString().slice(0, 7);
      const side = Math.sign(day - (COHORTS.get(cohortOf[row]!)?.end ?? 0));
      return `${cohortOf[row]} ${month} ${side} ${day < SNAPSHOT_DAY} ${path[row]}`;
    });
  });

  it("keeps each cohort's seconds by day", () => {
    same((row, { second }) => `${cohortOf[row]} ${dayOf[row]} ${second[row]}`);
  });

  it("keeps everyone's first second in a cohort", () => {
    const firsts = ({ second }: { second: Int32Array }) => {
      const first = new Map<string, number>();
      for (let row = 0; row < dayOf.length; row++) {
        const key = `${userOf[row]} ${cohortOf[row]}`;
        const at = dayOf[row]! * 86_400 + second[row]!;
        if (at < (first.get(key) ?? Number.POSITIVE_INFINITY)) first.set(key, at);
      }
      return first;
    };
    expect(firsts(moved)).toEqual(firsts(log));
  });

  it("lets nobody be in two visits at once who was in one", () => {
    // Visits of one user and day are next to each other in the file.
    const overlaps = (second: Int32Array) => {
      const { user, day, start } = log;
      let count = 0;
      for (let v = 0; v < user.length; v++) {
        for (let w = v + 1; user[w] === user[v] && day[w] === day[v]; w++) {
          const [a, b] = [start[v]!, start[w]!];
          const [aEnd, bEnd] = [start[v + 1]! - 1, start[w + 1]! - 1];
          if (second[a]! <= second[bEnd]! && second[b]! <= second[aEnd]!) count++;
        }
      }
      return count;
    };
    expect(overlaps(moved.second)).toBeLessThanOrEqual(overlaps(log.second));
  });
});

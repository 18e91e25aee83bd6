import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PLACES, tryPlace } from "./odd-places";
import { trySeed } from "./try-case";

// `npm run fuzz` tries more: files, tables, and a watch on time and memory.
const FILES = 2000;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "curriculum-logs-fuzz-"));
  mkdirSync(join(dir, "out"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("the readers of files", () => {
  it(`read ${FILES} damaged files as slow and plain readers do, or say what is wrong in the same lines`, async () => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= FILES; seed++) {
      const { tried, ...verdict } = await trySeed(seed, dir);
      expect(verdict, `npm run fuzz -- 1 ${seed}`).toHaveProperty("outcome");
      if ("outcome" in verdict) outcomes.add(verdict.outcome);
    }
    // that so much is met shows that the damage is worth its time
    expect([...outcomes].sort()).toEqual([
      "a table",
      "a table and lines set aside",
      "another header",
      "bad lines",
      "has more than 1,048,576 bytes in a line",
      "has no rows",
      "is UTF-16 text",
      "is a gzip file that is damaged or cut short",
      "is a gzip file with something after its end",
      "is empty",
    ]);
  });

  it.each(PLACES)("say what is wrong with $name, or read it", async (place) => {
    expect(await tryPlace(place, join(dir, "place"))).not.toHaveProperty("problem");
  });
});

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useFolder } from "../support/tiny-logs";
import { isFull } from "../support/which";
import { fuzzCase } from "./fuzz-case";
import { PLACES, tryPlace } from "./odd-places";
import { readBoth } from "./read-both";

// `npm run fuzz` tries more files, and watches time and memory.
const FILES = isFull ? 2000 : 500;
const folder = useFolder();

describe("the readers of files", () => {
  it(`read ${FILES} damaged files as slow and plain readers do, or say what is wrong in the same lines`, async () => {
    mkdirSync(join(folder.path(), "out"));
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= FILES; seed++) {
      const verdict = await readBoth(fuzzCase(seed), folder.path());
      expect(verdict, `npm run fuzz -- 1 ${seed}`).toHaveProperty("outcome");
      if ("outcome" in verdict) outcomes.add(verdict.outcome);
    }
    // that so much is met shows that the damage is worth its time
    expect([...outcomes]).toEqual(
      expect.arrayContaining([
        "a table",
        "a table and lines set aside",
        "another header",
        "bad lines",
        "has more than 1,048,576 bytes in a line",
        "has no rows",
        "is UTF-16 text",
        "is empty",
      ]),
    );
  });

  it.each(PLACES)("say what is wrong with %s, or read it", async (...place) => {
    expect(await tryPlace(place, join(folder.path(), "place"))).not.toHaveProperty("problem");
  });
});

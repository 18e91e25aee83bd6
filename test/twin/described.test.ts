import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { hash } from "../../lib/keep/source-code";
import { RESULT_SEEDS, TUNING_SEEDS } from "../../lib/twin/attacks/described";
import { readComparison } from "../../lib/twin/recorded-comparison";

describe("what is planted to try detectors", () => {
  // Whoever makes a detector leaves this file alone; whoever changes it has the result anew.
  it("is what it was when the detectors were last judged", () => {
    const file = join(PROJECT_ROOT, "lib/twin/attacks/described.ts");
    expect(hash(readFileSync(file, "utf8"))).toBe(
      "fe5881c71b137567a068f3ea8550cf54d42a71dd9ab749907fae48a3c2001569",
    );
  });

  it("is judged on other samples than those on which detectors are made", () => {
    expect(RESULT_SEEDS.filter((seed) => TUNING_SEEDS.includes(seed))).toEqual([]);
    expect(readComparison().seeds).toEqual(RESULT_SEEDS);
  });
});

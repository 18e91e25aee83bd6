import { describe, expect, it } from "vitest";
import { benjaminiHochberg } from "../../lib/stats/benjamini-hochberg";

describe("benjaminiHochberg", () => {
  it("corrects for how many were looked at", () => {
    // 0.01 * 4 / 1; 0.02 * 4 / 2; 0.03 * 4 / 3; 0.5 * 4 / 4, the smaller of it and the next
    expect([...benjaminiHochberg([0.5, 0.01, 0.03, 0.02])]).toEqual([0.5, 0.04, 0.04, 0.04]);
    expect([...benjaminiHochberg([])]).toEqual([]);
  });
});

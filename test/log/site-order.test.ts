import { describe, expect, it } from "vitest";
import { shareInOrder } from "../../lib/detect/requests/reading-figures";
import { isAsset, siteOrder } from "../../lib/log/site-order";

describe("siteOrder", () => {
  it("goes through sections by alphabet, each section's own page first", () => {
    const order = ["/", "java-i", "java-i/loops", "java-i-extra", "java-ii", "toc"];
    expect(siteOrder([...order].reverse())).toEqual(order);
  });

  it("takes numbers by size and letters whatever their case", () => {
    const order = ["2-sql/1-a", "2-sql/B", "2-sql/c", "10-nlp", "10-nlp/3.9-x", "10-nlp/3.10-x"];
    expect(siteOrder([...order].reverse())).toEqual(order);
  });

  it("is one order, whatever the order of what it is given", () => {
    const odd = ["a1", "a01", "A1", "a001", "", "\u{1f600}", "9".repeat(30), "é"];
    expect(siteOrder([...odd].reverse())).toEqual(siteOrder(odd));
  });
});

it("tells pictures, styles and scripts from pages", () => {
  expect(["a/b.jpg", "x.SVG", "m.min.js.map"].map(isAsset)).toEqual([true, true, true]);
  expect(["a/b", "x.svg/more", "examples/a.html", "jpg"].some(isAsset)).toBe(false);
});

describe("shareInOrder", () => {
  const paths = ["a", "b", "c", "c.jpg", "d", "e"];
  /** Requests as `[second, page]`, in order of time and page. */
  const share = (...requests: [number, string][]) =>
    shareInOrder(
      {
        time: Float64Array.from(requests, ([second]) => 1000 * second),
        page: Int32Array.from(requests, ([, path]) => paths.indexOf(path)),
        paths,
      },
      Int32Array.of(0, requests.length),
    )[0];

  it("is 1 for a walk along the pages, and counts pages that are left out by nobody", () => {
    expect(share([1, "a"], [2, "b"], [3, "d"], [4, "e"])).toBe(1);
  });

  it("counts steps back and leaps, but no second look at the same page", () => {
    // a to b is forward; b to b no step; b to d leaps over c; d to c goes back; c to d forward.
    expect(share([1, "a"], [2, "b"], [3, "b"], [4, "d"], [5, "c"], [6, "d"])).toBe(2 / 4);
  });

  it("steps from the last page of one time to the first of the next", () => {
    expect(share([1, "a"], [1, "b"], [2, "c"], [2, "d"])).toBe(1); // one step, b to c
    expect(share([1, "a"], [1, "c"], [2, "b"], [2, "d"])).toBe(0); // one step, c to b
  });

  it("leaves pictures out", () => {
    expect(share([1, "b"], [2, "c"], [2, "c.jpg"], [3, "d"])).toBe(1);
    expect(share([1, "c.jpg"], [2, "c.jpg"], [2, "d"], [3, "e"])).toBe(1);
  });

  it("has no share without a step", () => {
    expect(share([1, "a"])).toBeNaN();
    expect(share([1, "a"], [1, "b"])).toBeNaN();
    expect(share([1, "a"], [2, "a"])).toBeNaN();
  });

  it("keeps spans apart", () => {
    const time = Float64Array.of(1, 2, 3, 4);
    const page = Int32Array.of(0, 1, 2, 0); // a b | c a
    const spans = shareInOrder({ time, page, paths }, Int32Array.of(0, 2, 4));
    expect([...spans]).toEqual([1, 0]);
  });
});

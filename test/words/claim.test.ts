import { describe, expect, it } from "vitest";
import { ClaimError, claimsFrom } from "../../lib/words/claim";
import { formatCount, formatDate } from "../../lib/words/format-words";

const claim = claimsFrom("accessAfterGraduation");

describe("claimsFrom", () => {
  it("says a value, and notes what it is, where it is from and how it is shown", () => {
    const pages = claim("pages after graduation", 1234, { as: formatCount });
    expect(pages.text).toBe("1,234");
    expect(pages.claims).toEqual([
      {
        what: "pages after graduation",
        value: 1234,
        shown: "1,234",
        from: "accessAfterGraduation",
        checked: false,
      },
    ]);
    expect(pages.unbound).toEqual([]);
    expect(pages.spans).toEqual([[0, 5]]);
  });

  it("takes days, large integers, names and nothing", () => {
    const day = claim("first day", new Date("2019-03-04"), { as: formatDate });
    expect([day.text, day.claims[0]?.value]).toEqual(["March 4, 2019", "2019-03-04"]);
    expect(claim("pages", 900_223n).claims[0]?.value).toBe(900_223);
    const user = claim("user", "341");
    expect([user.text, user.unbound]).toEqual(["341", []]);
    const none = claim("last day", null, { as: formatDate });
    expect([none.text, none.claims[0]?.value]).toEqual(["none", null]);
    expect(claim("path", "a*b*").markdown).toBe("a\\*b\\*");
  });

  it("refuses a value that comes to something else when it is computed again", () => {
    const again = (value: number | string | Date | null) => () => value;
    expect(claim("users", 7, { again: again(7) }).claims[0]?.checked).toBe(true);
    expect(claim("share", 0.1 + 0.2, { again: again(0.3) }).claims[0]?.checked).toBe(true);
    const day = new Date("2019-03-04");
    expect(claim("day", day, { again: again(new Date(day)) }).claims[0]?.checked).toBe(true);
    expect(() => claim("users", 7, { again: again(8) })).toThrow(ClaimError);
    expect(() => claim("users", 7, { again: again(8) })).toThrow(
      "users (accessAfterGraduation): 7, but computed in another way it is 8. One of the two is wrong.",
    );
    for (const other of ["7", null, Number.NaN, 7.000001]) {
      expect(() => claim("users", 7, { again: again(other) })).toThrow(ClaimError);
    }
  });
});

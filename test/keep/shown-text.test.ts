import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { shownPath, shownText } from "../../lib/keep/shown-text";
import { counted } from "../../lib/words/format-words";

describe("shownText", () => {
  it("puts text in quotes and escapes what is special in them", () => {
    expect(shownText('a"b\\c')).toBe('"a\\"b\\\\c"');
  });

  it("shows control characters, turned and hidden text and line separators as codes", () => {
    const hostile = "\u001b[31mred\u0000\r\n\u009b1m\u202eevil\u2066\u200b\u2028\ufeff";
    const shown = shownText(hostile);
    expect(shown).toBe(
      '"\\u001b[31mred\\u0000\\r\\n\\u009b1m\\u202eevil\\u2066\\u200b\\u2028\\ufeff"',
    );
    expect(shown).toMatch(/^[\x20-\x7e]*$/);
  });

  it("cuts long text after 80 characters and says how long it was", () => {
    expect(shownText("a".repeat(80))).toBe(`"${"a".repeat(80)}"`);
    expect(shownText("a".repeat(2000))).toBe(`"${"a".repeat(80)}"… (2,000 characters)`);
  });

  it("never cuts a character in two", () => {
    expect(shownText("😀".repeat(81))).toBe(`"${"😀".repeat(80)}"… (162 characters)`);
  });
});

describe("shownPath", () => {
  it("is relative inside the project and whole outside it", () => {
    expect(shownPath(join(PROJECT_ROOT, "data", "a.txt"))).toBe(join("data", "a.txt"));
    expect(shownPath("/elsewhere/a.txt")).toBe("/elsewhere/a.txt");
  });

  it("shows control characters as codes", () => {
    expect(shownPath("/elsewhere/a\u001b.txt")).toBe("/elsewhere/a\\u001b.txt");
  });
});

it("counts nouns", () => {
  expect([counted(1, "row"), counted(900_223, "row")]).toEqual(["1 row", "900,223 rows"]);
});

import { describe, expect, it } from "vitest";
import { visibleText } from "../../lib/words/visible-text";

// Which characters have no look of their own is Unicode's property Default_Ignorable_Code_Point;
// expected texts are written by hand.

describe("visibleText", () => {
  it.each([
    ["a\u001b[31m\u009b\0\u007f", "a\\u001b[31m\\u009b\\u0000\\u007f"],
    ["a\u202eb\u2066\u200b\u2028\ufeff\u00ad", "a\\u202eb\\u2066\\u200b\\u2028\\ufeff\\u00ad"],
    ["a\n\r\tb", "a\\n\\r\\tb"],
    ["\ud800x\ue000\uffff", "\\ud800x\\ue000\\uffff"],
    // letters and marks without a look
    ["\u3164\u115f\uffa0\u17b4\u034f\u180e", "\\u3164\\u115f\\uffa0\\u17b4\\u034f\\u180e"],
    ["x\u{e0041}\u{e0101}", "x\\u{e0041}\\u{e0101}"],
  ])("writes %j out", (text, shown) => expect(visibleText(text)).toBe(shown));

  it.each([
    ["adm\u200din", "adm\\u200din"],
    ["\u200cadmin", "\\u200cadmin"],
    ["7\ufe0f", "7\\ufe0f"],
    ["\u0430\u200d\u200d", "\u0430\\u200d\\u200d"],
    ["\u2764\ufe0f\ufe0f", "\u2764\ufe0f\\ufe0f"],
  ])("writes joiners out where they join nothing: %j", (text, shown) =>
    expect(visibleText(text)).toBe(shown),
  );

  it.each([
    "e\u0301cole, \u0e17\u0e35\u0e48, \u05e9\u05c1\u05b8, caf\u00e9",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian, with a non-joiner
    "\u0915\u094d\u200d\u0937", // Devanagari, with a joiner
    "1\ufe0f\u20e3 \u2764\ufe0f \u2764\ufe0f\u200d\u{1f525} \u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
    "= + - \\u001b %{x} <b> $x$ \ufffd",
  ])("leaves %j as it is", (text) => expect(visibleText(text)).toBe(text));

  it("writes out what piles up over other lines", () => {
    const marks = "\u0300\u0317\u0488\u0301";
    expect(visibleText(`Z${marks}\u0302\u0303x`)).toBe(`Z${marks}\\u0302\\u0303x`);
    expect(visibleText(`Z${"\u0301".repeat(1_000)}`, { max: 12 })).toBe(
      "Z\u0301\u0301\u0301\u0301\\u0301… (1,001 characters)",
    );
  });

  it("cuts by what is shown, never within a character or what it is written as", () => {
    expect(visibleText("abcdef", { max: 3 })).toBe("abc… (6 characters)");
    expect(visibleText("abcdef", { max: 6 })).toBe("abcdef");
    expect(visibleText("\u{1f600}\u{1f600}\u{1f600}", { max: 3 })).toBe("\u{1f600}".repeat(3));
    expect(visibleText("\u{1f600}\u{1f600}\u{1f600}", { max: 2 })).toBe(
      `${"\u{1f600}".repeat(2)}… (6 characters)`,
    );
    expect(visibleText(`a${"\u{1f600}".repeat(9)}`, { max: 2 })).toBe(
      "a\u{1f600}… (19 characters)",
    );
    expect(visibleText("ab\u001bcd", { max: 10 })).toBe("ab\\u001bcd");
    expect(visibleText("ab\u001bcd", { max: 9 })).toBe("ab\\u001bc… (5 characters)");
    expect(visibleText("ab\u001bcd", { max: 7 })).toBe("ab… (5 characters)");
    expect(visibleText("\u001b".repeat(60), { max: 60 })).toBe(
      `${"\\u001b".repeat(10)}… (60 characters)`,
    );
    expect(visibleText("", { max: 0 })).toBe("");
  });
});

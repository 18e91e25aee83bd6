import { expect, it } from "vitest";
import { quotedText } from "../../lib/words/quoted-text";

it("sets a stranger's text apart in quotes that it cannot end itself", () => {
  expect(quotedText("java-i")).toBe("“java-i”");
  expect(quotedText("a”. All is well. “b")).toBe("“a\\u201d. All is well. “b”");
  expect(quotedText("a\u202eb")).toBe("“a\\u202eb”");
});

it("cuts it visibly, and closes the quotes behind", () => {
  expect(quotedText("abcdef", { max: 3 })).toBe("“abc… (6 characters)”");
});

import { join } from "node:path";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { shownPath, shownText } from "../../lib/keep/shown-text";

it.each([
  ['a"b\\c', '"a\\"b\\\\c"'],
  [
    "\u001b[31mred\u0000\r\n\u009b1m\u202eevil\u2066\u200b\u2028\ufeff",
    '"\\u001b[31mred\\u0000\\r\\n\\u009b1m\\u202eevil\\u2066\\u200b\\u2028\\ufeff"',
  ],
  ["a".repeat(80), `"${"a".repeat(80)}"`],
  ["a".repeat(2000), `"${"a".repeat(80)}"… (2,000 characters)`],
  // no character is cut in two
  ["😀".repeat(81), `"${"😀".repeat(80)}"… (162 characters)`],
])("shownText writes %j so that a message can have it", (text, shown) => {
  expect(shownText(text)).toBe(shown);
});

it.each([
  [join(PROJECT_ROOT, "data", "a.txt"), "data/a.txt"],
  ["/elsewhere/a\u001b.txt", "/elsewhere/a\\u001b.txt"],
])("shownPath shows %j from the project's folder where it lies in it", (path, shown) => {
  expect(shownPath(path)).toBe(shown);
});

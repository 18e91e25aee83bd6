import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeText } from "../../lib/acquire/decode-text";
import { isSlowUtf8, slowDecode } from "../fuzz/slow-fields";

it.each([
  ["caf\xe9", "caf\\xe9"],
  ["\xc3\xa9", "é"],
  ["\xef\xbf\xbd\xff", "\ufffd\\xff"], // U+FFFD itself
  ["\xc0\xaf", "\\xc0\\xaf"], // a slash in a form that is too long
  ["\xed\xa0\x80", "\\xed\\xa0\\x80"], // half of a surrogate pair
  ["\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"], // beyond U+10FFFF
  ["\xe2\x82\xac\xe2\x82a", "€\\xe2\\x82a"], // a euro sign, and one cut short
  ["\xf0\x9f\x98\x80\x80", "😀\\x80"],
  ["", ""],
])("reads %j as %j", (latin1, text) => {
  expect(decodeText(Buffer.from(latin1, "latin1"))).toBe(text);
});

it("reads any bytes as the table in RFC 3629 does, one character at a time", () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 3 }),
    fc.string({ unit: "binary", maxLength: 2 }).map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const all = Buffer.concat(pieces);
      const latin1 = all.toString("latin1");
      expect(decodeText(all)).toBe(slowDecode(latin1));
      if (isSlowUtf8(latin1)) expect(Buffer.from(decodeText(all))).toEqual(all);
    }),
    { numRuns: 1000 },
  );
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../lib/acquire/decode-text";
import { isSlowUtf8, slowDecode } from "../fuzz/slow-fields";

const bytes = (latin1: string) => Buffer.from(latin1, "latin1");

describe("decodeText", () => {
  it.each([
    ["caf\xe9", "caf\\xe9"],
    ["\xc3\xa9", "é"],
    ["\xef\xbf\xbd", "\ufffd"], // U+FFFD itself
    ["\xef\xbf\xbd\xff", "\ufffd\\xff"],
    ["\xc0\xaf", "\\xc0\\xaf"], // a slash in a form that is too long
    ["\xed\xa0\x80", "\\xed\\xa0\\x80"], // half of a surrogate pair
    ["\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"], // beyond U+10FFFF
    ["\xe2\x82", "\\xe2\\x82"], // a euro sign cut short
    ["\xe2\x82\xac\xe2\x82a", "€\\xe2\\x82a"],
    ["\xf0\x9f\x98\x80\x80", "😀\\x80"],
    ["", ""],
  ])("reads %j as %j", (latin1, text) => expect(decodeText(bytes(latin1))).toBe(text));

  it("tells apart what differs in bytes that are not UTF-8", () => {
    const texts = Array.from({ length: 128 }, (_, byte) =>
      decodeText(Buffer.from([97, 128 + byte])),
    );
    expect(new Set(texts).size).toBe(128);
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
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeText } from "../../lib/acquire/decode-text";
import { isSlowUtf8, slowDecode } from "../fuzz/slow-fields";

it("reads any bytes as the table in RFC 3629 does, one character at a time, bad ones as \\xe9", () => {
  // U+FFFD itself, a slash in a form that is too long, half of a surrogate pair, beyond U+10FFFF
  const odd = ["\xe9", "\xef\xbf\xbd", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"];
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 3 }),
    fc.constantFrom(...odd).map((bytes) => Buffer.from(bytes, "latin1")),
    fc.string({ unit: "binary", maxLength: 2 }).map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const all = Buffer.concat(pieces);
      const latin1 = all.toString("latin1");
      expect(decodeText(all)).toBe(slowDecode(latin1));
      if (isSlowUtf8(latin1)) expect(Buffer.from(decodeText(all))).toEqual(all);
    }),
    { numRuns: 2000 },
  );
});

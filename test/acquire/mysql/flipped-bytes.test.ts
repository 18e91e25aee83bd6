import { describe, expect, it } from "vitest";
import { flipBytes } from "../../fuzz/flipped-bytes";
import { hasOpenssl } from "../../support/certificates";
import { hasMariaDb } from "../../support/mariadb";

describe.skipIf(!hasMariaDb || !hasOpenssl)(
  "a byte that is changed on the way (needs mariadb-server and openssl)",
  () => {
    it("is noticed under TLS, and reading goes on with the same rows", async () => {
      const reads = 8;
      const { same, afterNotice, errors, changed } = await flipBytes(reads, 3, true);
      expect([...errors]).toEqual([]);
      expect(changed).toBe(0);
      expect(same + afterNotice).toBe(reads);
      expect(afterNotice).toBeGreaterThan(reads / 2);
    });

    it("ends a read without TLS in one of the errors that are meant for that, if it is noticed", async () => {
      const { errors, changedWithNote } = await flipBytes(20, 3, false);
      for (const kind of errors.keys()) expect(kind).toMatch(/^(DatabaseError|DataFileError) /);
      expect(changedWithNote).toBe(0);
    });
  },
);

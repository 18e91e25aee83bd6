import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeToOthers, makeFolder } from "../../lib/keep/own-folder";
import { canBeOther, listedByOther, openFolder, readByOther } from "../support/other-user";

let top = "";
beforeEach(() => {
  top = openFolder("own-folder-");
});
afterEach(() => rmSync(top, { recursive: true }));
const mode = (name: string) => (statSync(join(top, name)).mode & 0o7777).toString(8);

/** A folder as an earlier version left it, with a file in it. */
function putOpen(name: string): string {
  mkdirSync(join(top, name));
  chmodSync(join(top, name), 0o755);
  writeFileSync(join(top, name, "a.txt"), "who read what", { mode: 0o644 });
  return join(top, name);
}

describe.skipIf(process.platform === "win32")("folders (not on Windows)", () => {
  it("are made for this user alone, and left as they are where they were there", () => {
    putOpen("there");
    expect(makeFolder(join(top, "there"))).toBeUndefined();
    expect(makeFolder(join(top, "there", "new", "deep"))).toBe(join(top, "there", "new"));
    expect([mode("there"), mode("there/new"), mode("there/new/deep")]).toEqual([
      "755",
      "700",
      "700",
    ]);
  });

  it("are closed once they are known to be the project's", () => {
    closeToOthers(putOpen("out"));
    expect(mode("out")).toBe("700");
    closeToOthers(putOpen("spec"), 0o022);
    expect(mode("spec")).toBe("755");
    chmodSync(join(top, "spec"), 0o1777);
    closeToOthers(join(top, "spec"), 0o022);
    expect(mode("spec")).toBe("1755");
  });

  it("behind a link are their owner's own, and a missing folder is fine", () => {
    symlinkSync(putOpen("elsewhere"), join(top, "out"));
    closeToOthers(join(top, "out"));
    closeToOthers(join(top, "none"));
    expect(mode("elsewhere")).toBe("755");
  });

  it.skipIf(!canBeOther)("keep what is in them from another user (needs root)", () => {
    const out = putOpen("out");
    expect(readByOther(top)).toEqual(["out/a.txt"]);
    closeToOthers(out);
    expect(readByOther(top)).toEqual([]);
    expect(listedByOther(out)).toBeUndefined();
  });
});

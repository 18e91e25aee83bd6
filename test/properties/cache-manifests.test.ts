import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { hash } from "../../lib/keep/source-code";
import { useCache } from "../keep/asked-cache";
import { runs } from "./check-cases";

const { ask, logsFile, manifest, manifestPath, writeManifest } = useCache();

it("throughCache makes tables anew where the manifest is anything else, also with the right hash", async () => {
  await ask();
  const whole = JSON.parse(manifest());
  const table = fc.record(
    { file: fc.anything(), sha256: fc.anything(), rows: fc.anything() },
    { requiredKeys: [] },
  );
  const tables = fc.dictionary(fc.string(), fc.oneof(table, fc.jsonValue()), { minKeys: 1 });
  const odd = fc.record(
    {
      notes: fc.oneof(fc.jsonValue(), fc.constant([1])),
      made: fc.jsonValue(),
      tables: fc.oneof(fc.jsonValue(), tables),
    },
    { requiredKeys: [] },
  );
  const plain = (_: string, value: unknown) => (typeof value === "bigint" ? 0 : value);
  const content = fc.oneof(
    odd.map((part) => JSON.stringify({ ...whole, ...part }, plain)),
    fc.json(),
    fc.string(),
  );
  const property = fc.asyncProperty(content, fc.boolean(), async (text, isHashed) => {
    if (isHashed) writeManifest(text);
    else writeFileSync(manifestPath(), text);
    const { notes, made, notices, number, builds } = await ask();
    expect(notes.every((note) => typeof note === "string")).toBe(true);
    expect([made.toISOString(), number]).toEqual([expect.any(String), "1"]);
    expect(notices).toHaveLength(builds);
    for (const line of notices) expect(line).toContain("made anew");
  });
  await fc.assert(property, runs(40));
});

it("throughCache makes tables anew where a table's file is broken, also with the right hash", async () => {
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const broken = fc.oneof(
    fc.uint8Array().map((bytes) => () => bytes),
    share.map((at) => (whole: Buffer) => whole.subarray(0, Math.floor(at * whole.length))),
    fc.tuple(share, fc.integer({ min: 1, max: 255 })).map(([at, by]) => (whole: Buffer) => {
      const place = Math.floor(at * whole.length);
      return whole.fill(whole[place]! ^ by, place, place + 1);
    }),
  );
  const property = fc.asyncProperty(broken, async (breakIt) => {
    await ask(1, { refresh: true });
    const content = breakIt(readFileSync(logsFile()));
    writeFileSync(logsFile(), content);
    const right = JSON.parse(manifest()).tables.logs.sha256;
    writeManifest(manifest().replace(right, hash(content)));
    expect((await ask()).tables.logs?.height).toBe(500);
  });
  await fc.assert(property, runs(20));
});

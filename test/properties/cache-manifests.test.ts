import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { throughCache } from "../../lib/keep/cache";
import { hash } from "../../lib/keep/source-code";
import { useFolder } from "../support/tiny-logs";
import { runs } from "./check-cases";

const folder = useFolder();

describe("throughCache", () => {
  const KEY = { source: "sample", parameters: {}, fingerprint: {} };
  const manifest = () => {
    const [name = ""] = readdirSync(folder.path()).filter((file) => file.endsWith(".json"));
    return join(folder.path(), name);
  };
  let builds = 0;
  const ask = async (tables: Record<string, pl.DataFrame> = {}) => {
    builds = 0;
    const said: string[] = [];
    const build = () => {
      builds++;
      return { tables, notes: [] };
    };
    const dir = folder.path();
    const notice = (line: string) => said.push(line);
    return { ...(await throughCache(KEY, build, { dir, notice })), said };
  };

  const kept = () => readFileSync(manifest(), "utf8").replace(/^.*\n/, "");
  /** A manifest of whatever content, with the right hash before it. */
  const written = (content: string) => writeFileSync(manifest(), `${hash(content)}\n${content}`);

  it("makes tables anew where the manifest is anything else, also with the right hash", async () => {
    await ask();
    const whole = JSON.parse(kept());
    const table = fc.record(
      { file: fc.anything(), sha256: fc.anything(), rows: fc.anything() },
      { requiredKeys: [] },
    );
    const odd = fc.record(
      {
        notes: fc.oneof(fc.jsonValue(), fc.constant([1])),
        made: fc.jsonValue(),
        tables: fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.string(), fc.oneof(table, fc.jsonValue()), { minKeys: 1 }),
        ),
      },
      { requiredKeys: [] },
    );
    const content = fc.oneof(
      odd.map((part) =>
        JSON.stringify({ ...whole, ...part }, (_, value) =>
          typeof value === "bigint" ? 0 : value,
        ),
      ),
      fc.json(),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(content, fc.boolean(), async (text, isHashed) => {
        if (isHashed) written(text);
        else writeFileSync(manifest(), text);
        const { notes, made, said, tables } = await ask();
        expect(notes.every((note) => typeof note === "string")).toBe(true);
        expect([made.toISOString(), Object.keys(tables)]).toEqual([expect.any(String), []]);
        expect(said).toHaveLength(builds);
        for (const line of said) expect(line).toContain("made anew");
      }),
      runs(40),
    );
  });

  it("makes tables anew where a table's file is broken, also with the right hash", async () => {
    const table = pl.DataFrame({ a: [1, 2] });
    const whole = table.writeParquet({ compression: "zstd" });
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.nat(whole.length - 1).map((at) => whole.subarray(0, at)),
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
        const turned = Buffer.from(whole);
        turned[at] = (turned[at] as number) ^ by;
        return turned;
      }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        rmSync(folder.path(), { recursive: true });
        mkdirSync(folder.path());
        await ask({ a: table });
        const text = kept();
        const file = JSON.parse(text).tables.a.file;
        writeFileSync(join(folder.path(), file), content);
        written(text.replace(/"sha256": "\w+"/, `"sha256": "${hash(content)}"`));
        const { tables } = await ask({ a: table });
        expect(tables.a?.height).toBe(2);
      }),
      runs(20),
    );
  });
});

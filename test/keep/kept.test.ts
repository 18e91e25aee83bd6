import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { beforeEach, expect, it, vi } from "vitest";
import { kept } from "../../lib/keep/kept";
import { rowsOf } from "../support/access-log";
import { newFolder } from "../support/new-folder";

let dataDir: string;
beforeEach(() => {
  dataDir = newFolder();
});

let asked = 0;
function doubled(
  frame: pl.DataFrame,
  options: { by?: number; since?: Date; of?: pl.DataFrame } = {},
) {
  asked++;
  return frame.withColumn(
    pl
      .col("n")
      .mul(pl.lit(options.by ?? 2))
      .alias("n"),
  );
}
const frame = (...n: (number | null)[]) => pl.DataFrame([pl.Series("n", n, pl.Int64)]);
const times = async (ask: () => Promise<pl.DataFrame>) => {
  const before = asked;
  await ask();
  return asked - before;
};

it("asks once for the same content, whatever frame has it, and gives what the function gives", async () => {
  const ask = kept(doubled, { dataDir });
  expect(await times(() => ask(frame(1, 2, null)))).toBe(1);
  expect(await times(() => ask(frame(1, 2, null)))).toBe(0);
  expect(rowsOf(await ask(frame(1, 2, null)))).toEqual(rowsOf(doubled(frame(1, 2, null))));
});

it.each([
  ["another value", () => [frame(1, 3, null)]],
  ["another order", () => [frame(2, 1, null)]],
  ["a row less", () => [frame(1, 2)]],
  ["another type", () => [frame(1, 2, null).withColumn(pl.col("n").cast(pl.Float64))]],
  ["another name", () => [frame(1, 2, null).withColumn(pl.lit(1).alias("m"))]],
  ["an option", () => [frame(1, 2, null), { by: 3 }]],
  ["a day", () => [frame(1, 2, null), { since: new Date(0) }]],
  ["another frame among the options", () => [frame(1, 2, null), { of: frame(1) }]],
] as [string, () => Parameters<typeof doubled>][])("asks again for %s", async (_, args) => {
  const ask = kept(doubled, { dataDir });
  await ask(frame(1, 2, null));
  expect(await times(() => ask(...args()))).toBe(1);
  expect(await times(() => ask(...args()))).toBe(0);
});

it("asks again, and says so, where what was kept is damaged", async () => {
  const ask = kept(doubled, { dataDir });
  await ask(frame(1));
  const cache = join(dataDir, "cache");
  const table = readdirSync(cache).find((name) => name.endsWith(".parquet"));
  writeFileSync(join(cache, table!), "x");
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  expect(await times(() => ask(frame(1)))).toBe(1);
  expect(said.mock.calls.flat().join()).toContain("is damaged");
  said.mockRestore();
});

it("refuses what it cannot know by its content, and functions without a name", async () => {
  expect(() =>
    kept(
      (
        () => (one: pl.DataFrame) =>
          one
      )(),
      { dataDir },
    ),
  ).toThrow("with a name");
  function any(_: unknown) {
    return 1 as unknown as pl.DataFrame;
  }
  await expect(kept(any, { dataDir })(() => 1)).rejects.toThrow("not function");
  await expect(kept(any, { dataDir })(1)).rejects.toThrow("kept keeps frames; any gives");
});

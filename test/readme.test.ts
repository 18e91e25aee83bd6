import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { bandsFigure, bollingerBands, dailyPageViews } from "../lib";
import { PROJECT_ROOT } from "../lib/keep/paths";
import { figureToSvg } from "../lib/plot/static-image";
import { wholeLog } from "./support/whole-log";

const readme = readFileSync(join(PROJECT_ROOT, "README.md"), "utf8");

it("the README's figure is what the library draws today, and its caption counts right", async () => {
  const daily = dailyPageViews(wholeLog().accessLog, { by: null });
  const bands = bollingerBands(daily, { by: null });
  const title = "Pages per day, with the band in which a usual day lies";
  const svg = figureToSvg(bandsFigure(bands, { title }));
  await expect(svg).toMatchFileSnapshot(join(PROJECT_ROOT, ".github/figures/site-bands.svg"));

  expect(bands.filter(pl.col("pct_b").gt(1)).height).toBe(12);
  expect(readme).toContain("Twelve days stand out");
});

it("the README names commands that there are", () => {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8"));
  for (const [, name] of readme.matchAll(/npm run ([a-z:]+)/g))
    expect(scripts).toHaveProperty(name as string);
});

it("the README's tree shows files and folders that there are", () => {
  const tree = /```\n(notebooks\/[\s\S]*?)```/.exec(readme)?.[1] as string;
  let folder = "";
  for (const line of tree.trimEnd().split("\n")) {
    const [, indent = "", name = ""] = /^( *)(\S+)/.exec(line) ?? [];
    if (indent === "") folder = name.endsWith("/") ? name : "";
    const path = join(PROJECT_ROOT, indent === "" ? name : join(folder, name));
    expect(existsSync(path) || existsSync(`${path}.ipynb`), path).toBe(true);
  }
});

it("the README links to files that there are", () => {
  for (const [, target] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
    expect(existsSync(join(PROJECT_ROOT, target as string)), target).toBe(true);
  }
});

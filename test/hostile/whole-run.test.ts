import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { joinText } from "../../lib/notebook/nbformat";
import { chromiumPath, usePages } from "../support/browser";
import { formulaCells, spreadsheetCells } from "../support/csv";
import { type Outcome, startProcess } from "../support/db-command";
import { STRINGS_FILE } from "../support/every-string-notebook";
import { figureTitlesOf, proseOf, readNotebookFile, tablesOf } from "../support/executed";
import { HOSTILE_LEADERS } from "../support/hostile-log";
import { HOSTILE_TYPES, HostileRun } from "../support/hostile-run";
import { asStored, HOSTILE_STRINGS, notShown } from "../support/hostile-strings";
import { pythonWith } from "../support/python";
import { INJECT, openTrapped, savableTables, useEverything } from "../support/trapped-page";
import { SHOWS, STRANGERS } from "./shows";

// "Everything in a log is written by strangers", from end to end: the real command reads a log full
// of hostile text, from a folder with a hostile name into another, and a browser does with the pages
// whatever a reader can do. Text has to stay text everywhere, and all of it has to be there.

const texts = HOSTILE_STRINGS.map(({ text }) => text);
const run = new HostileRun();
const { out } = run;
let done: Outcome;

beforeAll(async () => {
  done = await run.start();
}, 400_000);

const NOTEBOOKS = `01-acquire 02-prepare 03-explore 04-detect-anomalies 05-group-users
  06-final-report every-string`.split(/\s+/);
const notebook = (name: string) => readNotebookFile(join(out, `${name}.ipynb`));

describe("the command", () => {
  it("runs all notebooks, whatever a log holds", () => {
    // the notebook with every string lies elsewhere
    expect(done.stderr).toMatch(
      /^.+every-string.ipynb is not one of this project.s notebooks: .*\n$/,
    );
    expect(done.code).toBe(0);
    expect(done.stdout).toContain("7 of 7 notebooks ran");
  });

  it("writes nothing to the terminal that could move its cursor or turn text", () => {
    expect(done.stdout + done.stderr).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}|\p{Cs}/u);
    expect(done.stdout).toContain(`Open: ${pathToFileURL(join(out, "index.html"))}\n`);
  });

  it("writes its files, and no others anywhere", () => {
    const { scratch, data, temporary } = run;
    const pages = NOTEBOOKS.flatMap((name) => [`${name}.html`, `${name}.ipynb`]);
    const slides = ["06-final-report.slides.html", "every-string.slides.html"];
    const tables = ["ip_cluster_labeled_input_features.csv", "ip_cluster_labeled_raw_data.csv"];
    const others = ["every-string.csv", "every-name.csv", "bad-rows-curriculum_logs.csv"];
    expect(readdirSync(out).sort()).toEqual(
      [...pages, ...slides, ...tables, ...others, "index.html"].sort(),
    );
    expect(readdirSync(scratch).sort()).toEqual(
      [data, out, temporary].map((dir) => basename(dir)).sort(),
    );
    const read = ["curriculum_logs.csv", "every-string.ipynb", STRINGS_FILE, "user_api_data.csv"];
    expect(readdirSync(data).sort()).toEqual(["cache", ...read]);
    const left = readdirSync(temporary);
    expect(left).toEqual([]);
  });

  it("sets lines aside that have something else than an address, byte for byte", () => {
    const aside = readFileSync(join(out, "bad-rows-curriculum_logs.csv"), "utf8");
    expect(aside).toBe(run.badLines.map((line) => asStored(`${line}\n`)).join(""));
  });
});

describe("executed notebooks", () => {
  it("hold strangers' text as it is, short of what is visibly cut", () => {
    const cells = tablesOf(notebook("every-string")).get(texts[0] as string) ?? [];
    expect(cells.length).toBe(texts.length);
    for (const [place, text] of texts.map(asStored).entries()) {
      const found = String(cells[place]?.text);
      if (Array.from(text).length <= 2_000) expect(found).toBe(text);
      else expect(found).toMatch(/… \([\d,]+ characters\)$/);
    }
  });

  it("have hostile names among what leads, in tables, figures and answers", () => {
    const leading = "Most requested path per cohort, home page aside";
    const paths = tablesOf(notebook("03-explore"))
      .get(leading)
      ?.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(HOSTILE_LEADERS.slice(0, 4)));
    const copies = tablesOf(notebook("04-detect-anomalies")).get(
      "Days that look like copying, the strangest first",
    );
    expect(String(copies?.[0]?.finding)).toContain("User 900 opened");
    // A class called 2021: its name is no number of the report.
    expect(proseOf(notebook("06-final-report"))).toContain("The widest gap there: 2021 (Java");
    const titles = figureTitlesOf(notebook("05-group-users")).join();
    expect(titles).toMatch(/evil\.example|&lt;img|=cmd/);
  });

  it("have an e-mail with the headers that we wrote and no others", () => {
    const said = notebook("every-string")
      .cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
      .flatMap((output) => (output.output_type === "display_data" ? [output.data] : []))
      .map((bundle) => joinText((bundle["text/plain"] ?? "") as string));
    const letter = said.find((text) => text.startsWith("Subject: ")) ?? "";
    expect(letter.split("\n")).toHaveLength(texts.length + 3);
    expect(letter).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});

/** Whatever the spreadsheet splits at; numbers come first in some rows, and some are below zero. */
const formulasIn = (text: string) =>
  [",", ";", "\t", "|"].flatMap((separator) =>
    formulaCells(spreadsheetCells(text, separator)).filter((cell) => !/^-[\d.]+,/.test(cell)),
  );
/** Text as it comes back from a file, where apostrophes were put before what looks like a formula. */
const unmarked = (text: string) => text.replaceAll("'", "");

describe("files that spreadsheets open", () => {
  it.each([
    ["every-string.csv", texts],
    ["every-name.csv", texts.filter((text) => text.length < 10_000)],
    ["ip_cluster_labeled_raw_data.csv", HOSTILE_TYPES],
  ])("hold no formula, and every value: %s", (name, wanted) => {
    const text = readFileSync(join(out, name), "utf8");
    expect(formulasIn(text)).toEqual([]);
    const found = new Set(spreadsheetCells(text, ",").flat().map(unmarked));
    const lost = wanted.map(asStored).filter((each) => !found.has(unmarked(each)));
    expect(lost).toEqual([]);
  });
});

describe.skipIf(!chromiumPath)("the pages in Chromium (needs Chromium)", () => {
  usePages();

  it.each([...NOTEBOOKS, "index"])(
    "run and fetch nothing, and show what they should: %s",
    async (name) => {
      const { page, fired } = await openTrapped(join(out, `${name}.html`));
      const tables = await savableTables(page);
      const { states, saved } = await useEverything(page);
      expect(states.filter((state) => state !== "drawn")).toEqual([]);
      expect(saved.length).toBe(tables.length);
      for (const [place, { name: file, text }] of saved.entries()) {
        expect(file).toMatch(/^[a-z0-9-]+\.csv$/);
        const plain = text.replace(/^\ufeff/, "");
        const cells = spreadsheetCells(plain, ",");
        expect(formulasIn(plain)).toEqual([]);
        const lost = tables[place]?.flatMap((row, r) =>
          row.filter((cell, c) => unmarked(cell) !== unmarked(String(cells[r]?.[c]))),
        );
        expect(lost).toEqual([]);
      }
      expect(await fired()).toEqual([]);
      await SHOWS[name]?.(page);

      // And if something got in after all, the page's policy would stop it.
      await page.evaluate(INJECT);
      await page.waitForTimeout(200);
      const after = await fired();
      for (const directive of ["script-src-elem", "script-src-attr", "img-src", "connect-src"])
        expect(after.join("\n")).toContain(`policy ${directive}`);
      const ran = /was set|was called(?!: .*\/injected$)|dialog|went to (?!about:srcdoc)/;
      expect(after.filter((text) => ran.test(text))).toEqual([]);
    },
  );

  it.each(["06-final-report", "every-string"])("run nothing as slides: %s", async (name) => {
    const { page, fired } = await openTrapped(join(out, `${name}.slides.html`));
    const slides = await page.locator("section.slide").count();
    expect(slides).toBeGreaterThan(5);
    await page.keyboard.press("n");
    for (let slide = 0; slide < slides; slide++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("o");
    await page.waitForTimeout(300);
    expect(await fired()).toEqual([]);
  });

  it("stay readable on a telephone: no page scrolls sideways", async () => {
    for (const name of ["every-string", "03-explore"]) {
      const { page } = await openTrapped(join(out, `${name}.html`), { width: 400 });
      await page.evaluate(
        "for (const all of document.querySelectorAll('details')) all.open = true",
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(400);
      await page.context().close();
    }
  });
});

const python = pythonWith("nbconvert");

describe.skipIf(!python || !chromiumPath)("nbconvert's pages (need nbconvert and Chromium)", () => {
  const { folder } = usePages();

  it("run nothing of strangers either", async () => {
    const names = ["06-final-report", "every-string"];
    const files = names.map((name) => join(out, `${name}.ipynb`));
    const args = ["-m", "nbconvert", "--to", "html", "--output-dir", folder, ...files];
    const converted = await startProcess([python as string, ...args], {}).ended;
    expect(converted.code, converted.stderr).toBe(0);
    for (const name of names) {
      const { page, problems } = await openTrapped(join(folder, `${name}.html`));
      await page.locator(".js-plotly-plot").first().waitFor();
      await page.waitForTimeout(500);
      // Its own template looks for MathJax and RequireJS, on disk or on the web.
      const ours = problems.filter((text) => /dialog|popup|exception|evil|went to/.test(text));
      expect(ours).toEqual([]);
      expect(await page.evaluate("window.__fired")).toEqual([]);
      expect(await page.evaluate(STRANGERS)).toEqual([]);
      if (name === "06-final-report") continue;
      const lines = await page.locator("li").allTextContents();
      // What keeps TeX away is not seen; where there is no MathJax, a backslash is.
      const words = lines.map((line) =>
        line.replaceAll("\u2060", "").replaceAll("\\$", "$").replace(/^“|”$/g, ""),
      );
      expect(notShown(texts, words)).toEqual([]);
    }
  });
});

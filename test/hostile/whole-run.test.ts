import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { throughCache } from "../../lib/acquire/cache";
import { sampleUsage } from "../../lib/acquire/sample/sample-usage";
import { codeVersion } from "../../lib/code-version";
import { compareDetectors } from "../../lib/detect/compare/compare-detectors";
import { joinText } from "../../lib/notebook/nbformat";
import { PROJECT_ROOT } from "../../lib/paths";
import { chromiumPath, launchBrowser } from "../support/browser";
import { parseCsv } from "../support/csv";
import { everyStringNotebook, STRINGS_FILE } from "../support/every-string-notebook";
import { figureTitlesOf, proseOf, readNotebookFile, tablesOf } from "../support/executed";
import {
  asJoinedCsv,
  HOSTILE_COHORTS,
  HOSTILE_LEADERS,
  hostileRows,
  joinedLine,
} from "../support/hostile-log";
import { asStored, HOSTILE_STRINGS, hostileStrings, isShown } from "../support/hostile-strings";
import { pythonWith } from "../support/python";
import { csvField } from "../support/tiny-logs";
import { openTrapped, useEverything } from "../support/trapped-page";

// "Everything in a log is written by strangers", from end to end: the real command reads a log full
// of hostile text, from a folder with a hostile name into another, and a browser does with the pages
// whatever a reader can do. Text has to stay text everywhere, and all of it has to be there.

const scratch = mkdtempSync(join(tmpdir(), "curriculum-logs-hostile-"));
/** Whatever a file system takes in one name. */
const HOSTILE_NAME = `%2e%2e\u001b[2J\u0007\u202e<img src=x onerror=alert(1)>&"'\`$(id)#?{{7*7}} =1+1,;`;
const data = join(scratch, `data ${HOSTILE_NAME}`);
const out = join(scratch, `out ${HOSTILE_NAME}`);
const temporary = join(scratch, "tmp");

const USAGE_TYPES = [
  "<img src=x onerror=window.__pwned=1>",
  "=cmd|' /C calc'!A0",
  "\u001b[2J\u202e%{x}<extra></extra>\r\nBcc: x@evil.example",
  "__proto__",
  'a,"b"|<b>c',
];
const texts = HOSTILE_STRINGS.map(({ text }) => text);
const rows = hostileRows();
/** An address may hold no such text: these lines are set aside. */
const badLines = hostileStrings().map((ip) => joinedLine({ ...rows[100]!, ip }));

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}
let done: Outcome;

function call(command: string, args: string[]): Promise<Outcome> {
  const child = spawn(command, args, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, INIT_CWD: scratch },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}

/**
 * Comparing detectors on ten whole samples takes minutes, and no stranger's text is in it: notebook
 * 04 finds a comparison on one small sample in the cache.
 */
async function keepComparison(): Promise<void> {
  const notice = () => {};
  const seeds = "101 102 103 104 105 106 107 108 109 110";
  const scores = await compareDetectors({ seeds: [101], rows: 2_000, dataDir: data, notice });
  await throughCache(
    {
      source: "compared",
      parameters: { seeds, anomalies: 5, rows: "all" },
      fingerprint: codeVersion("detect", "prepare"),
    },
    () => ({ tables: { scores }, notes: [] }),
    { dir: join(data, "cache"), notice },
  );
}

function writeUsage(): void {
  const usage = sampleUsage({ seed: 1 }).toRecords() as unknown as {
    dt: Date;
    user_id: number;
    type: string;
    api_count: number;
  }[];
  const types = [...new Set(usage.map(({ type }) => type))].sort();
  const lines = usage.map(({ dt, user_id, type, api_count }) =>
    [
      dt.toISOString().slice(0, 10),
      user_id,
      csvField(USAGE_TYPES[types.indexOf(type)] ?? type),
      api_count,
    ].join(","),
  );
  const file = join(data, "user_api_data.csv");
  writeFileSync(file, ["dt,user_id,type,api_count", ...lines, ""].join("\n"));
}

beforeAll(async () => {
  for (const folder of [data, temporary]) mkdirSync(folder);
  const lines = rows.map(joinedLine);
  writeFileSync(join(data, "curriculum_logs.csv"), asJoinedCsv([...lines, ...badLines]));
  writeFileSync(join(data, STRINGS_FILE), JSON.stringify(texts));
  writeFileSync(join(data, "every-string.ipynb"), JSON.stringify(everyStringNotebook()));
  writeUsage();
  await keepComparison();
  const notebooks = ["01", "02", "03", "04", "05", "06", join(data, "every-string.ipynb")];
  done = await call(process.execPath, [
    ...["--require", "tsx/cjs", "lib/cli.ts", "run", ...notebooks],
    ...["--source", "files", "--data", basename(data), "--out", basename(out)],
    ...["--on-bad-rows", "set-aside"],
  ]);
}, 400_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const NOTEBOOKS = [
  "01-acquire",
  "02-prepare",
  "03-explore",
  "04-detect-anomalies",
  "05-group-users",
  "06-final-report",
  "every-string",
];
const notebook = (name: string) => readNotebookFile(join(out, `${name}.ipynb`));

describe("the command", () => {
  it("runs all notebooks, whatever a log holds", () => {
    expect(done.stderr).toBe("");
    expect(done.code).toBe(0);
    expect(done.stdout).toContain("7 of 7 notebooks ran");
  });

  it("writes nothing to the terminal that could move its cursor or turn text", () => {
    expect(done.stdout + done.stderr).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}|\p{Cs}/u);
    expect(done.stdout).toContain(`Open: ${pathToFileURL(join(out, "index.html"))}\n`);
  });

  it("writes its files, and no others anywhere", () => {
    const pages = NOTEBOOKS.flatMap((name) => [`${name}.html`, `${name}.ipynb`]);
    const slides = ["06-final-report.slides.html", "every-string.slides.html"];
    const tables = ["ip_cluster_labeled_input_features.csv", "ip_cluster_labeled_raw_data.csv"];
    const own = ["every-string.csv", "every-name.csv"];
    const aside = "bad-rows-curriculum_logs.csv";
    expect(readdirSync(out).sort()).toEqual(
      [...pages, ...slides, ...tables, ...own, aside, "index.html"].sort(),
    );
    expect(readdirSync(scratch).sort()).toEqual(
      [basename(data), basename(out), basename(temporary)].sort(),
    );
    expect(readdirSync(data).sort()).toEqual([
      "cache",
      "curriculum_logs.csv",
      "every-string.ipynb",
      STRINGS_FILE,
      "user_api_data.csv",
    ]);
    expect(
      readdirSync(temporary).filter((name) => !/^tsx-|^node-compile-cache/.test(name)),
    ).toEqual([]);
  });

  it("sets lines aside that have something else than an address, byte for byte", () => {
    const aside = readFileSync(join(out, "bad-rows-curriculum_logs.csv"), "utf8");
    expect(aside).toBe(badLines.map((line) => asStored(`${line}\n`)).join(""));
  });
});

describe("executed notebooks", () => {
  it("hold strangers' text as it is, short of what is visibly cut", () => {
    const cells = tablesOf(notebook("every-string")).get(texts[0] as string) ?? [];
    expect(cells.length).toBe(texts.length);
    for (const [place, text] of texts.entries()) {
      const stored = asStored(text);
      const found = String(cells[place]?.text);
      if (Array.from(stored).length <= 2_000) expect(found).toBe(stored);
      else expect(found).toMatch(/… \([\d,]+ characters\)$/);
    }
  });

  it("have hostile names among what leads, in tables, figures and answers", () => {
    const explored = tablesOf(notebook("03-explore"));
    const leaders = explored.get("Most requested path per cohort, home page aside") ?? [];
    const paths = leaders.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(HOSTILE_LEADERS.slice(0, 4)));
    const copies = tablesOf(notebook("04-detect-anomalies")).get(
      "Days that look like copying, the strangest first",
    );
    expect(String(copies?.[0]?.finding)).toContain("User 900 opened");
    const answers = proseOf(notebook("06-final-report"));
    expect(answers).toContain("Yes: 2021 read");
    expect(figureTitlesOf(notebook("05-group-users")).join()).toMatch(/evil\.example|&lt;img|=cmd/);
  });
});

const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

describe("files that spreadsheets open", () => {
  it.each(["every-string.csv", "every-name.csv", "ip_cluster_labeled_raw_data.csv"])(
    "hold no formula, and every value: %s",
    (name) => {
      const cells = parseCsv(readFileSync(join(out, name), "utf8"));
      const bad = cells.flat().filter((cell) => FORMULA.test(cell) && !NUMBER.test(cell));
      expect(bad).toEqual([]);
      const wanted =
        name === "every-string.csv"
          ? texts
          : name === "every-name.csv"
            ? texts.filter((text) => text.length < 10_000)
            : USAGE_TYPES;
      const found = new Set(cells.flat());
      const lost = wanted
        .map(asStored)
        .filter((text) => !found.has(text) && !found.has(`'${text}`));
      expect(lost).toEqual([]);
    },
  );
});

describe("the e-mail", () => {
  it("has the headers that we wrote and no others", () => {
    const said = notebook("every-string")
      .cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
      .flatMap((output) => (output.output_type === "display_data" ? [output.data] : []))
      .map((bundle) => joinText((bundle["text/plain"] ?? "") as string));
    const letter = said.find((text) => text.startsWith("Subject: ")) ?? "";
    expect(letter.split("\n")).toHaveLength(texts.length + 3);
    expect(letter).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});

/** Whether all of some texts stand among others, each whole or visibly cut. */
function missing(wanted: readonly string[], shown: readonly string[]): string[] {
  return wanted.filter((text) => !shown.some((one) => isShown(one, text)));
}

const hasBrowser = chromiumPath !== null;

describe.skipIf(!hasBrowser)("the pages in Chromium (needs Chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it.each([...NOTEBOOKS, "index"])(
    "run nothing, fetch nothing, save no formula: %s",
    async (name) => {
      const { page, fired } = await openTrapped(browser, join(out, `${name}.html`));
      const tables = await page.evaluate<string[][][]>(TABLES);
      const { states, saved } = name === "index" ? NOTHING : await useEverything(page);
      expect(states.filter((state) => state !== "drawn")).toEqual([]);
      expect(saved.length).toBe(tables.length);
      for (const [place, { name: file, text }] of saved.entries()) {
        expect(file).toMatch(/^[a-z0-9-]+\.csv$/);
        const cells = parseCsv(text.replace(/^\ufeff/, ""));
        const bad = cells.flat().filter((cell) => FORMULA.test(cell) && !NUMBER.test(cell));
        expect(bad).toEqual([]);
        const lost = tables[place]?.flatMap((row, r) =>
          row.filter((cell, c) => ![cell, `'${cell}`].includes(String(cells[r]?.[c]))),
        );
        expect(lost).toEqual([]);
      }
      expect(await fired()).toEqual([]);

      // And if something got in after all, the page's policy would stop it.
      await page.evaluate(INJECT);
      await page.waitForTimeout(200);
      const stopped = (await fired()).filter((text) => text.startsWith("policy"));
      for (const directive of ["script-src-elem", "script-src-attr", "img-src", "connect-src"])
        expect(stopped.join("\n")).toContain(`policy ${directive}`);
      expect(
        (await fired()).filter((text) =>
          /was set|was called|dialog|went to (?!about:srcdoc)/.test(text),
        ),
      ).toEqual([]);
      await page.context().close();
    },
  );

  it.each(["06-final-report", "every-string"])("run nothing as slides: %s", async (name) => {
    const { page, fired } = await openTrapped(browser, join(out, `${name}.slides.html`));
    const slides = await page.locator("section.slide").count();
    expect(slides).toBeGreaterThan(5);
    await page.keyboard.press("n");
    for (let slide = 0; slide < slides; slide++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("o");
    await page.waitForTimeout(300);
    expect(await fired()).toEqual([]);
    await page.context().close();
  });

  it("show every string, whole or visibly cut, in tables, lists, letters and figures", async () => {
    const { page } = await openTrapped(browser, join(out, "every-string.html"));
    const all = (selector: string) => page.locator(selector).allTextContents();
    const table = await all(".output.table >> nth=0 >> tbody td:first-child");
    const list = await all(".output.prose li");
    expect(table.length).toBe(texts.length);
    expect(texts.filter((text, place) => !isShown(table[place] as string, text))).toEqual([]);
    expect(list.length).toBe(texts.length);
    const words = (line: string | undefined) => String(line).replace(/^“|”$/g, "");
    expect(texts.filter((text, place) => !isShown(words(list[place]), text))).toEqual([]);
    const letter = (await page.locator(".letter-text").first().inputValue()).split("\n").slice(3);
    expect(letter.length).toBe(texts.length);
    expect(texts.filter((text, place) => !isShown(words(letter[place]), text))).toEqual([]);
    const links = await page.locator("a[href^='mailto:']").evaluateAll(HREFS);
    expect(links.length).toBeGreaterThan(5);
    for (const href of links) {
      const { pathname, searchParams } = new URL(href);
      expect([pathname, ...searchParams.keys()]).toEqual(["", "subject", "body"]);
      expect(searchParams.get("subject")).not.toMatch(/\p{Cc}/u);
    }
    await useEverything(page);
    const ticks = (await all(".ytick text")).map((tick) => tick.replace(/ \(\d+\)$/, ""));
    expect(missing(texts, ticks)).toEqual([]);
    await page.context().close();
  });

  it("show the names of classes, and what leads in them", async () => {
    const cells = async (name: string) => {
      const { page } = await openTrapped(browser, join(out, `${name}.html`));
      const found = await page.locator("td").allTextContents();
      await page.context().close();
      return found;
    };
    const acquired = await cells("01-acquire");
    expect(
      missing(
        HOSTILE_COHORTS.map(({ name }) => name),
        acquired,
      ),
    ).toEqual([]);
    expect(
      missing(
        HOSTILE_COHORTS.map(({ slack }) => slack),
        acquired,
      ),
    ).toEqual([]);
    expect(missing(HOSTILE_LEADERS, await cells("03-explore"))).toEqual([]);
    expect(missing(USAGE_TYPES, await cells("05-group-users"))).toEqual([]);
  });

  it("stay readable on a telephone: no page scrolls sideways", async () => {
    for (const name of ["every-string", "03-explore"]) {
      const { page } = await openTrapped(browser, join(out, `${name}.html`), { width: 400 });
      await page.evaluate(
        "for (const all of document.querySelectorAll('details')) all.open = true",
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(400);
      await page.context().close();
    }
  });
});

const NOTHING = { states: [] as string[], saved: [] as { name: string; text: string }[] };

const HREFS = (links: unknown[]) =>
  links.map((link) => (link as { getAttribute(name: string): string }).getAttribute("href"));

/** What each table that can be saved holds, names of columns first; nothing for null. */
const TABLES = `[...document.querySelectorAll(".csv")].map((button) => {
  const table = button.closest(".output.table").querySelector("table");
  const value = (cell) => cell.classList.contains("null") ? "" : cell.dataset.v ?? cell.textContent;
  return [
    [...table.querySelectorAll("thead .name")].map((name) => name.textContent),
    ...[...table.tBodies[0].rows].map((row) => [...row.cells].map(value)),
  ];
})`;

const INJECT = `(() => {
  const script = document.createElement("script");
  script.textContent = "window.__pwned = 1";
  document.body.append(script);
  document.body.insertAdjacentHTML("beforeend", "<img src='https://evil.example/x' onerror='window.__pwned = 2'>" +
    "<iframe srcdoc='<script>parent.__pwned = 3</script>'></iframe><a id='inject' href='javascript:window.__pwned = 4'>x</a>");
  document.getElementById("inject").click();
  fetch("https://evil.example/x").catch(() => {});
})()`;

const python = pythonWith("nbconvert");

describe.skipIf(!python || !hasBrowser)("nbconvert's pages (needs nbconvert and Chromium)", () => {
  it("run nothing of strangers either", async () => {
    const folder = mkdtempSync(join(tmpdir(), "curriculum-logs-nbconvert-"));
    const browser = await launchBrowser();
    try {
      const names = ["04-detect-anomalies", "06-final-report", "every-string"];
      const files = names.map((name) => join(out, `${name}.ipynb`));
      const args = ["-m", "nbconvert", "--to", "html", "--output-dir", folder, ...files];
      const converted = await call(python as string, args);
      expect(converted.code, converted.stderr).toBe(0);
      for (const name of names) {
        const { page, problems } = await openTrapped(browser, join(folder, `${name}.html`));
        await page.locator(".js-plotly-plot").first().waitFor();
        await page.waitForTimeout(500);
        // Its own template looks for MathJax and RequireJS on the web.
        expect(problems.filter((text) => /dialog|popup|exception|evil|went to/.test(text))).toEqual(
          [],
        );
        expect(await page.evaluate("window.__fired")).toEqual([]);
        // Strangers' dollar signs are none of TeX: MathJax would make links of them.
        expect(await page.locator(".MathJax, .MathJax_CHTML, mjx-container").count()).toBe(0);
        expect(await page.evaluate(STRANGERS)).toEqual([]);
        await page.context().close();
      }
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const STRANGERS = `[...document.querySelectorAll(
  "[onerror], [onload], [onmouseover], [onfocus], [ontoggle], iframe, object, embed, base, form, a[href^=javascript], [href*='evil.example'], [src*='evil.example']",
)].map((element) => element.outerHTML.slice(0, 100))`;

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { notebookToHtml } from "../../../lib/notebook/html/export-html";
import { indexPage } from "../../../lib/notebook/html/index-page";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import { visibleText } from "../../../lib/words/visible-text";
import { chromiumPath, drawFigures, launchBrowser, openFile } from "../../support/browser";
import { formulaCells, NASTY_TEXTS, spreadsheetCells } from "../../support/csv";
import { codeCell, notebookOf } from "../../support/notebook";
import { demoNotebook, HOSTILE } from "./demo-notebook";
import { reportNotebook } from "./report-notebook";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(!chromiumPath)("a notebook's page in Chromium (needs Chromium)", () => {
  let folder: string;
  let file: string;
  let index: string;
  let report: string;
  let browser: Browser;
  /** Pages that several tests look at: to open one and draw its figures takes longer than a test. */
  const shared: Page[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "curriculum-logs-html-"));
    file = join(folder, "01-demo.html");
    index = join(folder, "index.html");
    const pages = [
      { href: "01-demo.html", title: "Demo" },
      { href: "02-next.html", title: "Next" },
    ];
    writeFileSync(
      file,
      notebookToHtml(demoNotebook(), { fileName: "01-demo.ipynb", homeHref: "index.html", pages }),
    );
    const entry = {
      fileName: "01-demo.ipynb",
      title: "Demo",
      summary: HOSTILE.join(" "),
      cells: 3,
      seconds: 2,
    };
    writeFileSync(index, indexPage([entry, { ...entry, failed: true }]));
    report = join(folder, "06-report.html");
    writeFileSync(report, notebookToHtml(reportNotebook(), { fileName: "06-report.ipynb" }));
    browser = await launchBrowser();
  });

  // Pages that nobody needs any more slow the others down.
  afterEach(async () => {
    const kept = shared.map((page) => page.context());
    const others = browser.contexts().filter((context) => !kept.includes(context));
    await Promise.all(others.map((context) => context.close()));
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe("in light, on a wide screen", () => {
    let page: Page;
    let problems: string[];
    let states: string[];

    beforeAll(async () => {
      ({ page, problems } = await openFile(browser, file));
      shared.push(page);
      states = await drawFigures(page);
    });
    afterAll(() => shared.pop()?.context().close());

    it("draws every figure under its title, with no error, request or dialog", async () => {
      expect(states).toEqual(["drawn", "drawn", "drawn"]);
      expect(await page.locator("figure.figure .main-svg").count()).toBeGreaterThanOrEqual(3);
      expect(await page.locator(".figure-title").first().textContent()).toMatch(
        /^On one day in March/,
      );
      await page.locator(".live .nsewdrag").first().hover();
      await page.mouse.move(600, 400);
      expect(problems).toEqual([]);
    });

    it("has no accessibility fault that axe-core can see", async () => {
      expect(await faults(page)).toEqual([]);
    });

    it("shows strangers' text as text in titles, ticks, legends, hovers, tables and prose", async () => {
      const evil = HOSTILE[0] as string;
      const figure = page.locator("figure.figure").nth(1);
      expect(await figure.locator(".figure-title").textContent()).toContain(evil);
      expect(await figure.locator(".ytick text").allTextContents()).toContain(evil);
      expect(await figure.locator(".g-xtitle").textContent()).toBe(evil);
      expect(await figure.locator(".legendtext").last().textContent()).toBe(HOSTILE[1]);
      expect(await figure.locator(".ytick text").count()).toBe(HOSTILE.length);
      const bar = figure.locator(".bars .point").last();
      await bar.scrollIntoViewIfNeeded();
      const box = await bar.boundingBox();
      await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + (box?.height ?? 0) / 2);
      await figure.locator(".hoverlayer .hovertext").first().waitFor();
      expect(await page.locator("td", { hasText: evil }).count()).toBeGreaterThan(0);
      expect(await page.locator(".prose h3", { hasText: evil }).count()).toBe(1);
      // Nothing that strangers wrote became an element.
      expect(
        await page
          .locator('[onerror], [onload], [onclick], a[href^="javascript"], iframe, form')
          .count(),
      ).toBe(0);
      expect(problems).toEqual([]);
    });

    it("sorts tables by mouse and by keyboard, with empty values last", async () => {
      const table = page.locator(".output.table table").first();
      const column = (place: number) =>
        table.locator(`tbody td:nth-child(${place})`).allTextContents();
      const head = (place: number) => table.locator(`thead th:nth-child(${place})`);
      await head(2).locator("button").click();
      expect(await head(2).getAttribute("aria-sort")).toBe("ascending");
      expect(await column(2)).toEqual(["90", "1,200", "10,500", "null"]);
      await head(2).locator("button").focus();
      await page.keyboard.press("Enter");
      expect(await head(2).getAttribute("aria-sort")).toBe("descending");
      expect(await column(2)).toEqual(["10,500", "1,200", "90", "null"]);
      await page.keyboard.press("Space");
      expect(await column(1)).toEqual(["341", "11", "64", "53"]);
      await head(3).locator("button").click();
      expect(await column(3)).toEqual(["-3.00", "0.50", "1.25", "NaN"]);
      await head(4).locator("button").click();
      expect(await column(4)).toEqual(["a9", "a10", "b", "null"]);
      expect(await head(3).getAttribute("aria-sort")).toBe("none");
    });

    it("opens and folds all code with one switch, but not what is kept", async () => {
      const open = () =>
        page
          .locator("details.code")
          .evaluateAll((all) => all.map((one) => (one as unknown as { open: boolean }).open));
      const before = await open();
      expect(before).toEqual([true, false, false, false, false, false]);
      await page.getByRole("button", { name: "Code" }).click();
      expect(await open()).toEqual([true, true, false, true, true, true]);
      await page.getByRole("button", { name: "Code" }).click();
      expect(await open()).toEqual(before);
    });

    it("leads through the table of contents by keyboard", async () => {
      const link = page.locator(".contents a", { hasText: "One user" });
      await link.focus();
      await page.keyboard.press("Enter");
      expect(new URL(page.url()).hash).toBe("#one-user");
      const top = () =>
        page.evaluate("document.getElementById('one-user').getBoundingClientRect().top");
      await expect.poll(top).toBeLessThan(300);
    });

    it("turns dark and back, figures too, and remembers it", async () => {
      const background = () =>
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
      const marker = () =>
        page.evaluate(`getComputedStyle(document.querySelector(".scatterlayer .point")).fill`);
      expect([await background(), await marker()]).toEqual([
        "rgb(255, 255, 255)",
        "rgb(213, 94, 0)",
      ]);
      await page.getByRole("button", { name: "Dark" }).click();
      await page.waitForTimeout(500);
      expect([await background(), await marker()]).toEqual([
        "rgb(20, 24, 29)",
        "rgb(255, 139, 61)",
      ]);
      await page.reload();
      expect(await background()).toBe("rgb(20, 24, 29)");
      expect(problems).toEqual([]);
    });

    it("would not run a script that got in: the policy stops it", async () => {
      await page.evaluate(`document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='alert(1)'>");
        const script = document.createElement("script"); script.textContent = "alert(2)"; document.body.append(script);
        fetch("https://example.org/").catch(() => {});`);
      await page.waitForTimeout(200);
      expect(problems.filter((problem) => /^dialog/.test(problem))).toEqual([]);
      expect(
        problems.filter((problem) => /Content Security Policy/.test(problem)).length,
      ).toBeGreaterThanOrEqual(3);
    });
  });

  describe("where the system is dark", () => {
    let page: Page;

    beforeAll(async () => {
      ({ page } = await openFile(browser, file, { dark: true }));
      shared.push(page);
    });
    afterAll(() => shared.pop()?.context().close());

    it("follows the system's dark theme", async () => {
      expect(
        await page.evaluate("getComputedStyle(document.documentElement).backgroundColor"),
      ).toBe("rgb(20, 24, 29)");
    });

    it("prints: pictures for figures, no switches, and everything on the paper", async () => {
      await page.emulateMedia({ media: "print" });
      for (const picture of await page.locator("figure.figure .picture").all()) {
        expect(await picture.isVisible()).toBe(true);
      }
      const widths =
        '[...document.querySelectorAll(".picture")].map((image) => image.naturalWidth)';
      expect(await page.evaluate(widths)).toEqual([900, 900, 80]);
      expect(await page.locator(".bar").isVisible()).toBe(false);
      expect(
        await page.evaluate("getComputedStyle(document.documentElement).backgroundColor"),
      ).toBe("rgb(255, 255, 255)");
      const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    });

    it("has no accessibility fault that axe-core can see", async () => {
      await page.emulateMedia({ media: "screen" });
      await drawFigures(page);
      expect(await faults(page)).toEqual([]);
    });
  });

  it.each([false, true])("has an index without an accessibility fault, dark: %s", async (dark) => {
    const { page } = await openFile(browser, index, { dark });
    expect(await faults(page)).toEqual([]);
  });

  it("never scrolls sideways at 400 pixels, figures and tables included", async () => {
    for (const path of [file, index]) {
      const { page, problems } = await openFile(browser, path, { width: 400 });
      await drawFigures(page);
      await page.evaluate(
        'for (const all of document.querySelectorAll("details")) all.open = true',
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(400);
      expect(problems).toEqual([]);
    }
  });

  it("shows pictures in place of figures where no script runs", async () => {
    const { page, problems } = await openFile(browser, file, { scripts: false });
    const pictures = page.locator("figure.figure .picture");
    expect(await pictures.count()).toBe(3);
    for (const picture of await pictures.all()) expect(await picture.isVisible()).toBe(true);
    expect(await page.locator(".live").first().isVisible()).toBe(false);
    expect(problems.filter((problem) => !/scripts|sandboxed/.test(problem))).toEqual([]);
  });

  describe("of a report", () => {
    let page: Page;
    let problems: string[];

    beforeAll(async () => {
      ({ page, problems } = await openFile(browser, report));
      shared.push(page);
      await drawFigures(page);
    });

    it("filters a table by words in any column, and says how many rows match", async () => {
      const table = page.locator(".output.table").first();
      const field = page.getByLabel("Filter rows of Pages by path");
      const paths = async () =>
        (await table.locator("tbody tr:visible td:first-child").allTextContents()).join(" ");
      await field.fill("1 SUM");
      expect(await paths()).toBe("@SUM(A1)");
      expect(await table.getByRole("status").textContent()).toBe("1 of 10 rows");
      // As it is shown, or without separators.
      for (const words of ["1,200", "1200"]) {
        await field.fill(words);
        expect(await paths()).toBe("+1+1");
      }
      await table.getByRole("button", { name: /^pages/ }).click();
      expect(await paths()).toBe("+1+1");
      await field.fill("nowhere");
      expect(await table.getByRole("status").textContent()).toBe("0 of 10 rows");
      await page.emulateMedia({ media: "print" });
      expect(await table.locator("tbody tr:visible").count()).toBe(10);
      await page.emulateMedia({ media: "screen" });
      await field.press("Escape");
      expect(await table.locator("tbody tr:visible").count()).toBe(10);
      expect(await table.getByRole("status").textContent()).toBe("");
      expect(problems).toEqual([]);
    });

    it("saves a table's rows as CSV that a spreadsheet neither misreads nor runs", async () => {
      const saved = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save the first 10 of 2,000 rows of Pages" }).click();
      const download = await saved;
      expect(download.suggestedFilename()).toBe("pages-by-path-10-of-2000-rows.csv");
      // RFC 4180: rows end in CR LF, quotes are doubled. The mark in front says that it is UTF-8.
      expect(readFileSync(await download.path(), "utf8").split("\r\n")).toEqual([
        '\ufeff"path","pages","share"',
        `"'=HYPERLINK(""https://example.org"")",-3,-0.25`,
        `"'+1+1",1200,"'-inf"`,
        `"'-1+1",90,"NaN"`,
        `"'@SUM(A1)",,1e-9`,
        '"a ""quoted"", path",10500,0.5',
        '"java-iii/jsp",7,0.5',
        '"-12",6,0.5',
        ",5,0.5",
        '"toc",4,0.5',
        `"${"x".repeat(400)}",3,0.5`,
        "",
      ]);
      expect(problems).toEqual([]);
    });

    it("leads from a number to where it comes from, and from there to all that say it", async () => {
      const list = page.locator("#page-claims");
      const row = list.locator("tbody tr", { hasText: "requests" });
      expect(await row.isVisible()).toBe(false);
      const number = page.locator(".answer a.claim", { hasText: "900,223" });
      await number.focus();
      await page.keyboard.press("Enter");
      await row.waitFor();
      expect(await row.locator("td").allTextContents()).toEqual([
        "requests",
        "900,223",
        "900223",
        "accessLog",
        "yes",
        "Who reads, when?, Evidence, The e-mail",
      ]);
      expect(await page.locator("tr:target").textContent()).toContain("900223");
      // Also once the list is closed again, or shows other rows only.
      await list.getByLabel("Filter rows").fill("nothing");
      expect(await row.isVisible()).toBe(false);
      await list.locator("summary").click();
      await number.click();
      await row.waitFor();
      await row.getByRole("link", { name: "Evidence" }).click();
      expect(new URL(page.url()).hash).toBe("#cell-again");
      await page.locator(".single-slide a", { hasText: "Which lesson draws" }).click();
      expect(new URL(page.url()).hash).toBe("#who-reads-when");
      expect(problems).toEqual([]);
    });

    it("copies a letter as plain text, with a clipboard and without", async () => {
      const letter = page.locator(".letter");
      const text = [
        "Subject: Answers for the board meeting\n\nHello,\n",
        "here are the answers to your questions. The log holds 900,223 requests",
        "since January 26, 2018:\n",
        "1. Who reads? Everyone, see the report (https://example.org/report).",
        "2. What else: a <b> & c\n\nKind regards",
      ].join("\n");
      for (const clipboard of [
        `{ writeText: async (text) => { window.copied = text; } }`,
        "undefined",
      ]) {
        await page.evaluate(`window.copied = "";
          Object.defineProperty(navigator, "clipboard", { value: ${clipboard}, configurable: true });
          document.oncopy = () => { window.copied = String(getSelection()); };`);
        await letter.getByRole("button", { name: "Copy" }).click();
        await expect.poll(() => page.evaluate("window.copied")).toBe(text);
        expect(await letter.getByRole("status").textContent()).toBe("Copied");
        expect(await letter.locator("textarea").isVisible()).toBe(false);
      }
      const mail = new URL(
        String(await letter.getByRole("link", { name: /mail/ }).getAttribute("href")),
      );
      expect(mail.searchParams.get("subject")).toBe("Answers for the board meeting");
      expect(mail.searchParams.get("body")).toMatch(/^Hello,\r\n\r\nhere are .* & c\r\n/s);
      expect(problems).toEqual([]);
    });

    it("shows a report's badge, figures and slide on one screen each, code on demand", async () => {
      const tile = page.locator(".tiles dl > div").first();
      expect(await tile.locator("dd").first().textContent()).toBe("900,223");
      expect(await page.locator(".head .badge").isVisible()).toBe(true);
      const box = await page.locator(".single-slide").boundingBox();
      expect(box?.height).toBeLessThan(800);
      await page.evaluate('document.getElementById("page-claims").open = false');
      const code = page.locator("details.code:visible");
      expect(await code.count()).toBe(0);
      await page.getByRole("button", { name: "Code" }).click();
      expect(await code.count()).toBeGreaterThan(5);
      await page.emulateMedia({ media: "print" });
      expect(
        await page
          .locator(".copy, .csv, .table-filter, #page-claims")
          .locator("visible=true")
          .count(),
      ).toBe(0);
      expect(await page.locator(".claims > p").isVisible()).toBe(true);
      await page.emulateMedia({ media: "screen" });
    });

    it("has no accessibility fault, light or dark, and never scrolls sideways at 400 pixels", async () => {
      await page.evaluate('document.getElementById("page-claims").open = true');
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await faults(page)).toEqual([]);
      }
      await page.setViewportSize({ width: 400, height: 900 });
      // Once the figure has been drawn anew.
      await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(400);
      expect(problems).toEqual([]);
    });
  });

  it("saves no text that a spreadsheet would run, whatever it splits at", async () => {
    const n = pl.Series("=n", Array.from(NASTY_TEXTS.keys()), pl.Int64);
    const columns = ["text", "again"].map((name) => pl.Series(name, NASTY_TEXTS, pl.String));
    const bundle = tableBundle(pl.DataFrame([n, ...columns]), { limit: NASTY_TEXTS.length });
    const cell = codeCell("frame");
    cell.outputs = [{ output_type: "display_data", ...bundle }];
    const nasty = join(folder, "nasty.html");
    writeFileSync(nasty, notebookToHtml(notebookOf(cell), { fileName: "nasty.ipynb" }));
    const { page, problems } = await openFile(browser, nasty);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: /^CSV/ }).click();
    const text = readFileSync(await (await saved).path(), "utf8").replace(/^\ufeff/, "");
    for (const separator of [",", ";", "\t", "|"]) {
      expect(formulaCells(spreadsheetCells(text, separator)), separator).toEqual([]);
    }
    const rows = spreadsheetCells(text, ",").slice(1, -1);
    expect(rows.map((row) => row[1]?.replaceAll("'", ""))).toEqual(
      NASTY_TEXTS.map((each) => visibleText(each).replaceAll("'", "")),
    );
    expect(problems).toEqual([]);
  });
});

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate("axe.run()")) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return violations.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html.slice(0, 200)}`,
  );
}

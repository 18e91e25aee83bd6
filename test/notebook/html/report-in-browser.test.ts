import { readFileSync } from "node:fs";
import pl from "nodejs-polars";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { notebookToHtml } from "../../../lib/notebook/html/export-html";
import type { Notebook } from "../../../lib/notebook/nbformat";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import { visibleText } from "../../../lib/words/visible-text";
import { chromiumPath, drawFigures, openFile, usePages } from "../../support/browser";
import { formulaCells, NASTY_TEXTS, spreadsheetCells } from "../../support/csv";
import { notebookOf } from "../../support/notebook";
import { ranCell } from "../cells";
import { faults } from "../faults";
import { reportNotebook } from "./report-notebook";

describe.skipIf(!chromiumPath)("a report's page in Chromium (needs Chromium)", () => {
  const pages = usePages();
  let page: Page;
  let problems: string[];

  const saved = (notebook: Notebook, name: string) =>
    pages.saved(`${name}.html`, notebookToHtml(notebook, { fileName: `${name}.ipynb` }));
  beforeAll(async () => {
    ({ page, problems } = await openFile(saved(reportNotebook(), "06-report")));
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
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the first 10 of 2,000 rows of Pages" }).click();
    const download = await downloading;
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
    const tools = page.locator(".copy, .csv, .table-filter, #page-claims");
    expect(await tools.locator("visible=true").count()).toBe(0);
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

  it("saves no text that a spreadsheet would run, whatever it splits at", async () => {
    const n = pl.Series("=n", Array.from(NASTY_TEXTS.keys()), pl.Int64);
    const columns = ["text", "again"].map((name) => pl.Series(name, NASTY_TEXTS, pl.String));
    const bundle = tableBundle(pl.DataFrame([n, ...columns]), { limit: NASTY_TEXTS.length });
    const nasty = saved(notebookOf(ranCell("frame", [], bundle)), "nasty");
    const { page, problems } = await openFile(nasty);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /^CSV/ }).click();
    const text = readFileSync(await (await download).path(), "utf8").replace(/^\ufeff/, "");
    for (const separator of [",", ";", "\t", "|"]) {
      expect(formulaCells(spreadsheetCells(text, separator)), separator).toEqual([]);
    }
    const rows = spreadsheetCells(text, ",").slice(1, -1);
    const shown = NASTY_TEXTS.map((each) => visibleText(each).replaceAll("'", ""));
    expect(rows.map((row) => row[1]?.replaceAll("'", ""))).toEqual(shown);
    expect(problems).toEqual([]);
  });
});

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { notebookToHtml } from "../../../lib/notebook/html/export-html";
import { indexPage } from "../../../lib/notebook/html/index-page";
import { chromiumPath, drawFigures, openFile, usePages } from "../../support/browser";
import { afterIntrusion, faults, intrude } from "../faults";
import { demoNotebook, HOSTILE } from "./demo-notebook";

const [WHITE, BLACK] = ["rgb(255, 255, 255)", "rgb(20, 24, 29)"];
const background = (page: Page) =>
  page.evaluate("getComputedStyle(document.documentElement).backgroundColor");

describe.skipIf(!chromiumPath)("a notebook's page in Chromium (needs Chromium)", () => {
  const { saved } = usePages();
  const pages = ["Demo", "Next"].map((title, i) => ({ href: `0${i + 1}-${title}.html`, title }));
  const options = { fileName: "01-demo.ipynb", homeHref: "index.html", pages };
  const file = saved("01-Demo.html", notebookToHtml(demoNotebook(), options));
  const words = { fileName: "01-Demo.html", title: "Demo", summary: HOSTILE.join(" ") };
  const entry = { ...words, cells: 3, seconds: 2 };
  const index = saved("index.html", indexPage([entry, { ...entry, failed: true }]));

  describe("in light, on a wide screen", () => {
    let page: Page;
    let problems: string[];
    let states: string[];

    beforeAll(async () => {
      ({ page, problems } = await openFile(file));
      states = await drawFigures(page);
    });

    it("draws every figure under its title, with no error, request or dialog", async () => {
      expect(states).toEqual(["drawn", "drawn", "drawn"]);
      expect(await page.locator("figure.figure .main-svg").count()).toBeGreaterThanOrEqual(3);
      const title = await page.locator(".figure-title").first().textContent();
      expect(title).toMatch(/^On one day in March/);
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
      const made = '[onerror], [onload], [onclick], a[href^="javascript"], iframe, form';
      expect(await page.locator(made).count()).toBe(0);
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
        page.evaluate("[...document.querySelectorAll('details.code')].map((one) => one.open)");
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
      const marker = () =>
        page.evaluate(`getComputedStyle(document.querySelector(".scatterlayer .point")).fill`);
      expect([await background(page), await marker()]).toEqual([WHITE, "rgb(213, 94, 0)"]);
      await page.getByRole("button", { name: "Dark" }).click();
      await page.waitForTimeout(500);
      expect([await background(page), await marker()]).toEqual([BLACK, "rgb(255, 139, 61)"]);
      await page.reload();
      expect(await background(page)).toBe(BLACK);
      expect(problems).toEqual([]);
    });

    it("would not run a script that got in: the policy stops it", async () => {
      await intrude(page);
      const { stopped, dialogs } = afterIntrusion(problems);
      expect(dialogs).toBe(0);
      expect(stopped).toBeGreaterThanOrEqual(3);
    });
  });

  describe("where the system is dark", () => {
    let page: Page;

    beforeAll(async () => {
      ({ page } = await openFile(file, { dark: true }));
    });

    it("follows the system's dark theme", async () => {
      expect(await background(page)).toBe(BLACK);
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
      expect(await background(page)).toBe(WHITE);
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
    const { page } = await openFile(index, { dark });
    expect(await faults(page)).toEqual([]);
  });

  it("never scrolls sideways at 400 pixels, figures and tables included", async () => {
    for (const path of [file, index]) {
      const { page, problems } = await openFile(path, { width: 400 });
      await drawFigures(page);
      await page.evaluate(
        'for (const all of document.querySelectorAll("details")) all.open = true',
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(400);
      expect(problems).toEqual([]);
    }
  });

  it.each([true, false])("shows a figure's picture until it is drawn (dark: %s)", async (dark) => {
    // What brings the library of figures never ends.
    const before = "Response.prototype.text = () => new Promise(() => {});";
    const { page, problems } = await openFile(file, { dark, before });
    const figure = page.locator("figure.figure").first();
    await figure.scrollIntoViewIfNeeded();
    const picture = figure.locator(".picture");
    expect(await picture.isVisible()).toBe(true);
    const [place, own] = [await figure.locator(".live").boundingBox(), await picture.boundingBox()];
    expect(own).toEqual(place);
    const filter = await picture.evaluate((element) => getComputedStyle(element).filter);
    expect(filter.startsWith("invert")).toBe(dark);
    expect(problems).toEqual([]);
  });

  it("shows pictures in place of figures where no script runs", async () => {
    const { page, problems } = await openFile(file, { scripts: false });
    const pictures = page.locator("figure.figure .picture");
    expect(await pictures.count()).toBe(3);
    for (const picture of await pictures.all()) expect(await picture.isVisible()).toBe(true);
    expect(await page.locator(".live").first().isVisible()).toBe(false);
    expect(problems.filter((problem) => !/scripts|sandboxed/.test(problem))).toEqual([]);
  });
});

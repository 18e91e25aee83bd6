import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { faults } from "../notebook/faults";
import { chromiumPath, drawFigures, openFile, usePages } from "../support/browser";
import { executedNotebooks, figuresHtml } from "../support/executed";
import { ALLOWED_BUTTONS, pressModeBars } from "../support/mode-bars";
import { openTrapped } from "../support/trapped-page";
import { isFull } from "../support/which";

const strange = (buttons: string[]) => buttons.filter((words) => !ALLOWED_BUTTONS.includes(words));

describe.skipIf(!chromiumPath)("the six pages in Chromium (needs Chromium)", () => {
  const { saved } = usePages();
  let out: string;
  const pages = () =>
    readdirSync(out).filter((name) => name.endsWith(".html") && !name.endsWith(".slides.html"));

  beforeAll(async () => {
    ({ out } = executedNotebooks());
  }, 900_000);

  it("draw every figure from the file alone, with no error, no request and no button that leads out, and fit a screen 400 pixels wide", async () => {
    let figures = 0;
    for (const name of pages()) {
      const { page, problems, fired } = await openTrapped(join(out, name));
      const states = await drawFigures(page);
      expect(strange(await pressModeBars(page)), name).toEqual([]);
      expect(await fired(), name).toEqual([]);
      expect(new Set(states.filter((state) => state !== "drawn"))).toEqual(new Set());
      figures += states.length;

      // No sideways scrolling, and no name beside a bar that is cut off.
      await page.setViewportSize({ width: 400, height: 900 });
      const width = () => page.evaluate("document.documentElement.scrollWidth");
      await expect.poll(width, { message: name, timeout: 10_000 }).toBeLessThanOrEqual(400);
      const cut = `[...document.querySelectorAll(".ytick text")].filter(
        (label) => label.getBoundingClientRect().left < 0).map((label) => label.textContent)`;
      await expect.poll(() => page.evaluate(cut), { message: name, timeout: 10_000 }).toEqual([]);
      expect(problems, name).toEqual([]);
      await page.context().close();
    }
    expect(figures).toBeGreaterThanOrEqual(35);
  }, 240_000);

  it("have no figure with a button that leads out where classic Jupyter runs it, or on slides", async () => {
    const decks = readdirSync(out).filter((name) => name.endsWith(".slides.html"));
    expect(decks).not.toEqual([]);
    for (const name of decks) {
      const { page, fired } = await openTrapped(join(out, name));
      await page.waitForSelector(".deck-ready");
      for (let slide = 0; slide < 10; slide++) await page.keyboard.press("ArrowRight");
      expect(await pressModeBars(page), name).toEqual([]);
      expect(await fired(), name).toEqual([]);
      await page.context().close();
    }
    // Figures are the same there; all of them take as long again as on pages.
    const some = isFull ? /\.ipynb$/ : /^04.*\.ipynb$/;
    for (const name of readdirSync(out).filter((file) => some.test(file))) {
      const figures = figuresHtml(join(out, name));
      if (figures.length === 0) continue;
      const file = saved(`${name}.html`, `<!DOCTYPE html><body>${figures.join("\n")}</body>`);
      const { page, fired } = await openTrapped(file);
      const drawn = `document.querySelectorAll(".js-plotly-plot .modebar").length === ${figures.length}`;
      await page.waitForFunction(drawn);
      expect(strange(await pressModeBars(page)), name).toEqual([]);
      expect(await fired(), name).toEqual([]);
      await page.context().close();
    }
  }, 240_000);

  it("06 is a report to work with: contents, a user's days by menu, sources of numbers, a letter", async () => {
    const { page, problems } = await openFile(join(out, "06-final-report.html"));
    await page.locator(".contents a").nth(4).click();
    const target = new URL(page.url()).hash;
    expect(await page.locator(target).evaluate((heading) => heading.tagName)).toBe("H2");
    await expect
      .poll(() => page.locator(target).evaluate((heading) => heading.getBoundingClientRect().top))
      .toBeLessThan(200);

    await drawFigures(page);
    const chooser = page.locator("#cell-choose-user");
    const note = () => chooser.locator(".annotation-text").first().textContent();
    const before = await note();
    await chooser.locator("select").selectOption({ index: 3 });
    await expect.poll(note).not.toBe(before);

    const claim = page.locator("#cell-details-5 a.claim").first();
    await claim.click();
    const row = page.locator(new URL(page.url()).hash);
    expect(await row.isVisible()).toBe(true);
    expect(await row.textContent()).toContain((await claim.textContent()) ?? "");

    const letter = page.locator("#cell-email .letter-text");
    expect(await letter.inputValue()).toMatch(/^Subject: .+\n\nHello,/);

    expect((await faults(page)).filter((fault) => /^(serious|critical)/.test(fault))).toEqual([]);
    expect(problems).toEqual([]);
  }, 120_000);

  it("06 prints with no figure, table of few rows or tile cut by the end of a page", async () => {
    const { page } = await openFile(join(out, "06-final-report.html"), { width: 720 });
    await drawFigures(page);
    await page.emulateMedia({ media: "print" });
    const cut =
      (await page.evaluate(`[...document.querySelectorAll("figure.figure, .tiles, .single-slide")]
      .filter((part) => part.getBoundingClientRect().height > 990 ||
        getComputedStyle(part).breakInside !== "avoid")
      .map((part) => part.closest(".cell")?.id)`)) as string[];
    expect(cut).toEqual([]);
    const paper = await page.pdf({ format: "A4" });
    expect(paper.subarray(0, 5).toString()).toBe("%PDF-");
  }, 120_000);

  it("06 is shown as slides, one for each question, by keyboard", async () => {
    const { page, problems } = await openFile(join(out, "06-final-report.slides.html"), {
      height: 720,
    });
    await page.waitForSelector(".deck-ready");
    const shown = async () => (await page.locator("section.slide.present").textContent()) ?? "";
    const seen: string[] = [];
    for (let slide = 0; slide < 10; slide++) {
      const waiting = page.locator(".slide.present .figure:not([data-state])");
      await expect.poll(() => waiting.count(), { timeout: 20_000 }).toBe(0);
      expect(await page.locator('.slide.present .figure[data-state="failed"]').count()).toBe(0);
      seen.push(await shown());
      await page.keyboard.press("ArrowRight");
    }
    expect(new Set(seen).size).toBe(10);
    for (let number = 1; number <= 8; number++)
      expect(seen[number + 1]).toContain(`Question ${number}`);
    expect(problems).toEqual([]);
  }, 120_000);
});

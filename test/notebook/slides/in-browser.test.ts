import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { notebookToSlides } from "../../../lib/notebook/slides/notebook-to-slides";
import { chromiumPath, type OpenPage, openFile, usePages } from "../../support/browser";
import { afterIntrusion, faults, intrude } from "../faults";
import { HOSTILE } from "../html/demo-notebook";
import { demoDeck } from "./demo-deck";

const SLIDES = 8;
const STRANGE = 5;
const STEPS = 6;
const TOO_MUCH = 8;

describe.skipIf(!chromiumPath)("a notebook's slides in Chromium (needs Chromium)", () => {
  const { saved } = usePages();
  let wide: OpenPage;
  let phone: OpenPage;

  beforeAll(async () => {
    const html = notebookToSlides(demoDeck(), { fileName: "06-demo.ipynb" });
    const file = saved("06-demo.slides.html", html);
    wide = await openFile(file, { width: 1280, height: 720 });
    phone = await openFile(file, { width: 400, height: 800, dark: true });
    for (const { page } of [wide, phone]) await page.waitForSelector(".deck-ready");
  });

  const place = async (page: Page) =>
    Number.parseInt((await page.locator(".deck-bar .place").textContent()) ?? "", 10);

  /** Goes to a slide by its number, and waits until its figures are there. */
  async function goTo(page: Page, number: number): Promise<void> {
    await page.keyboard.press("g");
    const field = page.locator(".jump-to-slide-input");
    await field.fill(String(number));
    await field.press("Enter");
    await field.waitFor({ state: "detached" });
    await expect.poll(() => place(page), { timeout: 20_000 }).toBe(number);
    // A moment after the field has lost its focus reveal.js hides it once more, also one that is new.
    await page.evaluate("new Promise((done) => setTimeout(done, 5))");
    const waiting = page.locator(".slide.present .figure:not([data-state])");
    await expect.poll(() => waiting.count(), { timeout: 20_000 }).toBe(0);
  }

  it("goes on, back, to the ends and to a slide's address by keyboard", async () => {
    const { page } = wide;
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      return place(page);
    };
    expect(await press("ArrowRight")).toBe(2);
    expect(await press("Space", "PageDown")).toBe(4);
    expect(await press("ArrowLeft")).toBe(3);
    await expect.poll(() => new URL(page.url()).hash).toBe("#/3");
    await page.reload();
    await page.waitForSelector(".deck-ready");
    expect(await place(page)).toBe(3);
    expect(await press("End")).toBe(SLIDES);
    expect(await press("Home")).toBe(1);
    await page.getByRole("button", { name: "Next" }).click();
    expect(await press("Space")).toBe(3);
  });

  it("shows fragments one by one, and follows links to headings", async () => {
    const { page } = wide;
    await goTo(page, STEPS);
    const seen = expect.poll(() => page.locator(".slide.present .fragment:visible").count());
    await seen.toBe(0);
    await page.keyboard.press("ArrowRight");
    await seen.toBe(1);
    await page.keyboard.press("ArrowRight");
    await seen.toBe(2);
    expect(await place(page)).toBe(STEPS);
    await page.getByRole("link", { name: "Back", exact: true }).click();
    expect(await place(page)).toBe(2);
  });

  it("draws every figure, and lets nothing leave its slide, large or on a phone", async () => {
    for (const { page } of [wide, phone]) {
      for (let number = 1; number <= SLIDES; number++) {
        await goTo(page, number);
        // What does not fit scrolls; it must not stick out to a side.
        const out = await page.evaluate(`(() => {
          const slide = document.querySelector(".slide.present");
          const cut = slide.scrollHeight > slide.clientHeight + 1 && getComputedStyle(slide).overflowY !== "auto";
          return [document.documentElement.scrollWidth - innerWidth, slide.scrollWidth - slide.clientWidth, cut];
        })()`);
        expect([number, out]).toEqual([number, [0, 0, false]]);
      }
      expect(await page.locator("figure.figure").count()).toBe(3);
      expect(await page.locator("figure.figure[data-state=drawn]").count()).toBe(3);
    }
  });

  it("scrolls a slide that is too long by the down key, then goes on", async () => {
    const { page } = wide;
    await goTo(page, TOO_MUCH - 1);
    const text = "document.querySelector('.slide.present')";
    expect(await page.evaluate(`${text}.scrollHeight <= ${text}.clientHeight + 1`)).toBe(true);
    await page.keyboard.press("ArrowDown");
    expect(await place(page)).toBe(TOO_MUCH);
    await page.keyboard.press("ArrowDown");
    expect(await place(page)).toBe(TOO_MUCH);
    expect(await page.evaluate(`${text}.scrollTop`)).toBeGreaterThan(100);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect(await place(page)).toBe(TOO_MUCH - 1);
  });

  it("turns slides by swiping, on a figure too", async () => {
    const { page } = phone;
    await goTo(page, 1);
    const touch = await page.context().newCDPSession(page);
    const swipe = async (from: number, to: number) => {
      const at = (x: number) => [{ x, y: 420 }];
      await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(from) });
      for (let step = 1; step <= 4; step++) {
        const x = from + ((to - from) * step) / 4;
        await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(x) });
      }
      await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    };
    await swipe(300, 100);
    await expect.poll(() => place(page)).toBe(2);
    await swipe(300, 100);
    await expect.poll(() => place(page)).toBe(3);
    await page.waitForSelector(".slide.present .figure[data-state=drawn]");
    await swipe(100, 300);
    await expect.poll(() => place(page)).toBe(2);
  });

  it("keeps notes from the audience until a key shows them", async () => {
    const { page } = wide;
    await goTo(page, 1);
    const pane = page.locator(".notes-pane");
    expect(await pane.isVisible()).toBe(false);
    expect(await page.locator("aside.notes:visible").count()).toBe(0);
    await page.keyboard.press("n");
    expect(await pane.innerHTML()).toContain("Say <strong>hello</strong> to &lt;i&gt;all");
    await page.keyboard.press("ArrowRight");
    expect(await pane.textContent()).toBe("No notes on this slide.");
    await page.keyboard.press("n");
    expect(await pane.isVisible()).toBe(false);
  });

  it("opens a window for the speaker, which leads the slides", async () => {
    const { page } = wide;
    await goTo(page, 1);
    const opening = page.waitForEvent("popup");
    await page.keyboard.press("s");
    const speaker = await opening;
    await expect
      .poll(() => speaker.locator(".words").textContent())
      .toBe("Say hello to <i>all</i>.");
    expect(await speaker.locator(".place").textContent()).toBe(`1 / ${SLIDES}`);
    expect(await speaker.locator("[data-slide=then] h2").textContent()).toContain("Pages per user");
    expect(await speaker.locator(".passed").textContent()).toMatch(/^0:0\d$/);
    await speaker.keyboard.press("ArrowRight");
    expect([await place(page), await speaker.locator(".place").textContent()]).toEqual([
      2,
      `2 / ${SLIDES}`,
    ]);
    await goTo(page, STEPS);
    expect(await speaker.locator(".place").textContent()).toContain("2 more steps");
    await speaker.close();
    expect(wide.problems.splice(0)).toEqual(["popup"]);
  });

  it("lists all slides and the keys", async () => {
    const { page } = wide;
    await page.keyboard.press("o");
    await page.locator("dialog.overview li").nth(2).click();
    expect(await place(page)).toBe(3);
    await page.keyboard.press("?");
    await expect.poll(() => page.locator("dialog.menu").isVisible()).toBe(true);
    await page.keyboard.press("ArrowRight");
    expect(await place(page)).toBe(3);
    await page.getByRole("button", { name: "Dark or light" }).click();
    const background = "getComputedStyle(document.querySelector('main')).backgroundColor";
    expect(await page.evaluate(background)).toBe("rgb(20, 24, 29)");
    await page.keyboard.press("d");
    expect(await page.evaluate(background)).toBe("rgb(255, 255, 255)");
  });

  it("has no accessibility fault that axe-core can see, dark or light", async () => {
    await goTo(wide.page, 3);
    expect(await faults(wide.page)).toEqual([]);
    await goTo(phone.page, 2);
    expect(await faults(phone.page)).toEqual([]);
    await wide.page.keyboard.press("?");
    expect(await faults(wide.page)).toEqual([]);
    await wide.page.keyboard.press("Escape");
  });

  it("keeps strangers' text as text, and would run no script that got in", async () => {
    const { page, problems } = phone;
    await goTo(page, 4);
    expect(await page.locator(".slide.present .prose h3").textContent()).toContain(HOSTILE[0]);
    const made = '[onerror], [onload], [onclick], a[href^="javascript"], iframe, object';
    expect(await page.locator(made).count()).toBe(0);
    expect(problems).toEqual([]);
    await intrude(page);
    const { stopped, dialogs } = afterIntrusion(problems.splice(0));
    expect(stopped).toBeGreaterThanOrEqual(3);
    expect(dialogs).toBe(0);
  });

  it("prints one slide a page, and notes only while they are shown", async () => {
    const { page, problems } = wide;
    // What is too long for any page takes several.
    await page.evaluate(`for (const number of [${TOO_MUCH}, ${STRANGE}])
      document.querySelectorAll(".slide")[number - 1].remove()`);
    const pages = async () => {
      const pdf = await page.pdf({ preferCSSPageSize: true });
      return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length;
    };
    expect(await pages()).toBe(SLIDES - 2);
    await page.keyboard.press("n");
    expect(await pages()).toBe(SLIDES - 2 + 1);
    expect(problems).toEqual([]);
  });
});

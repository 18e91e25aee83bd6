import type { Page } from "playwright-core";
import { expect } from "vitest";
import { HOSTILE_COHORTS, HOSTILE_LEADERS } from "../support/hostile-log";
import { HOSTILE_TYPES } from "../support/hostile-run";
import { HOSTILE_STRINGS, isShown, notShown } from "../support/hostile-strings";

const texts = HOSTILE_STRINGS.map(({ text }) => text);

/** What a page has to show, by its name. */
export const SHOWS: Record<string, (page: Page) => Promise<void>> = {
  "01-acquire": async (page) => {
    const cells = await page.locator("td").allTextContents();
    const names = HOSTILE_COHORTS.flatMap(({ name, slack }) => [name, slack]);
    expect(notShown(names, cells)).toEqual([]);
  },
  "03-explore": async (page) => {
    expect(notShown(HOSTILE_LEADERS, await page.locator("td").allTextContents())).toEqual([]);
  },
  "05-group-users": async (page) => {
    expect(notShown(HOSTILE_TYPES, await page.locator("td").allTextContents())).toEqual([]);
  },
  "every-string": async (page) => {
    const all = (selector: string) => page.locator(selector).allTextContents();
    const letter = await page.locator(".letter-text").first().inputValue();
    const lines = {
      table: await all(".output.table >> nth=0 >> tbody td:first-child"),
      list: await all(".output.prose li"),
      letter: letter.split("\n").slice(3),
    };
    for (const [where, shown] of Object.entries(lines)) {
      expect(shown.length, where).toBe(texts.length);
      const unquoted = shown.map((line) => line.replace(/^“|”$/g, ""));
      const lost = texts.filter((text, place) => !isShown(unquoted[place] as string, text));
      expect(lost, where).toEqual([]);
    }
    const ticks = await all(".ytick text");
    const first = ticks.map((tick) => tick.replace(/ \(\d+\)$/, ""));
    expect(notShown(texts, [...ticks, ...first])).toEqual([]);
    const links = await page.locator("a[href^='mailto:']").evaluateAll(HREFS);
    expect(links.length).toBeGreaterThan(5);
    for (const href of links) {
      const { pathname, searchParams } = new URL(href);
      expect([pathname, ...searchParams.keys()]).toEqual(["", "subject", "body"]);
      expect(searchParams.get("subject")).not.toMatch(/\p{Cc}/u);
    }
  },
};

const HREFS = (links: unknown[]) =>
  links.map((link) => (link as { getAttribute(name: string): string }).getAttribute("href"));

/** Elements that strangers made: among them formulas, in which MathJax would make links. */
export const STRANGERS = `[...document.querySelectorAll(
  "[onerror], [onload], [onmouseover], [onfocus], [ontoggle], iframe, object, embed, base, form, a[href^=javascript], [href*='evil.example'], [src*='evil.example'], .MathJax_CHTML, mjx-container",
)].map((element) => element.outerHTML.slice(0, 300) + " in " + element.parentElement.textContent.slice(0, 200))`;

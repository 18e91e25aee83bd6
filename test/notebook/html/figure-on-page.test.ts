import pl from "nodejs-polars";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { bollingerBands } from "../../../lib/detect/bands/bollinger-bands";
import { notebookToHtml } from "../../../lib/notebook/html/export-html";
import { figureBundle } from "../../../lib/notebook/show/figure-bundle";
import { bandsGridFigure, bandsMenuFigure } from "../../../lib/plot/bands-of-several-figures";
import { daily } from "../../support/access-log";
import { chromiumPath, drawFigures, openFile, usePages } from "../../support/browser";
import { notebookOf } from "../../support/notebook";
import { displayed, ranCell } from "../cells";

const EVIL = "<img src=x onerror=alert(1)>";

const user = (name: string, pages: number) =>
  daily(...Array(19).fill(3), pages, 3).withColumns(pl.lit(name).alias("user_id"));
const banded = bollingerBands(pl.concat([user("a", 90), user(EVIL, 40), user("c", 30)]));
const menu = figureBundle(bandsMenuFigure(banded, { title: "One at a time" }));
const grid = figureBundle(bandsGridFigure(banded, { title: "All" }));
const cells = [ranCell("menu", [], menu), ranCell("grid", [], grid)];
const html = notebookToHtml(notebookOf(...cells), { fileName: "a.ipynb" });

it("writes a figure's menu itself, with labels as text, and plotly draws none", () => {
  expect(html.match(/<select/g)).toHaveLength(1);
  expect(html).toContain("<option selected>User a · 1 flagged</option>");
  expect(html).toContain("<option>User &lt;img src=x onerror=alert(1)&gt; · 1 flagged</option>");
  expect(html).not.toContain('"updatemenus"');
  expect(html).not.toContain("<img src=x");
});

it("writes no menu that calls anything but restyle, relayout and update", () => {
  const updatemenus = [{ buttons: [{ label: "x", method: "animate", args: [] }] }, "x", null];
  const figure = { data: [], layout: { updatemenus } };
  const cell = ranCell("x", [], displayed({ "application/vnd.plotly.v1+json": figure }));
  expect(notebookToHtml(notebookOf(cell), { fileName: "a.ipynb" })).not.toContain("<select");
});

describe.skipIf(!chromiumPath)("figures with menus and panels in Chromium (needs Chromium)", () => {
  const file = usePages().saved("a.html", html);

  const finding = (page: Page) => page.locator(".annotation-text").first().textContent();

  it("leafs through users by keyboard, and keeps the choice when the page turns dark", async () => {
    const { page, problems } = await openFile(file);
    await drawFigures(page);
    expect(await finding(page)).toContain("90 pages on 2020-01-20");
    await page.locator("select").focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => finding(page)).toContain("40 pages on 2020-01-20");
    expect(await page.locator("select").inputValue()).toBe(`User ${EVIL} · 1 flagged`);
    const label = () => page.locator(".main-svg").first().getAttribute("aria-label");
    await expect.poll(label).toContain(`Shown: User ${EVIL}`);
    await page.getByRole("button", { name: "Dark" }).click();
    await page.waitForTimeout(500);
    expect(await finding(page)).toContain("40 pages on 2020-01-20");
    expect(await page.locator("figure").first().locator(".scatterlayer .trace").count()).toBe(5);
    expect(problems).toEqual([]);
  });

  it("lays panels out in one column on a narrow page, and anew when the width changes", async () => {
    const { page, problems } = await openFile(file, { width: 400 });
    await drawFigures(page);
    const panels = "#page-figure-2 .bglayer .bg, #page-figure-2 .draglayer .nsewdrag";
    const columns = async () => {
      const lefts = (await page.evaluate(
        `[...document.querySelectorAll("${panels}")].map((panel) => Math.round(panel.getBoundingClientRect().left))`,
      )) as number[];
      return new Set(lefts).size;
    };
    expect(await columns()).toBe(1);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(400);
    await page.setViewportSize({ width: 1280, height: 900 });
    await expect.poll(columns).toBe(3);
    expect(problems).toEqual([]);
  });
});

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { notebookToHtml } from "../../lib/notebook/html/export-html";
import type { Cell } from "../../lib/notebook/nbformat";
import { scriptJson } from "../../lib/notebook/show/escape-html";
import { figureBundle } from "../../lib/notebook/show/figure-bundle";
import { plotlySource } from "../../lib/notebook/show/plotly-source";
import { notebookToSlides } from "../../lib/notebook/slides/notebook-to-slides";
import type { Figure } from "../../lib/plot/figure";
import { chromiumPath, drawFigures, openFile, usePages } from "../support/browser";
import { ALLOWED_BUTTONS, pressModeBars } from "../support/mode-bars";
import { markdownCell, notebookOf } from "../support/notebook";
import { openTrapped } from "../support/trapped-page";
import { ranCell } from "./cells";

const EVIL = "http://evil.example/newchart";

/** A figure that asks for all that plotly.js can be asked for. */
const greedy = {
  data: [{ type: "bar", x: ["a", "b"], y: [1, 2] }],
  layout: {
    title: { text: "Greedy" },
    images: [{ source: `${EVIL}/x.png`, x: 0, y: 1, sizex: 1, sizey: 1 }],
    template: { layout: { images: [{ source: `${EVIL}/y.png` }] } },
    annotations: [{ text: `<a href="${EVIL}">x</a>`, x: 0, y: 1 }],
  },
  config: {
    showSendToCloud: true,
    showEditInChartStudio: true,
    plotlyServerURL: EVIL,
    topojsonURL: EVIL,
    showLink: true,
    sendData: true,
    linkText: "Edit",
    displaylogo: true,
    watermark: true,
    modeBarButtonsToRemove: [],
    modeBarButtonsToAdd: ["sendChartToCloud"],
    modeBarButtons: [["sendChartToCloud"]],
  },
} as unknown as Figure;

const bundle = figureBundle(greedy);
const FIGURE_MIME = "application/vnd.plotly.v1+json";

/** What a notebook from elsewhere says of itself, without our `show`. */
const foreign = { data: { [FIGURE_MIME]: greedy }, metadata: {} };

it("lets a figure's configuration hold what is harmless, no address and no button that sends", () => {
  const { config } = bundle.data[FIGURE_MIME] as Figure;
  expect(config).toMatchObject({ showSendToCloud: false, plotlyServerURL: "", showLink: false });
  expect(JSON.stringify(config)).not.toContain("//");
  for (const form of Object.values(bundle.data))
    expect(JSON.stringify(form)).not.toMatch(/source[\\"]*:[\\"]*http/);
  const harmless = { staticPlot: true, scrollZoom: true };
  const own = figureBundle({ ...greedy, config: harmless });
  expect((own.data[FIGURE_MIME] as Figure).config).toMatchObject(harmless);
});

describe.skipIf(!chromiumPath)("figures in Chromium (needs Chromium)", () => {
  const { saved } = usePages();
  const drawn = (page: Page) => page.waitForSelector(".js-plotly-plot .main-svg");

  it("have no button that leads out of a page, and none does anything outside it", async () => {
    const notebook = notebookOf(ranCell("ours", [], bundle), ranCell("foreign", [], foreign));
    const file = saved("page.html", notebookToHtml(notebook, { fileName: "a.ipynb" }));
    const { page, fired } = await openTrapped(file);
    expect(await drawFigures(page)).toEqual(["drawn", "drawn"]);
    expect(await pressModeBars(page)).toEqual([...ALLOWED_BUTTONS].sort());
    expect(await fired()).toEqual([]);
  });

  it("have no buttons on slides", async () => {
    const slide = (cell: Cell): Cell => {
      return { ...cell, metadata: { slideshow: { slide_type: "slide" } } };
    };
    const cells = [slide(markdownCell("# A title")), slide(ranCell("ours", [], foreign))];
    const deck = notebookToSlides(notebookOf(...cells), { fileName: "a.ipynb" });
    const { page, fired } = await openTrapped(saved("deck.html", deck));
    await page.waitForSelector(".deck-ready");
    await page.keyboard.press("ArrowRight");
    await drawn(page);
    expect(await pressModeBars(page)).toEqual([]);
    expect(await fired()).toEqual([]);
  });

  const scripts = plotlySource().replaceAll("</script", "<\\/script");
  const drawing = `const { data, layout, config } = ${scriptJson(bundle.data[FIGURE_MIME])};Plotly.newPlot("box", data, layout, config);`;
  it.each([
    // plotly.js comes with the first figure that a process shows.
    ["a notebook's page runs a cell's own HTML", String(bundle.data["text/html"])],
    [
      "JupyterLab or VS Code draws them with plotly.js itself",
      `<div id="box"></div><script>${scripts}</script><script>${drawing}</script>`,
    ],
  ])("have no such button where %s", async (_, body) => {
    const file = saved("notebook.html", `<!DOCTYPE html><body>${body}</body>`);
    const { page, fired } = await openTrapped(file);
    await drawn(page);
    expect(await pressModeBars(page)).toEqual([...ALLOWED_BUTTONS].sort());
    expect(await fired()).toEqual([]);
  });

  it("open no window where a browser cannot draw them, as three-dimensional ones without WebGL", async () => {
    const solid = figureBundle({
      data: [{ type: "scatter3d", x: [1, 2], y: [1, 2], z: [1, 2] }],
      layout: { title: { text: "Solid" } },
    });
    const page3d = notebookToHtml(notebookOf(ranCell("solid", [], solid)), { fileName: "a.ipynb" });
    const before = "HTMLCanvasElement.prototype.getContext = () => null;";
    const { page, problems } = await openFile(saved("solid.html", page3d), { before });
    await drawFigures(page);
    const message = page.getByText("get.webgl.org");
    if ((await message.count()) > 0) await message.first().click();
    await page.waitForTimeout(500);
    expect(problems.filter((problem) => /popup|request/.test(problem))).toEqual([]);
    expect(await message.count()).toBe(1);
  });
});

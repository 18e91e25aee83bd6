import type { Page } from "playwright-core";

/** What the tool bars of figures may hold: nothing that leads out of the page. */
export const ALLOWED_BUTTONS = [
  "Download plot as a PNG",
  "Zoom",
  "Pan",
  "Zoom in",
  "Zoom out",
  "Reset axes",
];

/** The buttons in every figure's tool bar, by their words, after each has been pressed once. */
export async function pressModeBars(page: Page): Promise<string[]> {
  const pressed = await page.evaluate<string[]>(`(async () => {
    const buttons = [...document.querySelectorAll(".modebar a, .modebar button, .modebar-btn")];
    for (const button of new Set(buttons)) {
      button.click();
      await new Promise((done) => setTimeout(done, 5));
    }
    return buttons.map((button) => button.dataset.title ?? button.outerHTML.slice(0, 100));
  })()`);
  await page.waitForTimeout(500);
  return [...new Set(pressed)].sort();
}

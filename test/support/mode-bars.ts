import type { Page } from "playwright-core";
import { isFull } from "./which";

/** What the tool bars of figures may hold: nothing that leads out of the page. */
export const ALLOWED_BUTTONS = [
  "Download plot as a PNG",
  "Zoom",
  "Pan",
  "Zoom in",
  "Zoom out",
  "Reset axes",
];

/**
 * The buttons in every figure's tool bar, by their words, after each has been pressed once; under
 * `npm test` one with the same words on the page is enough, for figures are drawn anew each time.
 */
export async function pressModeBars(page: Page): Promise<string[]> {
  const pressed = await page.evaluate<string[]>(`(async () => {
    const words = (button) => button.dataset.title ?? button.outerHTML.slice(0, 100);
    const buttons = [...document.querySelectorAll(".modebar a, .modebar button, .modebar-btn")];
    const byWords = new Map(buttons.map((button) => [words(button), button]));
    for (const button of ${isFull} ? new Set(buttons) : byWords.values()) {
      button.click();
      await new Promise((done) => setTimeout(done, 5));
    }
    return buttons.map(words);
  })()`);
  await page.waitForTimeout(500);
  return [...new Set(pressed)].sort();
}

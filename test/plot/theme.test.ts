import { expect, it } from "vitest";
import { COLORS, DARK_COLORS, figureTemplate, SERIES_COLORS } from "../../lib/plot/theme";

/** Contrast of two colors: [WCAG 2](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const linear = (part: number) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const [r, g, b] = parts.map(linear) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

it("colors stand out from the page in both themes, and the unusual's is given out to nothing else", () => {
  expect(SERIES_COLORS).not.toContain(COLORS.unusual);
  expect(new Set(Object.values(COLORS)).size).toBe(Object.keys(COLORS).length);
  for (const color of [COLORS.usual, COLORS.unusual, COLORS.reference, COLORS.second]) {
    expect(contrast(color, "#ffffff"), color).toBeGreaterThan(3);
    expect(contrast(DARK_COLORS[color]!, "#14181d"), color).toBeGreaterThan(5);
  }
});

it("colors each have a counterpart on a dark page", () => {
  expect(Object.keys(DARK_COLORS).sort()).toEqual(Object.values(COLORS).sort());
  const { colorway } = figureTemplate("dark").layout!;
  expect(colorway).toEqual(SERIES_COLORS.map((color) => DARK_COLORS[color]));
});

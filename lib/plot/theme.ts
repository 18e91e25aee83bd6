import type { Template } from "plotly.js";

/** Each color on a light page, and the same hue, lighter, on a dark one. */
const HUES = {
  usual: ["#0072b2", "#56b4e9"],
  /** What stands out, and nothing else. */
  unusual: ["#d55e00", "#ff8b3d"],
  /** Averages, midbands, limits. */
  reference: ["#6b7280", "#9ca6b5"],
  band: ["rgba(107,114,128,0.18)", "rgba(156,166,181,0.22)"],
  second: ["#009e73", "#2ec99a"],
  third: ["#cc79a7", "#e6a3c8"],
  fourth: ["#e69f00", "#f2b632"],
} as const;

/**
 * What each color means, everywhere; color never carries a meaning alone. The hues are [Okabe and
 * Ito's](https://jfly.uni-koeln.de/color/), for readers with any common color blindness.
 */
export const COLORS = Object.fromEntries(
  Object.entries(HUES).map(([name, [light]]) => [name, light]),
) as { readonly [Name in keyof typeof HUES]: string };

export const DARK_COLORS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(HUES),
);

export const UNUSUAL_MARKER = { color: COLORS.unusual, symbol: "diamond", size: 9 } as const;

export const PROGRAM_COLORS: Readonly<Record<string, string>> = {
  "PHP Full Stack": COLORS.third,
  "Java Full Stack": COLORS.usual,
  "Data Science": COLORS.second,
  "Front End": COLORS.fourth,
};

/** For groups without a color of their own, in order. */
export const SERIES_COLORS: readonly string[] = [
  ...[COLORS.usual, COLORS.second, COLORS.third, COLORS.fourth, COLORS.reference],
];

/** In the same order; the diamond of unusual points is not among them. */
export const SERIES_SYMBOLS = ["circle", "square", "triangle-up", "cross", "x"] as const;

/** Few to many, for heat maps, on a light page and on a dark one. */
const STEPS: readonly [share: number, light: string, dark: string][] = [
  [0, "#eef4f9", "#1d2833"],
  [0.25, "#b5d3e7", "#1f4563"],
  [0.5, "#6aa9d0", "#2a6f9f"],
  [0.75, "#2478b0", "#58a8d9"],
  [1, "#0b3c66", "#c3e4fa"],
];

export const SEQUENTIAL = STEPS.map(([share, light]): [number, string] => [share, light]);

export const DARK_SEQUENTIAL: Readonly<Record<string, string>> = Object.fromEntries(
  STEPS.map(([, light, dark]) => [light, dark]),
);

/** Names without spaces: quotes do not survive in every picture's attributes. */
export const FIGURE_FONT = "system-ui, -apple-system, Roboto, Helvetica, Arial, sans-serif";

export type ThemeMode = "light" | "dark";

const PAGE = {
  light: { ink: "#1f2937", quiet: "#4b5563", grid: "#e5e7eb", line: "#9ca3af", paper: "#ffffff" },
  dark: { ink: "#e5e9ef", quiet: "#b3bcc8", grid: "#2f3742", line: "#6b7684", paper: "#171b21" },
} as const;

/** The look of every figure, as a plotly template. */
export function figureTemplate(mode: ThemeMode = "light"): Template {
  const { ink, quiet, grid, line, paper } = PAGE[mode];
  const turned = (color: string, dark: Readonly<Record<string, string>>) =>
    mode === "dark" ? (dark[color] ?? color) : color;
  const axis = {
    ...{ automargin: true, separatethousands: true },
    ...{ exponentformat: "none", minorloglabels: "none" },
    ...{ gridcolor: grid, linecolor: line, tickcolor: line, zerolinecolor: line, zerolinewidth: 1 },
    tickfont: { color: quiet, size: 12 },
    title: { font: { color: quiet, size: 13 }, standoff: 12 },
  };
  const atLeft = { x: 0, xanchor: "left" };
  const layout = {
    font: { family: FIGURE_FONT, size: 13, color: ink },
    title: { ...atLeft, xref: "container", pad: { l: 16 }, font: { size: 17, color: ink } },
    colorway: SERIES_COLORS.map((color) => turned(color, DARK_COLORS)),
    paper_bgcolor: paper,
    plot_bgcolor: paper,
    margin: { l: 64, r: 32, t: 64, b: 56 },
    xaxis: { ...axis, showgrid: false, showline: true, ticks: "outside", ticklen: 4 },
    yaxis: { ...axis, showline: false },
    legend: {
      ...{ ...atLeft, y: 1.02, yanchor: "bottom", orientation: "h", traceorder: "normal" },
      font: { size: 12 },
    },
    hoverlabel: { font: { family: FIGURE_FONT, size: 13 }, align: "left" },
    separators: ".,",
    bargap: 0.25,
  };
  const colorscale = SEQUENTIAL.map(([share, color]) => [share, turned(color, DARK_SEQUENTIAL)]);
  const heatmap = { colorscale, colorbar: { outlinewidth: 0, thickness: 12 } };
  const data = {
    bar: [{ type: "bar", cliponaxis: false }],
    heatmap: [{ type: "heatmap", ...heatmap }],
  };
  return { layout, data } as unknown as Template;
}

/**
 * No button sends a figure anywhere, and no address is there to send it to or fetch a map from, in
 * older versions of plotly.js too.
 */
export const FIGURE_CONFIG = {
  responsive: true,
  displaylogo: false,
  modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"],
  showSendToCloud: false,
  showEditInChartStudio: false,
  showLink: false,
  sendData: false,
  plotlyServerURL: "",
  topojsonURL: "data:,",
} as const;

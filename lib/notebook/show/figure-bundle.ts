import type { Figure } from "../../plot/figure";
import { figureTitle, guardFigure, plainFigureText } from "../../plot/figure-text";
import { figureToSvg } from "../../plot/static-image";
import { FIGURE_CONFIG, figureTemplate } from "../../plot/theme";
import type { DisplayBundle } from "../../tell/display";
import { figureHtml } from "./figure-html";
import { FIGURE_MIME } from "./mime-types";

/** What the figure's metadata holds: its words, for those who cannot see it. */
export interface FigureInfo {
  title: string;
  /** As figures' texts are: `&lt;` stands for `<`. */
  description: string;
}

/**
 * A figure, as every reader of a notebook can show it: JupyterLab and VS Code draw it themselves,
 * classic Jupyter and nbconvert run the HTML's script, GitHub and printers take the picture.
 */
export function figureBundle(figure: Figure): DisplayBundle {
  const { description = "", ...guarded } = guardFigure(figure);
  const themed = {
    ...guarded,
    layout: { template: figureTemplate("light"), ...guarded.layout },
    config: { ...guarded.config, ...FIGURE_CONFIG },
  } as unknown as Figure;
  const info: FigureInfo = { title: figureTitle(guarded), description };
  const words =
    [info.title, plainFigureText(description)].filter(Boolean).join("\n") ||
    "A figure without a title";
  const svg = figureToSvg(themed);
  return {
    data: {
      [FIGURE_MIME]: themed,
      "text/html": figureHtml(themed, svg, words),
      "image/svg+xml": svg,
      "text/plain": words,
    },
    metadata: { [FIGURE_MIME]: info },
  };
}

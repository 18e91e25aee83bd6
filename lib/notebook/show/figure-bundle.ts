import type { Figure } from "../../plot/figure";
import { figureTitle, plainFigureText } from "../../plot/figure-text";
import { guardFigure } from "../../plot/guard-figure";
import { figureToSvg } from "../../plot/static-image";
import { FIGURE_CONFIG, figureTemplate } from "../../plot/theme";
import type { DisplayBundle } from "../../tell/display";
import { figureHtml } from "./figure-html";
import { FIGURE_MIME } from "./mime-types";

/** Data (JupyterLab, VS Code), HTML (classic Jupyter), a picture (GitHub), words as metadata. */
export function figureBundle(figure: Figure): DisplayBundle {
  const { description = "", ...guarded } = guardFigure(figure);
  const themed = {
    ...guarded,
    layout: { template: figureTemplate("light"), ...guarded.layout },
    config: { ...guarded.config, ...FIGURE_CONFIG },
  } as unknown as Figure;
  const title = figureTitle(guarded);
  const words = [title, plainFigureText(description)].filter(Boolean).join("\n");
  const shownWords = words || "A figure without a title";
  const svg = figureToSvg(themed);
  return {
    data: {
      [FIGURE_MIME]: themed,
      "text/html": figureHtml(themed, svg, shownWords),
      "image/svg+xml": svg,
      "text/plain": shownWords,
    },
    metadata: { [FIGURE_MIME]: { title, description } },
  };
}

import type pl from "nodejs-polars";
import { MIN_SAMPLES, NOISE, SILHOUETTE, TYPE } from "../columns";
import { requireColumns } from "../require-columns";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { numbersOf, plainValues } from "./plain-values";
import { seriesMark } from "./series-mark";

/**
 * Silhouette against `min_samples`, a line per API: which setting separates its
 * users best. Settings without a silhouette leave a gap.
 *
 * @param sweep the sweep that `groupUsers` gives
 * @throws {Error} if a column is missing or of another type
 */
export function sweepFigure(sweep: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("sweepFigure", sweep, {
    [TYPE]: "String",
    [MIN_SAMPLES]: "integer",
    [NOISE]: "integer",
    [SILHOUETTE]: "number",
  });
  const types = plainValues(sweep, TYPE) as string[];
  const [settings, silhouettes, noise] = [MIN_SAMPLES, SILHOUETTE, NOISE].map((name) =>
    numbersOf(sweep, name),
  ) as [(number | null)[], (number | null)[], (number | null)[]];
  const apis = [...new Set(types)];
  const best: string[] = [];
  const data = apis.map((api, i): Figure["data"][number] => {
    const rows = [...types.keys()].filter((row) => types[row] === api);
    const scored = rows.filter((row) => silhouettes[row] !== null);
    const top = scored.reduce(
      (a, b) => ((silhouettes[b] ?? 0) > (silhouettes[a] ?? 0) ? b : a),
      scored[0] ?? -1,
    );
    best.push(
      top < 0
        ? `${figureText(api)} has none`
        : `${figureText(api)} ${silhouettes[top]?.toFixed(3)} at ${settings[top]}`,
    );
    return {
      type: "scatter",
      mode: "lines+markers",
      name: figureText(api),
      ...seriesMark(i),
      x: rows.map((row) => settings[row]!),
      y: rows.map((row) => silhouettes[row]!),
      customdata: rows.map((row) => noise[row]!),
      connectgaps: false,
      hovertemplate:
        "min_samples %{x}: silhouette %{y:.3f}, %{customdata:,} users in no group<extra>%{fullData.name}</extra>",
    };
  });
  return {
    data,
    layout: {
      title: { text: title },
      xaxis: { title: { text: "min_samples (neighbors that make a core point)" } },
      yaxis: { title: { text: "mean silhouette (1: far apart, 0: overlapping)" } },
    },
    description: `Highest silhouette per API: ${best.join("; ")}.`,
  };
}

import pl from "nodejs-polars";
import type { FlagCard } from "../detect/compare/flag-card";
import type { Figure } from "../plot/figure";
import type { Answer } from "../report/answer";
import { type DisplayBundle, display } from "../tell/display";
import { Prose, prose } from "../words/prose";
import { figureBundle } from "./show/figure-bundle";
import { flagCardBundle, type ShowFlagCardOptions } from "./show/flag-card-bundle";
import { proseBundle } from "./show/prose-bundle";
import { type ShowTableOptions, tableBundle } from "./show/table-bundle";

export type Shown = pl.DataFrame | Figure | FlagCard | Prose;
export interface ShowOptions extends ShowTableOptions, ShowFlagCardOptions {
  /** Columns of a frame, in this order (all). */
  columns?: readonly string[];
}

/**
 * Shows a frame (first rows, types, size), figure, flag card or prose below the cell, in every form
 * that readers of notebooks need. Outside a notebook, prints plain text.
 *
 * @param columns of a frame (all)
 * @param limit rows of a frame (10)
 * @param title of a frame's table
 * @param open whether a flag card is open at first (false)
 * @throws {TypeError} for anything else
 * @example
 * show(accessLog, { limit: 5, title: "The access log" });
 * show(prose`Busiest day: **${day}** with ${pages} pages.`);
 */
export function show(value: Shown, options: ShowOptions = {}): void {
  display(bundleOf(value, options));
}

function bundleOf(value: Shown, options: ShowOptions): DisplayBundle {
  if (value instanceof Prose) return proseBundle(value);
  if (pl.DataFrame.isDataFrame(value)) {
    const { columns } = options;
    return tableBundle(columns ? value.select(...columns) : value, options);
  }
  if (isFigure(value)) return figureBundle(value);
  if (isFlagCard(value)) return flagCardBundle(value, options);
  throw new TypeError(
    `show takes a DataFrame, a figure, a flag card or prose, got ${describe(value)}; collect a lazy frame first`,
  );
}

/**
 * Shows an answer: headline, details, what would change it, and how sure it is.
 *
 * @example
 * showAnswer(leastReadAnswer(lessons));
 */
export function showAnswer({ headline, details, changes, sure }: Answer): void {
  show(prose`**Answer.** ${headline}. ${details}`);
  show(prose`**What would change it.** ${changes}`);
  show(prose`**How sure it is.** ${sure}`);
}

function isFigure(value: unknown): value is Figure {
  const figure = value as Figure | null;
  return Array.isArray(figure?.data) && typeof figure?.layout === "object";
}

function isFlagCard(value: unknown): value is FlagCard {
  const card = value as FlagCard | null;
  return pl.DataFrame.isDataFrame(card?.lines) && Array.isArray(card?.innocent);
}

function describe(value: unknown): string {
  if (value === null || typeof value !== "object") return String(value);
  return `an object of ${(value as object).constructor?.name ?? "no class"}`;
}

import type pl from "nodejs-polars";
import { requireColumns, requireValues } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import { distinctLabels } from "./distinct-labels";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { namePanels } from "./name-panels";
import { axisId } from "./panel-grid";
import { distinctOf, numbersOf, plainValues } from "./plain-values";
import { SEQUENTIAL } from "./theme";

export interface GraduatesPeriodsFigureOptions extends FigureOptions {
  /** Topics per program: those that its graduates read most. */
  topics?: number;
  /** A period in which a program has fewer pages is left blank, and so is a program without any other: parts are chance. */
  minPages?: number;
}

/**
 * Whether what graduates read changes with the months: a heatmap per program, each topic's part
 * of the pages of each period, in whole percents. Down a column they are parts of one whole, so
 * that periods with many cohorts and with few can be compared.
 *
 * @param periods what `graduatesReadingByPeriod` gives, by topic or by lesson
 * @throws {RangeError} if `topics` is not an integer above 0
 * @throws {Error} if a column is missing or of another type
 */
export function graduatesPeriodsFigure(
  periods: pl.DataFrame,
  { title, topics = 8, minPages = 100 }: GraduatesPeriodsFigureOptions,
): Figure {
  if (!(Number.isInteger(topics) && topics > 0)) {
    throw new RangeError(`graduatesPeriodsFigure needs 1 topic or more, got ${topics}`);
  }
  const by = periods.columns.includes("lesson") ? "lesson" : "topic";
  requireColumns(
    "graduatesPeriodsFigure",
    periods,
    "program",
    { [by]: "String" },
    "from_month",
    "to_month",
    { pages: "number", all_pages: "number" },
    "share",
    "cohorts",
  );
  requireValues("graduatesPeriodsFigure", periods, ["from_month", "all_pages", "cohorts"]);
  const { panels, columns } = panelsOf(periods, by, { topics, minPages });
  const highest = Math.max(
    0.01,
    ...panels.flatMap(({ shares }) => shares.flatMap((of) => of.map(Number))),
  );
  return {
    data: panels.map(({ labels, shares, notes }, index) => ({
      type: "heatmap",
      x: columns,
      y: labels,
      z: shares as number[][],
      zmin: 0,
      zmax: highest,
      colorscale: SEQUENTIAL,
      showscale: false,
      xgap: 2,
      ygap: 2,
      text: shares.map((of) =>
        of.map((share) => (share === null ? "" : `${Math.round(100 * share)}%`)),
      ) as unknown as string[],
      texttemplate: "%{text}",
      customdata: labels.map(() => notes),
      hovertemplate: "%{y}, months %{x}: %{z:.1%} of %{customdata}<extra></extra>",
      xaxis: axisId("x", index),
      yaxis: axisId("y", index),
    })) as Figure["data"],
    layout: {
      title: { text: title },
      ...namePanels(panels, {
        height: (rows) => 26 * rows,
        gapBelow: 66,
        x: {
          type: "category",
          categoryorder: "array",
          categoryarray: columns,
          showline: false,
          ticks: "",
          title: "months after the end of class",
        },
        y: { showline: false, ticks: "" },
      }),
      showlegend: false,
    } as Figure["layout"],
    description: describe(panels, columns),
  };
}

interface Panel {
  program: string;
  labels: string[];
  /** By topic, then by period; null where the period has too few pages. */
  shares: (number | null)[][];
  /** What each period's pages are, for a hover. */
  notes: string[];
}

function panelsOf(
  periods: pl.DataFrame,
  by: string,
  { topics, minPages }: { topics: number; minPages: number },
): { panels: Panel[]; columns: string[] } {
  const programs = plainValues(periods, "program") as string[];
  const names = plainValues(periods, by) as string[];
  const [from, to, pages, all, share, cohorts] = [
    ...["from_month", "to_month", "pages"],
    ...["all_pages", "share", "cohorts"],
  ].map((column) => numbersOf(periods, column)) as (number | null)[][];
  const starts = [...new Set(from as number[])].sort((a, b) => a - b);
  const columns = starts.map((start) => {
    const end = to![from!.indexOf(start)] ?? null;
    if (end === null) return `${start} on`;
    return end === start + 1 ? String(start) : `${start} to ${end - 1}`;
  });
  const panels = (distinctOf(periods.sort(["program"]), "program") as string[]).flatMap(
    (program) => {
      const rows = [...programs.keys()].filter((row) => programs[row] === program);
      if (!rows.some((row) => all![row]! >= minPages)) return [];
      const totals = new Map<string, number>();
      for (const row of rows) {
        totals.set(names[row]!, (totals.get(names[row]!) ?? 0) + (pages![row] ?? 0));
      }
      const most = [...totals]
        .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
        .slice(0, topics)
        .map(([name]) => name);
      const cells = new Map(rows.map((row) => [`${from![row]} ${names[row]}`, row]));
      const cell = (start: number, name: string) => cells.get(`${start} ${name}`);
      return {
        program,
        labels: distinctLabels(most.map((name) => figureText(name, { max: 30 }))),
        shares: most.map((name) =>
          starts.map((start) => {
            const row = cell(start, name);
            return row === undefined || all![row]! < minPages ? null : share![row]!;
          }),
        ),
        notes: starts.map((start) => {
          const row = cell(start, most[0] ?? "");
          if (row === undefined) return "no pages";
          return `${formatCount(all![row]!)} pages (cohorts seen: ${formatCount(cohorts![row]!)})`;
        }),
      };
    },
  );
  return { panels, columns };
}

function describe(panels: Panel[], columns: string[]): string {
  if (panels.length === 0) return "No pages after graduation to show.";
  const percent = (share: number | null | undefined) =>
    share === null || share === undefined ? "too few pages" : `${Math.round(100 * share)}%`;
  const words = panels.map(({ program, labels, shares }) => {
    const own = shares[0] ?? [];
    const seen = own.flatMap((share, at) => (share === null ? [] : [at]));
    if (seen.length === 0) return `${figureText(program)}: too few pages`;
    const [first, last] = [seen[0]!, seen[seen.length - 1]!];
    return `${figureText(program)}: ${labels[0]} ${percent(own[first])} in months ${columns[first]}, ${percent(own[last])} in months ${columns[last]}`;
  });
  return `Each topic's part of the pages by months after the end of class. The most read topics: ${words.join("; ")}.`;
}

import type pl from "nodejs-polars";
import { requireValues } from "../log/require-columns";
import { requireInteger } from "../stats/require-option";
import { formatCount } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText } from "./figure-text";
import { labelsOf } from "./labels";
import { inPanel, namePanels } from "./panels";
import { grouped, inOrder, largestOf, type Row, rowsOf } from "./rows";
import { sharesMap } from "./traces";

export interface GraduatesPeriodsFigureOptions extends FigureOptions {
  /** The most read, per program. */
  topics?: number;
  /** Periods with fewer pages of a program are blank; programs without others are left out. */
  minPages?: number;
}

/**
 * Whether what graduates read changes with the months: what `graduatesReadingByPeriod` gives by
 * topic or lesson, as a heat map per program of shares of a period's pages, in percent.
 */
export function graduatesPeriodsFigure(
  periods: pl.DataFrame,
  { title, topics = 8, minPages = 100 }: GraduatesPeriodsFigureOptions,
): Figure {
  requireInteger("graduatesPeriodsFigure", { topics });
  const by = periods.columns.includes("lesson") ? "lesson" : "topic";
  const columns = ["program", by, "from_month", "to_month", "pages"] as const;
  const more = ["all_pages", "share", "cohorts"] as const;
  const kinds = { pages: "number", all_pages: "number" } as const;
  const rows = rowsOf("graduatesPeriodsFigure", periods, [...columns, ...more], kinds);
  requireValues("graduatesPeriodsFigure", periods, ["from_month", "all_pages", "cohorts"]);
  const months = grouped(inOrder(rows, "from_month"), (row) => row.from_month);
  const names = months.map(([, [first]]) => periodName(first!));
  const panels = grouped(inOrder(rows, "program"), ({ program }) => program)
    .filter(([, own]) => own.some((row) => row.all_pages >= minPages))
    .map(([program, own]) => {
      const read = mostRead(own.map((row) => ({ name: row[by], pages: row.pages }))).slice(
        0,
        topics,
      );
      const cell = (month: number, name?: string) =>
        own.find((row) => row.from_month === month && row[by] === name);
      return {
        heading: figureText(program),
        labels: labelsOf(read),
        shares: read.map((name) =>
          months.map(([month]) => {
            const row = cell(month, name);
            return row === undefined || row.all_pages < minPages ? null : row.share;
          }),
        ),
        notes: months.map(([month]) => {
          const row = cell(month, read[0]);
          return row === undefined
            ? "no pages"
            : `${formatCount(row.all_pages)} pages (cohorts seen: ${formatCount(row.cohorts)})`;
        }),
      };
    });
  const zmax = largestOf(
    panels.flatMap(({ shares }) => shares.flat()),
    0.01,
  );
  const data = panels.map(({ labels, shares, notes }, index) =>
    sharesMap({
      ...{ x: names, y: labels, z: shares, zmax },
      text: shares.map((row) => row.map((share) => (share === null ? "" : percent(share)))),
      customdata: labels.map(() => notes),
      hover: "%{y}, months %{x}: %{z:.1%} of %{customdata}",
      ...inPanel(index),
    }),
  );
  const bare = { showline: false, ticks: "" };
  const periodsAlong = { type: "category", categoryorder: "array", categoryarray: names, ...bare };
  const x = { ...periodsAlong, title: "months after the end of class" };
  const layout = namePanels(panels, { rowHeight: 26, gapBelow: 66, x, y: bare });
  const what =
    "Each topic's part of the pages by months after the end of class. The most read topics";
  const words = listed(
    "pages after graduation",
    what,
    panels.map((panel) => inWords(panel, names)),
  );
  return figureOf(title, data, { ...layout, showlegend: false }, words);
}

const percent = (share: number) => `${Math.round(100 * share)}%`;

/** "2 to 5", "6", "12 on". */
function periodName({ from_month: from, to_month: to }: Row<"from_month" | "to_month">): string {
  if (to === null) return `${from} on`;
  return to === from + 1 ? String(from) : `${from} to ${to - 1}`;
}

function mostRead(rows: { name: string; pages: number }[]): string[] {
  const totals = grouped(rows, ({ name }) => name).map(([name, own]) => ({
    name,
    pages: own.reduce((sum, { pages }) => sum + pages, 0),
  }));
  return inOrder(totals, "name")
    .sort((a, b) => b.pages - a.pages)
    .map(({ name }) => name);
}

interface Panel {
  heading: string;
  labels: string[];
  shares: (number | null)[][];
}

function inWords({ heading, labels, shares: [own = []] }: Panel, periods: string[]): string {
  const seen = own.flatMap((share, at) =>
    share === null ? [] : [`${percent(share)} in months ${periods[at]}`],
  );
  if (seen.length === 0) return `${heading}: too few pages`;
  return `${heading}: ${labels[0]} ${seen[0]}, ${seen.at(-1)}`;
}

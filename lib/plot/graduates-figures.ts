import type pl from "nodejs-polars";
import { requireValues } from "../log/require-columns";
import { requireInteger } from "../stats/require-option";
import { formatCount, formatPercent } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText, labelsOf } from "./figure-text";
import { inPanels, LEGEND_BELOW, namePanels } from "./panels";
import { grouped, inGroups, inOrder, largestOf, listOf, type Row, rowsOf, sumOf } from "./rows";
import { COLORS } from "./theme";
import { lines, points, sharesMap } from "./traces";

export interface GraduatesTopicsFigureOptions extends FigureOptions {
  /** The most read, per program. */
  topics?: number;
  /** Programs with fewer pages after the end are left out. */
  minPages?: number;
}

/**
 * What graduates read against what they read in class, from `graduatesReading` by topic or lesson:
 * a panel per program with the shares of both. Most pages after the end come first.
 */
export function graduatesTopicsFigure(
  reading: pl.DataFrame,
  { title, topics = 8, minPages = 100 }: GraduatesTopicsFigureOptions,
): Figure {
  requireInteger("graduatesTopicsFigure", { topics });
  const by = nameColumn(reading);
  const columns = ["program", by, "pages", "share", "share_in_class", "graduates_share"] as const;
  const rows = rowsOf("graduatesTopicsFigure", reading, columns, { pages: "number" });
  const byPages = inOrder(rows, by).sort((a, b) => b.pages - a.pages);
  const panels = inGroups(byPages, "program")
    .filter(([, own]) => sumOf(listOf(own, "pages")) >= minPages)
    .map(([program, own]) => {
      const read = own.slice(0, topics);
      const [heading, labels] = [figureText(program), labelsOf(listOf(read, by))];
      const [now, then] = [listOf(read, "share"), listOf(read, "share_in_class")];
      const ends = then.map((was, i) => (was === null ? [] : [was, now[i]!, null]));
      const traces = [
        lines({
          ...{ name: "difference", showlegend: false, x: ends.flat() },
          y: ends.flatMap((pair, i) => pair.map(() => labels[i]!)),
          line: { color: COLORS.reference, width: 2 },
        }),
        points({
          ...{ name: "in class", x: then, y: labels },
          marker: { color: COLORS.reference, symbol: "square", size: 8 },
          hover: "%{y}: %{x:.1%} of the pages in class",
        }),
        points({
          ...{ name: "after graduation", x: now, y: labels },
          customdata: listOf(read, "graduates_share"),
          marker: { color: COLORS.usual, symbol: "circle", size: 10 },
          hover:
            "%{y}: %{x:.1%} of the pages after graduation, opened by %{customdata:.0%} of graduates who came back",
        }),
      ];
      const was = then[0]! === null ? "" : ` (${formatPercent(then[0]!)} in class)`;
      const words = `${heading}: ${labels[0]} ${formatPercent(now[0]!)}${was}`;
      return { heading, labels, shares: [...now, ...then], traces, words };
    });
  const shares = panels.flatMap(({ shares }) => shares);
  // To the next five percent, for a round last tick.
  const top = Math.min(1.05, (Math.floor(20 * largestOf(shares, 0.01)) + 1) / 20);
  const x = { range: [0, top], tickformat: ".0%", showgrid: true };
  const placed = namePanels(panels, {
    ...{ rowHeight: 24, room: 12, gapBelow: 72 },
    x: { ...x, title: "part of all pages of lessons" },
  });
  const height = placed.height + 10;
  const layout = { ...placed, height, ...LEGEND_BELOW, margin: { b: 86 }, showlegend: true };
  const what = "Each topic's part of the pages in class and after graduation. The most read";
  const described = listed("pages after graduation", what, listOf(panels, "words"));
  return figureOf(title, inPanels(panels), layout, described);
}

const nameColumn = ({ columns }: pl.DataFrame) => (columns.includes("lesson") ? "lesson" : "topic");

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
  const by = nameColumn(periods);
  const columns = ["program", by, "from_month", "to_month", "pages"] as const;
  const more = ["all_pages", "share", "cohorts"] as const;
  const kinds = { pages: "number", all_pages: "number" } as const;
  const rows = rowsOf("graduatesPeriodsFigure", periods, [...columns, ...more], kinds);
  requireValues("graduatesPeriodsFigure", periods, ["from_month", "all_pages", "cohorts"]);
  const months = inGroups(rows, "from_month");
  const names = months.map(([, [first]]) => periodName(first!));
  const panels = inGroups(rows, "program")
    .filter(([, own]) => own.some((row) => row.all_pages >= minPages))
    .map(([program, own]) => {
      const totals = grouped(inOrder(own, by), (row) => row[by]).map(([name, some]) => {
        return { name, pages: sumOf(listOf(some, "pages")) };
      });
      const most = totals.sort((a, b) => b.pages - a.pages).slice(0, topics);
      const cells = most.map(({ name }) =>
        months.map(([month]) => own.find((row) => row.from_month === month && row[by] === name)),
      );
      return {
        ...{ heading: figureText(program), labels: labelsOf(listOf(most, "name")) },
        shares: cells.map((row) =>
          row.map((cell) => (cell && cell.all_pages >= minPages ? cell.share : null)),
        ),
        notes: (cells[0] ?? []).map((cell) =>
          cell
            ? `${formatCount(cell.all_pages)} pages (cohorts seen: ${formatCount(cell.cohorts)})`
            : "no pages",
        ),
      };
    });
  const shown = panels.flatMap(({ shares }) => shares.flat());
  const zmax = largestOf(shown, 0.01);
  const data = panels.map(({ labels, shares, notes }) => ({
    traces: [
      sharesMap({
        ...{ x: names, y: labels, z: shares, zmax },
        text: shares.map((row) => row.map((share) => (share === null ? "" : percent(share)))),
        customdata: labels.map(() => notes),
        hover: "%{y}, months %{x}: %{z:.1%} of %{customdata}",
      }),
    ],
  }));
  const bare = { showline: false, ticks: "" };
  const periodsAlong = { type: "category", categoryorder: "array", categoryarray: names, ...bare };
  const x = { ...periodsAlong, title: "months after the end of class" };
  const layout = namePanels(panels, { rowHeight: 26, gapBelow: 66, x, y: bare });
  const words = panels.map(({ heading, labels, shares: [first = []] }) => {
    const seen = first.flatMap((share, at) =>
      share === null ? [] : [`${percent(share)} in months ${names[at]}`],
    );
    return `${heading}: ${seen[0] ? `${labels[0]} ${seen[0]}, ${seen.at(-1)}` : "too few pages"}`;
  });
  const what =
    "Each topic's part of the pages by months after the end of class. The most read topics";
  const described = listed("pages after graduation", what, words);
  return figureOf(title, inPanels(data), { ...layout, showlegend: false }, described);
}

const percent = (share: number) => `${Math.round(100 * share)}%`;

/** "2 to 5", "6", "12 on". */
function periodName({ from_month: from, to_month: to }: Row<"from_month" | "to_month">): string {
  if (to === null) return `${from} on`;
  return to === from + 1 ? String(from) : `${from} to ${to - 1}`;
}

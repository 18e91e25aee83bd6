import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText } from "./figure-text";
import { inGroups, largestOf, listOf, rowsOf, sumOf } from "./rows";
import { PROGRAM_COLORS } from "./theme";
import { lines, seriesMark } from "./traces";

/**
 * How many days each width of the bands flags, as `flagsByK` gives it: a line per span, on a
 * logarithmic scale with 0 below 1.
 */
export function flagsByKFigure(flagsByK: pl.DataFrame, { title }: FigureOptions): Figure {
  const rows = rowsOf("flagsByKFigure", flagsByK, ["span", "k", "flags", "users"]);
  const at = ({ flags, k }: { flags: number; k: number }) => `${formatCount(flags)} at k ${k}`;
  const groups = inGroups(rows, "span", "k").map(([span, own]) => ({
    ...{ name: `span ${span}`, x: listOf(own, "k"), counts: listOf(own, "flags") },
    customdata: own.map(({ flags, users }) => [flags, users]),
    words: `with a span of ${span}, ${at(own[0]!)} and ${at(own.at(-1)!)}`,
  }));
  return countLines(title, groups, {
    xTitle: "k (standard deviations from midband to band)",
    yTitle: "flagged days (log scale)",
    hover: "k %{x}: %{customdata[0]:,} flagged days of %{customdata[1]:,} users",
    description: listed("flags", "Flagged days by the width of the bands", listOf(groups, "words")),
  });
}

/**
 * Page views by months after the end of the course, a line per program, on a logarithmic scale with
 * 0 below 1.
 * @param after `program`, `months_after_end` (0 for the first month), `pages`
 */
export function monthsAfterEndFigure(after: pl.DataFrame, { title }: FigureOptions): Figure {
  const columns = ["program", "months_after_end", "pages"] as const;
  const rows = rowsOf("monthsAfterEndFigure", after, columns);
  const groups = inGroups(rows, "program", "months_after_end").map(([program, own]) => {
    const [name, counts] = [figureText(program), listOf(own, "pages")];
    const last = own.filter(({ pages }) => pages > 0).at(-1);
    const until = last ? `, the last in month ${last.months_after_end}` : "";
    const words = `${name} ${formatCount(sumOf(counts))}${until}`;
    const x = listOf(own, "months_after_end");
    return { name, x, counts, customdata: counts, words, color: PROGRAM_COLORS[program] };
  });
  const what = "Page views after the end of the course";
  return countLines(title, groups, {
    xTitle: "months after the end of the course",
    yTitle: "page views per month (log scale)",
    hover: "month %{x}: %{customdata:,} page views",
    description: listed("page views", what, listOf(groups, "words")),
  });
}

interface CountLine {
  name: string;
  x: number[];
  counts: number[];
  customdata: number[] | number[][];
  color?: string;
}

type Words = Record<"xTitle" | "yTitle" | "hover" | "description", string>;

const ZERO = 1 / 3;
const ROOM = 1.6;

/** A line of counts per group, on a logarithmic axis from 1; 0 has a tick of its own below 1. */
function countLines(title: string, groups: CountLine[], words: Words): Figure {
  const all = groups.flatMap(({ counts }) => counts);
  const most = ROOM * largestOf(all, 1);
  const hasZero = all.some((count) => count <= 0);
  const decades = Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, n) => 10 ** n);
  const ticks = hasZero ? [0, ...decades] : decades;
  const place = (count: number) => (count > 0 ? count : ZERO);
  const data = groups.map(({ name, x, counts, customdata, color }, i) =>
    lines({
      ...{ mode: "lines+markers", name, ...seriesMark(i, color) },
      ...{ x, y: counts.map(place), customdata },
      hover: `${words.hover}<extra>%{fullData.name}</extra>`,
    }),
  );
  const xaxis = { title: { text: words.xTitle } };
  const yaxis = {
    ...{ type: "log", title: { text: words.yTitle } },
    ...{ tickvals: ticks.map(place), ticktext: ticks.map(formatCount) },
    range: [Math.log10(hasZero ? ZERO * 0.7 : 0.8), Math.log10(most)],
  };
  return figureOf(title, data, { xaxis, yaxis, showlegend: true }, words.description);
}

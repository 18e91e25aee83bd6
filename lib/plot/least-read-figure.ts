import pl from "nodejs-polars";
import { CURRENT } from "../explore/lesson-facts";
import { requireColumns } from "../log/require-columns";
import { formatCount, formatPercent } from "../words/format-words";
import { visibleText } from "../words/visible-text";
import { distinctLabels } from "./distinct-labels";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { namePanels } from "./name-panels";
import { axisId } from "./panel-grid";
import { distinctOf, numbersOf, plainValues } from "./plain-values";
import { COLORS, PROGRAM_COLORS } from "./theme";

export interface LeastReadFigureOptions extends FigureOptions {
  /** Lessons per program. */
  most?: number;
}

/**
 * The least read lessons that are there to be read: a panel per program, and per lesson a bar
 * for the share of students who opened it in class, of those who could have. The least read comes first.
 *
 * @param least what `leastReadLessons` gives; lessons that are not current are left out
 * @throws {RangeError} if `most` is not an integer above 0
 * @throws {Error} if a column is missing or of another type
 */
export function leastReadFigure(
  least: pl.DataFrame,
  { title, most = 10 }: LeastReadFigureOptions,
): Figure {
  if (!(Number.isInteger(most) && most > 0)) {
    throw new RangeError(`leastReadFigure needs 1 lesson or more, got ${most}`);
  }
  requireColumns(
    "leastReadFigure",
    least,
    "program",
    "lesson",
    "status",
    "share",
    "users",
    "students",
  );
  const current = least
    .filter(pl.col("status").cast(pl.String).eq(pl.lit(CURRENT)))
    .sort(["program", "share", "lesson"]);
  const panels = (distinctOf(current, "program") as string[]).map((program) =>
    panelOf(current.filter(pl.col("program").eq(pl.lit(program))).head(most), program),
  );
  const top = Math.max(0.01, ...panels.flatMap(({ shares }) => shares));
  return {
    data: panels.map(({ program, names, labels, shares, counts }, index) => ({
      type: "bar",
      orientation: "h",
      x: shares,
      y: labels,
      text: counts,
      customdata: names,
      textposition: "outside",
      marker: { color: PROGRAM_COLORS[program] ?? COLORS.usual },
      hovertemplate: "%{customdata}: %{x:.1%}, %{text} students<extra></extra>",
      xaxis: axisId("x", index),
      yaxis: axisId("y", index),
    })) as Figure["data"],
    layout: {
      title: { text: title },
      ...namePanels(panels, {
        height: (rows) => 26 * rows,
        gapBelow: 66,
        x: {
          // Room for the counts beside the bars, on a narrow screen too.
          range: [0, 1.5 * top],
          tickformat: ".0%",
          nticks: 5,
          title: "students who opened it",
        },
      }),
      showlegend: false,
    } as Figure["layout"],
    description: describe(panels),
  };
}

interface Panel {
  program: string;
  names: string[];
  labels: string[];
  shares: number[];
  /** `29 of 474`. */
  counts: string[];
}

function panelOf(rows: pl.DataFrame, program: string): Panel {
  const names = plainValues(rows, "lesson") as string[];
  const [shares, users, students] = ["share", "users", "students"].map((column) =>
    numbersOf(rows, column).map((value) => value ?? 0),
  ) as [number[], number[], number[]];
  return {
    program,
    names: names.map((name) => figureText(name)),
    labels: distinctLabels(names.map(shortened)),
    shares,
    counts: users.map((count, i) => `${formatCount(count)} of ${formatCount(students[i]!)}`),
  };
}

const LONGEST_NAME = 30;

/** A long name without its beginning: lessons of one topic begin alike. */
function shortened(name: string): string {
  const visible = visibleText(name, { max: 200 });
  const characters = Array.from(visible);
  if (characters.length <= LONGEST_NAME) return figureText(visible);
  return figureText(`…${characters.slice(1 - LONGEST_NAME).join("")}`);
}

function describe(panels: Panel[]): string {
  if (panels.length === 0) return "No lessons to show.";
  const words = panels.map(({ program, names, shares, counts }) => {
    const least = `${names[0]} ${formatPercent(shares[0]!)} (${counts[0]} students)`;
    return `${figureText(program)}: ${least}`;
  });
  return `Share of students who opened a lesson in class, of those who could have. Least read: ${words.join("; ")}.`;
}

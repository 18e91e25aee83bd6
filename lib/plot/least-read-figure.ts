import type pl from "nodejs-polars";
import { CURRENT } from "../explore/lesson-facts";
import { requireInteger } from "../stats/require-option";
import { formatCount, formatPercent } from "../words/format-words";
import { visibleText } from "../words/visible-text";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText } from "./figure-text";
import { distinct } from "./labels";
import { inPanel, namePanels } from "./panels";
import { grouped, inOrder, largestOf, rowsOf } from "./rows";
import { COLORS, PROGRAM_COLORS } from "./theme";
import { bars } from "./traces";

export interface LeastReadFigureOptions extends FigureOptions {
  most?: number;
}

/**
 * The least read current lessons of `leastReadLessons`: a panel per program, a bar per lesson for
 * the share of students who opened it in class. The least read comes first.
 */
export function leastReadFigure(
  least: pl.DataFrame,
  { title, most = 10 }: LeastReadFigureOptions,
): Figure {
  requireInteger("leastReadFigure", { most });
  const columns = ["program", "lesson", "status", "share", "users", "students"] as const;
  const all = rowsOf("leastReadFigure", least, columns).filter(({ status }) => status === CURRENT);
  const programs = grouped(inOrder(all, "program", "share", "lesson"), ({ program }) => program);
  const panels = programs.map(([program, lessons]) => ({
    program,
    heading: figureText(program),
    labels: distinct(lessons.slice(0, most).map(({ lesson }) => shortened(lesson))),
    lessons: lessons.slice(0, most).map(({ lesson, share, users, students }) => ({
      name: figureText(lesson),
      share: share ?? 0,
      count: `${formatCount(users ?? 0)} of ${formatCount(students ?? 0)}`,
    })),
  }));
  const shares = panels.flatMap(({ lessons }) => lessons.map(({ share }) => share));
  const words = panels.map(({ heading, lessons: [first] }) => {
    const { name, share, count } = first!;
    return `${heading}: ${name} ${formatPercent(share)} (${count} students)`;
  });
  const data = panels.map(({ program, labels, lessons }, index) =>
    bars({
      x: lessons.map(({ share }) => share),
      y: labels,
      text: lessons.map(({ count }) => count),
      customdata: lessons.map(({ name }) => name),
      textposition: "outside",
      marker: { color: PROGRAM_COLORS[program] ?? COLORS.usual },
      hover: "%{customdata}: %{x:.1%}, %{text} students",
      ...inPanel(index),
    }),
  );
  const range = [0, 1.5 * largestOf(shares, 0.01)];
  const x = { range, tickformat: ".0%", nticks: 5, title: "students who opened it" };
  const layout = namePanels(panels, { rowHeight: 26, gapBelow: 66, x });
  const what =
    "Share of students who opened a lesson in class, of those who could have. Least read";
  return figureOf(title, data, { ...layout, showlegend: false }, listed("lessons", what, words));
}

const LONGEST_NAME = 30;

/** A long name without its beginning: lessons of one topic begin alike. */
function shortened(name: string): string {
  const characters = Array.from(visibleText(name, { max: 200 }));
  const end = `…${characters.slice(1 - LONGEST_NAME).join("")}`;
  return figureText(characters.length <= LONGEST_NAME ? characters.join("") : end);
}

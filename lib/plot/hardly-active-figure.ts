import type pl from "nodejs-polars";
import { HARDLY_ACTIVE } from "../explore/class-time/hardly-active-students";
import {
  ALSO_STAFF,
  AS_OTHERS,
  CHANGED_COHORT,
  HARDLY_READS,
  JOINED_LATE,
  LEFT_EARLY,
} from "../explore/class-time/situations";
import { requireNumber } from "../stats/require-option";
import { formatCount, formatPercent } from "../words/format-words";
import { logAxis } from "./axes";
import { type Figure, type FigureOptions, figureOf } from "./figure";
import { figureText } from "./figure-text";
import { largestOf, rowsOf } from "./rows";
import { COLORS, UNUSUAL_MARKER } from "./theme";
import { lines, points, seriesMark } from "./traces";

export interface HardlyActiveFigureOptions extends FigureOptions {
  /** Share of the cohort's median below which a student hardly reads. */
  share?: number;
}

const GROUPS: readonly [name: string, marker: object, of: readonly string[]][] = [
  [AS_OTHERS, { ...seriesMark(0, COLORS.reference).marker, size: 5, opacity: 0.35 }, [AS_OTHERS]],
  [LEFT_EARLY, { ...seriesMark(1, COLORS.usual).marker, opacity: 0.8 }, [LEFT_EARLY]],
  [
    "late or moved",
    { ...seriesMark(3, COLORS.second).marker, size: 8, opacity: 0.9 },
    [JOINED_LATE, CHANGED_COHORT, ALSO_STAFF],
  ],
  [HARDLY_READS, { ...UNUSUAL_MARKER }, [HARDLY_READS]],
];

const WEEK = 7 * 86_400_000;

/**
 * For each student of `hardlyActiveStudents` how long into class the last page came, and how many
 * pages of the cohort's median they opened, by situation; below the line a student hardly reads.
 * Late or moved are those who joined late, changed cohort or are also Staff. Students without both
 * numbers, or whom the log cannot judge, are only counted.
 */
export function hardlyActiveFigure(
  students: pl.DataFrame,
  { title, share = HARDLY_ACTIVE.share }: HardlyActiveFigureOptions,
): Figure {
  requireNumber("hardlyActiveFigure", { share }, { above: 0 });
  const columns = ["user_id", "cohort", "start_date", "last_read"] as const;
  const more = ["share_of_pages", "situation"] as const;
  const rows = rowsOf("hardlyActiveFigure", students, [...columns, ...more]);
  const known = rows.filter((row) => row.start_date && row.last_read && row.share_of_pages > 0);
  const places = known.map((row) => ({
    week: Math.round((100 * (Date.parse(row.last_read) - Date.parse(row.start_date))) / WEEK) / 100,
    percent: Number((100 * row.share_of_pages).toPrecision(3)),
    label: `user ${row.user_id} of ${figureText(row.cohort)}`,
    situation: row.situation,
  }));
  const groups = GROUPS.map(([name, marker, of]) => {
    const own = places.filter(({ situation }) => of.includes(situation));
    const below = own.filter(({ percent }) => percent < 100 * share).length;
    return { name, marker, own, below };
  }).filter(({ own }) => own.length > 0);
  const placed = groups.flatMap(({ own }) => own);
  const data = groups.map(({ name, own, marker }) =>
    points({
      name: `${name} (${formatCount(own.length)})`,
      x: own.map(({ week }) => week),
      y: own.map(({ percent }) => percent),
      text: own.map(({ label }) => label),
      marker,
      hover: "%{text}: last page in week %{x:.0f} of class, %{y:.1f}% of the median",
    }),
  );
  const limit = lines({
    name: `${formatPercent(share)} of the median`,
    x: [
      0,
      largestOf(
        placed.map(({ week }) => week),
        1,
      ),
    ],
    y: [100 * share, 100 * share],
    line: { color: COLORS.reference, width: 1.5, dash: "dash" },
  });
  const axis = logAxis([100 * share, ...placed.map(({ percent }) => percent)]);
  const ticktext = axis.tickvals.map((tick) => `${tick.toLocaleString("en-US")}%`);
  const [xTitle, yTitle] = [
    "last page in class, weeks since the course began",
    "pages in class, % of the cohort's median (log scale)",
  ];
  const layout = {
    xaxis: { title: { text: xTitle }, showgrid: true, rangemode: "tozero" },
    yaxis: { title: { text: yTitle }, ...axis, ticktext },
    showlegend: true,
  };
  const words = describe(groups, share, students.height);
  return figureOf(title, placed.length > 0 ? [...data, limit] : [], layout, words);
}

function describe(
  groups: { name: string; own: unknown[]; below: number }[],
  share: number,
  students: number,
): string {
  const placed = groups.reduce((sum, { own }) => sum + own.length, 0);
  const without = students - placed;
  const left = without > 0 ? ` ${formatCount(without)} have no place on these axes.` : "";
  if (placed === 0) return `No students to show.${left}`;
  const low = groups.filter(({ below }) => below > 0);
  const words = low.map(({ name, below }) => `${name} ${formatCount(below)}`).join(", ");
  return (
    `${formatCount(placed)} students by their last page in class and their pages as a share of ` +
    `the cohort's median; below ${formatPercent(share)}: ${words || "none"}.${left}`
  );
}

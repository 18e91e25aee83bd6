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
import { largestOf, listOf, rowsOf } from "./rows";
import { COLORS, UNUSUAL_MARKER } from "./theme";
import { lines, points, seriesMark } from "./traces";

export interface HardlyActiveFigureOptions extends FigureOptions {
  /** Share of the cohort's median below which a student hardly reads. */
  share?: number;
}

const LATE = [JOINED_LATE, CHANGED_COHORT, ALSO_STAFF];
const mark = (place: number, color: string, more: object) => ({
  marker: { ...seriesMark(place, color).marker, ...more },
});
const GROUPS = [
  { name: AS_OTHERS, of: [AS_OTHERS], ...mark(0, COLORS.reference, { size: 5, opacity: 0.35 }) },
  { name: LEFT_EARLY, of: [LEFT_EARLY], ...mark(1, COLORS.usual, { opacity: 0.8 }) },
  { name: "late or moved", of: LATE, ...mark(3, COLORS.second, { size: 8, opacity: 0.9 }) },
  { name: HARDLY_READS, of: [HARDLY_READS], marker: { ...UNUSUAL_MARKER } },
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
  const groups = GROUPS.map(({ of, ...look }) => {
    return { ...look, own: places.filter(({ situation }) => of.includes(situation)) };
  }).filter(({ own }) => own.length > 0);
  const placed = groups.flatMap(({ own }) => own);
  const data = groups.map(({ name, own, marker }) =>
    points({
      name: `${name} (${formatCount(own.length)})`,
      ...{ x: listOf(own, "week"), y: listOf(own, "percent"), text: listOf(own, "label"), marker },
      hover: "%{text}: last page in week %{x:.0f} of class, %{y:.1f}% of the median",
    }),
  );
  const limit = 100 * share;
  const line = lines({
    name: `${formatPercent(share)} of the median`,
    ...{ x: [0, largestOf(listOf(placed, "week"), 1)], y: [limit, limit] },
    line: { color: COLORS.reference, width: 1.5, dash: "dash" },
  });
  const axis = logAxis([limit, ...listOf(placed, "percent")]);
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
  const without = students.height - placed.length;
  const left = without > 0 ? ` ${formatCount(without)} have no place on these axes.` : "";
  if (placed.length === 0) return figureOf(title, [], layout, `No students to show.${left}`);
  const low = groups.flatMap(({ name, own }) => {
    const below = own.filter(({ percent }) => percent < limit).length;
    return below > 0 ? [`${name} ${formatCount(below)}`] : [];
  });
  const words =
    `${formatCount(placed.length)} students by their last page in class and their pages as a share of ` +
    `the cohort's median; below ${formatPercent(share)}: ${low.join(", ") || "none"}.${left}`;
  return figureOf(title, [...data, line], layout, words);
}

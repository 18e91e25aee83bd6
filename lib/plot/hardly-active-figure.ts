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
import { requireNumber } from "../log/require-option";
import { formatCount, formatPercent } from "../words/format-words";
import { logAxis } from "./axes";
import type { Figure, FigureOptions } from "./figure";
import { figureText } from "./figure-text";
import { largestOf, rowsOf } from "./rows";
import { COLORS, UNUSUAL_MARKER } from "./theme";
import { lines, points, seriesMark } from "./traces";

export interface HardlyActiveFigureOptions extends FigureOptions {
  /** Share of the cohort's median below which a student hardly reads: where the line is drawn. */
  share?: number;
}

/** Groups of the legend, the largest first, below the others. */
const GROUPS: readonly { name: string; of: readonly string[]; marker: object }[] = [
  {
    name: AS_OTHERS,
    of: [AS_OTHERS],
    marker: { ...seriesMark(0, COLORS.reference).marker, size: 5, opacity: 0.35 },
  },
  {
    name: LEFT_EARLY,
    of: [LEFT_EARLY],
    marker: { ...seriesMark(1, COLORS.usual).marker, opacity: 0.8 },
  },
  {
    name: "late or moved",
    of: [JOINED_LATE, CHANGED_COHORT, ALSO_STAFF],
    marker: { ...seriesMark(3, COLORS.second).marker, size: 8, opacity: 0.9 },
  },
  { name: HARDLY_READS, of: [HARDLY_READS], marker: { ...UNUSUAL_MARKER } },
];

const WEEK = 7 * 86_400_000;

/**
 * Who hardly reads in class, and who only was not there any more: for each student how long into
 * class the last page came, and how many pages of the cohort's median they opened, the situation by
 * color and shape. Late or moved are those who joined late, changed cohort or are also Staff. Below
 * the line a student hardly reads.
 *
 * Students without pages in class or a median to compare with, and those of cohorts whose class lies
 * outside the log or nearly so, have no place; the description says how many.
 *
 * @param students `user_id`, `cohort`, `start_date`, `last_read`, `share_of_pages`, `situation`, as
 *   `hardlyActiveStudents` gives them
 * @throws {RangeError} if `share` is not above 0
 * @throws {Error} if a column is missing or of another type
 */
export function hardlyActiveFigure(
  students: pl.DataFrame,
  { title, share = HARDLY_ACTIVE.share }: HardlyActiveFigureOptions,
): Figure {
  requireNumber("hardlyActiveFigure", { share }, { above: 0 });
  const situations = GROUPS.flatMap(({ of }) => of);
  const placed = rowsOf("hardlyActiveFigure", students, [
    ...(["user_id", "cohort", "start_date", "last_read", "share_of_pages", "situation"] as const),
  ])
    .filter((row) => row.start_date && row.last_read && row.share_of_pages > 0)
    .filter((row) => situations.includes(row.situation))
    .map((row) => ({
      week:
        Math.round((100 * (Date.parse(row.last_read) - Date.parse(row.start_date))) / WEEK) / 100,
      percent: Number((100 * row.share_of_pages).toPrecision(3)),
      label: `user ${row.user_id} of ${figureText(row.cohort)}`,
      situation: row.situation,
    }));
  const groups = GROUPS.map(({ of, ...group }) => ({
    ...group,
    own: placed.filter(({ situation }) => of.includes(situation)),
  })).filter(({ own }) => own.length > 0);
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
  const below = groups.flatMap(({ name, own }) => {
    const count = own.filter(({ percent }) => percent < 100 * share).length;
    return count > 0 ? [`${name} ${formatCount(count)}`] : [];
  });
  const withoutPlace = students.height - placed.length;
  const left = withoutPlace > 0 ? ` ${formatCount(withoutPlace)} have no place on these axes.` : "";
  return {
    data: placed.length > 0 ? [...data, limit] : [],
    layout: {
      title: { text: title },
      xaxis: {
        title: { text: "last page in class, weeks since the course began" },
        showgrid: true,
        rangemode: "tozero",
      },
      yaxis: {
        title: { text: "pages in class, % of the cohort's median (log scale)" },
        ...axis,
        ticktext: axis.tickvals.map((tick) => `${tick.toLocaleString("en-US")}%`),
      },
      showlegend: true,
    },
    description:
      placed.length === 0
        ? `No students to show.${left}`
        : `${formatCount(placed.length)} students by their last page in class and their pages as a share of ` +
          `the cohort's median; below ${formatPercent(share)}: ${below.join(", ") || "none"}.${left}`,
  };
}

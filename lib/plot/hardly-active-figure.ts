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
import { requireColumns } from "../log/require-columns";
import { formatCount, formatPercent } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { logAxis } from "./log-axis";
import { numbersOf, plainValues } from "./plain-values";
import { seriesMark } from "./series-mark";
import { COLORS, UNUSUAL_MARKER } from "./theme";

export interface HardlyActiveFigureOptions extends FigureOptions {
  /** Share of the cohort's median below which a student hardly reads: where the line is drawn. */
  share?: number;
}

/** Groups of the legend, the largest first, below the others. */
const GROUPS: readonly { name: string; of: readonly string[]; look: object }[] = [
  {
    name: AS_OTHERS,
    of: [AS_OTHERS],
    look: { ...seriesMark(0).marker, color: COLORS.reference, size: 5, opacity: 0.35 },
  },
  {
    name: LEFT_EARLY,
    of: [LEFT_EARLY],
    look: { ...seriesMark(1, COLORS.usual).marker, opacity: 0.8 },
  },
  {
    name: "late or moved",
    of: [JOINED_LATE, CHANGED_COHORT, ALSO_STAFF],
    look: { ...seriesMark(3, COLORS.second).marker, size: 8, opacity: 0.9 },
  },
  { name: HARDLY_READS, of: [HARDLY_READS], look: { ...UNUSUAL_MARKER } },
];

/**
 * Who hardly reads in class, and who only was not there any more: for each student how long into
 * class the last page came, and how many pages of the cohort's median they opened, the situation
 * by color and shape. Late or moved are those who joined late, changed cohort or are also Staff.
 * Below the line a student hardly reads.
 *
 * Students without pages in class or a median to compare with, and those of cohorts whose class
 * lies outside the log or nearly so, have no place; the description says how many.
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
  if (!(share > 0 && share < Infinity)) {
    throw new RangeError(`hardlyActiveFigure needs share above 0, got ${share}`);
  }
  requireColumns(
    "hardlyActiveFigure",
    students,
    "user_id",
    "cohort",
    "start_date",
    "last_read",
    "share_of_pages",
    "situation",
  );
  const points = pointsOf(students);
  const known = GROUPS.flatMap(({ of }) => of);
  const placed = points.filter((point) => known.includes(point.situation));
  const shares = placed.map((point) => point.percent);
  const data = GROUPS.flatMap(({ name, of, look }): Figure["data"] => {
    const own = placed.filter((point) => of.includes(point.situation));
    if (own.length === 0) return [];
    return [
      {
        type: "scatter",
        mode: "markers",
        name: `${name} (${formatCount(own.length)})`,
        x: own.map((point) => point.week),
        y: own.map((point) => point.percent),
        text: own.map((point) => point.label),
        marker: look,
        hovertemplate:
          "%{text}: last page in week %{x:.0f} of class, %{y:.1f}% of the median<extra></extra>",
      },
    ];
  });
  const farthest = placed.reduce((most, point) => Math.max(most, point.week), 1);
  const { tickvals, ...axis } = logAxis([100 * share, ...shares]);
  if (placed.length > 0) {
    data.push({
      type: "scatter",
      mode: "lines",
      name: `${formatPercent(share)} of the median`,
      x: [0, farthest],
      y: [100 * share, 100 * share],
      line: { color: COLORS.reference, width: 1.5, dash: "dash" },
      hoverinfo: "skip",
    });
  }
  const withoutPlace = students.height - placed.length;
  return {
    data,
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
        tickvals,
        ticktext: tickvals.map((tick) => `${tick.toLocaleString("en-US")}%`),
      },
      showlegend: true,
    },
    description: describe(placed, share, withoutPlace),
  };
}

interface Point {
  week: number;
  percent: number;
  label: string;
  situation: string;
}

const DAYS_PER_WEEK = 7;
const DAY = 86_400_000;

function pointsOf(students: pl.DataFrame): Point[] {
  const days = (name: string) => plainValues(students, name) as (Date | null)[];
  const [starts, lasts] = [days("start_date"), days("last_read")];
  const ids = numbersOf(students, "user_id");
  const shares = numbersOf(students, "share_of_pages");
  const texts = (name: string) => plainValues(students, name) as (string | null)[];
  const [cohorts, situations] = [texts("cohort"), texts("situation")];
  return ids.flatMap((id, row): Point[] => {
    const [start, last, share] = [starts![row], lasts![row], shares[row]];
    if (!start || !last || share === null || share === undefined || share <= 0) return [];
    const week = (last.getTime() - start.getTime()) / DAY / DAYS_PER_WEEK;
    return [
      {
        week: Math.round(100 * week) / 100,
        percent: Number((100 * share).toPrecision(3)),
        label: `user ${id} of ${figureText(cohorts![row])}`,
        situation: situations![row] ?? "",
      },
    ];
  });
}

function describe(placed: readonly Point[], share: number, withoutPlace: number): string {
  const left = withoutPlace > 0 ? ` ${formatCount(withoutPlace)} have no place on these axes.` : "";
  if (placed.length === 0) return `No students to show.${left}`;
  const below = placed.filter(({ percent }) => percent < 100 * share);
  const inWords = GROUPS.flatMap(({ name, of }) => {
    const count = below.filter(({ situation }) => of.includes(situation)).length;
    return count > 0 ? [`${name} ${formatCount(count)}`] : [];
  });
  return (
    `${formatCount(placed.length)} students by their last page in class and their pages as a share of ` +
    `the cohort's median; below ${formatPercent(share)}: ${inWords.join(", ") || "none"}.${left}`
  );
}

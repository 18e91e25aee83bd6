import type pl from "nodejs-polars";
import { userKey } from "../group/grouped-users";
import { usageDays } from "../group/usage-days";
import { isoDay } from "../log/iso-day";
import { counted, formatCount } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf } from "./figure";
import { distinct, figureText } from "./figure-text";
import { byGroup, groupMark } from "./groups-figures";
import { inPanels, namePanels } from "./panels";
import { largestOf, listOf, rowsOf, sumOf } from "./rows";
import { points } from "./traces";

export interface UsageTimelinesFigureOptions extends FigureOptions {
  type: string;
  /** Group names, as `groupProfiles` gives them; numbers without. */
  profiles?: pl.DataFrame;
}

const MOST_ROWS = 40;

/**
 * What a group is like, by example: a panel per group, a row per user, a dot per day of use, its
 * area by the logarithm of the day's calls.
 * @param usage `dt`, `user_id`, `type`, `api_count`: a row per user, API and day
 * @param examples `type`, `cluster_label`, `user_id`, as `exampleUsers` gives them; order stays
 * @throws {Error} if an example has no usage, the API has none or over forty examples, or
 *   `usageHabits` would refuse the usage
 */
export function usageTimelinesFigure(
  usage: pl.DataFrame,
  examples: pl.DataFrame,
  { title, type, profiles }: UsageTimelinesFigureOptions,
): Figure {
  const caller = "usageTimelinesFigure";
  const columns = ["type", "cluster_label", "user_id"] as const;
  const given = rowsOf(`${caller} (examples)`, examples, columns, { user_id: "any" });
  const shown = given.filter((row) => row.type === type);
  if (shown.length === 0 || shown.length > MOST_ROWS) {
    throw new Error(`${caller} needs 1 to ${MOST_ROWS} examples of "${type}"; got ${shown.length}`);
  }
  const all = usageDays(caller, usage);
  const known = new Map(all.map((own) => [userKey(own.type, own.user), own]));
  const last = largestOf(all.map(({ days }) => days[days.length - 1]!));
  const first = -largestOf(all.map(({ days }) => -days[0]!));
  const texts = distinct(shown.map((row) => `user ${figureText(row.user_id, { max: 24 })}`));
  const rows = shown.map(({ cluster_label, user_id }, place) => {
    const own = known.get(userKey(type, user_id));
    if (own) return { cluster_label, text: texts[place]!, days: own.days, calls: [...own.calls] };
    throw new Error(
      `${caller} needs the usage of its examples; user ${figureText(user_id)} has none`,
    );
  });
  const groups = byGroup(caller, rows, type, profiles);
  const panels = groups.map(({ label, name, own }) => ({
    heading: name,
    labels: listOf(own, "text"),
    traces: own.map(({ text, days, calls }, i) =>
      points({
        ...{ name, legendgroup: String(label), showlegend: i === 0 },
        ...{ x: Array.from(days, isoDay), y: calls.map(() => text), customdata: calls },
        marker: { ...groupMark(label), symbol: "circle", size: calls.map(sizeOf), opacity: 0.75 },
        hover: `${text}, %{x|%b %-d, %Y}: %{customdata:,} calls`,
      }),
    ),
    words: own.map(
      ({ text, days, calls }) =>
        `${text} ${counted(days.length, "day")}, ${counted(sumOf(calls), "call")}`,
    ),
  }));
  const range = [isoDay(first - 2), isoDay(last + 2)];
  const days = { title: "day (a dot's area: calls, by their logarithm)", type: "date", nticks: 5 };
  const layout = namePanels(panels, {
    ...{ rowHeight: 26, room: 14, gapBelow: 60, x: { ...days, range } },
  });
  const words = panels.flatMap((panel) => panel.words);
  const described =
    `Days of use of ${formatCount(rows.length)} users in ${counted(groups.length, "group")}: ` +
    `${words.join("; ")}.`;
  return figureOf(title, inPanels(panels), { ...layout, showlegend: false }, described);
}

function sizeOf(calls: number): number {
  return Math.round(10 * (4 + 5.5 * Math.sqrt(Math.log10(1 + calls)))) / 10;
}

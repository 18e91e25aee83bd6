import type pl from "nodejs-polars";
import { compareLabels, userKey } from "../group/grouped-users";
import { usageDays } from "../group/usage-days";
import { isoDay } from "../log/iso-day";
import { requireColumns } from "../log/require-columns";
import { counted, formatCount } from "../words/format-words";
import { distinctLabels } from "./distinct-labels";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { groupMark, groupNamesOf, groupTitle } from "./group-look";
import { namePanels } from "./name-panels";
import { axisId } from "./panel-grid";
import { numbersOf, plainValues } from "./plain-values";

export interface UsageTimelinesFigureOptions extends FigureOptions {
  /** Which API's users to show. */
  type: string;
  /** Names of groups, as `groupProfiles` gives them; their numbers without. */
  profiles?: pl.DataFrame;
}

const MOST_ROWS = 40;

/**
 * What a group is like, by example: a row per user, a dot per day of use, the larger
 * the more calls that day (its area by their logarithm), in a panel per group.
 *
 * @param usage `dt`, `user_id`, `type`, `api_count`: one row per user, API and day
 * @param examples `type`, `cluster_label`, `user_id`: the users to show, as `exampleUsers`
 *   gives them; in each group in their order
 * @throws {Error} if a column is missing or of another type, an example has no usage,
 *   the API has no examples or more than forty, or usage as `usageHabits` refuses it
 */
export function usageTimelinesFigure(
  usage: pl.DataFrame,
  examples: pl.DataFrame,
  { title, type, profiles }: UsageTimelinesFigureOptions,
): Figure {
  requireColumns("usageTimelinesFigure (examples)", examples, "type", "cluster_label", {
    user_id: "any",
  });
  const names = groupNamesOf("usageTimelinesFigure", profiles, type);
  const types = plainValues(examples, "type");
  const labelOf = numbersOf(examples, "cluster_label") as number[];
  const ids = plainValues(examples, "user_id");
  const shown = [...types.keys()].filter((row) => types[row] === type);
  if (shown.length === 0 || shown.length > MOST_ROWS) {
    throw new Error(
      `usageTimelinesFigure needs 1 to ${MOST_ROWS} examples of "${type}"; got ${shown.length}`,
    );
  }
  const all = usageDays("usageTimelinesFigure", usage);
  const known = new Map(all.map((own) => [userKey(own.type, own.user), own]));
  const first = all.reduce((day, { days }) => Math.min(day, days[0]!), Number.POSITIVE_INFINITY);
  const last = all.reduce((day, { days }) => Math.max(day, days[days.length - 1]!), first);
  const rows = shown.map((row) => {
    const own = known.get(userKey(type, ids[row]));
    if (own) return { label: labelOf[row]!, own };
    throw new Error(
      `usageTimelinesFigure needs the usage of its examples; user ${figureText(ids[row])} has none`,
    );
  });
  const labels = [...new Set(rows.map(({ label }) => label))].sort(compareLabels);
  const texts = distinctLabels(rows.map(({ own }) => `user ${figureText(own.user, { max: 24 })}`));
  const words: string[] = [];
  const panels = labels.map((label) => ({
    label,
    places: [...rows.keys()].filter((place) => rows[place]!.label === label),
  }));
  const data = panels.flatMap(({ label, places }, index) =>
    places.map((place, i): Figure["data"][number] => {
      const { own } = rows[place]!;
      const { color } = groupMark(label);
      const calls = Array.from(own.calls);
      const sum = calls.reduce((a, b) => a + b, 0);
      words.push(`${texts[place]} ${counted(own.days.length, "day")}, ${counted(sum, "call")}`);
      return {
        type: "scatter",
        mode: "markers",
        name: groupTitle(label, names),
        xaxis: axisId("x", index),
        yaxis: axisId("y", index),
        legendgroup: String(label),
        showlegend: i === 0,
        x: Array.from(own.days, isoDay),
        y: calls.map(() => texts[place]!),
        customdata: calls,
        marker: { color, symbol: "circle", size: calls.map(sizeOf), opacity: 0.75 },
        hovertemplate: `${texts[place]}, %{x|%b %-d, %Y}: %{customdata:,} calls<extra></extra>`,
      };
    }),
  );
  return {
    data,
    layout: {
      title: { text: title },
      ...namePanels(
        panels.map(({ label, places }) => ({
          program: groupTitle(label, names),
          labels: places.map((place) => texts[place]!),
        })),
        {
          height: (most) => 26 * most + 14,
          gapBelow: 60,
          x: {
            title: "day (a dot's area: calls, by their logarithm)",
            type: "date",
            range: [isoDay(first - 2), isoDay(last + 2)],
            nticks: 5,
          },
        },
      ),
      showlegend: false,
    },
    description:
      `Days of use of ${formatCount(rows.length)} users in ${counted(labels.length, "group")}: ` +
      `${words.join("; ")}.`,
  };
}

/** Diameter of a day's dot in pixels: its area by the logarithm of calls. */
function sizeOf(calls: number): number {
  return Math.round(10 * (4 + 5.5 * Math.sqrt(Math.log10(1 + calls)))) / 10;
}

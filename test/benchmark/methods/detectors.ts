import { scoreIntervals } from "../../../lib/detect/compare/score-intervals";
import { where } from "../../../lib/log/where";
import { recordedComparison } from "../../../lib/twin/recorded-comparison";
import { markdownTable } from "../../support/markdown-table";

const ORIGINS = ["published", "planted", "hard"] as const;
const SHOWN_ALARMS = [
  ...["combined", "scraping", "slow scraping", "surprise"],
  ...["pages of an hour", "pages of the day", "robust bands"],
];

type Row = Record<string, string | number>;

/** The tables on the detectors, of what `npm run benchmark:detectors` recorded. */
export function simulate(): string[] {
  const { scores, alarms } = recordedComparison();
  const all = scoreIntervals(where(scores, { kind: "all" })).toRecords() as Row[];
  const levels = scoreIntervals(where(scores, { origin: "hard", detector: "combined" }));
  return [
    "Average precision with its 95 % interval, and stories found:",
    ...markdownTable(rankings(all)),
    "Hard stories found, by the combined ranking:",
    ...markdownTable(foundByLevel(levels.toRecords() as Row[])),
    "Flagged days in 1,000:",
    ...markdownTable(falseAlarms(alarms.toRecords() as Row[])),
  ];
}

function rankings(rows: Row[]): Row[] {
  const names = [...new Set(rows.map((row) => row.detector))];
  return names.map((detector) => {
    const cells = ORIGINS.map((origin) => {
      const own = rows.find((row) => row.detector === detector && row.origin === origin)!;
      const [best, low, high] = ["", "_low", "_high"].map((end) =>
        Number(own[`average_precision${end}`]).toFixed(3),
      );
      return [origin, `${best} (${low} to ${high}); ${own.stories_found} of ${own.stories}`];
    });
    return { detector, ...Object.fromEntries(cells) };
  });
}

function foundByLevel(rows: Row[]): Row[] {
  const kinds = [...new Set(rows.map((row) => row.kind))].filter((kind) => kind !== "all");
  return kinds.flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind && row.level !== null);
    const cells = own.map((row) => `${row.level}: ${row.stories_found} of ${row.stories}`);
    return cells.length > 0 ? [{ kind: kind!, "level: found": cells.join(", ") }] : [];
  });
}

function falseAlarms(rows: Row[]): Row[] {
  const days = [...new Set(rows.map((row) => row.decoy))];
  return days.map((decoy) => {
    const of = (detector: string) => {
      const own = rows.filter((row) => row.decoy === decoy && row.detector === detector);
      const sum = (name: string) => own.reduce((total, row) => total + Number(row[name]), 0);
      return { days: sum("user_days"), flagged: sum("false_alarms") };
    };
    const cells = SHOWN_ALARMS.map((detector) => {
      const { days, flagged } = of(detector);
      return [detector, ((1000 * flagged) / days).toFixed(1)];
    });
    return { days: decoy!, "user-days": of("combined").days, ...Object.fromEntries(cells) };
  });
}

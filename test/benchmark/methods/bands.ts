import pl from "nodejs-polars";
import { bollingerBands } from "../../../lib/detect/bands/bollinger-bands";
import { above, where } from "../../../lib/log/where";
import { FIRST_DAY, ordinaryDays } from "../../support/ordinary-days";

const [USERS, DAYS] = [300, 350];

const METHODS = {
  "Bollinger bands, k 2": { k: 2 },
  "robust bands, k 2": { k: 2, method: "robust" },
  "robust bands, k 8": { k: 8, method: "robust" },
  "counts, k 2": { k: 2, method: "counts" },
  "counts, k 3": { k: 3, method: "counts" },
} as const;

/** How many ordinary days each kind of bands flags, and how many of much reading it finds. */
export function simulate(): string[] {
  const daily = ordinaryDays({ seed: 1, users: USERS, days: DAYS });
  const ordinary = eachMethod((options) => {
    const banded = bollingerBands(daily, options);
    const flagged = where(banded, { pct_b: above(1) });
    return [
      (1000 * flagged.height) / daily.height,
      (100 * flagged.getColumn("date").nUnique()) / DAYS,
    ];
  });
  // Day 300 is a Tuesday. Each tenth user reads as many pages on it.
  const tenth = Array.from({ length: USERS / 10 }, (_, i) => 10 * i);
  const ofTenth = pl.col("user_id").cast(pl.Int32).isIn(tenth);
  const isPlanted = ofTenth.and(
    pl
      .col("date")
      .cast(pl.Int32)
      .eq(FIRST_DAY + 300),
  );
  const found = eachMethod((options) =>
    [50, 100, 200, 400].map((pages) => {
      const planted = pl.when(isPlanted).then(pl.lit(pages)).otherwise(pl.col("pages"));
      const banded = bollingerBands(daily.withColumns(planted.alias("pages")), options);
      const days = banded.filter(isPlanted);
      return (100 * where(days, { pct_b: above(1) }).height) / days.height;
    }),
  );
  const alarmDays = Array.from({ length: 8 }, (_, i) => {
    const others = ordinaryDays({ seed: 2 + i, users: USERS, days: DAYS });
    const flagged = where(bollingerBands(others, { method: "counts" }), { pct_b: above(1) });
    return flagged.getColumn("date").nUnique() / DAYS / 8;
  });
  const share = 100 * alarmDays.reduce((a, b) => a + b);
  return [
    `${USERS} users, ${DAYS} days`,
    "",
    "| bands | false alarms in 1,000 user-days | days with any, % |",
    "| --- | --- | --- |",
    ...ordinary,
    "",
    "| bands | found of 50 pages, % | 100 pages | 200 pages | 400 pages |",
    "| --- | --- | --- | --- | --- |",
    ...found,
    "",
    `Counts, k 2, eight times as many days: ${share.toFixed(1)} % of days have a false alarm.`,
  ];
}

function eachMethod(ask: (options: (typeof METHODS)[keyof typeof METHODS]) => number[]): string[] {
  return Object.entries(METHODS).map(([name, options]) => {
    const cells = ask(options).map((number) => number.toFixed(number < 1 ? 2 : 1));
    return `| ${[name, ...cells].join(" | ")} |`;
  });
}

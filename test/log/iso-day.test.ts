import { expect, it } from "vitest";
import { isoDay } from "../../lib/log/iso-day";

// Days since 1970 by GNU date: `echo $(($(date -ud 2018-01-26 +%s) / 86400))`, and by hand.
it.each([
  [17_557, "2018-01-26"],
  [0, "1970-01-01"],
  [-1, "1969-12-31"],
  // the first day that needs five digits for its year, as ECMAScript writes it
  [2_932_897, "+010000-01-01"],
  [100_000_001, "day 100,000,001"],
  [Number.NaN, "day NaN"],
])("writes day %d", (day, text) => {
  expect(isoDay(day)).toBe(text);
});

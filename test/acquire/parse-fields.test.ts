import fc from "fast-check";
import { expect, it } from "vitest";
import { parseCohort } from "../../lib/acquire/cohort-rows";
import { parseDay, parseInteger, parseSecond } from "../../lib/acquire/parse-fields";
import { slowDay, slowInteger, slowMoment, slowSecond } from "../fuzz/slow-fields";

const orNothing = (value: unknown) => (Number.isNaN(value) ? undefined : value);
const parsed = (parse: typeof parseDay, text: string) => {
  // other bytes around it, as in a file
  const bytes = Buffer.from(`0${text}0`);
  return orNothing(parse(bytes, 1, bytes.length - 1));
};
const two = (number: number) => String(number).padStart(2, "0");
const four = (number: number) => String(number).padStart(4, "0");
const UP_TO_99 = Array.from({ length: 100 }, (_, number) => two(number));

it("parseDay numbers every day of the years 1 to 9999 one after another, and knows no other", () => {
  const bytes = Buffer.alloc(10);
  // Python: datetime.date(1, 1, 1) - datetime.date(1970, 1, 1)
  let next = -719_162;
  const wrong: string[] = [];
  for (let year = 1; year <= 9999; year++) {
    for (let month = 1; month <= 12; month++) {
      // the calendar comes again every 400 years
      const length = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
      bytes.write(`${four(year)}-${two(month)}-`);
      for (let day = 0; day <= 32; day++) {
        bytes.write(two(day), 8);
        const expected = day >= 1 && day <= length ? next++ : undefined;
        if (orNothing(parseDay(bytes, 0, 10)) !== expected) wrong.push(bytes.toString());
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(next).toBe(2_932_897); // Python: datetime.date(9999, 12, 31), and one more
});

it("parseSecond counts every second of a day, and no other", () => {
  const times = UP_TO_99.flatMap((hour) => UP_TO_99.map((minute) => `${hour}:${minute}`));
  const wrong = times.flatMap((time) =>
    UP_TO_99.filter((second, at) => {
      const [hour = 0, minute = 0] = time.split(":").map(Number);
      const isTime = hour < 24 && minute < 60 && at < 60;
      const expected = isTime ? (hour * 60 + minute) * 60 + at : undefined;
      const bytes = Buffer.from(`${time}:${second}`);
      return orNothing(parseSecond(bytes, 0, 8)) !== expected;
    }),
  );
  expect(wrong).toEqual([]);
});

it("parseInteger goes to 2^53 on both sides, and not beyond; 8.0 is 8, as pandas writes it", () => {
  for (let distance = -500n; distance <= 500n; distance++) {
    for (const sign of [1n, -1n]) {
      const number = sign * (2n ** 53n + distance);
      for (const end of ["", ".0", ".000"]) {
        const expected = distance < 0n ? Number(number) : undefined;
        expect(parsed(parseInteger, `${number}${end}`)).toBe(expected);
      }
    }
  }
});

const junk = fc.string({ unit: fc.constantFrom(..."0123456789-.:+ eé\0١x,"), maxLength: 20 });
const cut = (texts: fc.Arbitrary<string>) =>
  fc.tuple(texts, fc.nat(20), fc.constantFrom("", "", "/", "x", " ")).map(([text, at, by]) => {
    return by === "" ? text : text.slice(0, at) + by + text.slice(at + 1);
  });
const days = fc
  .tuple(fc.nat(9999), fc.nat(99), fc.nat(99))
  .map(([year, month, day]) => `${four(year)}-${two(month)}-${two(day)}`);
const seconds = fc.array(fc.nat(99), { maxLength: 4 }).map((parts) => parts.map(two).join(":"));
const integers = fc
  .tuple(
    fc.constantFrom("", "-", "+", "0", "00"),
    fc.maxSafeInteger().map(String),
    fc.constantFrom("", ".0", ".00", ".", ".01", "e1", "00"),
  )
  .map((parts) => parts.join(""));

it.each<[string, typeof parseDay, (text: string) => unknown, fc.Arbitrary<string>]>([
  ["parseDay", parseDay, slowDay, days],
  ["parseSecond", parseSecond, slowSecond, seconds],
  ["parseInteger", parseInteger, slowInteger, integers],
])("%s is no wiser than a pattern on anything else", (_, parse, slow, near) => {
  fc.assert(
    fc.property(fc.oneof(near, cut(near), junk), (text) => {
      expect(parsed(parse, text)).toBe(slow(text));
    }),
    { numRuns: 3000 },
  );
});

it("a cohort's moments are read to the thousandth, and as a pattern reads them", () => {
  const created = (text: string) => {
    const row = parseCohort(["1", "", "", "", "", text, "", "", ""]);
    return Array.isArray(row) ? row[5] : undefined;
  };
  for (let thousandth = 0; thousandth < 1000; thousandth++) {
    const digits = String(thousandth).padStart(3, "0");
    const moment = Date.UTC(2016, 5, 14, 19, 52, 26, thousandth);
    expect(created(`2016-06-14 19:52:26.${digits}`)).toBe(moment);
    expect(created(`2016-06-14T19:52:26.${digits}999`)).toBe(moment);
  }
  const parts = [
    fc.constantFrom("2016-06-14", "1969-12-31", "0001-01-01", "2019-02-29", "2016-6-14"),
    fc.constantFrom("", " ", "T", "  ", "t", "\u00a0"),
    fc.constantFrom("", "19:52:26", "24:00:00", "9:52:26", "19:52"),
    fc.constantFrom("", ".", ".1", ".000000001", ".0000000001", ",5", "Z", "+00:00", "\n"),
  ] as const;
  fc.assert(
    fc.property(fc.tuple(...parts), (written) => {
      expect(created(written.join(""))).toBe(slowMoment(written.join("")));
    }),
    { numRuns: 1000 },
  );
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCohort } from "../../lib/acquire/cohort-rows";
import { parseDay, parseInteger, parseSecond } from "../../lib/acquire/parse-fields";
import { slowDay, slowInteger, slowMoment, slowSecond } from "../fuzz/slow-fields";

const orNothing = (value: number) => (Number.isNaN(value) ? undefined : value);
const parsed = (parse: typeof parseDay, text: string) => {
  // other bytes around it, as in a file
  const bytes = Buffer.from(`0${text}0`);
  return orNothing(parse(bytes, 1, bytes.length - 1));
};
const two = (number: number) => String(number).padStart(2, "0");
const junk = fc.string({ unit: fc.constantFrom(..."0123456789-.:+ eé\0"), maxLength: 20 });

describe("parseDay", () => {
  it("numbers every day of the years 1 to 9999 one after another, and knows no other", () => {
    const bytes = Buffer.alloc(10);
    // Python: datetime.date(1, 1, 1) - datetime.date(1970, 1, 1)
    let next = -719_162;
    const wrong: string[] = [];
    for (let year = 1; year <= 9999; year++) {
      for (let month = 1; month <= 12; month++) {
        // the calendar comes again every 400 years
        const length = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
        bytes.write(`${String(year).padStart(4, "0")}-${two(month)}-`);
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

  it.each(["", "2019-1-01", "2019/01/01", "01-01-2019", "2019-01-01 ", "20190101", "2019-01-0x"])(
    "refuses %j",
    (text) => expect(parsed(parseDay, text)).toBeUndefined(),
  );

  it("is no wiser than a pattern and JavaScript's calendar on anything else", () => {
    const near = fc
      .tuple(fc.integer({ min: 0, max: 9999 }), fc.nat(99), fc.nat(99))
      .map(([year, month, day]) => `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`);
    fc.assert(
      fc.property(fc.oneof(near, junk), (text) => {
        expect(parsed(parseDay, text)).toBe(slowDay(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("parseSecond", () => {
  it("counts every second of a day, and no other", () => {
    const bytes = Buffer.alloc(8);
    const wrong: string[] = [];
    for (let at = 0; at < 1_000_000; at++) {
      const [hour, minute, second] = [
        Math.floor(at / 10_000),
        Math.floor(at / 100) % 100,
        at % 100,
      ];
      bytes.write(`${two(hour)}:${two(minute)}:${two(second)}`);
      const isTime = hour < 24 && minute < 60 && second < 60;
      const expected = isTime ? (hour * 60 + minute) * 60 + second : undefined;
      if (orNothing(parseSecond(bytes, 0, 8)) !== expected) wrong.push(bytes.toString());
    }
    expect(wrong).toEqual([]);
  });

  it.each(["9:55:03", "09:55", "09-55-03", "-1:00:00", ""])("refuses %j", (text) =>
    expect(parsed(parseSecond, text)).toBeUndefined(),
  );

  it("is no wiser than a pattern on anything else", () => {
    fc.assert(
      fc.property(junk, (text) => {
        expect(parsed(parseSecond, text)).toBe(slowSecond(text));
      }),
    );
  });
});

describe("parseInteger", () => {
  it("takes 8.0 for 8, and 100.00 for 100, as pandas writes them", () => {
    const numbers = ["0", "007", "-5", "8.0", "100.00", "100"];
    expect(numbers.map((text) => parsed(parseInteger, text))).toEqual([0, 7, -5, 8, 100, 100]);
  });

  it("goes to 2^53 on both sides, and not beyond", () => {
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

  it.each([
    "",
    "-",
    "abc",
    "1.5",
    "1.05",
    "1.",
    ".0",
    ".",
    "1e3",
    "0x10",
    " 1",
    "1 ",
    "1,000",
    "١",
  ])("refuses %j", (text) => expect(parsed(parseInteger, text)).toBeUndefined());

  it("reads any integer as JavaScript does, and nothing that is not one", () => {
    const written = fc
      .tuple(
        fc.constantFrom("", "-", "+", "0", "00"),
        fc.maxSafeInteger(),
        fc.constantFrom("", ".0", ".00", ".", ".01", "e1"),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(written, junk), (text) => {
        expect(parsed(parseInteger, text)).toBe(slowInteger(text));
      }),
      { numRuns: 2000 },
    );
  });
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

import { describe, expect, it } from "vitest";
import { parseDay, parseInteger, parseSecond } from "../../lib/acquire/parse-fields";

const day = (text: string) => parseDay(Buffer.from(text), 0, Buffer.byteLength(text));
const second = (text: string) => parseSecond(Buffer.from(text), 0, Buffer.byteLength(text));
const integer = (text: string) => parseInteger(Buffer.from(text), 0, Buffer.byteLength(text));

describe("parseDay", () => {
  it("numbers every day from 1890 to 2110 as JavaScript's own calendar does", () => {
    const first = Date.UTC(1890, 0, 1) / 86_400_000;
    const last = Date.UTC(2110, 11, 31) / 86_400_000;
    for (let number = first; number <= last; number++) {
      expect(day(new Date(number * 86_400_000).toISOString().slice(0, 10))).toBe(number);
    }
  });

  it.each([
    "2019-02-30",
    "2019-02-29",
    "1900-02-29",
    "2019-04-31",
    "2019-13-01",
    "2019-00-10",
    "2019-01-00",
    "0000-00-00",
  ])("refuses %s, a day that never was", (text) => expect(day(text)).toBeNaN());

  it("knows the leap days of 2000 and 2020", () => {
    expect(day("2000-02-29")).toBe(Date.UTC(2000, 1, 29) / 86_400_000);
    expect(day("2020-02-29")).toBe(Date.UTC(2020, 1, 29) / 86_400_000);
  });

  it.each([
    "",
    "2019-1-01",
    "2019/01/01",
    "01-01-2019",
    "2019-01-01 ",
    "20190101",
    "2019-01-0x",
    "+019-01-01",
  ])("refuses %j, which is not written as a day", (text) => expect(day(text)).toBeNaN());
});

describe("parseSecond", () => {
  it("counts seconds from midnight", () => {
    expect(second("00:00:00")).toBe(0);
    expect(second("09:55:03")).toBe(35_703); // 9 * 3600 + 55 * 60 + 3
    expect(second("23:59:59")).toBe(86_399);
  });

  it.each([
    "25:61:00",
    "24:00:00",
    "12:60:00",
    "12:00:60",
    "9:55:03",
    "09:55",
    "09-55-03",
    "-1:00:00",
    "",
  ])("refuses %j", (text) => expect(second(text)).toBeNaN());
});

describe("parseInteger", () => {
  it("reads integers up to the last that is told apart from its neighbors", () => {
    expect(integer("0")).toBe(0);
    expect(integer("007")).toBe(7);
    expect(integer("-5")).toBe(-5);
    expect(integer("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("takes 8.0 for 8, and 100.00 for 100, as pandas writes them", () => {
    expect(integer("8.0")).toBe(8);
    expect(integer("100.00")).toBe(100);
    expect(integer("100")).toBe(100);
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
    "+1",
    "1,000",
    "9007199254740992",
    "-9007199254740992",
    "99999999999999999999",
    "١",
  ])("refuses %j", (text) => expect(integer(text)).toBeNaN());
});

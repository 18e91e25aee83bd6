import { expect, it } from "vitest";
import { pageCurricula } from "../../../lib/detect/access/page-curricula";
import { accessLog, rowsOf } from "../../support/access-log";
import { DATA, NOBODY, readers, STAFF, WEB } from "./two-programs";

// Forty web-development students and ten of data science, so that equal rates are 4 to 1.
const log = accessLog([
  ...readers(WEB, 100, 40, ["/", "java-i"]),
  ...readers(DATA, 200, 10, ["/", "sql/joins"]),
  ...readers(WEB, 100, 4, ["sql/joins"]),
  ...readers(DATA, 200, 1, ["java-i"]),
  ...readers(DATA, 200, 4, ["9-sql/2-tables"]),
  ...readers(DATA, 200, 2, ["stray"]),
  ...readers(STAFF, 300, 9, ["sql/joins", "staff-only", "java-i"]),
]);
const found = (path: string, frame = pageCurricula(log)) =>
  rowsOf(frame).find((row) => row[0] === path);

it("gives a page to the program whose students read it, by rates and not by counts", () => {
  // path, curriculum, readers of either, share, rows
  expect(found("java-i")).toEqual(["java-i", "web development", 40, 1, 1 / 11, 50, "page"]);
  expect(found("sql/joins")).toEqual(["sql/joins", "data science", 4, 10, 10 / 11, 23, "page"]);
  expect(found("/")).toEqual(["/", "shared", 40, 10, 0.5, 50, "page"]);
});

it("judges a page of few readers by its section, whatever number stands before that", () => {
  expect(found("9-sql/2-tables")?.slice(1)).toEqual(["data science", 0, 4, 1, 4, "section"]);
  expect(found("stray")?.slice(1)).toEqual(["unknown", 0, 2, 1, 2, null]);
  expect(found("staff-only")?.slice(1)).toEqual(["unknown", 0, 0, null, 9, null]);
});

it("counts a student once per page, however often it is opened", () => {
  const often = accessLog([
    ...readers(WEB, 100, 40, ["java-i", "java-i"]),
    ...readers(DATA, 200, 10, ["sql"]),
    ...Array.from({ length: 30 }, () => readers(DATA, 200, 1, ["java-i"])).flat(),
  ]);
  expect(found("java-i", pageCurricula(often))?.slice(1, 4)).toEqual(["web development", 40, 1]);
});

it("does not hold against a page that a program was not there to read it", () => {
  const early = accessLog([
    ...readers(WEB, 100, 9, ["content/old.html"], "2018-05-01"),
    ...readers(WEB, 100, 9, ["passing"], "2018-05-01"),
    ...readers(WEB, 110, 9, ["content/new.html"]),
    ...readers(DATA, 200, 9, ["sql/joins"]),
  ]);
  const pages = pageCurricula(early);
  const old = ["content/old.html", "web development", 9, 0, null, 9, "section"];
  expect(found("content/old.html", pages)).toEqual(old);
  expect(found("passing", pages)?.slice(1)).toEqual(["unknown", 9, 0, null, 9, null]);
});

it("does not judge by a few students what others read", () => {
  const others = accessLog([
    ...readers(WEB, 100, 40, ["java-i"]),
    ...readers(DATA, 200, 10, ["sql/joins"]),
    ...readers(WEB, 100, 6, ["4.6_pandas"]),
    ...readers(NOBODY, 400, 7, ["4.6_pandas"]),
  ]);
  expect(found("4.6_pandas", pageCurricula(others))?.[1]).toBe("unknown");
});

it("is as strict as it is told to be, and knows nothing of a page without students", () => {
  const [alone] = rowsOf(pageCurricula(accessLog([{ at: "2019-10-01 09:00:00" }])));
  expect(alone).toEqual(["/", "unknown", 0, 0, null, 1, null]);
  expect(found("java-i", pageCurricula(log, { ratio: 11 }))?.[1]).toBe("shared");
  expect(found("stray", pageCurricula(log, { minReaders: 2 }))?.[1]).toBe("data science");
});

import { expect, it } from "vitest";
import { hardlyActiveStudents } from "../../lib/explore/class-time/hardly-active-students";
import { hardlyActiveFigure } from "../../lib/plot/hardly-active-figure";
import { figureToSvg } from "../../lib/plot/static-image";
import { accessLog } from "../support/access-log";
import { traces } from "./parts";

const cohort = {
  ...{ cohort_id: 34, cohort: "B<b>", start_date: "2020-01-01", end_date: "2020-03-25" },
};
const weeks = Array.from({ length: 12 }, (_, week) =>
  new Date(Date.UTC(2020, 0, 1 + 7 * week)).toISOString().slice(0, 10),
);
const readers: [user: number, days: string[]][] = [
  ...[1, 2, 3, 4].map((user): [number, string[]] => [user, weeks]),
  [5, ["2020-01-15"]],
  [6, ["2020-01-01", "2020-03-11"]],
];
const requests = readers.flatMap(([user_id, days]) =>
  days.map((day) => ({ at: `${day} 12:00:00`, user_id, ...cohort })),
);
const students = hardlyActiveStudents(accessLog(requests), { share: 0.3 });

it("hardlyActiveFigure shows a mark per student by situation, above a line at the share", () => {
  const figure = hardlyActiveFigure(students, { title: "Two hardly read", share: 0.3 });
  expect(traces(figure).map(({ name, x }) => [name, x])).toEqual([
    ["as others (4)", [11, 11, 11, 11]],
    ["left early (1)", [2]],
    ["hardly reads (1)", [10]],
    ["30% of the median", [0, 11]],
  ]);
  // 1 of 12 pages
  expect(traces(figure)[1]).toMatchObject({ y: [8.33], text: ["user 5 of B&lt;b&gt;"] });
  expect(traces(figure)[3]!.y).toEqual([30, 30]);
  expect(figure.description).toBe(
    "6 students by their last page in class and their pages as a share of the cohort's median; " +
      "below 30%: left early 1, hardly reads 1.",
  );
  expect(figureToSvg(figure)).toContain("Two hardly read");
});

it("hardlyActiveFigure says where there is nobody to show", () => {
  const nobody = hardlyActiveFigure(students.head(0), { title: "Nobody" });
  expect([nobody.data, nobody.description]).toEqual([[], "No students to show."]);
  expect(figureToSvg(nobody)).toContain("Nobody");
});

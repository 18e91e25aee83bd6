/** A part of the curriculum: the paths that begin with its name. */
export interface Topic {
  segment: string;
  /** Which lessons it belongs to. */
  course: "java" | "old" | "numbered" | "plain" | "ada" | "any";
  /** How far into the course it comes up: 0 first day, 1 last; -1 for any time. */
  place: number;
}

/**
 * Order of the curriculum by first segment of the path, from the published layouts:
 * `old` is the tree of 2018 and before, `numbered` data science until July 2020, `plain`
 * data science after that. A segment that is not here is of the flat layout of early
 * 2019 (`ada`) if it begins with a digit or a capital, and belongs to `any` otherwise.
 *
 * Columns: course, then segment:place.
 */
export const TOPICS: ReadonlyMap<string, Topic> = topics(`
java html-css:0.05 javascript-i:0.15 javascript-ii:0.25 jquery:0.33 mysql:0.45 java-i:0.52 java-ii:0.6 java-iii:0.7 spring:0.82 capstone:0.93 examples:0.2 slides:0.5 web-design:0.1
old content:-1 index.html:-1 mkdocs:-1 prework:0 single-page.html:-1
numbered 1-fundamentals:0.02 2-storytelling:0.1 3-sql:0.15 4-python:0.28 5-stats:0.4 6-regression:0.48 7-classification:0.57 8-clustering:0.66 9-timeseries:0.73 10-anomaly-detection:0.8 11-nlp:0.85 12-distributed-ml:0.92 13-advanced-topics:0.97 individual-project:0.95
plain fundamentals:0.02 storytelling:0.1 sql:0.15 python:0.28 stats:0.4 regression:0.48 classification:0.57 clustering:0.66 timeseries:0.73 anomaly-detection:0.8 nlp:0.85 distributed-ml:0.92 advanced-topics:0.97
any capstones:0.95
ada 5-regression:0.45 6-classification:0.55 9-anomaly-detection:0.8 2-stats:0.35 7-clustering:0.65
`);

/** Place in the course of the sections that the flat names of early 2019 begin with. */
export const ADA_SECTIONS: ReadonlyMap<number, number> = new Map([
  [1, 0.02],
  [2, 0.35],
  [3, 0.15],
  [4, 0.28],
  [5, 0.45],
  [6, 0.55],
  [7, 0.65],
  [8, 0.73],
  [9, 0.8],
  [10, 0.85],
  [11, 0.9],
  [12, 0.93],
  [13, 0.97],
]);

/** Files that a page loads: they follow it within a second. Source: equal published counts. */
export const ASSETS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "1-fundamentals/1.1-intro-to-data-science",
    ["1-fundamentals/modern-data-scientist.jpg", "1-fundamentals/AI-ML-DL-timeline.jpg"],
  ],
  [
    "fundamentals/intro-to-data-science",
    ["fundamentals/AI-ML-DL-timeline.jpg", "fundamentals/modern-data-scientist.jpg"],
  ],
  ["1-fundamentals/1.2-data-science-pipeline", ["1-fundamentals/DataToAction_v2.jpg"]],
  ["fundamentals/data-science-pipeline", ["fundamentals/DataToAction_v2.jpg"]],
  ["classification/overview", ["classification/scale_features_or_not.svg"]],
  ["10-anomaly-detection/1-overview", ["10-anomaly-detection/AnomalyDetectionCartoon.jpeg"]],
  ["anomaly-detection/overview", ["anomaly-detection/AnomalyDetectionCartoon.jpeg"]],
]);

/** Days on which what the site offers changes: new layout, data science, its plain names. */
export const ERA_STARTS = ["2018-07-20", "2019-08-19", "2020-07-06"] as const;

/** How much of a course is read in each era, from before the first change on. */
export const COURSE_BY_ERA: Readonly<Record<Topic["course"], readonly number[]>> = {
  java: [1, 1, 1, 1],
  any: [1, 1, 1, 1],
  old: [1, 0.04, 0.01, 0.01],
  numbered: [0, 0, 1, 0.03],
  plain: [0, 0, 0, 1],
  ada: [0, 1, 0.2, 0.05],
};

/** Paths that only one time knew: mainly the table of contents and the search index. */
export const PATH_BY_ERA: ReadonlyMap<string, readonly number[]> = new Map([
  ["toc", [0, 1, 1, 1]],
  ["search/search_index.json", [0, 0.4, 1, 1]],
]);

function topics(text: string): ReadonlyMap<string, Topic> {
  const table = new Map<string, Topic>();
  for (const line of text.trim().split("\n")) {
    const [course, ...segments] = line.split(" ");
    for (const entry of segments) {
      const [segment, place] = entry.split(":");
      table.set(segment!, {
        segment: segment!,
        course: course as Topic["course"],
        place: Number(place),
      });
    }
  }
  return table;
}

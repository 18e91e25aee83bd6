/** Reads Numenta's anomaly benchmark from where its user has it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface NabFile {
  /** As `realTweets/Twitter_volume_KO.csv`. */
  name: string;
  values: Float64Array;
  windows: (readonly [number, number])[];
}

const linesOf = (file: string) => readFileSync(file, "utf8").trim().split(/\r?\n/).slice(1);

/** The benchmark's series with the windows of their anomalies, by name. */
export function nabFiles(folder: string): NabFile[] {
  const labels = join(folder, "labels", "combined_windows.json");
  const told: Record<string, [string, string][]> = JSON.parse(readFileSync(labels, "utf8"));
  return Object.keys(told)
    .sort()
    .map((name) => {
      const rows = linesOf(join(folder, "data", name)).map((line) => line.split(","));
      const placeOf = new Map(rows.map(([time], row) => [time!, row]));
      // Times of windows have fractions of a second.
      const place = (time: string) => placeOf.get(time.replace(/\.\d+$/, ""))!;
      return {
        name,
        values: Float64Array.from(rows, ([, value]) => Number(value)),
        windows: told[name]!.map(([from, to]) => [place(from), place(to)] as const),
      };
    });
}

/** A detector's published scores of a series. */
export function publishedScores(folder: string, detector: string, name: string): number[] {
  const [group = "", file = ""] = name.split("/");
  const path = join(folder, "results", detector, group, `${detector}_${file}`);
  return linesOf(path).map((line) => Number(line.split(",")[2]));
}

/** What is published of all detectors: their scores by profile. */
export function publishedResults(folder: string): Record<string, Record<string, number>> {
  return JSON.parse(readFileSync(join(folder, "results", "final_results.json"), "utf8"));
}

/** Detectors of which scores of each row are there. */
export const scoredDetectors = (folder: string): string[] =>
  readdirSync(join(folder, "results"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

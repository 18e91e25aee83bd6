import type pl from "nodejs-polars";
import { ALL_KINDS } from "../detect/compare/score-detectors";
import { formatCount, formatPercent } from "../words/format-words";
import type { Figure, FigureOptions } from "./figure";
import { figureText } from "./figure-text";
import { grouped, largestOf, rowsOf } from "./rows";
import { byMean, sharesFigure } from "./shares-figure";

/**
 * Which detector finds which kind of anomaly: of the planted stories of a kind, the share found, as
 * a heat map with percents in its cells. Kinds come from the highest to the lowest mean, and then all
 * kinds together where they are there; detectors by these, or by their mean. Cells without a value
 * stay empty. Under each kind stands how many stories it has.
 *
 * @param recall `detector`, `kind`, `recall` (0 to 1, or null), `stories`: a row per detector and
 *   kind, as `scoreDetectors` gives
 * @throws {Error} if a column is missing or of another type
 */
export function recallFigure(recall: pl.DataFrame, { title }: FigureOptions): Figure {
  const rows = rowsOf("recallFigure", recall, ["detector", "kind", "recall", "stories"]);
  const found = new Map(rows.map((row) => [`${row.detector}\0${row.kind}`, row.recall]));
  const share = (detector: string, kind: string) => found.get(`${detector}\0${kind}`) ?? null;
  const all = [...new Set(rows.map(({ detector }) => detector))];
  const stories = new Map(
    grouped(rows, ({ kind }) => kind).map(([kind, own]) => [
      kind,
      largestOf(
        own.map((row) => row.stories),
        0,
      ),
    ]),
  );
  const isWhole = stories.has(ALL_KINDS);
  const kinds = byMean(
    [...stories.keys()].filter((kind) => kind !== ALL_KINDS),
    (kind) => all.map((detector) => share(detector, kind)),
  );
  const columns = isWhole ? [...kinds, ALL_KINDS] : kinds;
  const judged = isWhole ? [ALL_KINDS] : kinds;
  const detectors = byMean(all, (detector) => judged.map((kind) => share(detector, kind)));
  return {
    ...sharesFigure({
      ...{ title, rows: detectors, columns, share },
      xTitle: "kind of anomaly (stories of it)<br>cells: stories found, in percent",
      hover: "%{y}: %{z:.1%} found of %{x}",
      note: (kind) => `(${formatCount(stories.get(kind)!)})`,
    }),
    description: describe(detectors, columns, share),
  };
}

function describe(
  detectors: string[],
  kinds: string[],
  share: (detector: string, kind: string) => number | null,
): string {
  const best = kinds.flatMap((kind) => {
    const known = detectors.filter((detector) => share(detector, kind) !== null);
    const [top] = known.sort((a, b) => share(b, kind)! - share(a, kind)!);
    if (top === undefined) return [];
    return `${figureText(kind)} ${formatPercent(share(top, kind)!, 0)} (${figureText(top)})`;
  });
  if (best.length === 0) return "No recall to show.";
  return `Share of planted stories found by ${detectors.length} detectors. Highest per kind: ${best.join("; ")}.`;
}

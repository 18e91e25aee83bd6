import pl from "nodejs-polars";
import { gathered } from "../../log/gathered";
import { int32, numbers } from "../../log/typed-arrays";

/** Days: what lies at most this far apart is one, and a story counts for so long. */
export const FORTNIGHT = 14;

/** What is known of one user, with the days since 1970 of its first and last row. */
export interface Told {
  origin: string | null;
  kind: string;
  level: number | null;
  entity: string;
  user: number;
  from: number;
  to: number;
}

/** Of users, of one or several of whom a story is. */
export type Story = readonly Told[];

export function toldOf(truth: pl.DataFrame): Told[] {
  const day = (name: string) => pl.col(name).cast(pl.Date);
  const isKnown = ["kind", "user_id", "from", "to"].map((name) => pl.col(name).isNotNull());
  const known = truth
    .filter(isKnown.reduce((all, one) => all.and(one)))
    .withColumns(day("from"), day("to"));
  const [users, from, to] = [numbers(known, "user_id"), int32(known, "from"), int32(known, "to")];
  const texts = (name: string): (string | null)[] =>
    known.columns.includes(name) ? (known.getColumn(name).toArray() as string[]) : [];
  const [kinds, origins, entities] = ["kind", "origin", "entity"].map(texts);
  const levels = known.columns.includes("level") ? known.getColumn("level").toArray() : [];
  return kinds!.map((kind, i) => ({
    ...{ kind: kind!, origin: origins![i] ?? null, level: (levels[i] as number) ?? null },
    ...{ entity: entities![i] ?? `user ${users[i]}`, user: users[i]!, from: from[i]!, to: to[i]! },
  }));
}

/** What is told of one entity and begins at most a fortnight after it ended is one story. */
export function storiesOf(told: readonly Told[]): Story[] {
  return [...gathered(told, ({ entity }) => entity).values()].flatMap((own) => {
    const stories: Told[][] = [];
    let end = Number.NEGATIVE_INFINITY;
    for (const one of own.sort((a, b) => a.from - b.from)) {
      if (one.from - end > FORTNIGHT) stories.push([one]);
      else stories.at(-1)!.push(one);
      end = Math.max(end, one.to);
    }
    return stories;
  });
}

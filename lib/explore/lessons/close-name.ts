/** A name as it is compared, and how many people know it. */
export interface KnownName {
  key: string;
  readers: number;
}

/** A letter in so many may be wrong, and at most three. */
const LETTERS_PER_SLIP = 8;
const MOST_SLIPS = 3;
/** A shorter name is the beginning of too many others. */
const SHORTEST = 5;

export interface CloseNameOptions {
  /** How many times the readers of a slip a name must have. */
  factor: number;
  /** Readers below which a name that goes on after a known one is a slip too. */
  few: number;
}

/**
 * Which names are slips for others: a few letters away from a name that `factor` times as many
 * people know, or such a name with something after it that hardly anybody asks for, unless the
 * name is a folder's.
 *
 * @returns whether a name with so many readers is a slip
 */
export function closeName(
  known: readonly KnownName[],
  { factor, few }: CloseNameOptions,
): (key: string, readers: number) => boolean {
  const byReaders = [...known].sort((a, b) => b.readers - a.readers);
  const folders = new Set(
    known.flatMap(({ key }) => {
      const parts = key.split("/");
      return parts.slice(1).map((_, n) => parts.slice(0, n + 1).join("/"));
    }),
  );
  const letters = byReaders.map(({ key }) => lettersOf(key));
  return (key, readers) => {
    if (byReaders.length === 0 || byReaders[0]!.readers < factor * readers) return false;
    const own = lettersOf(key);
    const slips = Math.min(MOST_SLIPS, Math.max(1, Math.floor(key.length / LETTERS_PER_SLIP)));
    for (let i = 0; i < byReaders.length && byReaders[i]!.readers >= factor * readers; i++) {
      const other = byReaders[i]!.key;
      const goesOn = readers < few && other.length >= SHORTEST && key.startsWith(other);
      if (goesOn && !folders.has(other)) return true;
      if (Math.abs(other.length - key.length) > slips) continue;
      if (difference(own, letters[i]!) > 2 * slips) continue;
      if (editDistance(key, other) <= slips) return true;
    }
    return false;
  };
}

/** How often each letter occurs: names a few slips apart differ in few of these. */
function lettersOf(key: string): Uint8Array {
  const counts = new Uint8Array(32);
  for (let i = 0; i < key.length; i++) counts[key.charCodeAt(i) & 31]!++;
  return counts;
}

function difference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < 32; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum;
}

/** Letters to put in, take out or change ([Levenshtein](https://en.wikipedia.org/wiki/Levenshtein_distance)). */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}

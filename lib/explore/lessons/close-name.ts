const LETTERS_PER_SLIP = 8;
const MOST_SLIPS = 3;
const SHORTEST = 5;

/**
 * Tells whether a name is a slip for one with `factor` times as many readers; see `lessonPaths`.
 */
export function closeName(
  known: readonly { key: string; readers: number }[],
  { factor, few }: { factor: number; few: number },
): (key: string, readers: number) => boolean {
  const byReaders = known
    .map((name) => ({ ...name, letters: lettersOf(name.key) }))
    .sort((a, b) => b.readers - a.readers);
  const folders = new Set(
    known.flatMap(({ key }) => {
      const parts = key.split("/");
      return parts.slice(1).map((_, n) => parts.slice(0, n + 1).join("/"));
    }),
  );
  return (key, readers) => {
    const letters = lettersOf(key);
    const slips = Math.min(MOST_SLIPS, Math.max(1, Math.floor(key.length / LETTERS_PER_SLIP)));
    for (const other of byReaders) {
      if (other.readers < factor * readers) return false;
      const goesOn = readers < few && other.key.length >= SHORTEST && key.startsWith(other.key);
      if (goesOn && !folders.has(other.key)) return true;
      if (Math.abs(other.key.length - key.length) > slips) continue;
      if (difference(letters, other.letters) > 2 * slips) continue;
      if (editDistance(key, other.key, slips) <= slips) return true;
    }
    return false;
  };
}

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

/** [Levenshtein distance](https://en.wikipedia.org/wiki/Levenshtein_distance), up to `most`. */
export function editDistance(a: string, b: string, most = Math.max(a.length, b.length)): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    // Further from the diagonal than `most` there are more slips than that.
    const [from, to] = [Math.max(1, i - most), Math.min(b.length, i + most)];
    let corner = above[from - 1]!;
    above[from - 1] = from === 1 ? i : most + 1;
    for (let j = from; j <= to; j++) {
      const change = corner + (a[i - 1] === b[j - 1] ? 0 : 1);
      corner = above[j]!;
      above[j] = Math.min(change, corner + 1, above[j - 1]! + 1);
    }
  }
  return above[b.length]!;
}

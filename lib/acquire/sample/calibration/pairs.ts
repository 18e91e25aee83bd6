/** `id:count` pairs as a map. */
export function pairs(text: string): ReadonlyMap<number, number> {
  return new Map(
    text
      .trim()
      .split(/\s+/)
      .map((pair) => {
        const [id, count] = pair.split(":");
        return [Number(id), Number(count)];
      }),
  );
}

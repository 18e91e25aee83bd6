/** Values by a key, in the order in which keys first come. */
export function gathered<T, K>(values: Iterable<T>, keyOf: (value: T) => K): Map<K, T[]> {
  const by = new Map<K, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const own = by.get(key);
    if (own) own.push(value);
    else by.set(key, [value]);
  }
  return by;
}

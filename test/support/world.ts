/**
 * Things by name, each made of the others when it is first asked for; all but what is given are
 * frames as a rule.
 */
export interface World {
  /** What there is already, and the names that were asked for. */
  made: Map<string, unknown>;
  asked: Set<string>;
  // biome-ignore lint/suspicious/noExplicitAny: frames, whatever function they are made for
  [name: string]: any;
}

/** How each thing is made of the others. */
export type Makers = Record<string, (w: World) => unknown>;

/** @param made what is there already: the others are made of it */
export function worldOf<Given extends object>(
  given: Given,
  makers: Makers,
  made: World["made"] = new Map(),
): World & Given {
  const world = { ...given, made, asked: new Set<string>() } as World & Given;
  for (const [name, make] of Object.entries(makers)) {
    const get = () => {
      world.asked.add(name);
      if (!made.has(name)) made.set(name, make(world));
      return made.get(name);
    };
    Object.defineProperty(world, name, { get });
  }
  return world;
}

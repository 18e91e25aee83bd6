import fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { anyTables, EMPTY, type LogTables } from "../support/arbitrary-logs";
import { anyUsage, usageWorld } from "../support/arbitrary-usage";
import { logWorld } from "../support/log-world";
import type { UsageRow } from "../support/usage";
import type { World } from "../support/world";
import { askOnce, compareAnswers, frozen, isClear } from "./ask";
import { type Case, refusalOf, refusedBy } from "./case";

/**
 * Runs of each property. They are few, as each function of the library costs tens of milliseconds
 * of Polars' own time; `CURRICULUM_LOGS_PROPERTY_RUNS=100` makes them a hundred times as many,
 * and `CURRICULUM_LOGS_PROPERTY_SEED` makes them others.
 */
export function runs(few: number): { numRuns: number; seed: number } {
  const seed = Number(process.env.CURRICULUM_LOGS_PROPERTY_SEED ?? 20_285);
  return { numRuns: Math.max(1, Math.round(few * TIMES)), seed };
}

const TIMES = Number(process.env.CURRICULUM_LOGS_PROPERTY_RUNS) || 1;

const FEW = 5;

/** How tables become what functions are asked with, and the same in another order of rows. */
interface Area<Tables> {
  tables: fc.Arbitrary<Tables>;
  empty: Tables;
  world: (tables: Tables) => World;
  reversed: (tables: Tables) => World;
  /** Tables come up again for each function: what is made of them is made once. */
  kept: Map<string, World>;
}

const LOGS: Area<LogTables> = {
  tables: anyTables,
  empty: EMPTY,
  world: (tables) => logWorld(tables),
  reversed: (tables) => logWorld(tables, reversed),
  kept: new Map(),
};

const USAGE: Area<UsageRow[]> = {
  tables: anyUsage,
  empty: [],
  world: usageWorld,
  reversed: (rows) => usageWorld([...rows].reverse()),
  kept: new Map(),
};

function reversed(log: pl.DataFrame): pl.DataFrame {
  const places = Array.from({ length: log.height }, (_, row) => log.height - 1 - row);
  return log.height > 0 ? pl.DataFrame(log.getColumns().map((own) => own.gather(places))) : log;
}

/** A test per function: any tables and options give an answer that is sound, or are refused as documented. */
export const checkLogCases = (cases: readonly Case[]) => check(cases, LOGS);

/** The same of API usage. */
export const checkUsageCases = (cases: readonly Case[]) => check(cases, USAGE);

function check<Tables>(cases: readonly Case[], area: Area<Tables>): void {
  const world = (make: "world" | "reversed", tables: Tables): World => {
    const key = make + JSON.stringify(tables);
    const own = area.kept.get(key) ?? area[make](tables);
    if (area.kept.size < MOST_KEPT) area.kept.set(key, own);
    return own;
  };
  describe.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
    it("answers any tables, whatever the options", () => {
      const { settings } = one;
      const options = settings
        ? fc.option(fc.record(settings, { requiredKeys: [] }), { nil: {}, freq: 3 })
        : fc.constant({});
      let run = 0;
      const property = fc.property(area.tables, options, (tables, own) => {
        const asked = world("world", tables);
        const unchanged = frozen(asked);
        const answer = askOnce(one, asked, own);
        unchanged();
        // To ask twice takes twice as long.
        if (run++ % 3 !== 2) return;
        const again = one.inOrder ? asked : world("reversed", tables);
        compareAnswers(answer, askOnce(one, again, own));
      });
      fc.assert(property, { ...runs(FEW), examples: [[area.empty, {}]] });
    });

    if (refusedBy(one).length === 0) return;
    it("refuses options outside what is documented", () => {
      const [tables] = fc.sample(area.tables, { numRuns: 1, seed: OF_SOME_SIZE });
      for (const [name, value] of refusedBy(one)) {
        const refused = errorOf(() => one.ask(world("world", tables!), { [name]: value }));
        expect(String((refused as Error)?.message)).toMatch(refusalOf(name, value));
        expect(isClear(refused), String(refused)).toBe(true);
      }
    });
  });
}

const MOST_KEPT = 60;
/** A seed whose first tables have some hundred rows. */
const OF_SOME_SIZE = 4;

export function errorOf(ask: () => unknown): unknown {
  try {
    ask();
    return undefined;
  } catch (error) {
    return error;
  }
}

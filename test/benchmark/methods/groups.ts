import type pl from "nodejs-polars";
import { epsSweep } from "../../../lib/group/eps-sweep";
import { groupsAgainstOneLaw } from "../../../lib/group/groups-against-one-law";
import { stablePlateau } from "../../../lib/group/stable-plateau";
import { markdownTable } from "../../support/markdown-table";
import { exponential, type Habit, usersOf } from "../../support/usage-laws";

const SAMPLES = 40;
const USERS = 120;

const LAWS: Record<string, Habit> = {
  "one law, few days": (random) => {
    return { more: exponential(1.5, random), gap: 3, calls: exponential(4, random) };
  },
  "one law": (random) => {
    return { more: exponential(8, random), gap: 1.5, calls: exponential(20, random) };
  },
  "one law, many days": (random) => {
    return { more: 10 + exponential(20, random), gap: 0.5, calls: 20 + exponential(40, random) };
  },
  "two laws, near": (random) =>
    random() < 0.5
      ? { more: exponential(4, random), gap: 2, calls: 5 }
      : { more: 20 + exponential(10, random), gap: 0.5, calls: 50 },
  "two laws, far": (random) =>
    random() < 0.5 ? { more: 1, gap: 3, calls: 2 } : { more: 30, gap: 0.2, calls: 80 },
};

/** How often groups are said to be there that are not, and that are. */
export function simulate(): string[] {
  const rows = Object.entries(LAWS).map(([law, habit]) => {
    const found = Array.from({ length: SAMPLES }, (_, seed) =>
      verdict(usersOf(habit, seed, USERS)),
    );
    const percent = (is: (one: ReturnType<typeof verdict>) => boolean) =>
      `${((100 * found.filter(is).length) / SAMPLES).toFixed(0)} %`;
    return {
      law,
      "a plateau of settings": percent(({ holds }) => holds),
      "first of 20": percent(({ isFirst }) => isFirst),
      both: percent(({ holds, isFirst }) => holds && isFirst),
    };
  });
  return [
    `${SAMPLES} samples of ${USERS} users each, 19 draws of the fitted law.`,
    ...markdownTable(rows),
  ];
}

function verdict(usage: pl.DataFrame): { holds: boolean; isFirst: boolean } {
  const isFirst = groupsAgainstOneLaw(usage, { draws: 19 }).getColumn("rank").toArray()[0] === 1;
  return {
    holds: stablePlateau(epsSweep(usage)).getColumn("holds").toArray()[0] === true,
    isFirst,
  };
}

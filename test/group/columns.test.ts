import * as lib from "../../lib/index";
import { checkColumns } from "../support/check-columns";
import { usageFrame } from "../support/usage";

const usage = usageFrame(
  Array.from({ length: 60 }, (_, i) => ({
    ...{ dt: `2021-08-${10 + (i % 9)}`, user_id: i % 12, type: i % 2 ? "a" : "b" },
    api_count: 1 + i,
  })).filter(({ dt, user_id }, i, all) => {
    return all.findIndex((one) => one.dt === dt && one.user_id === user_id) === i;
  }),
);
const { groups } = lib.groupUsers(usage);
const sweep = lib.epsSweep(usage);

checkColumns(usage, {
  usageFeatures: lib.usageFeatures,
  usageTrends: lib.usageTrends,
  againstOneLaw: (own) => lib.groupsAgainstOneLaw(own, { draws: 2 }),
  groups: (own) => lib.groupUsers(own).groups,
  sweep: (own) => lib.groupUsers(own).sweep,
  transitions: (own) => lib.groupMoves(own).transitions,
});
checkColumns(lib.usageFeatures(usage), {
  epsSweep: (own) => lib.epsSweep(own),
  clusterings: (own) => lib.clusterings(own),
  distances: (own) => lib.kDistances(own).distances,
  knees: (own) => lib.kDistances(own).knees,
  groupings: (own) => lib.groupStability(own).groupings,
  stableGroups: (own) => lib.groupStability(own).groups,
});
checkColumns(groups, {
  apiCombinations: (own) => lib.apiCombinations(own),
  apiPairs: lib.apiPairs,
  exampleUsers: (own) => lib.exampleUsers(own),
  groupDifferences: (own) => lib.groupDifferences(own),
});
checkColumns(sweep, { stablePlateau: (own) => lib.stablePlateau(own) });

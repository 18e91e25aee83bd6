import { checkLogCases, checkUsageCases } from "./check-cases";
import { GROUP_CASES, GROUP_PLOT_CASES } from "./group-cases";
import { READERS_CASES } from "./readers-cases";

checkUsageCases([...GROUP_CASES, ...GROUP_PLOT_CASES]);
checkLogCases(READERS_CASES);

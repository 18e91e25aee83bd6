import { checkLogCases } from "./check-cases";
import { PLOT_CASES } from "./plot-cases";

checkLogCases(PLOT_CASES);

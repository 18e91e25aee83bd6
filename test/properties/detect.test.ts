import { ACCESS_CASES } from "./access-cases";
import { checkLogCases } from "./check-cases";
import { COMPARE_CASES } from "./compare-cases";
import { DETECT_CASES } from "./detect-cases";

checkLogCases([...DETECT_CASES, ...ACCESS_CASES, ...COMPARE_CASES]);

import { checkLogCases } from "./check-cases";
import { EXPLORE_CASES } from "./explore-cases";
import { LESSON_CASES } from "./lesson-cases";
import { OTHER_CASES } from "./other-cases";

checkLogCases([...EXPLORE_CASES, ...LESSON_CASES, ...OTHER_CASES]);

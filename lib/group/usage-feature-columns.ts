import {
  AVG_CONT_USE,
  MEAN_USAGE_SCALED,
  SD_USAGE_SCALED,
  TOTAL_CALLS_LOG10,
  USAGE_RANGE,
  USE_DAYS,
  USE_DURATION,
} from "../log/columns";

/** The case study's seven features, in its order. */
export const USAGE_FEATURES = [
  USE_DAYS,
  USE_DURATION,
  AVG_CONT_USE,
  TOTAL_CALLS_LOG10,
  USAGE_RANGE,
  MEAN_USAGE_SCALED,
  SD_USAGE_SCALED,
] as const;

/** The case study's seven features, in its order. */
export const USAGE_FEATURES = [
  "use_days",
  "use_duration",
  "avg_cont_use",
  "total_calls_log10",
  "usage_range",
  "mean_usage_scaled",
  "sd_usage_scaled",
] as const;

/**
 * The name of every column, once, with what it means. Frames carry these names
 * from the source tables to the figures.
 */

// Raw tables `logs` and `cohorts`, as in the source database.

/** Day of the request, school's local calendar (Date). */
export const DATE = "date";
/** Clock time of the request, school's local time, to the second (Time). */
export const TIME = "time";
/** Path of the requested page, without the leading slash except for the home page `/` (String; null in one row). */
export const PATH = "path";
/** Who asked (Int64). */
export const USER_ID = "user_id";
/** The class that the user belonged to when the row was logged (Int64; null where none was known). */
export const COHORT_ID = "cohort_id";
/** Address that the request came from (String). */
export const IP = "ip";

/** Key of the `cohorts` table (Int64); `logs.cohort_id` refers to it. */
export const ID = "id";
/** Cohort's name in the `cohorts` table (String); `cohort` in the access log. */
export const NAME = "name";
/** Cohort's Slack channel (String). */
export const SLACK = "slack";
/** First day of class (Date). Staff's is not a real date. */
export const START_DATE = "start_date";
/** Last day of class (Date). Staff's and the placeholder's are not real dates. */
export const END_DATE = "end_date";
/** When the cohort's row was made (Datetime ms, UTC). */
export const CREATED_AT = "created_at";
/** When the cohort's row was last changed (Datetime ms, UTC). */
export const UPDATED_AT = "updated_at";
/** When the cohort's row was marked as deleted (Datetime ms, UTC; null in every known row). */
export const DELETED_AT = "deleted_at";
/** 1 PHP Full Stack, 2 Java Full Stack, 3 Data Science, 4 Front End (Int64). */
export const PROGRAM_ID = "program_id";

// The access log, as `prepareLogs` gives it.

/** Day and clock time of the request, school's local time (Datetime ms, no zone). */
export const TIMESTAMP = "timestamp";
/** Cohort's name (String; null where the row has no cohort or its cohort no row). */
export const COHORT = "cohort";
/** Program's name (String; null where the cohort is). */
export const PROGRAM = "program";

// Published figures.

/** Topic of a number: `log`, `cohorts`, `users`, `addresses`, `paths` or `stories` (String). */
export const ABOUT = "about";
/** What a number counts (String). */
export const FIGURE = "figure";
/** Where it is printed (String). */
export const SOURCE = "source";
/** The printed number (Float64). */
export const PUBLISHED = "published";
/** The number that a log gives (Float64). */
export const FOUND = "found";
/** Whether the two are equal (Boolean). */
export const AGREES = "agrees";

// What is planted in the sample.

/** What kind of story: `scraping`, `drop_out`, ... (String). */
export const KIND = "kind";
/** Whom or what a story is about, in words (String). */
export const ENTITY = "entity";
/** Time of a story's first row (Datetime ms). */
export const FROM = "from";
/** Time of a story's last row (Datetime ms). */
export const TO = "to";

// Detection.

/** Rows with a path, counted (Int64). */
export const PAGES = "pages";
/** Exponentially weighted mean of daily pages (Float64). */
export const MIDBAND = "midband";
/** Midband plus `k` exponentially weighted standard deviations (Float64). */
export const UPPER_BAND = "upper_band";
/** Midband minus `k` exponentially weighted standard deviations (Float64). */
export const LOWER_BAND = "lower_band";
/** Place between the bands: 0 on the lower, 1 on the upper (Float64; null where the band has no width). */
export const PCT_B = "pct_b";
/** Time of the last request (Datetime ms). */
export const LAST_ACCESS = "last_access";

// What every detector gives.

/** How strange a row is: above 1 it is flagged, and a higher score is always stranger (Float64). */
export const SCORE = "score";
/** What was found, in a sentence with its numbers (String; null where nothing is flagged). */
export const FINDING = "finding";
/** Name of the detector that found it (String). */
export const DETECTOR = "detector";

// Detection: bands.

// Detection: requests.

// Detection: access.

// Detection: comparing detectors.

// The user-grouping case.

/** Day of use (Date). */
export const DT = "dt";
/** Which API was called (String). */
export const TYPE = "type";
/** Calls that day (Int64). */
export const API_COUNT = "api_count";

// Exploration.

/** Rows, counted (Int64). */
export const ROWS = "rows";
/** Time of the first request (Datetime ms). */
export const FIRST_ACCESS = "first_access";
/** Day of the week, 1 Monday to 7 Sunday (Int64). */
export const WEEKDAY = "weekday";
/** Hour of the day, 0 to 23, school's local time (Int64). */
export const HOUR = "hour";

// The case study's seven features of one user's use of one API (Float64).

/** Days with any use; scaled to 0 to 1 over all users and APIs. */
export const USE_DAYS = "use_days";
/** Days from first to last use; scaled to 0 to 1 over all users and APIs. */
export const USE_DURATION = "use_duration";
/** Mean length of runs of consecutive days; scaled to 0 to 1 over all users and APIs. */
export const AVG_CONT_USE = "avg_cont_use";
/** Log10 of all calls; scaled to 0 to 1 over all users and APIs. */
export const TOTAL_CALLS_LOG10 = "total_calls_log10";
/** Busiest day's calls less the quietest's; scaled to 0 to 1 over all users and APIs. */
export const USAGE_RANGE = "usage_range";
/** Mean of daily calls, scaled to 0 to 1 within the user and API; 1 where they never change. */
export const MEAN_USAGE_SCALED = "mean_usage_scaled";
/** Standard deviation of the same; 0 where they never change. */
export const SD_USAGE_SCALED = "sd_usage_scaled";

/** Group of similar users of one API, from 0; -1 for those in none (Int64). */
export const CLUSTER_LABEL = "cluster_label";
/** Neighbors that make a point the core of a cluster, itself included (Int64). */
export const MIN_SAMPLES = "min_samples";
/** Clusters formed, noise not counted (Int64). */
export const CLUSTERS = "clusters";
/** Users in no cluster (Int64). */
export const NOISE = "noise";
/** Mean silhouette, noise counted as a cluster (Float64; null where it is not defined). */
export const SILHOUETTE = "silhouette";

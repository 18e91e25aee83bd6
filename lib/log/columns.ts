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

/** Length of a history in days, quiet days included; elsewhere days, counted (Int64). */
export const DAYS = "days";
/** Days with pages (Int64). */
export const ACTIVE_DAYS = "active_days";
/** Highest `pct_b` that the last day of such a history can have (Float64; null where none can have one). */
export const CEILING = "ceiling";
/** Whether any day of the history could lie above the upper band (Boolean). */
export const CAN_BE_FLAGGED = "can_be_flagged";
/** Highest `pct_b` of all days (Float64; null where no day has one). */
export const HIGHEST_PCT_B = "highest_pct_b";
/** Pages above the upper band; negative below it (Float64; null without a band). */
export const EXCESS_PAGES = "excess_pages";
/** Span of the bands, in days (Float64). */
export const SPAN = "span";
/** Deviations from the midband to each band (Float64). */
export const K = "k";
/** Users, or groups of another kind, counted (Int64). */
export const USERS = "users";
/** Part of a whole, 0 to 1 (Float64). */
export const SHARE = "share";
/** Improbability of the requested pages, minus log2 of their probability, summed (Float64). */
export const SURPRISE_BITS = "surprise_bits";
/** What as many requests of the user's peers cost on average (Float64). */
export const EXPECTED_BITS = "expected_bits";
/** Surprise less what is expected (Float64). */
export const EXCESS_BITS = "excess_bits";

// Detection: requests.

/** Different pages among them (Int64). */
export const DISTINCT_PAGES = "distinct_pages";
/** Minutes from the first request to the last (Float64). */
export const MINUTES = "minutes";
/** Most different pages opened within one second of the clock (Int64). */
export const MOST_PER_SECOND = "most_per_second";
/** Most different pages opened within any 60 seconds (Int64). */
export const MOST_PER_MINUTE = "most_per_minute";
/** Most different pages opened within any 60 minutes (Int64). */
export const MOST_PER_HOUR = "most_per_hour";
/** Share of steps that go forward to the neighboring page in the site's order (Float64, 0 to 1; null without a step). */
export const IN_SITE_ORDER = "in_site_order";
/** Median time between one request and the next, in seconds (Float64; null with a single request). */
export const MEDIAN_PAUSE = "median_pause";
/** Different pages that peers open at most on a day, but for their rarest days (Int64; null without peers). */
export const USUAL_DISTINCT = "usual_distinct";
/** What a request looks for: `path traversal`, `hidden file`, ... (String). */
export const PROBE = "probe";
/** The kinds of probes of a day, in alphabetical order, joined with commas (String). */
export const PROBES = "probes";
/** Requests, counted (Int64). */
export const REQUESTS = "requests";
/** Different paths, counted (Int64). */
export const PATHS = "paths";

// Detection: access.

/** Cohorts, counted (Int64). */
export const COHORTS = "cohorts";
/** Different addresses (Int64). */
export const ADDRESSES = "addresses";
/** Addresses of a day that the user never came from before (Int64). */
export const NEW_ADDRESSES = "new_addresses";
/** Different networks that addresses belong to (Int64). */
export const NETWORKS = "networks";
/** Visits: requests of a user with less than half an hour in between (Int64). */
export const VISITS = "visits";
/** Changes of address within a visit (Int64). */
export const SWITCHES = "switches";
/** What nine in ten of all user-days do not exceed (Int64). */
export const USUAL = "usual";
/** Most addresses in any window of days (Int64). */
export const MOST_IN_WINDOW = "most_in_window";
/** Most users of an address on one day (Int64). */
export const MOST_USERS_ON_A_DAY = "most_users_on_a_day";
/** Users of an address on a day, median over the days with requests (Float64). */
export const USERS_ON_A_MIDDLE_DAY = "users_on_a_middle_day";
/** Share of requests made on Monday to Friday (Float64). */
export const WEEKDAY_SHARE = "weekday_share";
/** Share of requests made on Monday to Friday from 8:00 to before 17:00 (Float64). */
export const CLASS_HOURS_SHARE = "class_hours_share";
/** Share of requests made from campus (Float64). */
export const CAMPUS_SHARE = "campus_share";
/** `campus`, `shared`, `few` or `single`: who uses an address (String). */
export const ADDRESS_KIND = "address_kind";
/** Rows with a cohort, counted (Int64). */
export const ROWS_WITH_COHORT = "rows_with_cohort";
/** Other users without a cohort whose first request came within a week (Int64). */
export const STARTED_WITH = "started_with";
/** Whole months since a cohort's last day; 0 is the first month after it (Int64). */
export const MONTHS_AFTER_END = "months_after_end";
/** Whether any of a user's rows is labelled as Staff (Boolean). */
export const LABELLED = "labelled";
/** Days from first to last request, both counted (Int64). */
export const TENURE_DAYS = "tenure_days";
/** Calendar months with requests (Int64). */
export const MONTHS = "months";
/** Effective number of programs whose pages a user reads (Float64). */
export const BREADTH = "breadth";
/** Effective number of the site's sections that a user reads (Float64). */
export const SECTIONS = "sections";
/** Pages per different page (Float64). */
export const VIEWS_PER_PAGE = "views_per_page";
/** Share of requests in the busiest half year (Float64). */
export const BUSIEST_HALF_YEAR_SHARE = "busiest_half_year_share";
/** Cohorts in whose time of class a user reads on at least five days (Int64). */
export const COHORTS_SPANNED = "cohorts_spanned";

/** `web development`, `data science`, `shared` or `unknown` (String). */
export const CURRICULUM = "curriculum";
/** Web-development students who read a page (Int64). */
export const WEB_DEVELOPMENT_READERS = "web_development_readers";
/** Data-science students who read a page (Int64). */
export const DATA_SCIENCE_READERS = "data_science_readers";
/** Data science's share of a page's readers, were both groups of students of one size (Float64; null without readers to compare). */
export const DATA_SCIENCE_SHARE = "data_science_share";
/** Pages of the web-development curriculum that someone read (Int64). */
export const WEB_DEVELOPMENT_PAGES = "web_development_pages";
/** Pages of the data-science curriculum that someone read (Int64). */
export const DATA_SCIENCE_PAGES = "data_science_pages";
/** Pages of the curriculum that someone reads less (Int64). */
export const SMALLER_PAGES = "smaller_pages";
/** Their share of the pages of both curricula (Float64, 0 to 0.5). */
export const SMALLER_SHARE = "smaller_share";
/** First day of a month or week, or a day (Date). */
export const PERIOD = "period";
/** Whose students read whose curriculum (String). */
export const DIRECTION = "direction";
/** Pages of either curriculum (Int64). */
export const ALL_PAGES = "all_pages";
/** Pages of the other program's curriculum as a share of all (Float64; null without any). */
export const RATE = "rate";
/** First day on which the other program's curriculum should not open any more (Date; null where no such day is found). */
export const SHUT_OFF = "shut_off";
/** Time of the last page of the other program's curriculum before that day (Datetime ms). */
export const LAST_BEFORE = "last_before";
/** Time of the first such page from that day on (Datetime ms; null where there is none). */
export const FIRST_AFTER = "first_after";
/** Pages of the other program's curriculum before the shut-off (Int64). */
export const PAGES_BEFORE = "pages_before";
/** The same from the shut-off on (Int64). */
export const PAGES_AFTER = "pages_after";
/** The same as a share of the pages of either curriculum, before (Float64). */
export const RATE_BEFORE = "rate_before";
/** And from the shut-off on (Float64). */
export const RATE_AFTER = "rate_after";
/** Students who read the other program's curriculum before the shut-off (Int64). */
export const USERS_BEFORE = "users_before";
/** And from the shut-off on (Int64). */
export const USERS_AFTER = "users_after";
/** How often chance alone gives a change as large, wherever it lies (Float64). */
export const P_VALUE = "p_value";
/** Pages of the own program's curriculum (Int64). */
export const OWN_PAGES = "own_pages";
/** Log-likelihood of rates that differ before and after, less that of one rate (Float64). */
export const LOG_LIKELIHOOD_RATIO = "log_likelihood_ratio";
/** Exact test of both rates at the point found, counts taken as Poisson and the search left out (Float64). */
export const EXACT_P_VALUE = "exact_p_value";
/** Whether a page's own readers or those of its section tell its curriculum: `page` or `section` (String; null where neither does). */
export const JUDGED_BY = "judged_by";
/** Which rule of access a request breaks (String). */
export const RULE = "rule";
/** Place of a row in the access log, from 0 (Int64). */
export const ROW = "row";
/** Time of the first request that breaks a rule (Datetime ms). */
export const FIRST_VIOLATION = "first_violation";
/** Time of the last request that breaks a rule (Datetime ms). */
export const LAST_VIOLATION = "last_violation";

// Detection: comparing detectors.

/** How many detectors flag a row (Int64). */
export const DETECTORS = "detectors";
/** Which sample a row is about (Int64). */
export const SEED = "seed";
/** Planted stories, counted (Int64). */
export const STORIES = "stories";
/** Stories of which at least one day is flagged (Int64). */
export const STORIES_FOUND = "stories_found";
/** Share of stories that are found (Float64; null without stories). */
export const RECALL = "recall";
/** Flagged rows, counted (Int64). */
export const FLAGS = "flags";
/** Flagged days that belong to a story (Int64). */
export const TRUE_FLAGS = "true_flags";
/** Share of flags that are true (Float64; null without flags). */
export const PRECISION = "precision";
/** Precision averaged over the recall that each step down the ranking adds (Float64). */
export const AVERAGE_PRECISION = "average_precision";
/** The detector that another is compared with (String). */
export const OTHER = "other";
/** Rows that both flag (Int64). */
export const BOTH = "both";
/** Rows that both flag, of those that either flags (Float64; null where neither flags any). */
export const AGREEMENT = "agreement";

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
/** What a page teaches, whatever layout it lies in: `javascript-i/functions` (String; null where it is no lesson). */
export const LESSON = "lesson";
/** Section of the curriculum that a lesson belongs to, its first part: `javascript-i` (String; null where it is no lesson). */
export const TOPIC = "topic";
/** Why a path is no lesson, or how it was recognized as one (String). */
export const PAGE_KIND = "page_kind";
/** Requests that came from a campus (Int64). */
export const CAMPUS_REQUESTS = "campus_requests";
/** First day on which another share of requests came from campus (Date; null where none is found). */
export const MOVED = "moved";
/** A share before a change (Float64). */
export const SHARE_BEFORE = "share_before";
/** The same from the change on (Float64). */
export const SHARE_AFTER = "share_after";
/** Requests before a change (Int64). */
export const REQUESTS_BEFORE = "requests_before";
/** Requests from the change on (Int64). */
export const REQUESTS_AFTER = "requests_after";
/** How a path is formed: `content folder`, `numbered sections`, `numbered names` or `plain names` (String). */
export const LAYOUT = "layout";
/** Different layouts (Int64). */
export const LAYOUTS = "layouts";
/** Share of a lesson's pages that its most read path has (Float64). */
export const LARGEST_PATH_SHARE = "largest_path_share";
/** Pages on such a weekday in the weeks around (Float64). */
export const USUAL_PAGES = "usual_pages";
/** Holidays that fall into a time, joined with commas (String; null where none does). */
export const HOLIDAY = "holiday";
/** Days from Monday to Friday, counted (Int64). */
export const WEEKDAYS = "weekdays";
/** Pages of unknown or of both curricula (Int64). */
export const OTHER_PAGES = "other_pages";
/** Ids of users in order, joined with commas (String). */
export const USER_IDS = "user_ids";
/** Whether someone was there when the log begins, so that nobody knows since when (Boolean). */
export const BEGAN_WITH_LOG = "began_with_log";
/** What is checked (String). */
export const CHECK = "check";
/** How many are concerned (Int64). */
export const COUNT = "count";
/** What is counted: `rows`, `users` or `cohorts` (String). */
export const UNIT = "unit";
/** Which ones, the first few by name (String; null where none has a name). */
export const WHICH = "which";
/** What it means for who counts (String). */
export const MEANING = "meaning";
/** Students who came back to read lessons after their cohort's last day, counted (Int64). */
export const GRADUATES = "graduates";
/** Share of those students who opened a lesson or topic (Float64, 0 to 1). */
export const GRADUATES_SHARE = "graduates_share";
/** A lesson's or topic's part of what the same cohorts read in class (Float64, 0 to 1; null where the log saw none of it). */
export const SHARE_IN_CLASS = "share_in_class";
/** Share after the end by share in class (Float64; null without one, or where that is 0). */
export const LIFT = "lift";
/** Months from the cohort's last day to a page, median of all pages (Float64). */
export const MEDIAN_MONTHS = "median_months";
/** Pages read when graduates may be in their jobs (Int64). */
export const LATE_PAGES = "late_pages";
/** The same as a part of all pages after the end (Float64, 0 to 1). */
export const LATE_SHARE = "late_share";
/** Part of the pages that the one user with most of them opened (Float64, 0 to 1). */
export const LARGEST_READER_SHARE = "largest_reader_share";
/** First whole month after the end that a period holds, from 0 (Int64). */
export const FROM_MONTH = "from_month";
/** Month before which a period ends (Int64; null for the last, which has no end). */
export const TO_MONTH = "to_month";
/** Whether a lesson is there to be read: `current`, `new` or `retired` (String). */
export const STATUS = "status";
/** Students who could have read a lesson in class (Int64). */
export const STUDENTS = "students";
/** Pages in class per such student (Float64; null without students). */
export const PAGES_PER_STUDENT = "pages_per_student";
/** Cohorts that have finished class since the last one with a reader (Int64). */
export const COHORTS_SINCE = "cohorts_since";
/** Day of the first page in class (Date). */
export const FIRST_READ = "first_read";
/** Day of the last page in class (Date). */
export const LAST_READ = "last_read";
/** Share of a cohort's days of class that lie within the log (Float64, 0 to 1). */
export const SEEN_SHARE = "seen_share";
/** Days of class that lie within the log (Int64). */
export const CLASS_DAYS = "class_days";
/** Days from the cohort's first page in class to the student's (Int64; null without). */
export const SILENT_BEFORE = "silent_before";
/** Days from the student's last page in class to the cohort's (Int64; null without). */
export const SILENT_AFTER = "silent_after";
/** Median of pages in class over the students of the cohort (Float64; null where too few were seen). */
export const COHORT_PAGES = "cohort_pages";
/** Pages as a share of the cohort's median (Float64; null without one). */
export const SHARE_OF_PAGES = "share_of_pages";
/** Days with pages as a share of the cohort's median (Float64; null without one). */
export const SHARE_OF_DAYS = "share_of_days";
/** Share of the other students of the cohort who opened fewer pages in class (Float64; null without others). */
export const CLASSMATES_BELOW = "classmates_below";
/** Median of the cohort's pages between a student's first and last day in class (Float64; null where not asked). */
export const COHORT_PAGES_MEANWHILE = "cohort_pages_meanwhile";
/** Pages before the first day of class (Int64). */
export const PAGES_BEFORE_CLASS = "pages_before_class";
/** Pages after the last day of class (Int64). */
export const PAGES_AFTER_CLASS = "pages_after_class";
/** The user's pages during class that carry another cohort or none (Int64). */
export const PAGES_ELSEWHERE = "pages_elsewhere";
/** Other cohorts that rows of the user carry, in order of time, joined with commas (String; null without). */
export const OTHER_COHORTS = "other_cohorts";
/** What a student's reading in class looks like: `hardly reads`, `left early`, ... (String). */
export const SITUATION = "situation";
/** What a suspect is: `user` or `address` (String). */
export const WHAT = "what";
/** A user's id or an address (String). */
export const WHO = "who";
/** All kinds of suspicion against a suspect, the gravest first, joined with commas (String). */
export const KINDS = "kinds";
/** First day on which something was flagged (Date). */
export const FIRST_DAY = "first_day";
/** Last such day (Date). */
export const LAST_DAY = "last_day";
/** Day with the most pages (Date; null without pages). */
export const BUSIEST_DAY = "busiest_day";
/** Pages of that day (Int64). */
export const BUSIEST_DAY_PAGES = "busiest_day_pages";
/** Place among the others, 1 for the first; equal ones share the better place (Int64). */
export const RANK = "rank";
/** Place by page views summed over everybody (Int64). */
export const RANK_BY_SUM = "rank_by_sum";
/** Middle one of the cohorts' shares (Float64, 0 to 1). */
export const MEDIAN_SHARE = "median_share";
/** Share that three of four cohorts reach (Float64, 0 to 1). */
export const LOWER_QUARTILE_SHARE = "lower_quartile_share";
/** Lowest share of any cohort (Float64, 0 to 1). */
export const LOWEST_SHARE = "lowest_share";
/** Middle one of a lesson's places in the cohorts (Float64). */
export const MEDIAN_RANK = "median_rank";
/** Cohorts in which somebody opened the lesson (Int64). */
export const COHORTS_READING = "cohorts_reading";
/** Cohorts in which the lesson is among the most read (Int64). */
export const COHORTS_IN_FIRST = "cohorts_in_first";
/** Whether a row is counted (Boolean). */
export const COUNTS = "counts";
/** Students of the cohorts that one is compared with (Int64). */
export const REST_STUDENTS = "rest_students";
/** Share of lesson pages in the cohorts that one is compared with (Float64, 0 to 1). */
export const REST_SHARE = "rest_share";
/** A share by the share of the rest (Float64). */
export const RATIO = "ratio";
/** Lower end of the ratio's confidence interval (Float64). */
export const RATIO_LOW = "ratio_low";
/** Upper end of the ratio's confidence interval (Float64). */
export const RATIO_HIGH = "ratio_high";
/** P value, corrected for how many pairs were looked at (Float64). */
export const ADJUSTED_P_VALUE = "adjusted_p_value";
/** How a cohort used a lesson: `more than others`, `less than others` or `like others` (String). */
export const USE = "use";
/** Lessons, counted (Int64). */
export const LESSONS = "lessons";
/** One of them (String). */
export const EXAMPLE = "example";

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

// What groups of users mean.

/** What a group's users are, in a few plain words; no two of an API share one (String). */
export const GROUP_NAME = "group_name";
/** All calls together (Int64). */
export const CALLS = "calls";
/** Calls per day with any use (Float64). */
export const CALLS_PER_DAY = "calls_per_day";
/** Calls of the busiest day (Int64). */
export const BUSIEST_DAY_CALLS = "busiest_day_calls";
/** Part of all calls of the API, 0 to 1 (Float64). */
export const SHARE_OF_CALLS = "share_of_calls";
/** Median of days with any use (Float64). */
export const MEDIAN_USE_DAYS = "median_use_days";
/** Median of days from first to last use (Float64). */
export const MEDIAN_USE_DURATION = "median_use_duration";
/** Median of the mean length of runs of consecutive days (Float64). */
export const MEDIAN_AVG_CONT_USE = "median_avg_cont_use";
/** Median of all calls of a user (Float64). */
export const MEDIAN_CALLS = "median_calls";
/** Median of calls per day with any use (Float64). */
export const MEDIAN_CALLS_PER_DAY = "median_calls_per_day";
/** Median of calls on a user's busiest day (Float64). */
export const MEDIAN_BUSIEST_DAY_CALLS = "median_busiest_day_calls";
/** APIs that a user uses, each with the user's group in it (String). */
export const COMBINATION = "combination";
/** APIs, counted (Int64). */
export const APIS = "apis";
/** A second API beside `type` (String). */
export const OTHER_TYPE = "other_type";
/** Group of similar users of the second API; -1 for those in none (Int64). */
export const OTHER_LABEL = "other_label";
/** Users of that group (Int64). */
export const OTHER_USERS = "other_users";
/** Users who are in both groups (Int64). */
export const OBSERVED = "observed";
/** As many as chance alone would put in both (Float64). */
export const EXPECTED = "expected";
/** Place of a stretch of weeks in time, from 1 (Int64). */
export const WINDOW = "window";
/** Stretches of weeks with any use (Int64). */
export const WINDOWS = "windows";
/** Groups by window, in order of time; `none` for no group, `-` without use (String). */
export const LABELS = "labels";
/** Times that the group was another than in the window of use before (Int64). */
export const CHANGES = "changes";
/** Group in one window; -1 for none (Int64; null without use). */
export const FROM_LABEL = "from_label";
/** Group in the next window; -1 for none (Int64; null without use). */
export const TO_LABEL = "to_label";
/** Log10 of all calls (Float64). */
export const CALLS_LOG10 = "calls_log10";
/** Change of log10(1 + calls of a week) from week to week (Float64). */
export const SLOPE_PER_WEEK = "slope_per_week";
/** Part of all calls that the busiest day has, 0 to 1 (Float64). */
export const PEAK_DAY_SHARE = "peak_day_share";
/** Weeks from Monday with any use (Int64). */
export const WEEKS_ACTIVE = "weeks_active";
/** Days from the last use to the last day of the log (Int64). */
export const DAYS_SINCE_LAST = "days_since_last";
/** Log10 of all page views (Float64). */
export const PAGES_LOG10 = "pages_log10";
/** Share of requests made from 22:00 to before 6:00 (Float64, 0 to 1). */
export const NIGHT_SHARE = "night_share";
/** Share of requests made on Saturday or Sunday (Float64, 0 to 1). */
export const WEEKEND_SHARE = "weekend_share";
/** Distance to the nearest core point of any group, 0 for a core point (Float64; null without groups). */
export const CORE_DISTANCE = "core_distance";
/** Place among outlying readers, 1 for the farthest from any group (Int64; null for those in one). */
export const GROUP_RANK = "group_rank";
/** Place among the suspects, 1 for the gravest (Int64; null for those who are none). */
export const SUSPECT_RANK = "suspect_rank";
/** Who finds a user: `both`, `groups only` or `detection only` (String). */
export const FOUND_BY = "found_by";
/** Principal component, from 1 (Int64). */
export const COMPONENT = "component";
/** Place along the first principal component (Float64). */
export const PC1 = "pc1";
/** Place along the second principal component (Float64). */
export const PC2 = "pc2";

// Choosing settings, other methods and validity of user groups.

/** Place in an order, from 1 (Int64). */
export const PLACE = "place";
/** Which of the nearest other users a distance leads to, 1 for the nearest (Int64). */
export const NEIGHBOR = "neighbor";
/** Straight-line distance between two users' features (Float64). */
export const DISTANCE = "distance";
/** DBSCAN's radius: farthest that a neighbor may be, itself included (Float64). */
export const EPS = "eps";
/** Users in no cluster as a share of all (Float64, 0 to 1). */
export const NOISE_SHARE = "noise_share";
/** Mean silhouette of the users in clusters, noise left out (Float64; null where it is not defined). */
export const SILHOUETTE_WITHOUT_NOISE = "silhouette_without_noise";
/** Mean adjusted Rand index with the up to four neighboring settings (Float64; null without any). */
export const NEIGHBOR_AGREEMENT = "neighbor_agreement";
/** Settings in a plateau, counted (Int64). */
export const SETTINGS = "settings";
/** Smallest `eps` of a plateau (Float64). */
export const EPS_FROM = "eps_from";
/** Largest `eps` of a plateau (Float64). */
export const EPS_TO = "eps_to";
/** Smallest `min_samples` of a plateau (Int64). */
export const MIN_SAMPLES_FROM = "min_samples_from";
/** Largest `min_samples` of a plateau (Int64). */
export const MIN_SAMPLES_TO = "min_samples_to";
/** Whether groups were found that hold (Boolean). */
export const HOLDS = "holds";
/** Why, in words (String). */
export const REASON = "reason";
/** Density-based validity of clusters, noise weighing as 0 (Float64, -1 to 1; null where it is not defined). */
export const DBCV = "dbcv";
/** How clusters were formed: `DBSCAN`, `HDBSCAN` or `k-means` (String). */
export const METHOD = "method";
/** Adjusted Rand index with DBSCAN's labels (Float64). */
export const AGREEMENT_WITH_DBSCAN = "agreement_with_dbscan";
/** Adjusted Rand index with HDBSCAN's labels (Float64). */
export const AGREEMENT_WITH_HDBSCAN = "agreement_with_hdbscan";
/** Adjusted Rand index with k-means' labels (Float64). */
export const AGREEMENT_WITH_K_MEANS = "agreement_with_k_means";
/** Random parts of the users that were grouped again, counted (Int64). */
export const RESAMPLES = "resamples";
/** Mean adjusted Rand index of the whole grouping with those of random parts (Float64; null without clusters). */
export const MEAN_AGREEMENT = "mean_agreement";
/** Mean Jaccard index of a cluster with its best match in random parts (Float64, 0 to 1). */
export const MEAN_JACCARD = "mean_jaccard";
/** Share of random parts in which a cluster's best match has a Jaccard index of at least 0.75 (Float64). */
export const RECOVERED_SHARE = "recovered_share";
/** Which feature a row is about (String). */
export const FEATURE = "feature";
/** Whether users in no cluster are compared as a group of their own (Boolean). */
export const NOISE_COUNTED = "noise_counted";
/** Groups that are compared (Int64). */
export const GROUPS = "groups";
/** Kruskal-Wallis statistic H, corrected for ties (Float64; null where it is not defined). */
export const KRUSKAL_WALLIS = "kruskal_wallis";
/** Effect size: H by the number of users less one (Float64, 0 to 1). */
export const EPSILON_SQUARED = "epsilon_squared";

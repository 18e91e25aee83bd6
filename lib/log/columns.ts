import pl, { type DataType } from "nodejs-polars";

/** The types that columns have here, by Polars' names; a Datetime has milliseconds and no zone. */
const TYPES = {
  Date: pl.Date,
  Time: pl.Time,
  Datetime: pl.Datetime("ms"),
  String: pl.String,
  Bool: pl.Bool,
  Int64: pl.Int64,
  Float64: pl.Float64,
} as const;

/**
 * Every column of every frame, from the source tables to the figures: its type and its meaning. In
 * code a column is its name, which the compiler checks against this table.
 */
export const COLUMNS = {
  // Raw tables `logs` and `cohorts`, as in the source database.
  date: ["Date", "Day of the request, school's local calendar"],
  time: ["Time", "Clock time of the request, school's local time, to the second"],
  path: [
    "String",
    "Path of the requested page, without the leading slash except for the home page `/`; null in one row",
  ],
  user_id: ["Int64", "Who asked"],
  cohort_id: [
    "Int64",
    "The class that the user belonged to when the row was logged; null where none was known",
  ],
  ip: ["String", "Address that the request came from"],
  id: ["Int64", "Key of the `cohorts` table; `logs.cohort_id` refers to it"],
  name: ["String", "Cohort's name in the `cohorts` table; `cohort` in the access log"],
  slack: ["String", "Cohort's Slack channel"],
  start_date: ["Date", "First day of class. Staff's is not a real date"],
  end_date: ["Date", "Last day of class. Staff's and the placeholder's are not real dates"],
  created_at: ["Datetime", "When the cohort's row was made; UTC"],
  updated_at: ["Datetime", "When the cohort's row was last changed; UTC"],
  deleted_at: [
    "Datetime",
    "When the cohort's row was marked as deleted; UTC; null in every known row",
  ],
  program_id: ["Int64", "1 PHP Full Stack, 2 Java Full Stack, 3 Data Science, 4 Front End"],

  // The access log, as `prepareLogs` gives it.
  timestamp: ["Datetime", "Day and clock time of the request, school's local time"],
  cohort: ["String", "Cohort's name; null where the row has no cohort or its cohort no row"],
  program: ["String", "Program's name; null where the cohort is"],

  // Published figures.
  about: [
    "String",
    "Topic of a number: `log`, `cohorts`, `users`, `addresses`, `paths` or `stories`",
  ],
  figure: ["String", "What a number counts"],
  source: ["String", "Where it is printed"],
  published: ["Float64", "The printed number"],
  found: ["Float64", "The number that a log gives"],
  agrees: ["Bool", "Whether the two are equal"],

  // What is planted in the sample.
  kind: ["String", "What kind of story: `scraping`, `drop_out`, ..."],
  entity: ["String", "Whom or what a story is about, in words"],
  from: ["Datetime", "Time of a story's first row"],
  to: ["Datetime", "Time of a story's last row"],

  // Detection.
  pages: ["Int64", "Rows with a path, counted"],
  midband: ["Float64", "Exponentially weighted mean of daily pages"],
  upper_band: ["Float64", "Midband plus `k` exponentially weighted standard deviations"],
  lower_band: ["Float64", "Midband minus `k` exponentially weighted standard deviations"],
  pct_b: [
    "Float64",
    "Place between the bands: 0 on the lower, 1 on the upper; null where the band has no width",
  ],
  last_access: ["Datetime", "Time of the last request"],

  // What every detector gives.
  score: [
    "Float64",
    "How strange a row is: above 1 it is flagged, and a higher score is always stranger",
  ],
  finding: [
    "String",
    "What was found, in a sentence with its numbers; null where nothing is flagged",
  ],
  detector: ["String", "Name of the detector that found it"],

  // Detection: bands.
  days: ["Int64", "Length of a history in days, quiet days included; elsewhere days, counted"],
  active_days: ["Int64", "Days with pages"],
  ceiling: [
    "Float64",
    "Highest `pct_b` that the last day of such a history can have; null where none can have one",
  ],
  can_be_flagged: ["Bool", "Whether any day of the history could lie above the upper band"],
  highest_pct_b: ["Float64", "Highest `pct_b` of all days; null where no day has one"],
  excess_pages: ["Float64", "Pages above the upper band; negative below it; null without a band"],
  span: ["Float64", "Span of the bands, in days"],
  k: ["Float64", "Deviations from the midband to each band"],
  users: ["Int64", "Users, or groups of another kind, counted"],
  share: ["Float64", "Part of a whole, 0 to 1"],
  surprise_bits: [
    "Float64",
    "Improbability of the requested pages, minus log2 of their probability, summed",
  ],
  expected_bits: ["Float64", "What as many requests of the user's peers cost on average"],
  excess_bits: ["Float64", "Surprise less what is expected"],

  // Detection: requests.
  distinct_pages: ["Int64", "Different pages among them"],
  minutes: ["Float64", "Minutes from the first request to the last"],
  most_per_second: ["Int64", "Most different pages opened within one second of the clock"],
  most_per_minute: ["Int64", "Most different pages opened within any 60 seconds"],
  most_per_hour: ["Int64", "Most different pages opened within any 60 minutes"],
  in_site_order: [
    "Float64",
    "Share of steps that go forward to the neighboring page in the site's order; 0 to 1; null without a step",
  ],
  median_pause: [
    "Float64",
    "Median time between one request and the next, in seconds; null with a single request",
  ],
  usual_distinct: [
    "Int64",
    "Different pages that peers open at most on a day, but for their rarest days; null without peers",
  ],
  probe: ["String", "What a request looks for: `path traversal`, `hidden file`, "],
  probes: ["String", "The kinds of probes of a day, in alphabetical order, joined with commas"],
  requests: ["Int64", "Requests, counted"],
  paths: ["Int64", "Different paths, counted"],

  // Detection: access.
  cohorts: ["Int64", "Cohorts, counted"],
  addresses: ["Int64", "Different addresses"],
  new_addresses: ["Int64", "Addresses of a day that the user never came from before"],
  networks: ["Int64", "Different networks that addresses belong to"],
  visits: ["Int64", "Visits: requests of a user with less than half an hour in between"],
  switches: ["Int64", "Changes of address within a visit"],
  usual: ["Int64", "What nine in ten of all user-days do not exceed"],
  most_in_window: ["Int64", "Most addresses in any window of days"],
  most_users_on_a_day: ["Int64", "Most users of an address on one day"],
  users_on_a_middle_day: [
    "Float64",
    "Users of an address on a day, median over the days with requests",
  ],
  weekday_share: ["Float64", "Share of requests made on Monday to Friday"],
  class_hours_share: [
    "Float64",
    "Share of requests made on Monday to Friday from 8:00 to before 17:00",
  ],
  campus_share: ["Float64", "Share of requests made from campus"],
  address_kind: ["String", "`campus`, `shared`, `few` or `single`: who uses an address"],
  rows_with_cohort: ["Int64", "Rows with a cohort, counted"],
  started_with: ["Int64", "Other users without a cohort whose first request came within a week"],
  months_after_end: [
    "Int64",
    "Whole months since a cohort's last day; 0 is the first month after it",
  ],
  labelled: ["Bool", "Whether any of a user's rows is labelled as Staff"],
  tenure_days: ["Int64", "Days from first to last request, both counted"],
  months: ["Int64", "Calendar months with requests"],
  breadth: ["Float64", "Effective number of programs whose pages a user reads"],
  sections: ["Float64", "Effective number of the site's sections that a user reads"],
  views_per_page: ["Float64", "Pages per different page"],
  busiest_half_year_share: ["Float64", "Share of requests in the busiest half year"],
  cohorts_spanned: ["Int64", "Cohorts in whose time of class a user reads on at least five days"],
  curriculum: ["String", "`web development`, `data science`, `shared` or `unknown`"],
  web_development_readers: ["Int64", "Web-development students who read a page"],
  data_science_readers: ["Int64", "Data-science students who read a page"],
  data_science_share: [
    "Float64",
    "Data science's share of a page's readers, were both groups of students of one size; null without readers to compare",
  ],
  web_development_pages: ["Int64", "Pages of the web-development curriculum that someone read"],
  data_science_pages: ["Int64", "Pages of the data-science curriculum that someone read"],
  smaller_pages: ["Int64", "Pages of the curriculum that someone reads less"],
  smaller_share: ["Float64", "Their share of the pages of both curricula; 0 to 0.5"],
  period: ["Date", "First day of a month or week, or a day"],
  direction: ["String", "Whose students read whose curriculum"],
  all_pages: ["Int64", "Pages of either curriculum"],
  rate: ["Float64", "Pages of the other program's curriculum as a share of all; null without any"],
  shut_off: [
    "Date",
    "First day on which the other program's curriculum should not open any more; null where no such day is found",
  ],
  last_before: [
    "Datetime",
    "Time of the last page of the other program's curriculum before that day",
  ],
  first_after: [
    "Datetime",
    "Time of the first such page from that day on; null where there is none",
  ],
  pages_before: ["Int64", "Pages of the other program's curriculum before the shut-off"],
  pages_after: ["Int64", "The same from the shut-off on"],
  rate_before: ["Float64", "The same as a share of the pages of either curriculum, before"],
  rate_after: ["Float64", "And from the shut-off on"],
  users_before: ["Int64", "Students who read the other program's curriculum before the shut-off"],
  users_after: ["Int64", "And from the shut-off on"],
  p_value: ["Float64", "How often chance alone gives a change as large, wherever it lies"],
  own_pages: ["Int64", "Pages of the own program's curriculum"],
  log_likelihood_ratio: [
    "Float64",
    "Log-likelihood of rates that differ before and after, less that of one rate",
  ],
  exact_p_value: [
    "Float64",
    "Exact test of both rates at the point found, counts taken as Poisson and the search left out",
  ],
  judged_by: [
    "String",
    "Whether a page's own readers or those of its section tell its curriculum: `page` or `section`; null where neither does",
  ],
  rule: ["String", "Which rule of access a request breaks"],
  row: ["Int64", "Place of a row in the access log, from 0"],
  first_violation: ["Datetime", "Time of the first request that breaks a rule"],
  last_violation: ["Datetime", "Time of the last request that breaks a rule"],

  // Detection: comparing detectors.
  detectors: ["Int64", "How many detectors flag a row"],
  seed: ["Int64", "Which sample a row is about"],
  stories: ["Int64", "Planted stories, counted"],
  stories_found: ["Int64", "Stories of which at least one day is flagged"],
  recall: ["Float64", "Share of stories that are found; null without stories"],
  flags: ["Int64", "Flagged rows, counted"],
  true_flags: ["Int64", "Flagged days that belong to a story"],
  precision: ["Float64", "Share of flags that are true; null without flags"],
  average_precision: [
    "Float64",
    "Precision averaged over the recall that each step down the ranking adds",
  ],
  other: ["String", "The detector that another is compared with"],
  both: ["Int64", "Rows that both flag"],
  agreement: [
    "Float64",
    "Rows that both flag, of those that either flags; null where neither flags any",
  ],

  // The user-grouping case.
  dt: ["Date", "Day of use"],
  type: ["String", "Which API was called"],
  api_count: ["Int64", "Calls that day"],

  // Exploration.
  rows: ["Int64", "Rows, counted"],
  first_access: ["Datetime", "Time of the first request"],
  weekday: ["Int64", "Day of the week, 1 Monday to 7 Sunday"],
  hour: ["Int64", "Hour of the day, 0 to 23, school's local time"],
  lesson: [
    "String",
    "What a page teaches, whatever layout it lies in: `javascript-i/functions`; null where it is no lesson",
  ],
  topic: [
    "String",
    "Section of the curriculum that a lesson belongs to, its first part: `javascript-i`; null where it is no lesson",
  ],
  page_kind: ["String", "Why a path is no lesson, or how it was recognized as one"],
  campus_requests: ["Int64", "Requests that came from a campus"],
  moved: [
    "Date",
    "First day on which another share of requests came from campus; null where none is found",
  ],
  share_before: ["Float64", "A share before a change"],
  share_after: ["Float64", "The same from the change on"],
  requests_before: ["Int64", "Requests before a change"],
  requests_after: ["Int64", "Requests from the change on"],
  layout: [
    "String",
    "How a path is formed: `content folder`, `numbered sections`, `numbered names` or `plain names`",
  ],
  layouts: ["Int64", "Different layouts"],
  largest_path_share: ["Float64", "Share of a lesson's pages that its most read path has"],
  usual_pages: ["Float64", "Pages on such a weekday in the weeks around"],
  holiday: ["String", "Holidays that fall into a time, joined with commas; null where none does"],
  weekdays: ["Int64", "Days from Monday to Friday, counted"],
  other_pages: ["Int64", "Pages of unknown or of both curricula"],
  user_ids: ["String", "Ids of users in order, joined with commas"],
  began_with_log: [
    "Bool",
    "Whether someone was there when the log begins, so that nobody knows since when",
  ],
  check: ["String", "What is checked"],
  count: ["Int64", "How many are concerned"],
  unit: ["String", "What is counted: `rows`, `users` or `cohorts`"],
  which: ["String", "Which ones, the first few by name; null where none has a name"],
  meaning: ["String", "What it means for who counts"],
  graduates: [
    "Int64",
    "Students who came back to read lessons after their cohort's last day, counted",
  ],
  graduates_share: ["Float64", "Share of those students who opened a lesson or topic; 0 to 1"],
  share_in_class: [
    "Float64",
    "A lesson's or topic's part of what the same cohorts read in class; 0 to 1; null where the log saw none of it",
  ],
  lift: ["Float64", "Share after the end by share in class; null without one, or where that is 0"],
  median_months: ["Float64", "Months from the cohort's last day to a page, median of all pages"],
  late_pages: ["Int64", "Pages read when graduates may be in their jobs"],
  late_share: ["Float64", "The same as a part of all pages after the end; 0 to 1"],
  largest_reader_share: [
    "Float64",
    "Part of the pages that the one user with most of them opened; 0 to 1",
  ],
  from_month: ["Int64", "First whole month after the end that a period holds, from 0"],
  to_month: ["Int64", "Month before which a period ends; null for the last, which has no end"],
  status: ["String", "Whether a lesson is there to be read: `current`, `new` or `retired`"],
  students: ["Int64", "Students who could have read a lesson in class"],
  pages_per_student: ["Float64", "Pages in class per such student; null without students"],
  cohorts_since: ["Int64", "Cohorts that have finished class since the last one with a reader"],
  first_read: ["Date", "Day of the first page in class"],
  last_read: ["Date", "Day of the last page in class"],
  seen_share: ["Float64", "Share of a cohort's days of class that lie within the log; 0 to 1"],
  class_days: ["Int64", "Days of class that lie within the log"],
  silent_before: [
    "Int64",
    "Days from the cohort's first page in class to the student's; null without",
  ],
  silent_after: [
    "Int64",
    "Days from the student's last page in class to the cohort's; null without",
  ],
  cohort_pages: [
    "Float64",
    "Median of pages in class over the students of the cohort; null where too few were seen",
  ],
  share_of_pages: ["Float64", "Pages as a share of the cohort's median; null without one"],
  share_of_days: ["Float64", "Days with pages as a share of the cohort's median; null without one"],
  classmates_below: [
    "Float64",
    "Share of the other students of the cohort who opened fewer pages in class; null without others",
  ],
  cohort_pages_meanwhile: [
    "Float64",
    "Median of the cohort's pages between a student's first and last day in class; null where not asked",
  ],
  pages_before_class: ["Int64", "Pages before the first day of class"],
  pages_after_class: ["Int64", "Pages after the last day of class"],
  pages_elsewhere: ["Int64", "The user's pages during class that carry another cohort or none"],
  other_cohorts: [
    "String",
    "Other cohorts that rows of the user carry, in order of time, joined with commas; null without",
  ],
  situation: [
    "String",
    "What a student's reading in class looks like: `hardly reads`, `left early`, ",
  ],
  what: ["String", "What a suspect is: `user` or `address`"],
  who: ["String", "A user's id or an address"],
  kinds: [
    "String",
    "All kinds of suspicion against a suspect, the gravest first, joined with commas",
  ],
  first_day: ["Date", "First day on which something was flagged"],
  last_day: ["Date", "Last such day"],
  busiest_day: ["Date", "Day with the most pages; null without pages"],
  busiest_day_pages: ["Int64", "Pages of that day"],
  rank: ["Int64", "Place among the others, 1 for the first; equal ones share the better place"],
  rank_by_sum: ["Int64", "Place by page views summed over everybody"],
  median_share: ["Float64", "Middle one of the cohorts' shares; 0 to 1"],
  lower_quartile_share: ["Float64", "Share that three of four cohorts reach; 0 to 1"],
  lowest_share: ["Float64", "Lowest share of any cohort; 0 to 1"],
  median_rank: ["Float64", "Middle one of a lesson's places in the cohorts"],
  cohorts_reading: ["Int64", "Cohorts in which somebody opened the lesson"],
  cohorts_in_first: ["Int64", "Cohorts in which the lesson is among the most read"],
  counts: ["Bool", "Whether a row is counted"],
  rest_students: ["Int64", "Students of the cohorts that one is compared with"],
  rest_share: ["Float64", "Share of lesson pages in the cohorts that one is compared with; 0 to 1"],
  ratio: ["Float64", "A share by the share of the rest"],
  ratio_low: ["Float64", "Lower end of the ratio's confidence interval"],
  ratio_high: ["Float64", "Upper end of the ratio's confidence interval"],
  adjusted_p_value: ["Float64", "P value, corrected for how many pairs were looked at"],
  use: [
    "String",
    "How a cohort used a lesson: `more than others`, `less than others` or `like others`",
  ],
  lessons: ["Int64", "Lessons, counted"],
  example: ["String", "One of them"],

  // The case study's seven features of one user's use of one API (Float64).
  use_days: ["Float64", "Days with any use; scaled to 0 to 1 over all users and APIs"],
  use_duration: [
    "Float64",
    "Days from first to last use; scaled to 0 to 1 over all users and APIs",
  ],
  avg_cont_use: [
    "Float64",
    "Mean length of runs of consecutive days; scaled to 0 to 1 over all users and APIs",
  ],
  total_calls_log10: ["Float64", "Log10 of all calls; scaled to 0 to 1 over all users and APIs"],
  usage_range: [
    "Float64",
    "Busiest day's calls less the quietest's; scaled to 0 to 1 over all users and APIs",
  ],
  mean_usage_scaled: [
    "Float64",
    "Mean of daily calls, scaled to 0 to 1 within the user and API; 1 where they never change",
  ],
  sd_usage_scaled: ["Float64", "Standard deviation of the same; 0 where they never change"],
  cluster_label: ["Int64", "Group of similar users of one API, from 0; -1 for those in none"],
  min_samples: ["Int64", "Neighbors that make a point the core of a cluster, itself included"],
  clusters: ["Int64", "Clusters formed, noise not counted"],
  noise: ["Int64", "Users in no cluster"],
  silhouette: [
    "Float64",
    "Mean silhouette, noise counted as a cluster; null where it is not defined",
  ],

  // What groups of users mean.
  group_name: [
    "String",
    "What a group's users are, in a few plain words; no two of an API share one",
  ],
  calls: ["Int64", "All calls together"],
  calls_per_day: ["Float64", "Calls per day with any use"],
  busiest_day_calls: ["Int64", "Calls of the busiest day"],
  share_of_calls: ["Float64", "Part of all calls of the API, 0 to 1"],
  median_use_days: ["Float64", "Median of days with any use"],
  median_use_duration: ["Float64", "Median of days from first to last use"],
  median_avg_cont_use: ["Float64", "Median of the mean length of runs of consecutive days"],
  median_calls: ["Float64", "Median of all calls of a user"],
  median_calls_per_day: ["Float64", "Median of calls per day with any use"],
  median_busiest_day_calls: ["Float64", "Median of calls on a user's busiest day"],
  combination: ["String", "APIs that a user uses, each with the user's group in it"],
  apis: ["Int64", "APIs, counted"],
  other_type: ["String", "A second API beside `type`"],
  other_label: ["Int64", "Group of similar users of the second API; -1 for those in none"],
  other_users: ["Int64", "Users of that group"],
  observed: ["Int64", "Users who are in both groups"],
  expected: ["Float64", "As many as chance alone would put in both"],
  window: ["Int64", "Place of a stretch of weeks in time, from 1"],
  windows: ["Int64", "Stretches of weeks with any use"],
  labels: ["String", "Groups by window, in order of time; `none` for no group, `-` without use"],
  changes: ["Int64", "Times that the group was another than in the window of use before"],
  from_label: ["Int64", "Group in one window; -1 for none; null without use"],
  to_label: ["Int64", "Group in the next window; -1 for none; null without use"],
  calls_log10: ["Float64", "Log10 of all calls"],
  slope_per_week: ["Float64", "Change of log10(1 + calls of a week) from week to week"],
  peak_day_share: ["Float64", "Part of all calls that the busiest day has, 0 to 1"],
  weeks_active: ["Int64", "Weeks from Monday with any use"],
  days_since_last: ["Int64", "Days from the last use to the last day of the log"],
  pages_log10: ["Float64", "Log10 of all page views"],
  night_share: ["Float64", "Share of requests made from 22:00 to before 6:00; 0 to 1"],
  weekend_share: ["Float64", "Share of requests made on Saturday or Sunday; 0 to 1"],
  core_distance: [
    "Float64",
    "Distance to the nearest core point of any group, 0 for a core point; null without groups",
  ],
  group_rank: [
    "Int64",
    "Place among outlying readers, 1 for the farthest from any group; null for those in one",
  ],
  suspect_rank: [
    "Int64",
    "Place among the suspects, 1 for the gravest; null for those who are none",
  ],
  found_by: ["String", "Who finds a user: `both`, `groups only` or `detection only`"],
  component: ["Int64", "Principal component, from 1"],
  pc1: ["Float64", "Place along the first principal component"],
  pc2: ["Float64", "Place along the second principal component"],

  // Choosing settings, other methods and validity of user groups.
  place: ["Int64", "Place in an order, from 1"],
  neighbor: ["Int64", "Which of the nearest other users a distance leads to, 1 for the nearest"],
  distance: ["Float64", "Straight-line distance between two users' features"],
  eps: ["Float64", "DBSCAN's radius: farthest that a neighbor may be, itself included"],
  noise_share: ["Float64", "Users in no cluster as a share of all; 0 to 1"],
  silhouette_without_noise: [
    "Float64",
    "Mean silhouette of the users in clusters, noise left out; null where it is not defined",
  ],
  neighbor_agreement: [
    "Float64",
    "Mean adjusted Rand index with the up to four neighboring settings; null without any",
  ],
  settings: ["Int64", "Settings in a plateau, counted"],
  eps_from: ["Float64", "Smallest `eps` of a plateau"],
  eps_to: ["Float64", "Largest `eps` of a plateau"],
  min_samples_from: ["Int64", "Smallest `min_samples` of a plateau"],
  min_samples_to: ["Int64", "Largest `min_samples` of a plateau"],
  holds: ["Bool", "Whether groups were found that hold"],
  reason: ["String", "Why, in words"],
  dbcv: [
    "Float64",
    "Density-based validity of clusters, noise weighing as 0; -1 to 1; null where it is not defined",
  ],
  method: ["String", "How clusters were formed: `DBSCAN`, `HDBSCAN` or `k-means`"],
  agreement_with_dbscan: ["Float64", "Adjusted Rand index with DBSCAN's labels"],
  agreement_with_hdbscan: ["Float64", "Adjusted Rand index with HDBSCAN's labels"],
  agreement_with_k_means: ["Float64", "Adjusted Rand index with k-means' labels"],
  resamples: ["Int64", "Random parts of the users that were grouped again, counted"],
  mean_agreement: [
    "Float64",
    "Mean adjusted Rand index of the whole grouping with those of random parts; null without clusters",
  ],
  mean_jaccard: [
    "Float64",
    "Mean Jaccard index of a cluster with its best match in random parts; 0 to 1",
  ],
  recovered_share: [
    "Float64",
    "Share of random parts in which a cluster's best match has a Jaccard index of at least 0.75",
  ],
  feature: ["String", "Which feature a row is about"],
  noise_counted: ["Bool", "Whether users in no cluster are compared as a group of their own"],
  groups: ["Int64", "Groups that are compared"],
  kruskal_wallis: [
    "Float64",
    "Kruskal-Wallis statistic H, corrected for ties; null where it is not defined",
  ],
  epsilon_squared: ["Float64", "Effect size: H by the number of users less one; 0 to 1"],
} as const satisfies Record<string, readonly [type: keyof typeof TYPES, meaning: string]>;

/** A column's name. */
export type Column = keyof typeof COLUMNS;

/** A column's type in Polars. */
export const typeOf = (column: Column): DataType => TYPES[COLUMNS[column][0]];

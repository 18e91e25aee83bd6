/**
 * How the rows of the log divide by program and time, as far as it is published: cohorts
 * in 2020 and later without Staff (306,057 Java, 83,344 data science, 1,712 PHP), data
 * science up to 2020-11-02 (68,017; all of 2019's are Bayes'), and without a cohort up to
 * then (44,840).
 */
export const ROWS_SINCE_2020 = { java: 306_057, dataScience: 83_344, php: 1_712 } as const;
export const DATA_SCIENCE_UP_TO_SNAPSHOT = 68_017;
export const COHORTLESS_UP_TO_SNAPSHOT = 44_840;

/** The earlier version of the log ends at this second; rows of it in all. */
export const SNAPSHOT = { date: "2020-11-02", time: "16:48:47", rows: 719_459 } as const;

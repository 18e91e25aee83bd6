/** Everything that a notebook may import, grouped, one line per name. */

// acquire
export { type AcquireLogsOptions, acquireLogs } from "./acquire/acquire-logs";
export { type AcquireUsageOptions, acquireUsage } from "./acquire/acquire-usage";
export { DataFileError } from "./acquire/data-file-error";
export { type SampleLogsOptions, sampleLogs } from "./acquire/sample/sample-logs";
export { type SampleUsageOptions, sampleUsage } from "./acquire/sample/sample-usage";
export * as columns from "./columns";
// detect
export { accessAfterGraduation } from "./detect/access-after-graduation";
export { bollingerAnomalies } from "./detect/bollinger-anomalies";
export { type BollingerBandsOptions, bollingerBands } from "./detect/bollinger-bands";
export { type DailyPageViewsOptions, dailyPageViews } from "./detect/daily-page-views";

// explore
export { dateRanges } from "./explore/date-ranges";
export { hourlyPageViews } from "./explore/hourly-page-views";
export { type TopPathsOptions, topPaths } from "./explore/top-paths";
export { type ValueCountsOptions, valueCounts } from "./explore/value-counts";
// frames
export { firstRow, type Row } from "./first-row";
// group
export { type DbscanOptions, dbscan } from "./group/dbscan";
export { type GroupUsersOptions, groupUsers } from "./group/group-users";
export { silhouetteScore } from "./group/silhouette-score";
export { usageFeatures } from "./group/usage-features";
export { show } from "./notebook/show";

// show
export { describeColumns, estimatedBytes } from "./notebook/show/describe-columns";
export { formatCount, formatDate, formatNumber, formatPercent } from "./notebook/show/format-words";
export { Prose, prose } from "./notebook/show/prose";

// plot
export { bandsFigure } from "./plot/bands-figure";
export { dailyFigure } from "./plot/daily-figure";
export { featuresFigure } from "./plot/features-figure";
export type { Figure } from "./plot/figure";
export { figureText } from "./plot/figure-text";
export { hourlyFigure } from "./plot/hourly-figure";
export { sweepFigure } from "./plot/sweep-figure";
export { topPathsFigure } from "./plot/top-paths-figure";
export { valueCountsFigure } from "./plot/value-counts-figure";
// prepare
export { dataDictionary } from "./prepare/data-dictionary";
export { prepareLogs } from "./prepare/prepare-logs";
export { PROGRAMS } from "./prepare/programs";
export { splitByCohort } from "./prepare/split-by-cohort";

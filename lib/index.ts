/** Everything that a notebook may import, grouped, one line per name. */

// acquire
export { type AcquireLogsOptions, acquireLogs } from "./acquire/acquire-logs";
export { type AcquireUsageOptions, acquireUsage } from "./acquire/acquire-usage";
export { DataFileError } from "./acquire/data-file-error";
export { type SampleLogsOptions, sampleLogs } from "./acquire/sample/sample-logs";
export { type SampleUsageOptions, sampleUsage } from "./acquire/sample/sample-usage";

// prepare
export { dataDictionary } from "./prepare/data-dictionary";
export { prepareLogs } from "./prepare/prepare-logs";
export { type PublishedFiguresOptions, publishedFigures } from "./prepare/published-figures";
export { PROGRAMS } from "./prepare/programs";
export { splitByCohort } from "./prepare/split-by-cohort";

// explore
export { dateRanges } from "./explore/date-ranges";
export { hourlyPageViews } from "./explore/hourly-page-views";
export { type TopPathsOptions, topPaths } from "./explore/top-paths";
export { type ValueCountsOptions, valueCounts } from "./explore/value-counts";

// detect
export { accessAfterGraduation } from "./detect/access/access-after-graduation";
export { bollingerAnomalies } from "./detect/bands/bollinger-anomalies";
export { type BollingerBandsOptions, bollingerBands } from "./detect/bands/bollinger-bands";
export { type DailyPageViewsOptions, dailyPageViews } from "./detect/bands/daily-page-views";

// group
export { type DbscanOptions, dbscan } from "./group/dbscan";
export { type GroupUsersOptions, groupUsers, type UserGroups } from "./group/group-users";
export { silhouetteScore } from "./group/silhouette-score";
export { usageFeatures } from "./group/usage-features";

// plot
export { bandsFigure } from "./plot/bands-figure";
export { dailyFigure } from "./plot/daily-figure";
export { type FeaturesFigureOptions, featuresFigure } from "./plot/features-figure";
export { hourlyFigure } from "./plot/hourly-figure";
export { sweepFigure } from "./plot/sweep-figure";
export { topPathsFigure } from "./plot/top-paths-figure";
export { valueCountsFigure } from "./plot/value-counts-figure";

// plot: for figures of one's own
export type { Figure } from "./plot/figure";
export type { FigureOptions } from "./plot/figure-options";
export { figureText } from "./plot/figure-text";
export { COLORS, PROGRAM_COLORS, SERIES_COLORS, UNUSUAL_MARKER } from "./plot/theme";

// show in a cell
export { show } from "./notebook/show";
export { describeColumns, estimatedBytes } from "./notebook/show/describe-columns";
export { formatCount, formatDate, formatNumber, formatPercent } from "./format-words";
export { type Prose, prose } from "./notebook/show/prose";

// frames
export * as columns from "./columns";
export { firstRow, type Row } from "./first-row";

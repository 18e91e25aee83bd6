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

// detect: bands of daily pages
export { bandCeiling } from "./detect/bands/band-ceiling";
export { bandHistory } from "./detect/bands/band-history";
export { bandMinimumHistory } from "./detect/bands/band-minimum-history";
export { bollingerAnomalies } from "./detect/bands/bollinger-anomalies";
export { type BollingerBandsOptions, bollingerBands } from "./detect/bands/bollinger-bands";
export { type DailyPageViewsOptions, dailyPageViews } from "./detect/bands/daily-page-views";
export { excessPages } from "./detect/bands/excess-pages";
export { type FlagsByKOptions, flagsByK } from "./detect/bands/flags-by-k";
export { flagsByWeekday } from "./detect/bands/flags-by-weekday";

// detect: requests
export { probingDays } from "./detect/requests/probing-days";
export { probingRequests } from "./detect/requests/probing-requests";
export { requestSurprise } from "./detect/requests/request-surprise";
export { type ScrapingDaysOptions, scrapingDays } from "./detect/requests/scraping-days";
export { type SurprisingDaysOptions, surprisingDays } from "./detect/requests/surprising-days";
export { type VisitsOptions, visits } from "./detect/requests/visits";

// detect: access
export { accessAfterGraduation } from "./detect/access/access-after-graduation";
export { type AccessViolationsOptions, accessViolations } from "./detect/access/access-violations";
export {
  type ChangePoint,
  type ChangePointOptions,
  changePoint,
} from "./detect/access/change-point";
export {
  type CrossProgramByMonthOptions,
  crossProgramByMonth,
} from "./detect/access/cross-program-by-month";
export { type CrossProgramDaysOptions, crossProgramDays } from "./detect/access/cross-program-days";
export {
  type CrossProgramShutOffOptions,
  crossProgramShutOff,
} from "./detect/access/cross-program-shut-off";
export { curriculumReaders } from "./detect/access/curriculum-readers";
export { type ManyAddressesOptions, manyAddresses } from "./detect/access/many-addresses";
export {
  type ManyAddressesDaysOptions,
  manyAddressesDays,
} from "./detect/access/many-addresses-days";
export { type PageCurriculaOptions, pageCurricula } from "./detect/access/page-curricula";
export {
  type PagesByMonthsAfterEndOptions,
  pagesByMonthsAfterEnd,
} from "./detect/access/pages-by-months-after-end";
export { poissonRateTest } from "./detect/access/poisson-rate-test";
export { type SharedAddressesOptions, sharedAddresses } from "./detect/access/shared-addresses";
export { type StaffCandidatesOptions, staffCandidates } from "./detect/access/staff-candidates";
export {
  type UsersWithoutCohortOptions,
  usersWithoutCohort,
} from "./detect/access/users-without-cohort";
export { violationsByUser } from "./detect/access/violations-by-user";

// detect: which detector to believe
export { type CompareDetectorsOptions, compareDetectors } from "./detect/compare/compare-detectors";
export { detectorAgreement } from "./detect/compare/detector-agreement";
export { type DetectorScoresOptions, detectorScores } from "./detect/compare/detector-scores";
export { DETECTORS, type Detector } from "./detect/compare/detectors";
export { type FlagCard, type FlagCardOptions, flagCard } from "./detect/compare/flag-card";
export { type ScoreDetectorsOptions, scoreDetectors } from "./detect/compare/score-detectors";
export { suspiciousDays } from "./detect/compare/suspicious-days";

// group
export { type DbscanOptions, dbscan } from "./group/dbscan";
export { type GroupUsersOptions, groupUsers, type UserGroups } from "./group/group-users";
export { silhouetteScore } from "./group/silhouette-score";
export { usageFeatures } from "./group/usage-features";

// plot
export { agreementFigure } from "./plot/agreement-figure";
export { bandsFigure } from "./plot/bands-figure";
export { type BandsGridFigureOptions, bandsGridFigure } from "./plot/bands-grid-figure";
export { type BandsOfSeveralOptions, bandsMenuFigure } from "./plot/bands-menu-figure";
export { dailyFigure } from "./plot/daily-figure";
export { type FeaturesFigureOptions, featuresFigure } from "./plot/features-figure";
export { flagsByKFigure } from "./plot/flags-by-k-figure";
export { hourlyFigure } from "./plot/hourly-figure";
export { monthsAfterEndFigure } from "./plot/months-after-end-figure";
export { type PointsFigureOptions, pointsFigure } from "./plot/points-figure";
export { type RateFigureOptions, rateFigure } from "./plot/rate-figure";
export { recallFigure } from "./plot/recall-figure";
export { type ScoresFigureOptions, scoresFigure } from "./plot/scores-figure";
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
export { formatCount, formatDate, formatNumber, formatPercent } from "./words/format-words";
export { ClaimError, type ClaimOptions, claimsFrom } from "./words/claim";
export { type Claim, type Prose, prose } from "./words/prose";

// frames
export * as columns from "./columns";
export { firstRow, type Row } from "./first-row";

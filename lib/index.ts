/** Everything that a notebook may import, grouped, one line per name. */

// acquire
export { type AcquireLogsOptions, acquireLogs } from "./acquire/acquire-logs";
export { type AcquireUsageOptions, acquireUsage } from "./acquire/acquire-usage";
export { DataFileError } from "./acquire/data-file-error";
export { type SampleLogsOptions, sampleLogs } from "./twin/sample-logs";
export { type SampleUsageOptions, sampleUsage } from "./twin/sample-usage";

// prepare
export { dataDictionary } from "./prepare/data-dictionary";
export { type JoinLogsOptions, joinLogs } from "./prepare/join-logs";
export { prepareLogs } from "./prepare/prepare-logs";
export { type PublishedFiguresOptions, publishedFigures } from "./prepare/published-figures";
export { PROGRAMS } from "./log/programs";
export { splitByCohort } from "./prepare/split-by-cohort";

// rows by conditions, rows counted
export { count } from "./log/count";
export { above, atLeast, atMost, below, between, not, where } from "./log/where";

// explore
export { dateRanges } from "./explore/date-ranges";
export { hourlyPageViews } from "./explore/hourly-page-views";
export { type TopPathsOptions, topPaths } from "./explore/top-paths";
export { type ValueCountsOptions, valueCounts } from "./explore/value-counts";

// explore: what counts as a lesson
export { type LessonPagesOptions, lessonPages } from "./explore/lessons/lesson-pages";
export { type LessonPathsOptions, lessonPaths } from "./explore/lessons/lesson-paths";
export { lessonSummary } from "./explore/lessons/lesson-summary";

// explore: the board's questions
export { breaks } from "./explore/breaks";
export { type CampusMoveOptions, campusMove } from "./explore/campus-move";
export { type CampusSharesOptions, campusShares } from "./explore/campus-shares";
export {
  type HardlyActiveStudentsOptions,
  hardlyActiveStudents,
} from "./explore/class-time/hardly-active-students";
export { type CohortLessonsOptions, cohortLessons } from "./explore/cohort-lessons";
export { cohortsInClass } from "./explore/cohorts-in-class";
export { type ConsistentLessonsOptions, consistentLessons } from "./explore/consistent-lessons";
export { type DataQualityOptions, dataQuality } from "./explore/data-quality";
export { type GraduatesReadingOptions, graduatesReading } from "./explore/graduates-reading";
export {
  type GraduatesReadingByPeriodOptions,
  graduatesReadingByPeriod,
} from "./explore/graduates-reading-by-period";
export { type LayoutPeriodsOptions, layoutPeriods } from "./explore/layout-periods";
export { type LeastReadLessonsOptions, leastReadLessons } from "./explore/least-read-lessons";
export { pageLayouts } from "./explore/page-layouts";
export { type QuietDaysOptions, quietDays } from "./explore/quiet-days";
export { splitLessons } from "./explore/split-lessons";
export { type UnlabelledClassesOptions, unlabelledClasses } from "./explore/unlabelled-classes";
export { strongestUse } from "./explore/strongest-use";
export { type UnusualLessonUseOptions, unusualLessonUse } from "./explore/unusual-lesson-use";

// detect: bands of daily pages
export { bandCeiling, bandMinimumHistory } from "./detect/bands/band-ceiling";
export { bandHistory, excessPages } from "./detect/bands/band-history";
export { bollingerAnomalies } from "./detect/bands/bollinger-anomalies";
export { type BollingerBandsOptions, bollingerBands } from "./detect/bands/bollinger-bands";
export { type DailyPageViewsOptions, dailyPageViews } from "./log/daily-page-views";
export { type FlagsByKOptions, flagsByK } from "./detect/bands/flags-by-k";
export { flagsByWeekday } from "./detect/bands/flags-by-weekday";

// detect: requests
export { probingDays } from "./detect/requests/probing-days";
export { probingRequests } from "./detect/requests/probing-requests";
export {
  requestSurprise,
  type SurprisingDaysOptions,
  surprisingDays,
} from "./detect/requests/surprising-days";
export { type ScrapingDaysOptions, scrapingDays } from "./detect/requests/scraping-days";
export { type SharedScrapingOptions, sharedScraping } from "./detect/requests/shared-scraping";
export {
  type SlowScrapingDaysOptions,
  slowScrapingDays,
} from "./detect/requests/slow-scraping-days";
export { type VisitsOptions, visits } from "./detect/requests/visits";

// detect: access
export { accessAfterGraduation } from "./detect/access/access-after-graduation";
export {
  type AccessViolationsOptions,
  accessViolations,
  violationsByUser,
} from "./detect/access/access-violations";
export {
  type CrossProgramByMonthOptions,
  crossProgramByMonth,
} from "./detect/access/cross-program-by-month";
export { type CrossProgramDaysOptions, crossProgramDays } from "./detect/access/cross-program-days";
export {
  type CrossProgramShutOffOptions,
  crossProgramShutOff,
  type EarlierShutOffOptions,
  earlierShutOff,
} from "./detect/access/cross-program-shut-off";
export {
  type ShutOffReadersOptions,
  shutOffBreaks,
  shutOffReaders,
} from "./detect/access/shut-off-readers";
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
export { type SharedAddressesOptions, sharedAddresses } from "./detect/access/shared-addresses";
export { type StaffCandidatesOptions, staffCandidates } from "./detect/access/staff-candidates";
export { staffRanking } from "./detect/access/staff-ranking";
export {
  type UsersWithoutCohortOptions,
  usersWithoutCohort,
} from "./detect/access/users-without-cohort";

// detect: which detector to believe
export { SCRIPTS } from "./twin/attacks/described";
export {
  type ComparedDetectors,
  type CompareDetectorsOptions,
  compareDetectors,
} from "./twin/compare-detectors";
export { detectorAgreement } from "./detect/compare/detector-agreement";
export {
  type DetectorScoresOptions,
  detectorScores,
  suspiciousDays,
} from "./detect/compare/detector-scores";
export { DETECTORS, type Detector } from "./detect/compare/detectors";
export { type EvidenceAboutOptions, evidenceAbout } from "./detect/compare/evidence-about";
export { falseAlarms } from "./detect/compare/false-alarms";
export { type FlagCard, type FlagCardOptions, flagCard } from "./detect/compare/flag-card";
export { ONE_LINERS } from "./detect/compare/one-liners";
export { type RecordedComparison, recordedComparison } from "./twin/recorded-comparison";
export { type ScoreDetectorsOptions, scoreDetectors } from "./detect/compare/score-detectors";
export { type ScoreIntervalsOptions, scoreIntervals } from "./detect/compare/score-intervals";
export { type SuspectsOptions, suspects } from "./detect/compare/suspects";

// group
export { type ApiCombinationsOptions, apiCombinations } from "./group/api-combinations";
export { apiPairs } from "./group/api-pairs";
export { type ClusteringsOptions, clusterings } from "./group/clusterings";
export { type EpsSweepOptions, epsSweep } from "./group/eps-sweep";
export { type ExampleUsersOptions, exampleUsers } from "./group/example-users";
export { type GroupDifferencesOptions, groupDifferences } from "./group/group-differences";
export { type GroupMoves, type GroupMovesOptions, groupMoves } from "./group/group-moves";
export { type GroupProfilesOptions, groupProfiles } from "./group/group-profiles";
export {
  type GroupStability,
  type GroupStabilityOptions,
  groupStability,
} from "./group/group-stability";
export {
  type GroupsAgainstOneLawOptions,
  groupsAgainstOneLaw,
} from "./group/groups-against-one-law";
export { type GroupUsersOptions, groupUsers, type UserGroups } from "./group/group-users";
export { type KDistances, type KDistancesOptions, kDistances } from "./group/k-distances";
export { type LabeledUsage, labeledUsage } from "./group/labeled-usage";
export {
  type PrincipalComponents,
  type PrincipalComponentsOptions,
  principalComponents,
} from "./group/principal-components";
export {
  READER_FEATURES,
  type ReaderFeaturesOptions,
  readerFeatures,
} from "./group/reader-features";
export { type ReaderGroups, type ReaderGroupsOptions, readerGroups } from "./group/reader-groups";
export { readerOutliers } from "./group/reader-outliers";
export { scaledFeatures } from "./group/scaled-features";
export { type StablePlateauOptions, stablePlateau } from "./group/stable-plateau";
export { usageFeatures, usageHabits } from "./group/usage-features";
export { TREND_FEATURES, usageTrends } from "./group/usage-trends";

// stats: tests and clustering, of plain numbers
export { adjustedRandIndex } from "./stats/adjusted-rand-index";
export {
  type ChangePoint,
  type ChangePointOptions,
  changePoint,
} from "./stats/change-point";
export { dbcv } from "./stats/dbcv";
export { type DbscanOptions, dbscan } from "./stats/dbscan";
export { type HdbscanOptions, hdbscan } from "./stats/hdbscan";
export { type KMeans, type KMeansOptions, kMeans } from "./stats/k-means";
export { type KruskalWallis, kruskalWallis } from "./stats/rank-tests";
export { type RateSegment, type RateSegmentsOptions, rateSegments } from "./stats/rate-segments";
export { signTest } from "./stats/exact-tests";
export { silhouetteScore } from "./stats/silhouette-score";

// plot
export { agreementFigure } from "./plot/shares-figures";
export { bandsFigure } from "./plot/bands-figure";
export { type BandsGridFigureOptions, bandsGridFigure } from "./plot/bands-of-several-figures";
export type { BandsOfSeveralOptions } from "./plot/bands-of-several-figures";
export { bandsMenuFigure } from "./plot/bands-of-several-figures";
export { type CampusFigureOptions, campusFigure } from "./plot/rate-figures";
export {
  type ConsistentLessonsFigureOptions,
  consistentLessonsFigure,
} from "./plot/lessons-figures";
export { dailyFigure } from "./plot/daily-figures";
export { type FeatureBoxesFigureOptions, featureBoxesFigure } from "./plot/groups-figures";
export { flagsByKFigure } from "./plot/count-lines-figures";
export {
  type GraduatesPeriodsFigureOptions,
  graduatesPeriodsFigure,
} from "./plot/graduates-figures";
export {
  type GraduatesTopicsFigureOptions,
  graduatesTopicsFigure,
} from "./plot/graduates-figures";
export { type GroupMapFigureOptions, groupMapFigure } from "./plot/groups-figures";
export { type HardlyActiveFigureOptions, hardlyActiveFigure } from "./plot/hardly-active-figure";
export { hourlyFigure } from "./plot/hourly-figure";
export { kDistanceFigure } from "./plot/settings-figures";
export { type LeastReadFigureOptions, leastReadFigure } from "./plot/lessons-figures";
export { monthsAfterEndFigure } from "./plot/count-lines-figures";
export { type PointsFigureOptions, pointsFigure } from "./plot/points-figure";
export { quietDaysFigure } from "./plot/daily-figures";
export { type RateFigureOptions, rateFigure } from "./plot/rate-figures";
export { recallCurvesFigure } from "./plot/recall-curves-figure";
export { recallFigure } from "./plot/shares-figures";
export { type ScoresFigureOptions, scoresFigure } from "./plot/scores-figure";
export { suspectsFigure } from "./plot/bars-figures";
export { sweepPanelsFigure } from "./plot/settings-figures";
export { topPathsFigure } from "./plot/bars-figures";
export { unusualLessonsFigure } from "./plot/lessons-figures";
export {
  type UsageTimelinesFigureOptions,
  usageTimelinesFigure,
} from "./plot/usage-timelines-figure";
export { valueCountsFigure } from "./plot/bars-figures";

// report: the board's questions, answered in words
export type { Answer } from "./report/answer";
export { answerHeading, answerMethod } from "./report/answer-forms";
export { type AnythingElseEvidence, anythingElseAnswer } from "./report/answers/anything-else";
export {
  type ConsistentLessonsAnswerOptions,
  consistentLessonsAnswer,
} from "./report/answers/consistent-lessons";
export {
  type CrossProgramAnswerOptions,
  crossProgramAnswer,
} from "./report/answers/cross-program";
export { type GraduatesOptions, graduatesAnswer } from "./report/answers/graduates";
export { hardlyActiveAnswer } from "./report/answers/hardly-active";
export { type LeastReadOptions, leastReadAnswer } from "./report/answers/least-read";
export { suspiciousAnswer } from "./report/answers/suspicious";
export {
  type UnusualLessonsAnswerOptions,
  unusualLessonsAnswer,
} from "./report/answers/unusual-lessons";
export {
  type BoardEvidence,
  type BoardEvidenceOptions,
  boardEvidence,
} from "./report/board-evidence";
export { earlierAnswers } from "./report/earlier-answers";
export { boardAnswers } from "./report/board-answers";
export { type LetterOptions, letter } from "./report/answer-forms";
export { type SingleSlideOptions, singleSlide } from "./report/answer-forms";
export { sourceBadge } from "./report/source-badge";

// plot: for figures of one's own
export type { Figure, FigureOptions } from "./plot/figure";
export { figureText } from "./plot/figure-text";
export { COLORS, PROGRAM_COLORS, SERIES_COLORS, UNUSUAL_MARKER } from "./plot/theme";

// show in a cell
export { saveCsv } from "./notebook/save-csv";
export { kept } from "./keep/kept";
export { show, showAnswer } from "./notebook/show";
export { describeColumns, estimatedBytes } from "./notebook/show/describe-columns";
export { formatCount, formatDate, formatNumber, formatPercent } from "./words/format-words";
export { ClaimError, type ClaimOptions, claimsFrom } from "./words/claim";
export { type Claim, type Prose, prose } from "./words/prose";

// frames
export * as columns from "./log/columns";
export { firstRow, type Row } from "./log/first-row";

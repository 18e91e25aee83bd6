import type pl from "nodejs-polars";
import { expect, it } from "vitest";
import * as lib from "../../../lib/index";
import { COLUMNS, type Column, typeOf } from "../../../lib/log/columns";
import { accessLog, typesOf } from "../../support/access-log";
import { DATA, readers, WEB } from "./two-programs";

const log = accessLog([
  ...readers(WEB, 100, 9, ["/", "java-i"]),
  ...readers(DATA, 200, 9, ["/", "sql/joins", "java-i"]),
]);
const curricula = lib.pageCurricula(log);

it.each<[string, (accessLog: pl.DataFrame) => pl.DataFrame]>([
  ["accessAfterGraduation", lib.accessAfterGraduation],
  ["accessViolations", (own) => lib.accessViolations(own)],
  ["violationsByUser", (own) => lib.violationsByUser(lib.accessViolations(own))],
  ["pageCurricula", (own) => lib.pageCurricula(own)],
  ["crossProgramByMonth", (own) => lib.crossProgramByMonth(own, curricula)],
  ["crossProgramDays", (own) => lib.crossProgramDays(own)],
  ["crossProgramShutOff", (own) => lib.crossProgramShutOff(own, curricula)],
  ["curriculumReaders", (own) => lib.curriculumReaders(own, curricula)],
  ["manyAddresses", (own) => lib.manyAddresses(own)],
  ["manyAddressesDays", (own) => lib.manyAddressesDays(own)],
  ["sharedAddresses", (own) => lib.sharedAddresses(own)],
  ["pagesByMonthsAfterEnd", (own) => lib.pagesByMonthsAfterEnd(own)],
  ["staffCandidates", (own) => lib.staffCandidates(own)],
  ["usersWithoutCohort", (own) => lib.usersWithoutCohort(own)],
])("%s gives columns of their types, for an empty log as well", (_, ask) => {
  const types = typesOf(ask(log));
  expect(types).toEqual(
    ask(log).columns.map((name) => `${name} ${name in COLUMNS ? typeOf(name as Column) : "?"}`),
  );
  expect(typesOf(ask(log.head(0)))).toEqual(types);
});

import pl from "nodejs-polars";
import { siteOrder } from "../../../lib/log/site-order";
import { randomStream } from "../../../lib/stats/random";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

const HOUR = 3600;
const DAY = 24 * HOUR;

export interface Copy {
  users: number[];
  /** Second since 1970 at which it begins. */
  from: number;
  requests: Request[];
}

/** Ways to plant copies in a log: who, when and where are drawn, the pages are what others read. */
export function copiers(log: pl.DataFrame, seed: string) {
  const random = randomStream(1, seed);
  const read = log.filter(pl.col("path").isNotNull()).groupBy("path");
  const known = read.agg(pl.col("user_id").nUnique().alias("readers"));
  const often = known.filter(pl.col("readers").gtEq(20)).getColumn("path").toArray() as string[];
  const pages = siteOrder(often);
  const students = rowsOf(
    log
      .filter(
        pl
          .col("cohort")
          .isNotNull()
          .and(pl.col("cohort").neq(pl.lit("Staff"))),
      )
      .groupBy("user_id", "cohort_id", "cohort")
      .agg(pl.col("date").nUnique().alias("days"), pl.col("date").min().alias("first"))
      .filter(pl.col("days").gtEq(20))
      .sort(["user_id", "cohort_id"]),
  ) as [number, number, string, number, string][];
  const student = () => students[random.below(students.length)]!;
  const part = (count: number) => {
    const start = random.below(pages.length);
    return Array.from({ length: count }, (_, i) => pages[(start + i) % pages.length]!);
  };
  const at = (second: number) =>
    new Date(1000 * second).toISOString().slice(0, 19).replace("T", " ");
  /** A day among those on which the student reads. */
  const dayOf = (first: string) => Date.parse(first) / 1000 + DAY * (10 + random.below(150));
  let networks = 0;
  /** A network that nobody has. */
  const address = () => `100.64.${++networks}.1`;

  return {
    /** One student's pages, `perNight` a night from 22:00 to before midnight. */
    nights(count: number, perNight: number): Copy {
      const ip = address();
      const [user_id, cohort_id, cohort, , first] = student();
      const from = dayOf(first) + 22 * HOUR;
      const requests = part(count * perNight).map((path, i) => ({
        at: at(
          from +
            DAY * Math.floor(i / perNight) +
            Math.floor(((i % perNight) * 1.9 * HOUR) / perNight),
        ),
        ...{ path, user_id, cohort_id, cohort, ip },
      }));
      return { users: [user_id], from, requests };
    },
    /** Several accounts that divide pages of the site, from one address or one network each. */
    shared({
      accounts = 5,
      perHour = 20,
      hours = 5,
      begin = 17,
      sameAddress = true,
      ip = address(),
    }): Copy {
      const all = Array.from({ length: accounts }, student);
      const from = dayOf(all[0]![4]) + begin * HOUR;
      const each = perHour * hours;
      const divided = part(accounts * each);
      const requests = all.flatMap(([user_id, cohort_id, cohort], n) =>
        divided.slice(n * each, (n + 1) * each).map((path, i) => ({
          at: at(from + Math.floor((i * HOUR) / perHour) + n),
          ...{ path, user_id, cohort_id, cohort },
          ip: sameAddress ? ip : ip.replace(/\d+$/, String(n + 1)),
        })),
      );
      return { users: all.map(([user]) => user), from, requests };
    },
    /** Several accounts of one address who open the same pages within an hour. */
    sameLesson({ accounts = 5, count = 25, ip = address() }): Copy {
      const all = Array.from({ length: accounts }, student);
      const from = dayOf(all[0]![4]) + 10 * HOUR;
      const lesson = part(count);
      const requests = all.flatMap(([user_id, cohort_id, cohort], n) =>
        lesson.map((path, i) => ({
          at: at(from + Math.floor((i * HOUR) / count) + n),
          ...{ path, user_id, cohort_id, cohort, ip },
        })),
      );
      return { users: all.map(([user]) => user), from, requests };
    },
    /** Pages of one hour at three in the night, in no order. */
    hour(count: number): Copy {
      const ip = address();
      const [user_id, cohort_id, cohort, , first] = student();
      const from = dayOf(first) + 3 * HOUR;
      const own = part(count);
      const requests = own.map((_, i) => ({
        at: at(from + Math.floor((i * HOUR) / count)),
        ...{ path: own[(i * 37) % count]!, user_id, cohort_id, cohort, ip },
      }));
      return { users: [user_id], from, requests };
    },
  };
}

export function withCopies(log: pl.DataFrame, copies: readonly Copy[]): pl.DataFrame {
  const planted = accessLog(copies.flatMap(({ requests }) => requests)).select(...log.columns);
  return pl.concat([log, planted]).sort("timestamp");
}

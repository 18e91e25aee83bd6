import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { suspects } from "../../../lib/detect/compare/suspects";
import { suspiciousAnswer } from "../../../lib/report/answers/suspicious";
import { accessLog, type Request } from "../../support/access-log";
import { tableOf } from "../../support/table-of";
import { wordsOf } from "./sound-words";

const answerOf = (requests: Request[]) => suspiciousAnswer(suspects(accessLog(requests)));
/** 40 pages within 40 seconds. */
const copied = (user: number): Request[] =>
  Array.from({ length: 40 }, (_, i) => ({
    at: `2020-02-03 10:00:${String(i).padStart(2, "0")}`,
    path: `lesson-${i}`,
    user_id: user,
    cohort_id: 30,
    ip: `198.18.0.${user}`,
  }));

describe("suspiciousAnswer", () => {
  it("says who copied the site, with the finding of the first", () => {
    const one = wordsOf(answerOf(copied(3)));
    expect(one.headline).toBe("Yes: 1 account copied the site");
    expect(one.details).toContain("User 3 opened 40 different pages in 40 seconds");
    expect(one.details).toContain("web scraping, from 1 address outside the campus");
    expect(one.details).toContain("no user agents");
    const two = wordsOf(answerOf([...copied(3), ...copied(4)]));
    expect(two.headline).toBe("Yes: 2 accounts copied the site");
    expect(two.details).toContain("from 2 addresses outside the campus");
  });

  it("counts each suspect for each kind, and names what each kind did", () => {
    const suspect = (who: string, kinds: string, what = "user") => {
      return [0, what, who, kinds.split(", ")[0], kinds, 2, `What ${who} did.`];
    };
    const list = tableOf(
      "rank what who kind kinds score finding",
      suspect("1", "copying, probing"),
      suspect("198.18.0.1", "copying", "address"),
      ...[suspect("2", "probing"), suspect("3", "probing, many addresses")],
      suspect("4", "many addresses"),
      ...[suspect("198.18.0.2", "shared address", "address")],
      suspect("198.18.0.3", "shared address", "address"),
      suspect("5", "class without a label"),
    );
    const { headline, details } = wordsOf(suspiciousAnswer(list));
    expect(headline).toBe(
      "Yes: 1 account copied the site, 3 accounts looked for a way in and 2 accounts were used from many places within a fortnight",
    );
    expect(details).toBe(
      "The strangest case of copying: What 1 did. Looking for a way in: What 2 did. " +
        "Less grave, and often a phone, a carrier or a proxy: 2 accounts were used from many places within a fortnight " +
        "and 2 addresses serve many accounts. A further 1 account without a cohort began together " +
        "with others, as a class does: most likely it was never entered, and is no intruder. So " +
        "there is web scraping, from 1 address outside the campus. The log keeps no user agents, " +
        "so programs are told from people by speed, breadth and order alone.",
    );
    // The same suspect in two rows is one suspect less than the rows: the words do not hold.
    const twice = pl.concat([list, list.head(1)]);
    expect(() => suspiciousAnswer(twice)).toThrow("computed in another way");
  });

  it("says no where nothing is found, also of a log without rows", () => {
    for (const requests of [[], [{ at: "2020-02-03 10:00:00" }]]) {
      const { headline, details } = wordsOf(answerOf(requests));
      expect(headline).toBe("No, nothing suspicious stands out");
      expect(details).toContain("no user agents");
    }
  });

  it("binds every number to a claim and shows what a stranger wrote as text", () => {
    const hostile = { path: "../<b>\u202e", at: "2020-02-04 10:00:00", user_id: 9, cohort_id: 30 };
    const answer = answerOf([...copied(3), hostile]);
    expect(wordsOf(answer).details).not.toContain("\u202e");
    expect(answer.details.markdown).not.toContain("<b>");
    const claims = answerOf(copied(3)).headline.claims;
    expect(claims).toMatchObject([{ value: 1, from: "suspects", checked: true }]);
  });
});

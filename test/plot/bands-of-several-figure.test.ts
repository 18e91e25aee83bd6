import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { bollingerBands } from "../../lib/detect/bands/bollinger-bands";
import { bandsGridFigure, bandsMenuFigure } from "../../lib/plot/bands-of-several-figures";
import { plainFigureText } from "../../lib/plot/figure-text";
import { guardFigure } from "../../lib/plot/guard-figure";
import { figureToSvg } from "../../lib/plot/static-image";
import { daily } from "../support/access-log";
import { layout, type Parts, traces } from "./parts";

/** Bands of users whose 20th of 21 days has as many pages. */
const bandsOf = (...users: [id: number | string, pages: number][]) =>
  bollingerBands(
    pl.concat(
      users.map(([id, pages]) => {
        const own = typeof id === "number" ? pl.lit(id).cast(pl.Int64) : pl.lit(id);
        return daily(...Array(19).fill(3), pages, 3).withColumns(own.alias("user_id"));
      }),
    ),
  );
const three = bandsOf([1, 3], [2, 40], [3, 90]);
const many = (users: number) =>
  bandsOf(...Array.from({ length: users }, (_, id) => [id, 4] as [number, number]));
const title = "t";

describe("bandsMenuFigure", () => {
  const figure = bandsMenuFigure(three, { title });
  const { buttons } = layout(figure).updatemenus[0];

  it("starts with the most pages on a flagged day, and ends with users without one", () => {
    expect(buttons.map(({ label }: Parts) => label)).toEqual([
      ...["User 3 · 1 flagged", "User 2 · 1 flagged", "User 1 · 0 flagged"],
    ]);
    const shown = traces(figure).map(({ visible }) => visible);
    expect(shown).toEqual([...Array(5).fill(true), ...Array(10).fill(false)]);
    expect(layout(figure).annotations[0].text).toContain("User 3:");
  });

  it("shows one user's traces, all of their range and their finding at each choice", () => {
    const [shown, changed] = buttons[1].args;
    expect([shown.visible.indexOf(true), shown.visible.filter(Boolean).length]).toEqual([5, 5]);
    expect(changed).toEqual({
      "annotations[0].text": "<b>User 2:</b><br>40 pages on 2020-01-20, 1 day flagged",
      "xaxis.autorange": true,
      "yaxis.autorange": true,
    });
    expect(buttons[2].args[1]["annotations[0].text"]).toBe(
      "<b>User 1:</b><br>no day flagged; most, 3 pages on 2020-01-01",
    );
  });

  it("repeats no day that follows from the first", () => {
    const [lower, , pages, , unusual] = traces(figure);
    expect([lower!.x, pages!.x, unusual!.x]).toEqual([undefined, undefined, ["2020-01-20"]]);
    expect(pages).toMatchObject({ x0: "2020-01-01", dx: 86_400_000 });
    const gap = three.filter(pl.col("date").neq(pl.lit(new Date("2020-01-05")).cast(pl.Date)));
    expect(traces(bandsMenuFigure(gap, { title }))[2]!.x).toHaveLength(20);
  });

  it("says in the static picture which user it shows", () => {
    const svg = figureToSvg(figure).replace(/<title>.*?<\/title>/, "");
    expect(svg).toContain("Shown: User 3 · 1 flagged, one of 3; the live figure has a menu");
    expect(svg).toContain("User 3: 90 pages on 2020-01-20, 1 day flagged");
    expect(svg).not.toContain("User 2:");
  });

  it("shows hostile names as text, and passes the guard unharmed", () => {
    const evil = "<img src=x onerror=alert(1)>";
    const banded = bandsOf([evil, 40], ["b", 50]);
    const own = bandsMenuFigure(banded, { title, names: { b: "<b>x</b>" } });
    const other = bandsMenuFigure(banded.rename({ user_id: "ip" }), { title, by: "ip" });
    expect(JSON.stringify([own, other])).not.toContain("<img");
    const labels = [own, other].map((one) => layout(one).updatemenus[0].buttons);
    expect(labels[0][0].label).toBe("&lt;b&gt;x&lt;/b&gt; · 1 flagged");
    expect(plainFigureText(labels[1][1].label)).toBe(`${evil} · 1 flagged`);
    expect(guardFigure(own)).toEqual(own);
  });

  it("refuses more users than anyone leafs through, and draws none", () => {
    expect(() => bandsMenuFigure(many(61), { title })).toThrow(
      "bandsMenuFigure draws at most 60 at once, found 61 values in user_id: filter the frame",
    );
    const none = bandsMenuFigure(three.head(0), { title });
    expect([none.data, none.description]).toEqual([[], "No days to show."]);
  });
});

it("bandsGridFigure draws a panel per user under a heading, each with its own scale from 0", () => {
  const figure = bandsGridFigure(three, { title, columns: 2 });
  const { annotations, yaxis2, xaxis, xaxis2, xaxis3, meta, height } = layout(figure);
  expect(annotations.map(({ text, xref }: Parts) => [text, xref])).toEqual([
    ["<b>User 3</b> · 90 on 2020-01-20", "x domain"],
    ["<b>User 2</b> · 40 on 2020-01-20", "x2 domain"],
    ["<b>User 1</b> · none flagged", "x3 domain"],
  ]);
  expect(traces(figure).filter(({ showlegend }) => showlegend)).toHaveLength(3);
  expect(traces(figure)[5]).toMatchObject({ xaxis: "x2", yaxis: "y2", x: ["2020-01-20"] });
  expect(yaxis2).toMatchObject({ rangemode: "tozero" });
  expect(yaxis2).not.toHaveProperty("matches");
  const titles = [xaxis, xaxis2, xaxis3].map((axis) => axis.title.text);
  expect(titles).toEqual(["", "date (own scale)", "date (own scale)"]);
  // one column on narrow pages
  expect(meta.narrow.height).toBeGreaterThan(height);
  expect([...meta.narrow.xaxis2.domain, ...meta.narrow.xaxis3.domain]).toEqual([0, 1, 0, 1]);
  expect(() => bandsGridFigure(many(13), { title })).toThrow("at most 12 at once, found 13");
});

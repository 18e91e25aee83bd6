import fc from "fast-check";
import { expect, it } from "vitest";
import type { Figure } from "../../lib/plot/figure";
import { figureText, figureTitle, plainFigureText } from "../../lib/plot/figure-text";
import { guardFigure } from "../../lib/plot/guard-figure";

const figure = (layout: object, data: object[] = []) => ({ data, layout }) as Figure;
const guardedTitle = (text: string) =>
  (guardFigure(figure({ title: { text } })).layout.title as { text: string }).text;

it.each([
  ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
  ["a & b &lt; c", "a &amp; b &amp;lt; c"],
  ["$x$ %{y} 5%", "&#36;x&#36; &#37;{y} 5%"],
  ["a\u202eb\u0000\n", "a\\u202eb\\u0000\\n"],
  ["constructor", "&#99;onstructor"],
  [null, "none"],
])("figureText leaves nothing of %j for plotly to read", (text, shown) => {
  expect(figureText(text)).toBe(shown);
});

it("figureText cuts long text visibly", () => {
  expect(figureText("x".repeat(1_000_000), { max: 5 })).toBe("xxxxx… (1,000,000 characters)");
});

it("figureText is undone by plainFigureText, and left alone by the guard, whatever the text", () => {
  const text = fc.stringMatching(/^[ -~]{0,60}$/).map((given) => given.replace(/\s+/g, " ").trim());
  fc.assert(
    fc.property(text, (given) => plainFigureText(figureText(given, { max: 999 })) === given),
  );
  fc.assert(fc.property(fc.string(), (any) => guardedTitle(figureText(any)) === figureText(any)));
  expect(plainFigureText(figureText("__proto__"))).toBe("__proto__");
});

it("figureTitle reads title and subtitle as a reader does", () => {
  const title = { text: "<b>Pages</b> &lt;1&gt;<br>per day", subtitle: { text: "of 981 users" } };
  expect(figureTitle({ layout: { title } })).toBe("Pages <1> per day. of 981 users");
  expect(figureTitle({ layout: {} })).toBe("");
});

const KEPT = '<b>a</b><br><span style="color:#d55e00">b</span><sub>c</sub><extra></extra>';

it.each([
  [KEPT, KEPT],
  ["<a href='javascript:alert(1)'>x</a>", "&lt;a href='javascript:alert(1)'>x&lt;/a>"],
  ['<span style="background:url(http://x)">', '&lt;span style="background:url(http://x)">'],
  ["<b onclick=alert(1)>", "&lt;b onclick=alert(1)>"],
  ["a\u202eb\u001b[2J\nc\u200bd", "a\\u202eb\\u001b[2J\nc\\u200bd"],
  ["toString", "&#116;oString"],
])(
  "the guard keeps the marks that figures use, and turns all others into text: %j",
  (text, kept) => {
    expect(guardedTitle(text)).toBe(kept);
  },
);

it("the guard reaches text at any depth, and stops TeX and pictures from elsewhere", () => {
  const trace = { type: "scatter", x: ["<script>"], y: [1], text: ["$a$"] };
  const elsewhere = "https://example.org/x.png";
  const args = [{ "images[0].source": elsewhere }];
  const guarded = guardFigure(
    figure(
      {
        images: [{ source: elsewhere }],
        annotations: [{ text: "<i>" }],
        updatemenus: [{ buttons: [{ method: "relayout", args }] }],
      },
      [trace],
    ),
  );
  expect(guarded.data).toEqual([{ ...trace, x: ["&lt;script>"], text: ["&#36;a&#36;"] }]);
  expect(guarded.layout).toMatchObject({
    images: [{ source: "" }],
    annotations: [{ text: "<i>" }],
  });
  expect(JSON.stringify(guarded)).not.toContain("example.org");
});

it("the guard refuses a map, which would be fetched", () => {
  expect(() => guardFigure(figure({}, [{ type: "choropleth" }]))).toThrow("type choropleth");
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Figure } from "../../lib/plot/figure";
import { figureText, figureTitle, guardFigure, plainFigureText } from "../../lib/plot/figure-text";

const titled = (text: string): Figure => ({ data: [], layout: { title: { text } } });

describe("figureText", () => {
  it("leaves nothing for plotly to read as HTML, TeX or a template", () => {
    expect(figureText("<img src=x onerror=alert(1)>")).toBe("&lt;img src=x onerror=alert(1)&gt;");
    expect(figureText("a & b &lt; c")).toBe("a &amp; b &amp;lt; c");
    expect(figureText("$x$ %{y} 5%")).toBe("&#36;x&#36; &#37;{y} 5%");
  });

  it("writes out what cannot be seen, and cuts long text visibly", () => {
    expect(figureText("a\u202eb\u0000\n")).toBe("a\\u202eb\\u0000\\n");
    expect(figureText("x".repeat(1_000_000), { max: 5 })).toBe("xxxxx… (1,000,000 characters)");
    expect(figureText(null)).toBe("none");
  });

  it("names no category as JavaScript names what every object has", () => {
    expect(figureText("constructor")).toBe("&#99;onstructor");
    expect(plainFigureText(figureText("__proto__"))).toBe("__proto__");
    expect(guardFigure(titled("toString")).layout).toEqual({ title: { text: "&#116;oString" } });
  });

  it("is undone by plainFigureText, whatever the text", () => {
    const text = fc
      .stringMatching(/^[ -~]{0,60}$/)
      .map((given) => given.replace(/\s+/g, " ").trim());
    fc.assert(
      fc.property(text, (given) => plainFigureText(figureText(given, { max: 999 })) === given),
    );
  });
});

describe("figureTitle", () => {
  it("reads title and subtitle as a reader does", () => {
    const title = { text: "<b>Pages</b> &lt;1&gt;<br>per day", subtitle: { text: "of 981 users" } };
    expect(figureTitle({ layout: { title } })).toBe("Pages <1> per day. of 981 users");
    expect(figureTitle({ layout: {} })).toBe("");
  });
});

describe("guardFigure", () => {
  const guardedTitle = (text: string) =>
    (guardFigure(titled(text)).layout.title as { text: string }).text;

  it("keeps the marks that figures use, and turns all others into text", () => {
    const kept = '<b>a</b><br><span style="color:#d55e00">b</span><sub>c</sub><extra></extra>';
    expect(guardedTitle(kept)).toBe(kept);
    expect(guardedTitle("<a href='javascript:alert(1)'>x</a>")).toBe(
      "&lt;a href='javascript:alert(1)'>x&lt;/a>",
    );
    expect(guardedTitle('<span style="background:url(http://x)">')).toMatch(/^&lt;span/);
    expect(guardedTitle("<b onclick=alert(1)>")).toMatch(/^&lt;b/);
  });

  it("reaches text at any depth, and stops TeX and pictures from elsewhere", () => {
    const guarded = guardFigure({
      data: [{ type: "scatter", x: ["<script>"], y: [1], text: ["$a$"] }],
      layout: { images: [{ source: "https://example.org/x.png" }], annotations: [{ text: "<i>" }] },
    });
    expect(guarded).toEqual({
      data: [{ type: "scatter", x: ["&lt;script>"], y: [1], text: ["&#36;a&#36;"] }],
      layout: { images: [{ source: "" }], annotations: [{ text: "<i>" }] },
    });
  });

  it("writes out what would hide or turn text, and keeps line breaks", () => {
    expect(guardedTitle("a\u202eb\u001b[2J\nc\u200bd")).toBe("a\\u202eb\\u001b[2J\nc\\u200bd");
  });

  it("stops pictures from elsewhere that a menu would put in", () => {
    const args = [{ "images[0].source": "https://example.org/x.png" }];
    const layout = { updatemenus: [{ buttons: [{ method: "relayout", args }] }] };
    const guarded = guardFigure({ data: [], layout } as unknown as Figure);
    expect(JSON.stringify(guarded)).not.toContain("example.org");
  });

  it("changes nothing in what figureText has made", () => {
    fc.assert(
      fc.property(fc.string(), (text) => guardedTitle(figureText(text)) === figureText(text)),
    );
  });

  it("refuses a map, which would be fetched", () => {
    const map: Figure = { data: [{ type: "choropleth" }], layout: {} };
    expect(() => guardFigure(map)).toThrow("type choropleth");
    expect(() => guardFigure({ data: [{ type: "scatter" }], layout: {} })).not.toThrow();
  });
});

// A deck's figures: drawn near their slide, as large as there is room.
globalThis.slideFigures = ({ isDark, isNarrow }) => {
  const { specOf, narrowed, plot } = globalThis.figureDrawing;
  const all = (selector, from) => [...from.querySelectorAll(selector)];
  /** Laid out by the notebook, for a slide and a phone. */
  const heights = new Map();
  /** Colors and size of each. */
  const drawn = new Map();

  for (const figure of all("figure.figure", document)) {
    const live = figure.querySelector(".live");
    const wide = Number.parseFloat(live.style.height) || 450;
    const { layout } = JSON.parse(figure.querySelector(".page-figure-data").textContent);
    heights.set(figure, { wide, narrow: Number(layout.meta?.narrow?.height) || wide });
    live.style.height = "";
    live.append(Object.assign(document.createElement("div"), { className: "plot" }));
  }

  // A figure laid out taller needs its height: it is drawn smaller before it loses rows.

  const USUAL = 480;
  const heightOf = (figure) => heights.get(figure)[isNarrow() ? "narrow" : "wide"];
  const leastScale = (height) => (isNarrow() ? 0.85 : height <= USUAL ? 0.7 : 0.45);

  /** Where everything still has its place. */
  const wantedHeight = (height) => (height <= USUAL ? Math.min(height, 340) : height * 0.85);

  function sizeFor(figure, live) {
    const height = heightOf(figure);
    const fitting = live.clientHeight / wantedHeight(height);
    const scale = Math.min(1, Math.max(leastScale(height), fitting));
    return {
      scale,
      width: Math.floor(live.clientWidth / scale),
      height: Math.floor(live.clientHeight / scale),
    };
  }

  const NARROW = 560;

  function spec(figure, { width, height }) {
    const { data, layout, menus, template } = specOf(figure, isDark());
    const fitting = width < NARROW ? narrowed(data, layout) : layout;
    const still = { ...fitting, template, dragmode: false, autosize: false, width, height };
    // A finger that swipes must not zoom.
    for (const name of Object.keys({ xaxis: 0, yaxis: 0, ...still })) {
      if (/^[xy]axis\d*$/.test(name)) still[name] = { ...still[name], fixedrange: true };
    }
    return { data, layout: still, menus };
  }

  async function draw(figure) {
    const live = figure.querySelector(".live");
    const size = sizeFor(figure, live);
    const state = `${size.width} ${size.height} ${isDark()}`;
    if (drawn.get(figure) === state || size.width === 0) return;
    drawn.set(figure, state);
    const element = live.querySelector(".plot");
    element.style.transform = size.scale < 1 ? `scale(${size.scale})` : "";
    const config = { responsive: false, displayModeBar: false };
    await plot(figure, element, { ...spec(figure, size), config });
  }

  return {
    /** Before the slide is laid out. */
    reserve(slide) {
      for (const figure of all("figure.figure", slide)) {
        const height = heightOf(figure);
        const least = Math.round(wantedHeight(height) * leastScale(height));
        figure.querySelector(".live").style.minHeight = `${least}px`;
      }
    },
    async draw(slide) {
      for (const figure of all("figure.figure", slide)) await draw(figure);
    },
  };
};

// The figures of a deck: drawn from their data when their slide is near, as large as it has room.
globalThis.slideFigures = ({ isDark, isNarrow }) => {
  const looks = JSON.parse(document.getElementById("page-looks")?.textContent ?? "null");
  const all = (selector, from) => [...from.querySelectorAll(selector)];
  /** Heights for which the notebook laid a figure out, on a slide and on a phone. */
  const heights = new Map();
  /** How each figure is drawn just now: colors and size. */
  const drawn = new Map();
  let library;

  function loadPlotly() {
    library ??= (async () => {
      const packed = atob(document.getElementById("page-plotly").textContent);
      const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      const script = document.createElement("script");
      script.textContent = await new Response(stream).text();
      document.head.append(script);
      return window.Plotly;
    })();
    return library;
  }

  for (const figure of all("figure.figure", document)) {
    const live = figure.querySelector(".live");
    const wide = Number.parseFloat(live.style.height) || 450;
    const { layout } = JSON.parse(figure.querySelector(".page-figure-data").textContent);
    heights.set(figure, { wide, narrow: Number(layout.meta?.narrow?.height) || wide });
    live.style.height = "";
    live.append(Object.assign(document.createElement("div"), { className: "plot" }));
  }

  // One that was laid out taller than usual holds many rows or panels, and needs its height; it is
  // drawn smaller as a whole before it loses rows.

  const USUAL = 480;
  const heightOf = (figure) => heights.get(figure)[isNarrow() ? "narrow" : "wide"];
  const leastScale = (height) => (isNarrow() ? 0.85 : height <= USUAL ? 0.7 : 0.45);

  /** A height at which everything in a figure still has its place. */
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

  function spec(figure, { width, height }) {
    let text = figure.querySelector(".page-figure-data").textContent;
    if (isDark()) {
      for (const [light, dark] of Object.entries(looks.darkColors))
        text = text.replaceAll(light, dark);
    }
    const { data, layout, menus } = JSON.parse(text);
    const { layout: look, ...rest } = isDark() ? looks.dark : looks.light;
    const clear = { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" };
    const fitting = width < NARROW ? narrowed(data, layout) : layout;
    const still = { ...fitting, dragmode: false, autosize: false, width, height };
    // A finger that swipes must not zoom.
    for (const name of Object.keys({ xaxis: 0, yaxis: 0, ...still })) {
      if (/^[xy]axis\d*$/.test(name)) still[name] = { ...still[name], fixedrange: true };
    }
    still.template = { ...rest, layout: { ...look, ...clear } };
    return { data, layout: still, menus };
  }

  // On a phone, a figure has another layout where it brings one, as `layout.meta.narrow`. Long
  // names beside bars would leave the bars no room.

  const NARROW = 560;
  const LONGEST_NAME = 24;

  function narrowed(data, given) {
    const layout = { ...given };
    for (const [name, value] of Object.entries(given.meta?.narrow ?? {})) {
      const isPart = value !== null && typeof value === "object" && !Array.isArray(value);
      layout[name] = isPart ? { ...layout[name], ...value } : value;
    }
    const { xaxis, yaxis } = layout;
    if (yaxis?.type !== "category") return layout;
    const names = [...new Set(data.flatMap((trace) => trace.y ?? []))];
    return {
      ...layout,
      xaxis: xaxis?.type === "category" ? xaxis : { ...xaxis, nticks: 3 },
      yaxis: { ...yaxis, tickmode: "array", tickvals: names, ticktext: names.map(shortName) },
    };
  }

  function shortName(name) {
    // An escaped character counts as one and stays whole.
    const characters = String(name).match(/&[#\w]+;|./gsu) ?? [];
    if (characters.length <= LONGEST_NAME) return name;
    const kept = LONGEST_NAME - 7;
    return `${characters.slice(0, 6).join("")}…${characters.slice(-kept).join("")}`;
  }

  async function draw(figure) {
    const live = figure.querySelector(".live");
    const size = sizeFor(figure, live);
    const state = `${size.width} ${size.height} ${isDark()}`;
    if (drawn.get(figure) === state || size.width === 0) return;
    drawn.set(figure, state);
    try {
      const Plotly = await loadPlotly();
      const { data, layout, menus } = spec(figure, size);
      const plot = live.querySelector(".plot");
      plot.style.transform = size.scale < 1 ? `scale(${size.scale})` : "";
      const config = { ...looks.config, responsive: false, displayModeBar: false };
      await Plotly.react(plot, data, layout, config);
      for (const [place, select] of all(".figure-menu select", figure).entries()) {
        const choose = async () => {
          const { method, args } = menus[place][select.selectedIndex];
          await Plotly[method](plot, ...structuredClone(args));
          nameDrawing(figure);
        };
        select.onchange = choose;
        if (!select.options[select.selectedIndex].defaultSelected) await choose();
      }
      nameDrawing(figure);
      figure.dataset.state = "drawn";
    } catch (error) {
      figure.dataset.state = "failed";
      console.error(error);
    }
  }

  // To a screen reader, the drawing is one picture, in the words of the one for print.
  function nameDrawing(figure) {
    all(".main-svg", figure).forEach((svg, index) => {
      if (index > 0) {
        svg.setAttribute("aria-hidden", "true");
        return;
      }
      svg.setAttribute("role", "img");
      const chosen = all(".figure-menu select", figure).map((menu) => `Shown: ${menu.value}`);
      svg.setAttribute("aria-label", [figure.querySelector(".picture").alt, ...chosen].join(". "));
    });
  }

  return {
    /** Says how much room the figures on a slide need, before the slide is laid out. */
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

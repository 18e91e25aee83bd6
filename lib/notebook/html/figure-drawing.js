globalThis.figureDrawing = (() => {
  const looks = JSON.parse(document.getElementById("page-looks")?.textContent ?? "null");
  const LONGEST_NAME = 24;
  let library;

  function loadPlotly() {
    library ??= (async () => {
      // Security: no policy forbids opening windows, and plotly.js opens some on a click.
      window.open = () => null;
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

  function specOf(figure, isDark) {
    let text = figure.querySelector(".page-figure-data").textContent;
    if (isDark) {
      for (const [light, dark] of Object.entries(looks.darkColors))
        text = text.replaceAll(light, dark);
    }
    const { data, layout, menus } = JSON.parse(text);
    const { layout: look, ...rest } = isDark ? looks.dark : looks.light;
    const clear = { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" };
    return { data, layout, menus, template: { ...rest, layout: { ...look, ...clear } } };
  }

  /** On a phone, a layout of `layout.meta.narrow`; long names would leave bars no room. */
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

  async function plot(figure, element, { data, layout, menus, config }) {
    try {
      const Plotly = await loadPlotly();
      await Plotly.react(element, data, layout, { ...looks.config, ...config });
      for (const [place, select] of [...figure.querySelectorAll(".figure-menu select")].entries()) {
        const choose = async () => {
          const { method, args } = menus[place][select.selectedIndex];
          await Plotly[method](element, ...structuredClone(args));
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

  // To screen readers, the drawing is one picture.
  function nameDrawing(figure) {
    [...figure.querySelectorAll(".main-svg")].forEach((svg, index) => {
      if (index > 0) {
        svg.setAttribute("aria-hidden", "true");
        return;
      }
      svg.setAttribute("role", "img");
      const menus = [...figure.querySelectorAll(".figure-menu select")];
      const chosen = menus.map((menu) => `Shown: ${menu.value}`);
      svg.setAttribute("aria-label", [figure.querySelector(".picture").alt, ...chosen].join(". "));
    });
  }

  return { specOf, narrowed, plot };
})();

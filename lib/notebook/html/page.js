(() => {
  const root = document.documentElement;
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  function remember(name, value) {
    try {
      localStorage.setItem(`curriculum-logs-${name}`, value);
    } catch {
      // No storage here; it lasts as long as the page.
    }
  }

  // Theme

  const themeSwitch = document.querySelector('[data-switch="dark"]');

  function themeChanged() {
    themeSwitch.setAttribute("aria-pressed", String(isDark()));
    for (const figure of drawn) draw(figure);
  }

  themeSwitch.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", root.dataset.theme);
    themeChanged();
  });
  systemDark.addEventListener("change", themeChanged);

  // Code

  const codeSwitch = document.querySelector('[data-switch="code"]');
  codeSwitch?.addEventListener("click", () => {
    const open = codeSwitch.getAttribute("aria-pressed") !== "true";
    codeSwitch.setAttribute("aria-pressed", String(open));
    for (const details of all("details.code:not([data-keep])")) details.open = open;
  });

  // Contents: folded on narrow screens, and marking the section that is being read.

  const contents = document.querySelector(".contents details");
  const wide = matchMedia("(min-width: 70rem)");
  if (contents) {
    const fold = () => {
      contents.open = wide.matches;
    };
    fold();
    wide.addEventListener("change", fold);
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a") && !wide.matches) contents.open = false;
    });
    const links = all("a", contents);
    const headings = links.map((link) =>
      document.getElementById(decodeURIComponent(link.hash.slice(1))),
    );
    const mark = () => {
      const passed = headings.filter((heading) => heading?.getBoundingClientRect().top < 120);
      const current = headings.indexOf(passed[passed.length - 1]);
      links.forEach((link, index) => {
        if (index === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    };
    let waiting = false;
    addEventListener(
      "scroll",
      () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          mark();
        });
      },
      { passive: true },
    );
    mark();
  }

  // Tables: up, down, then as they came.

  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  function sortKey(cell) {
    if (cell.classList.contains("null")) return null;
    if (cell.dataset.v === undefined) return cell.textContent;
    const number = Number(cell.dataset.v.replace("inf", "Infinity"));
    return Number.isNaN(number) ? null : number;
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a).localeCompare(String(b), "en", { numeric: true });
  }

  for (const table of all(".output.table table")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = all("thead th", table);
    table.tHead.addEventListener("click", (event) => {
      const head = event.target.closest("th");
      if (!head || !event.target.closest("button")) return;
      const order = NEXT[head.getAttribute("aria-sort")];
      for (const other of heads) other.setAttribute("aria-sort", other === head ? order : "none");
      const place = heads.indexOf(head);
      const sign = order === "descending" ? -1 : 1;
      const keyed = rows.map((row) => ({ row, key: sortKey(row.cells[place]) }));
      if (order !== "none") {
        // What has no value stays last either way.
        keyed.sort((a, b) => {
          if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
          return sign * compare(a.key, b.key);
        });
      }
      body.append(...keyed.map(({ row }) => row));
    });
  }

  // Figures: drawn as they come near.

  const drawn = new Set();
  const looks = JSON.parse(document.getElementById("page-looks")?.textContent ?? "null");
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

  function spec(figure) {
    let text = figure.querySelector(".page-figure-data").textContent;
    if (isDark()) {
      for (const [light, dark] of Object.entries(looks.darkColors))
        text = text.replaceAll(light, dark);
    }
    const { data, layout, menus } = JSON.parse(text);
    const template = isDark() ? looks.dark : looks.light;
    const clear = { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" };
    return {
      data,
      menus,
      layout: {
        ...(isNarrow(figure) ? narrowed(data, layout) : layout),
        template: { ...template, layout: { ...template.layout, ...clear } },
      },
    };
  }

  // On a phone, a figure has another layout where it brings one, as `layout.meta.narrow`. Long
  // names beside bars would leave the bars no room; hovering shows them whole.

  const NARROW = 560;
  const LONGEST_NAME = 24;
  const TALLEST = 4000;

  const isNarrow = (figure) => figure.clientWidth < NARROW;

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
    drawn.add(figure);
    try {
      const Plotly = await loadPlotly();
      const { data, layout, menus } = spec(figure);
      const live = figure.querySelector(".live");
      layout.height = Math.min(TALLEST, layout.height);
      live.style.height = `${layout.height}px`;
      figure.dataset.width = isNarrow(figure) ? "narrow" : "wide";
      await Plotly.react(live, data, layout, looks.config);
      for (const [place, select] of all(".figure-menu select", figure).entries()) {
        const choose = async () => {
          const { method, args } = menus[place][select.selectedIndex];
          await Plotly[method](live, ...structuredClone(args));
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

  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target);
      }
    },
    { rootMargin: "600px" },
  );
  for (const figure of all("figure.figure")) near.observe(figure);

  // A turned phone, a dragged window: what is laid out for another width is laid out anew.
  addEventListener("resize", () => {
    for (const figure of drawn) {
      if ((figure.dataset.width === "narrow") !== isNarrow(figure)) draw(figure);
    }
  });

  themeChanged();
})();

(() => {
  const root = document.documentElement;
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  function remember(name, value) {
    try {
      localStorage.setItem(`curriculum-logs-${name}`, value);
    } catch {}
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
    root.classList.toggle("with-code", open);
    for (const details of all("details.code:not([data-keep])")) details.open = open;
  });

  // Contents: folded on narrow screens; marks the section that is read.

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

  // Tables: sorted up, down, then as they came.

  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  function sortKey(cell) {
    if (cell.classList.contains("null")) return null;
    if (!cell.classList.contains("number")) return cell.textContent;
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
        // Missing values stay last.
        keyed.sort((a, b) => {
          if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
          return sign * compare(a.key, b.key);
        });
      }
      body.append(...keyed.map(({ row }) => row));
    });
  }

  // Tables: rows that hold every word.

  for (const table of all(".output.table")) {
    const field = table.querySelector(".table-filter input");
    if (!field) continue;
    const rows = [...table.querySelector("tbody").rows];
    const texts = rows.map((row) =>
      [...row.cells]
        .map((cell) => `${cell.textContent} ${cell.dataset.v ?? ""}`)
        .join(" ")
        .toLowerCase(),
    );
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        if (!row.hidden) count++;
      });
      const of = `${count.toLocaleString("en-US")} of ${rows.length.toLocaleString("en-US")} rows`;
      table.querySelector(".table-filter output").textContent = words.length > 0 ? of : "";
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || field.value === "") return;
      field.value = "";
      field.dispatchEvent(new Event("input"));
    });
  }

  // Tables as CSV (RFC 4180). The mark at the start is for Excel. Security: the apostrophe stops
  // formulas of strangers; NUMBER and FORMULA are those of without-formula.ts.

  function quoted(text) {
    const safe = NUMBER.test(text) ? text : text.replace(FORMULA, "'");
    return `"${safe.replaceAll('"', '""')}"`;
  }

  function csvField(cell) {
    if (cell.classList.contains("null")) return "";
    const value = cell.dataset.v ?? cell.textContent;
    const isNumber = cell.classList.contains("number") && NUMBER.test(value);
    return isNumber ? value : quoted(value);
  }

  function csvOf(names, rows) {
    const lines = [names.map(quoted), ...rows.map((row) => [...row.cells].map(csvField))];
    return `\ufeff${lines.map((cells) => cells.join(",")).join("\r\n")}\r\n`;
  }

  for (const button of all(".csv")) {
    const table = button.closest(".output.table").querySelector("table");
    const names = all("thead .name", table).map((name) => name.textContent);
    const rows = [...table.tBodies[0].rows];
    button.addEventListener("click", () => {
      const text = csvOf(names, rows);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
      link.download = button.dataset.file;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  }

  // Letters: copied, also where a file's page has no clipboard.

  async function copy(field) {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      field.hidden = false;
      field.select();
      const done = document.execCommand("copy");
      field.hidden = done;
      return done;
    }
  }

  for (const button of all(".copy")) {
    const letter = button.closest(".letter");
    button.addEventListener("click", async () => {
      const state = letter.querySelector(".copied");
      const done = await copy(letter.querySelector(".letter-text"));
      if (done) button.focus();
      state.textContent = done ? "Copied" : "Press Ctrl+C to copy the selected text";
      if (done) setTimeout(() => (state.textContent = ""), 4_000);
    });
  }

  // Claims: a number leads to its row, which may be closed or filtered.

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const list = target?.closest("#page-claims");
    if (!list) return;
    const field = list.querySelector(".table-filter input");
    if (target.hidden && field) {
      field.value = "";
      field.dispatchEvent(new Event("input"));
    }
    list.open = true;
    target.scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", reveal);
  // Also if the address is already that row's.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a.claim")?.hash === location.hash) reveal();
  });
  reveal();

  // Figures: drawn as they come near.

  const drawn = new Set();
  const { specOf, narrowed, plot } = globalThis.figureDrawing;
  const NARROW = 560;
  const TALLEST = 4000;

  const isNarrow = (figure) => figure.clientWidth < NARROW;

  async function draw(figure) {
    drawn.add(figure);
    const { data, layout, menus, template } = specOf(figure, isDark());
    const fitting = isNarrow(figure) ? narrowed(data, layout) : layout;
    const height = Math.min(TALLEST, fitting.height);
    const live = figure.querySelector(".live");
    live.style.height = `${height}px`;
    figure.dataset.width = isNarrow(figure) ? "narrow" : "wide";
    await plot(figure, live, { data, layout: { ...fitting, template, height }, menus });
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

  // A turned phone, a dragged window.
  addEventListener("resize", () => {
    for (const figure of drawn) {
      if ((figure.dataset.width === "narrow") !== isNarrow(figure)) draw(figure);
    }
  });

  themeChanged();
})();

(() => {
  const root = document.documentElement;
  const main = document.querySelector("main.deck");
  const reveal = document.querySelector(".reveal");
  const pane = document.querySelector(".notes-pane");
  const menu = document.querySelector("dialog.menu");
  const overview = document.querySelector("dialog.overview");
  const place = document.querySelector(".place");
  const slides = [...document.querySelectorAll("section.slide")];
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);
  const isNarrow = () => reveal.classList.contains("narrow");

  // Only pages sort.
  for (const button of document.querySelectorAll("th button")) {
    button.closest("th").removeAttribute("aria-sort");
    button.replaceWith(...button.childNodes);
  }

  const figures = slideFigures({ isDark, isNarrow });
  const stills = stillSlides();

  // A slide is 960 wide and at least 540 high, scaled as a whole to the window.

  const WIDTH = 960;
  const HEIGHT = 540;

  function geometry() {
    const { clientWidth: width, clientHeight: height } = main;
    const fitting = Math.floor(Math.min(width / WIDTH, height / HEIGHT) * 100) / 100;
    const scale = Math.max(1, fitting);
    return { width: Math.floor(width / scale), height: Math.floor(height / scale) };
  }

  function shape() {
    const { width } = geometry();
    reveal.classList.toggle("narrow", width < 640);
  }

  shape();
  const deck = new Reveal(reveal, {
    ...geometry(),
    margin: 0,
    minScale: 1,
    maxScale: 20,
    embedded: true,
    display: "flex",
    center: false,
    controls: false,
    progress: true,
    hash: true,
    hashOneBasedIndex: true,
    fragmentInURL: false,
    navigationMode: "linear",
    transition: "none",
    backgroundTransition: "none",
    overview: false,
    help: false,
    postMessage: false,
    postMessageEvents: false,
    scrollActivationWidth: null,
    autoAnimate: false,
    keyboardCondition: isForDeck,
    keyboard: {
      27: () => act("overview"),
      38: () => scrollOr(-1, () => deck.prev()),
      40: () => scrollOr(1, () => deck.next()),
      68: () => act("dark"),
      70: () => act("fullscreen"),
      78: () => act("notes"),
      79: () => act("overview"),
      83: () => act("speaker"),
      112: () => act("menu"),
    },
  });
  const speaker = speakerWindow({ deck, stills, press, isDark });

  const WITH_KEYS = "select, input, textarea, summary";
  const PRESSED = "button, a";

  /** Whether a key is for the deck, not for what has the focus. */
  function isForDeck(event) {
    if (document.querySelector("dialog[open]")) return false;
    const { target } = event;
    if (!target?.closest) return true;
    if (event.key === "?") return false;
    if (target.closest(WITH_KEYS)) return false;
    if ([" ", "Enter"].includes(event.key) && target.closest(PRESSED)) return false;
    const box = target.closest(".table-box, pre, .notes-pane");
    const scrolls =
      box && (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight);
    return !(scrolls && event.key.startsWith("Arrow"));
  }

  /** In the speaker's window. */
  function press({ key, keyCode }) {
    const isOurs = /^(?:Arrow|Page|Home|End| |[bgnd.]$)/i.test(key);
    if (isOurs && key !== "g") deck.triggerKey(keyCode);
    return isOurs;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !document.querySelector("dialog[open]")) act("menu");
  });

  function scrollOr(direction, turn) {
    const slide = deck.getCurrentSlide();
    const room = slide.scrollHeight - slide.clientHeight - slide.scrollTop;
    const canScroll = direction > 0 ? room > 1 : slide.scrollTop > 1;
    if (canScroll) slide.scrollBy({ top: direction * slide.clientHeight * 0.4 });
    else turn();
  }

  // Layout of a slide, before it is seen

  function layOut(slide) {
    if (slide.style.display === "none") return;
    figures.reserve(slide);
    const isWhole = stills.shrink(slide, isNarrow() ? 0.88 : 0.64) > 0;
    if (!isWhole) slide.style.setProperty("--fit", isNarrow() ? "0.94" : "0.76");
    slide.classList.toggle("scrolls", slide.scrollHeight > slide.clientHeight + 1);
    if (slide.classList.contains("scrolls")) slide.tabIndex = 0;
    else slide.removeAttribute("tabindex");
  }

  async function show() {
    const slide = deck.getCurrentSlide();
    layOut(slide);
    place.textContent = slide.dataset.place;
    speaker.update();
    showNotes();
    await figures.draw(slide);
    // The next one is ready when wanted.
    const next = slide.nextElementSibling;
    if (!next || deck.getCurrentSlide() !== slide) return;
    layOut(next);
    await figures.draw(next);
  }

  // Print needs each slide's scale before it starts: scripts may not run then.

  function sizeForPrint() {
    for (const slide of slides) {
      slide.style.setProperty("--print-fit", stills.sizeOf(slide).toFixed(2));
    }
  }

  // What can be done

  function showNotes() {
    if (pane.hidden) return;
    const notes = deck.getCurrentSlide().querySelector("aside.notes");
    pane.innerHTML = notes ? notes.innerHTML : "<p>No notes on this slide.</p>";
    pane.scrollTop = 0;
  }

  function remember(theme) {
    try {
      localStorage.setItem("curriculum-logs-theme", theme);
    } catch {}
  }

  const ACTIONS = {
    next: () => deck.next(),
    back: () => deck.prev(),
    menu: () => menu.showModal(),
    notes() {
      pane.hidden = !pane.hidden;
      root.classList.toggle("with-notes", !pane.hidden);
      resized();
    },
    speaker() {
      if (!speaker.open() && pane.hidden) ACTIONS.notes();
    },
    fullscreen() {
      if (document.fullscreenElement) document.exitFullscreen();
      else root.requestFullscreen?.().catch(() => {});
    },
    dark() {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    },
    print() {
      sizeForPrint();
      print();
    },
    overview() {
      const list = overview.querySelector("ol");
      if (list.children.length === 0) list.append(...slides.map(stillItem));
      overview.showModal();
      slides.forEach((slide, index) => {
        const item = list.children[index];
        const box = item.querySelector(".still-box");
        if (!box.firstChild) stills.show(slide, box);
        else stills.resize(box);
        const isHere = slide === deck.getCurrentSlide();
        item.classList.toggle("here", isHere);
        if (isHere) item.querySelector("a").focus();
      });
    },
  };

  function act(name) {
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    ACTIONS[name]();
  }

  function stillItem(slide, index) {
    const item = document.createElement("li");
    const box = Object.assign(document.createElement("div"), { className: "still-box" });
    const link = document.createElement("a");
    link.href = `#/${index + 1}`;
    link.textContent = `${index + 1}. ${slide.dataset.heading}`;
    item.append(box, link);
    item.addEventListener("click", (event) => {
      event.preventDefault();
      overview.close();
      deck.slide(index);
    });
    return item;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) {
      act(button.dataset.do);
      // Keys go to the slides again.
      if (!menu.open && !overview.open) button.blur();
      return;
    }
    // A link to a heading leads to its slide.
    const link = event.target.closest('a[href^="#"]');
    if (!link || link.closest("dialog")) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const slide = target?.closest("section.slide");
    if (!slide) return;
    event.preventDefault();
    deck.slide(slides.indexOf(slide));
  });
  for (const dialog of [menu, overview]) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }

  function resized() {
    shape();
    deck.configure(geometry());
    show();
    for (const box of overview.querySelectorAll(".still-box")) stills.resize(box);
  }

  let waiting = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(resized);
  });
  systemDark.addEventListener("change", show);
  addEventListener("beforeprint", sizeForPrint);

  deck.on("slidechanged", show);
  deck.on("fragmentshown", () => speaker.update());
  deck.on("fragmenthidden", () => speaker.update());
  deck.on("ready", () => {
    // Screen readers read slides as pages.
    reveal.removeAttribute("role");
    root.classList.add("deck-ready");
    resized();
    (globalThis.requestIdleCallback ?? setTimeout)(sizeForPrint);
  });
  deck.initialize();
})();

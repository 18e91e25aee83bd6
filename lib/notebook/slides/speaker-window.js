// This slide and the next, notes, time. Without a script: this page writes and takes its keys.
globalThis.speakerWindow = ({ deck, stills, press, isDark }) => {
  const PAGE = `<main class="speaker">
<div class="now"><p class="which place"></p><div class="still-box" data-slide="now"></div></div>
<div class="then"><p class="which following">Next</p><div class="still-box" data-slide="then"></div>
<p class="clock"><span class="time"></span> <span class="passed"></span> <button type="button" class="again">Restart</button></p></div>
<div class="words prose" tabindex="0" role="group" aria-label="Speaker notes"></div>
</main>`;

  // Figures take it from the page before they are drawn.
  const openWindow = window.open.bind(window);
  let view = null;
  let started = 0;
  const find = (selector) => view.document.querySelector(selector);
  const isOpen = () => view !== null && !view.closed;

  function open() {
    if (isOpen()) {
      view.focus();
      return true;
    }
    view = openWindow("", "_blank", "popup,width=1080,height=760");
    if (!view) return false;
    const page = view.document;
    page.title = `Notes: ${document.title}`;
    page.documentElement.lang = "en";
    for (const style of document.querySelectorAll("head style"))
      page.head.append(page.importNode(style, true));
    page.body.innerHTML = PAGE;
    started = Date.now();
    page.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("button") && [" ", "Enter"].includes(event.key)) return;
      if (press(event)) event.preventDefault();
    });
    find(".again").addEventListener("click", () => {
      started = Date.now();
      tick();
    });
    view.addEventListener("resize", resize);
    view.setInterval(tick, 1000);
    update();
    tick();
    return true;
  }

  function resize() {
    for (const box of view.document.querySelectorAll(".still-box")) stills.resize(box);
  }

  function tick() {
    const seconds = Math.floor((Date.now() - started) / 1000);
    const two = (number) => String(number).padStart(2, "0");
    find(".time").textContent = new Date().toLocaleTimeString([], { timeStyle: "short" });
    find(".passed").textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  }

  function update() {
    if (!isOpen()) return;
    view.document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    const slide = deck.getCurrentSlide();
    const following = slide.nextElementSibling;
    const left = slide.querySelectorAll(".fragment:not(.visible)").length;
    const steps = left > 0 ? ` · ${left} more ${left === 1 ? "step" : "steps"}` : "";
    find(".place").textContent = slide.dataset.place + steps;
    stills.show(slide, find('[data-slide="now"]'));
    const then = find('[data-slide="then"]');
    if (following) stills.show(following, then);
    else then.replaceChildren();
    find(".following").textContent = following ? "Next" : "This is the last slide";
    const notes = slide.querySelector("aside.notes");
    find(".words").innerHTML = notes ? notes.innerHTML : "<p>No notes on this slide.</p>";
    find(".words").scrollTop = 0;
  }

  addEventListener("pagehide", () => view?.close());
  return { open, update };
};

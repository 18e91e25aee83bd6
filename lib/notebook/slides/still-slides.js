// Pictures of slides, 960 by 540: for the overview, the speaker's window, and the scale in print.
globalThis.stillSlides = () => {
  const WIDTH = 960;
  const LEAST = 0.5;
  const measure = document.querySelector(".measure");
  const sizes = new Map();

  // On a phone, tables scroll sideways: smaller text would not help.
  function overflows(slide) {
    const isNarrow = slide.closest(".narrow") !== null;
    const isWide = [...slide.querySelectorAll(".table-box, pre")].some(
      (box) => box.scrollWidth > box.clientWidth + 1,
    );
    return (isWide && !isNarrow) || slide.scrollHeight > slide.clientHeight + 1;
  }

  /** Step by step, but no smaller than `least`. */
  function shrink(slide, least) {
    for (let size = 1; size >= least - 0.001; size -= 0.06) {
      slide.style.setProperty("--fit", size.toFixed(2));
      if (!overflows(slide)) return size;
    }
    return 0;
  }

  function copyOf(section) {
    const copy = section.cloneNode(true);
    for (const part of copy.querySelectorAll("script, .live, aside.notes, .figure-menu"))
      part.remove();
    for (const part of [copy, ...copy.querySelectorAll("*")]) {
      for (const name of ["id", "tabindex", "aria-labelledby"]) part.removeAttribute(name);
    }
    for (const name of ["hidden", "inert", "aria-hidden", "style"]) copy.removeAttribute(name);
    copy.className = section.classList.contains("title-slide")
      ? "slide still title-slide"
      : "slide still";
    return copy;
  }

  function sizeOf(section) {
    if (!sizes.has(section)) {
      const copy = copyOf(section);
      for (const fragment of copy.querySelectorAll(".fragment")) fragment.classList.add("visible");
      measure.replaceChildren(copy);
      sizes.set(section, shrink(copy, LEAST) || LEAST);
      measure.replaceChildren();
    }
    return sizes.get(section);
  }

  return {
    shrink,
    overflows,
    sizeOf,
    /** In a box of any width, in this window or another. */
    show(section, box) {
      const copy = copyOf(section);
      copy.style.setProperty("--fit", sizeOf(section).toFixed(2));
      copy.inert = true;
      box.replaceChildren(box.ownerDocument.importNode(copy, true));
      this.resize(box);
    },
    resize(box) {
      const still = box.querySelector(".still");
      if (still) still.style.transform = `scale(${box.clientWidth / WIDTH})`;
    },
  };
};

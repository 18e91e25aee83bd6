// Page scripts may name no "define": with RequireJS, plotly.js would register itself there.
// biome-ignore lint/correctness/noUnusedVariables: the page calls it
function drawFigures(packed) {
  if (window.curriculumLogsFigures && !Array.isArray(window.curriculumLogsFigures)) return;
  const waiting = window.curriculumLogsFigures || [];
  let library;
  async function load() {
    const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const code = await new Response(stream).text();
    const body = `${code}\n;return window.Plotly;`;
    return new Function("module", "exports", "define", body).call(window);
  }
  async function draw({ id, figure }, tries) {
    const box = document.getElementById(id);
    if (!box?.clientWidth) {
      if (tries < 600) requestAnimationFrame(() => draw({ id, figure }, tries + 1));
      return;
    }
    try {
      library ??= load();
      const Plotly = await library;
      const live = document.createElement("div");
      live.style.height = `${figure.layout.height || 450}px`;
      box.appendChild(live);
      await Plotly.newPlot(live, figure.data, figure.layout, figure.config);
      box.firstChild.style.display = "none";
    } catch (error) {
      console.error(error);
    }
  }
  window.curriculumLogsFigures = { push: (item) => draw(item, 0) };
  for (const item of waiting) draw(item, 0);
}

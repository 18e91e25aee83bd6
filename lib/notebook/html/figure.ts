import type { Figure } from "../../plot/figure";
import { figureTitle, plainFigureText } from "../../plot/figure-text";
import { guardFigure } from "../../plot/guard-figure";
import { figureToSvg } from "../../plot/static-image";
import { visibleText } from "../../words/visible-text";
import { escapeHtml, scriptJson, shownHtml } from "../show/escape-html";
import type { PageContext } from "./page-context";

export function readFigure(value: unknown): Figure | null {
  const { data, layout } = (value ?? {}) as Partial<Figure>;
  const isObject = (part: unknown) => part !== null && typeof part === "object";
  if (!Array.isArray(data) || !data.every(isObject) || !layout || !isObject(layout)) return null;
  try {
    return guardFigure({ data, layout });
  } catch {
    return null; // it would need the network
  }
}

/** Words, a picture for print and pages without scripts, and data for the live figure. */
export function figureToHtml(
  figure: Figure,
  description: string,
  svg: string,
  context: PageContext,
): string {
  context.figures += 1;
  const id = `page-figure-${context.figures}`;
  const title = visibleText(figureTitle(figure) || `Figure ${context.figures}`, { max: 400 });
  const words = visibleText(plainFigureText(description), { max: 2_000 });
  const height = heightOf(figure);
  const { live, menus } = liveFigure(figure, height);
  const picture = Buffer.from(svg || pictureOf(figure)).toString("base64");
  return (
    `<figure class="output figure" id="${id}" style="--height:${height}px" aria-labelledby="${id}-title">` +
    `<p class="figure-title" id="${id}-title">${escapeHtml(title)}</p>` +
    menus.map((menu, place) => menuHtml(menu, `${id}-menu-${place}`)).join("") +
    `<div class="live" style="height:${height}px"></div>` +
    `<img class="picture" alt="${escapeHtml([title, words].filter(Boolean).join(". "))}" src="data:image/svg+xml;base64,${picture}">` +
    (words ? `<figcaption>${escapeHtml(words)}</figcaption>` : "") +
    `<script type="application/json" class="page-figure-data">${scriptJson(live)}</script>` +
    `</figure>`
  );
}

function pictureOf(figure: Figure): string {
  try {
    return figureToSvg(figure);
  } catch {
    return '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1"/>';
  }
}

function heightOf({ layout }: Figure): number {
  const height = Number(layout.height ?? 450);
  return Number.isFinite(height) ? Math.min(4_000, Math.max(120, height)) : 450;
}

interface Menu {
  active?: number;
  buttons: { label?: string; method: string; args: unknown[] }[];
}

const METHODS = ["restyle", "relayout", "update"];

/** A menu with entries of one kind; plotly keeps others. */
function isMenu(menu: unknown): menu is Menu {
  const { type = "dropdown", buttons } = (menu ?? {}) as { type?: string } & Partial<Menu>;
  return (
    type === "dropdown" &&
    Array.isArray(buttons) &&
    buttons.length > 0 &&
    buttons.every((button) => METHODS.includes(button?.method) && Array.isArray(button.args))
  );
}

/** Works by keyboard and in narrow windows. */
function menuHtml({ active = 0, buttons }: Menu, id: string): string {
  const options = buttons.map(
    ({ label }, place) =>
      `<option${place === active ? " selected" : ""}>${shownHtml(plainFigureText(label), 100)}</option>`,
  );
  return (
    `<p class="figure-menu"><label for="${id}">Show</label> ` +
    `<select id="${id}" autocomplete="off">${options.join("")}</select></p>`
  );
}

/** Without title, menus, look and width, which are the page's. */
function liveFigure({ data, layout }: Figure, height: number) {
  const { title: _title, template: _template, width: _width, updatemenus, ...rest } = layout;
  const given: unknown[] = Array.isArray(updatemenus) ? updatemenus : [];
  const menus = given.filter(isMenu);
  const others = given.filter((menu) => !isMenu(menu));
  const isAbove = ({ y, yref }: { y?: unknown; yref?: unknown }) => yref !== "y" && Number(y) >= 1;
  const live = {
    data,
    layout: {
      ...rest,
      ...(others.length > 0 ? { updatemenus: others } : {}),
      height,
      autosize: true,
      margin: { ...rest.margin, t: (rest.annotations ?? []).some(isAbove) ? 40 : 16 },
    },
    menus: menus.map(({ buttons }) => buttons.map(({ method, args }) => ({ method, args }))),
  };
  return { live, menus };
}

import { groupLetter } from "./axes";
import { boxStatistics } from "./box-statistics";
import type { Panel } from "./panels";
import type { Option, Trace } from "./supported-figure";

/** Which of several boxes at the same place this is. */
export interface Slot {
  place: number;
  count: number;
}

type Point = [number, number];

interface CustomApi {
  value: (dimension: number) => number;
  coord: (point: number[]) => Point;
  size: (lengths: number[]) => Point;
}

/** Most points beyond the whiskers that are drawn of one trace. */
const MOST_OUTLIERS = 2_000;

/** A box trace: one series for its boxes, one for the points beyond their whiskers. */
export function boxSeries(
  trace: Trace,
  panel: Panel,
  color: string,
  slot: Slot = { place: 0, count: 1 },
): Option[] {
  const along = groupLetter(trace);
  const boxes = [...boxesOf(trace, along)];
  const place = (group: string) => panel[along].categories.indexOf(group);
  const outliers = boxes.flatMap(({ group, outliers }) =>
    outliers.map((value) => [place(group), value]),
  );
  const measures = ["low", "q1", "median", "q3", "high"];
  const encode = (values: string[]) =>
    along === "x" ? { x: "group", y: values } : { x: values, y: "group" };
  const series = {
    type: "custom",
    dimensions: ["group", ...measures],
    encode: encode(measures),
    data: boxes.map(({ group, five }) => [place(group), ...five]),
    itemStyle: { color },
    renderItem: boxDrawer(along, slot, color, trace.fillcolor ?? halved(color)),
  };
  const beyond = {
    type: "custom",
    dimensions: ["group", "value"],
    encode: encode(["value"]),
    data: trace.boxpoints === false ? [] : outliers.slice(0, MOST_OUTLIERS),
    itemStyle: { color },
    renderItem: (_params: unknown, api: CustomApi) => {
      const [cx, cy] = placer(along, slot, api)(1);
      return { type: "circle", shape: { cx, cy, r: 2 }, style: { fill: color, opacity: 0.7 } };
    },
  };
  return [series, beyond];
}

/** Width of a group's band that its boxes share. */
const SHARED = 0.8;

/** Where a datum's value lies, in its own slot of its group's band. */
function placer(along: "x" | "y", { place, count }: Slot, api: CustomApi) {
  const shift = (place - (count - 1) / 2) * slotWidth(along, count, api);
  return (dimension: number): Point => {
    const [group, value] = [api.value(0), api.value(dimension)];
    const [x, y] = api.coord(along === "x" ? [group, value] : [value, group]);
    return along === "x" ? [x + shift, y] : [x, y + shift];
  };
}

function slotWidth(along: "x" | "y", count: number, api: CustomApi): number {
  const band = along === "x" ? api.size([1, 0])[0] : api.size([0, 1])[1];
  return (SHARED * band) / count;
}

function boxDrawer(along: "x" | "y", slot: Slot, color: string, fill: string) {
  return (_params: unknown, api: CustomApi) => {
    const at = placer(along, slot, api);
    const [low, q1, median, q3, high] = [at(1), at(2), at(3), at(4), at(5)];
    const half = Math.min(30, 0.4 * slotWidth(along, slot.count, api));
    const across = ([x, y]: Point, share: number): Point =>
      along === "x" ? [x + share * half, y] : [x, y + share * half];
    const line = (from: Point, to: Point, lineWidth = 1.5) => ({
      type: "line",
      shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
      style: { stroke: color, lineWidth },
    });
    const corners = [across(q1, -1), across(q1, 1), across(q3, 1), across(q3, -1)];
    return {
      type: "group",
      children: [
        line(low, q1),
        line(q3, high),
        line(across(low, -0.5), across(low, 0.5)),
        line(across(high, -0.5), across(high, 0.5)),
        {
          type: "polygon",
          shape: { points: corners },
          style: { fill, stroke: color, lineWidth: 1.5 },
        },
        line(across(median, -1), across(median, 1), 2.5),
      ],
    };
  };
}

/** Half as strong, as plotly fills its boxes. */
function halved(color: string): string {
  return /^#[\da-f]{6}$/i.test(color) ? `${color}80` : color;
}

function* boxesOf(trace: Trace, along: "x" | "y") {
  const groups = trace[along];
  if (trace.median) {
    for (let index = 0; index < trace.median.length; index++) {
      const q1 = trace.q1?.[index] ?? 0;
      const q3 = trace.q3?.[index] ?? 0;
      const five = [
        trace.lowerfence?.[index] ?? q1,
        q1,
        trace.median[index] ?? 0,
        q3,
        trace.upperfence?.[index] ?? q3,
      ];
      yield {
        group: String(groups ? groups[index] : (trace.name ?? "")),
        five,
        outliers: [] as number[],
      };
    }
    return;
  }
  const byGroup = new Map<string, number[]>();
  Array.from(trace[along === "x" ? "y" : "x"] ?? [], Number).forEach((value, index) => {
    const group = String(groups ? groups[index] : (trace.name ?? ""));
    const values = byGroup.get(group);
    if (values) values.push(value);
    else byGroup.set(group, [value]);
  });
  for (const [group, values] of byGroup) {
    const box = boxStatistics(values);
    if (box) yield { group, ...box };
  }
}

/** The parts of a plotly figure that the static picture knows; everything else is left out of it. */

export type Value = string | number | boolean | null | undefined;
export type Values = ArrayLike<Value>;

export interface Trace {
  type?: string;
  mode?: string;
  name?: string;
  x?: Values;
  y?: Values;
  z?: ArrayLike<Values>;
  x0?: Value;
  dx?: number;
  y0?: Value;
  dy?: number;
  /** Of a heatmap, a list per row. */
  text?: string | Values | ArrayLike<Values>;
  texttemplate?: string;
  textposition?: string;
  orientation?: "h" | "v";
  xaxis?: string;
  yaxis?: string;
  visible?: boolean | "legendonly";
  showlegend?: boolean;
  opacity?: number;
  fill?: string;
  fillcolor?: string;
  stackgroup?: string;
  connectgaps?: boolean;
  line?: { color?: string; width?: number; dash?: string; shape?: string };
  marker?: {
    color?: string | Values;
    size?: number | ArrayLike<number>;
    symbol?: string | Values;
    opacity?: number;
    line?: { color?: string; width?: number };
  };
  // box
  boxpoints?: string | false;
  q1?: ArrayLike<number>;
  median?: ArrayLike<number>;
  q3?: ArrayLike<number>;
  lowerfence?: ArrayLike<number>;
  upperfence?: ArrayLike<number>;
  // histogram
  xbins?: { start?: number; end?: number; size?: number };
  nbinsx?: number;
  histnorm?: string;
  // heatmap
  zmin?: number;
  zmax?: number;
  colorscale?: string | [number, string][];
  colorbar?: { title?: Title; tickformat?: string };
  showscale?: boolean;
}

export type Title = string | { text?: string; subtitle?: { text?: string } };

export interface Axis {
  type?: string;
  title?: Title;
  range?: [Value, Value];
  rangemode?: string;
  autorange?: boolean | string;
  domain?: [number, number];
  overlaying?: string;
  side?: string;
  anchor?: string;
  matches?: string;
  tickformat?: string;
  ticksuffix?: string;
  tickprefix?: string;
  tickvals?: Values;
  ticktext?: Values;
  tickangle?: number;
  showgrid?: boolean;
  showline?: boolean;
  showticklabels?: boolean;
  visible?: boolean;
  categoryorder?: string;
  categoryarray?: Values;
}

export interface Shape {
  type?: string;
  xref?: string;
  yref?: string;
  x0?: Value;
  x1?: Value;
  y0?: Value;
  y1?: Value;
  line?: { color?: string; width?: number; dash?: string };
  fillcolor?: string;
  opacity?: number;
  layer?: string;
  visible?: boolean;
}

export interface Annotation {
  text?: string;
  xref?: string;
  yref?: string;
  x?: Value;
  y?: Value;
  ax?: number;
  ay?: number;
  showarrow?: boolean;
  xanchor?: string;
  yanchor?: string;
  font?: { color?: string; size?: number };
  visible?: boolean;
}

export interface SupportedLayout {
  title?: Title;
  height?: number;
  barmode?: string;
  boxmode?: string;
  showlegend?: boolean;
  colorway?: string[];
  grid?: {
    rows?: number;
    columns?: number;
    pattern?: string;
    roworder?: string;
    subplots?: unknown;
  };
  shapes?: Shape[];
  annotations?: Annotation[];
  updatemenus?: { active?: number; buttons?: { label?: string }[] }[];
  template?: { layout?: { colorway?: string[] } };
  [axis: string]: unknown;
}

export interface SupportedFigure {
  data: Trace[];
  layout: SupportedLayout;
}

/** Part of an ECharts option. */
export type Option = Record<string, unknown>;

export const FIGURE_MIME = "application/vnd.plotly.v1+json";
/** A table resource of Frictionless Data. */
export const TABLE_MIME = "application/vnd.dataresource+json";

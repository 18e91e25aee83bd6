/** What holds a figure in an output: plotly.js's data and layout. */
export const FIGURE_MIME = "application/vnd.plotly.v1+json";
/** What holds a table: a table resource of Frictionless Data. */
export const TABLE_MIME = "application/vnd.dataresource+json";

/** How the bands are computed: `"ewm"` as pandas does, `"robust"` from medians of earlier days. */
export type BandMethod = "ewm" | "robust";

/** Fewest earlier days of the same kind from which robust bands are computed. */
export const ROBUST_MINIMUM_HISTORY = 5;

/**
 * Refuses settings that make no bands.
 *
 * @param caller name of the public function, for the message
 * @throws {RangeError} if `span` is below 1 (with `"robust"`: not an integer from
 *   5), `k` is not above 0, or `method` is neither `"ewm"` nor `"robust"`
 */
export function requireBands(
  caller: string,
  { span, k, method = "ewm" }: { span: number; k: number; method?: BandMethod },
): void {
  if (method !== "ewm" && method !== "robust") {
    throw new RangeError(`${caller} needs method "ewm" or "robust", got ${JSON.stringify(method)}`);
  }
  if (method === "ewm" && !(span >= 1 && span < Infinity)) {
    throw new RangeError(
      `${caller} needs a span of 1 day or more, got ${span}: ` +
        "alpha = 2 / (span + 1) must lie between 0 and 1",
    );
  }
  if (method === "robust" && !(Number.isInteger(span) && span >= ROBUST_MINIMUM_HISTORY)) {
    throw new RangeError(
      `${caller} needs a span of ${ROBUST_MINIMUM_HISTORY} whole days or more for robust bands, ` +
        `got ${span}: fewer earlier days make no habit`,
    );
  }
  if (!(k > 0 && k < Infinity)) {
    throw new RangeError(
      `${caller} needs k above 0, got ${k}: it is the number of standard deviations to each band`,
    );
  }
}

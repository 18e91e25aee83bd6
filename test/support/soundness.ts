import pl from "nodejs-polars";
import { Prose } from "../../lib/words/prose";
import { FORBIDDEN } from "./arbitrary-logs";

/**
 * What is wrong with an answer: numbers and days that are not valid, and text with the names of
 * such values in it, wherever they are in frames, figures, lists and objects.
 */
export function faultsOf(answer: unknown, place = "answer"): string[] {
  if (answer === null || answer === undefined) return [];
  if (typeof answer === "number") {
    return Number.isFinite(answer) ? [] : [`${place} is ${answer}`];
  }
  if (typeof answer === "string") {
    return FORBIDDEN.test(answer) ? [`${place} says ${JSON.stringify(answer)}`] : [];
  }
  if (answer instanceof Date) {
    return Number.isNaN(answer.getTime()) ? [`${place} is no date`] : [];
  }
  if (pl.DataFrame.isDataFrame(answer)) return frameFaults(answer, place);
  if (pl.Series.isSeries(answer)) return faultsOf(answer.toArray(), place);
  if (answer instanceof Prose) {
    return [...faultsOf(answer.text, place), ...faultsOf(answer.claims, `${place}.claims`)];
  }
  if (typeof answer === "function") return [`${place} is a function`];
  if (typeof answer !== "object") return [];
  if (answer instanceof Map) return faultsOf([...answer], place);
  if (ArrayBuffer.isView(answer)) return faultsOf(Array.from(answer as Int32Array), place);
  return Object.entries(answer).flatMap(([key, value]) => faultsOf(value, `${place}.${key}`));
}

function frameFaults(frame: pl.DataFrame, place: string): string[] {
  return frame.columns.flatMap((name) =>
    // One fault of a column is enough to find it.
    faultsOf(frame.getColumn(name).toArray(), `${place}.${name}`).slice(0, 1),
  );
}

/** A copy of an answer that can be compared, and printed when it is not the same. */
export function plainAnswer(answer: unknown): unknown {
  if (pl.DataFrame.isDataFrame(answer)) {
    return answer.columns.map((name) => {
      const column = answer.getColumn(name);
      return [name, String(column.dtype), ...column.toArray()];
    });
  }
  if (answer instanceof Prose) return answer.markdown;
  if (answer instanceof Date || answer === null || typeof answer !== "object") return answer;
  if (ArrayBuffer.isView(answer)) return Array.from(answer as Int32Array);
  if (Array.isArray(answer)) return answer.map(plainAnswer);
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [key, plainAnswer(value)]),
  );
}

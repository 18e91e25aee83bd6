import { basename } from "node:path";
import { shownPath } from "../keep/shown-text";
import type { Environment } from "../kernel/kernel-environment";
import type { Notebook } from "../notebook/nbformat";
import {
  ParameterError,
  parametersOf,
  type SetParameter,
  setParameters,
  unknownParameter,
} from "../notebook/parameters";
import { readNotebook } from "../notebook/read-notebook";
import type { RunOptions } from "./arguments";
import { isOwnNotebook, kernelSettings } from "./kernel-settings";

export interface Job {
  /** Its place among the notebooks asked for. */
  index: number;
  name: string;
  shownAs: string;
  notebook: Notebook;
  set: SetParameter[];
  isOwn: boolean;
  settings: Environment;
}

export function readJobs(
  files: string[],
  options: RunOptions,
  places: { from: string; folder: string; began: Date },
): Job[] {
  const read = files.map((file, index) => {
    const shownAs = shownPath(file);
    const notebook = readNotebook(file, shownAs);
    const isOwn = isOwnNotebook(file);
    const settings = kernelSettings(options, { ...places, isOwn });
    return { index, name: basename(file, ".ipynb"), shownAs, notebook, isOwn, settings };
  });
  const values = Object.entries(options.set);
  const known = read.flatMap(({ notebook }) => parametersOf(notebook));
  const unknown = values.find(([name]) => !known.some((each) => each.name === name));
  if (unknown) throw new ParameterError(unknownParameter(unknown[0], known));
  return read.map((job) => {
    const names = new Set(parametersOf(job.notebook).map((parameter) => parameter.name));
    const own = values.filter(([name]) => names.has(name));
    try {
      return { ...job, ...setParameters(job.notebook, Object.fromEntries(own)) };
    } catch (error) {
      throw new ParameterError(`${job.shownAs}: ${(error as Error).message}`);
    }
  });
}

import { visibleText } from "../words/visible-text";

/** Text of a log in a message: shown so that it can do no harm. */
export const shown = (text: unknown): string => visibleText(String(text), { max: 60 });

export const userOfApi = (user: unknown, type: unknown): string =>
  `user ${shown(user)} of API ${shown(type)}`;

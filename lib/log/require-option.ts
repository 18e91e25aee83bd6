export { requireInteger, requireNumber, requireOneOf } from "../stats/require-option";

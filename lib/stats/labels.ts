export const NOISE_LABEL = -1;

/** Labels numbered from 0 in the order in which they first come; noise stays noise. */
export function numberedLabels(labels: ArrayLike<number>): Int32Array {
  const numbers = new Map([[NOISE_LABEL, NOISE_LABEL]]);
  return Int32Array.from(labels, (label) => {
    if (!numbers.has(label)) numbers.set(label, numbers.size - 1);
    return numbers.get(label)!;
  });
}

export function clusterCount(labels: Int32Array): number {
  return labels.reduce((count, label) => Math.max(count, label + 1), 0);
}

export function noiseCount(labels: Int32Array): number {
  return labels.reduce((count, label) => (label === NOISE_LABEL ? count + 1 : count), 0);
}

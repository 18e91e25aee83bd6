/** Mean length of runs of consecutive days, of days in order, each there once; 0 of none. */
export function meanRun(days: Int32Array): number {
  let runs = 0;
  for (let i = 0; i < days.length; i++) if (i === 0 || days[i] !== days[i - 1]! + 1) runs++;
  return runs > 0 ? days.length / runs : 0;
}

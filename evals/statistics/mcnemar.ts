/**
 * Exact two-sided test of McNemar for pairs that were judged twice: the chance, if neither version were better, of a split
 * of the disagreeing pairs at least as uneven as this one. 1 where no pair disagrees.
 * Source: Q. McNemar, Psychometrika 12 (1947), with the binomial distribution in place of chi-square.
 * @param onlyFirst pairs that only the first had right; `onlySecond`: those that only the second had
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  const pairs = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  // Summed as logarithms, because 2^-pairs is no number any more from about 1,075 pairs on.
  let logTerm = -pairs * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= fewer; k += 1) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(pairs - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * tail);
}

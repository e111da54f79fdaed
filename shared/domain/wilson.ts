/** 90 % one-sided. */
const Z = 1.2816;

/** Lower end of the Wilson interval of `right` out of `rows`, one-sided 90 % by default; fractions of rows are fine. */
export function wilsonLower(right: number, rows: number, z = Z): number {
  return right === 0 ? 0 : Math.max(0, wilson(right / rows, rows, -z));
}

export function wilsonUpper(right: number, rows: number, z = Z): number {
  return rows === 0 ? 1 : Math.min(1, wilson(right / rows, rows, z));
}

function wilson(share: number, rows: number, z: number): number {
  const square = z * z;
  const middle = share + square / (2 * rows);
  const spread = z * Math.sqrt((share * (1 - share)) / rows + square / (4 * rows * rows));
  return (middle + spread) / (1 + square / rows);
}

/** 95 % two-sided. */
const Z_BOTH_SIDES = 1.959_964;

/** The 95 % interval in which the true share lies: 90 of 100 is 82.6 to 94.5 %. All there is (0 to 1) for no row. */
export function wilsonInterval(right: number, rows: number): { readonly lower: number; readonly upper: number } {
  return {
    lower: rows === 0 ? 0 : wilsonLower(right, rows, Z_BOTH_SIDES),
    // Computed, it may miss 1 by a rounding.
    upper: right === rows ? 1 : wilsonUpper(right, rows, Z_BOTH_SIDES),
  };
}

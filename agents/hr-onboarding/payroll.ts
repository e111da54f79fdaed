/**
 * The month in which somebody is paid first: that of the first day while the HR system knew of it by the cut-off of that
 * month, else the next one, with what is owed of the month before.
 */
export function firstPayroll(startsOn: string, knownOn: string, cutOffDay: number): string {
  const month = startsOn.slice(0, 7);
  const cutOff = `${month}-${String(cutOffDay).padStart(2, '0')}`;
  return startsOn <= cutOff && knownOn <= cutOff ? month : monthAfter(month);
}

/** The last day on which a payroll of that month takes changes. */
export function cutOffOf(run: string, cutOffDay: number): string {
  return `${run}-${String(cutOffDay).padStart(2, '0')}`;
}

function monthAfter(month: string): string {
  const [year = 0, at = 0] = month.split('-').map(Number);
  return at === 12 ? `${year + 1}-01` : `${year}-${String(at + 1).padStart(2, '0')}`;
}

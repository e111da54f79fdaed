/** `1.2 s`, `3 min 05 s`, `2 h 10 min`, `1 d 4 h` */
export function duration(ms: number): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 60) return `${s.toFixed(1)} s`;
  if (s < 3_600) return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
  if (s < 86_400) return `${Math.floor(s / 3_600)} h ${two((s % 3_600) / 60)} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3_600)} h`;
}

/** `0.00012 USD`, to three digits that count. */
export function usd(amount: number): string {
  return `${amount === 0 ? '0' : Number(amount.toPrecision(3)).toString()} USD`;
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

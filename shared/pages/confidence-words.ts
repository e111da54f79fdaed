/** A calibrated probability in words that a busy person reads right. */
export function confidenceWords(confidence: number): string {
  if (confidence >= 0.95) return 'very sure';
  if (confidence >= 0.85) return 'fairly sure';
  if (confidence >= 0.7) return 'leaning this way';
  return confidence >= 0.5 ? 'unsure' : 'mostly guessing';
}

/** Whole per cent, never rounded up to certainty nor down to none. */
export function percent(confidence: number): string {
  const rounded = Math.round(confidence * 100);
  if (rounded === 100 && confidence < 1) return 'over 99 %';
  if (rounded === 0 && confidence > 0) return 'under 1 %';
  return `${rounded} %`;
}

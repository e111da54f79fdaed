import { z } from 'zod';

/** A whole number between two others, refused in the words of SQS. */
export function between(min: number, max: number): z.ZodInt {
  const message = `Must be between ${min} and ${max}, if provided.`;
  return z.int(message).min(min, message).max(max, message);
}

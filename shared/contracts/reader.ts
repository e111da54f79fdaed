import * as z from 'zod';

/** Who reads, signed in. People read what their own teams own. */
export const Reader = z.object({
  /** E-mail address. */
  person: z.string(),
  /** An operator of the whole organisation reads what all teams own, and answers nothing by that. */
  isOperator: z.boolean(),
});
export type Reader = z.infer<typeof Reader>;

import * as z from 'zod';

/** Somebody is away, and who answers for them meanwhile. */
export const Absence = z.object({
  person: z.email(),
  fromMs: z.int(),
  untilMs: z.int(),
  /** Null: nobody, so that the next person is asked. */
  delegate: z.email().nullable(),
});
export type Absence = z.infer<typeof Absence>;

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

/** What somebody said of an absence, and when: it stays on record. */
export const AbsenceChange = z.object({
  by: z.string(),
  atMs: z.int(),
  /** Null: back at work. */
  absence: Absence.nullable(),
});
export type AbsenceChange = z.infer<typeof AbsenceChange>;

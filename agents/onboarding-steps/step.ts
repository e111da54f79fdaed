import * as z from 'zod';

const LONGEST_NOTE = 2_000;

/** A step of somebody's first weeks that is open, as the HR system lists it. */
export const Step = z.object({
  hireId: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'a hire has an id of letters, digits, points and hyphens'),
  stepId: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a step is named in lower-case words joined by hyphens'),
  hire: z.string().trim().min(1, 'a hire has a name').max(200).meta({ personal: true }),
  email: z.email('a hire has a valid e-mail address').max(254).meta({ personal: true, identifies: true }),
  title: z.string().trim().min(1, 'a step has a title').max(200),
  owner: z.email('a step has an owner with a valid e-mail address').max(254),
  due: z.iso.date('a date is written like 2026-03-02'),
  startDate: z.iso.date('a date is written like 2026-03-02'),
  /** The day on which the list was made, or the note was written. */
  today: z.iso.date('a date is written like 2026-03-02'),
  remindedTimes: z.int().min(0),
  movedTimes: z.int().min(0),
  /** What was written beside it last, by whomever. */
  note: z.string().max(LONGEST_NOTE, 'a note has at most 2000 characters'),
});
export type Step = z.infer<typeof Step>;

const fields = {
  standing: z
    .enum(['untouched', 'under-way', 'stuck', 'done'])
    .describe(
      'untouched: nobody has begun, promises included; under-way: begun, and goes on by itself; stuck: cannot go on unless ' +
        'somebody decides; done: all of it is done',
    ),
  waitsFor: z
    .enum(['owner', 'new-hire', 'outside', 'nobody'])
    .describe(
      'Whose turn it is: owner: theirs, or another colleague’s; new-hire; outside: an authority, a supplier, a doctor, a ' +
        'provider; nobody: it is done',
    ),
};

/** What takes judgement: the agent reads the note, a person can correct each. */
export const StepJudgement = z.strictObject(fields);
export type StepJudgement = z.infer<typeof StepJudgement>;

/** What is done about a step next. */
export const StepDecision = z.strictObject({
  standing: fields.standing.meta({ title: 'Stands' }),
  waitsFor: fields.waitsFor.meta({ title: 'Waits for' }),
  next: z
    .enum(['wait', 'remind', 'move', 'hand-up', 'tick', 'leave'])
    .meta({ title: 'Next' })
    .describe('leave: the first 30 days are over, so that it is chased no more'),
  whom: z.email().nullable().meta({ title: 'Who is reminded' }),
  newDate: z.iso.date().nullable().meta({ title: 'New date' }),
  daysLate: z.int().min(0).meta({ title: 'Working days late' }),
});
export type StepDecision = z.infer<typeof StepDecision>;

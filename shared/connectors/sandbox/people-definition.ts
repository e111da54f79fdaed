import * as z from 'zod';
import { defineActionConnector, defineSourceConnector } from '../../authoring/index.ts';

const HireId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'it is written in letters, digits, points and hyphens')
  .meta({ title: 'New hire' });
const StepId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a step is named in lower-case words joined by hyphens')
  .meta({ title: 'Step' });
const StepKey = z.strictObject({ hireId: HireId, stepId: StepId });

/** A step of somebody's first weeks: who does what by when. */
const OpenStep = z.strictObject({
  id: StepId,
  title: z.string().min(1).max(120).meta({ title: 'What' }),
  owner: z.email().meta({ title: 'Who' }),
  due: z.iso.date().meta({ title: 'By' }),
});

export const Colleague = z.object({
  name: z.string(),
  email: z.email(),
  /** ISO 3166-1 alpha-2: where they work. */
  country: z.string(),
  isLead: z.boolean(),
  /** They have said that they take care of newcomers. */
  isMentor: z.boolean(),
});

/** The people of a team, as the HR system knows them. Made-up people in the sandbox. */
export const teamDirectory = defineSourceConnector({
  id: 'sandbox.people-team',
  arguments: z.strictObject({ team: z.string().max(100) }),
  data: z.object({
    found: z.boolean(),
    colleagues: z.array(Colleague),
  }),
  timeoutMs: 2_000,
  attempts: 3,
});

/** How a step stands in the HR system right now. */
export const stepOnFile = defineSourceConnector({
  id: 'sandbox.people-step',
  arguments: StepKey,
  data: z.object({
    state: z.enum(['unknown', 'open', 'done', 'left']),
    due: z.iso.date().nullable(),
    remindedTimes: z.int().min(0),
    movedTimes: z.int().min(0),
  }),
  timeoutMs: 2_000,
  attempts: 3,
});

/**
 * Puts the steps of a new hire on the list that is chased. A step that is there already gets the new date and owner; one
 * that is done stays done. Settling a step takes it off again.
 */
export const openSteps = defineActionConnector({
  id: 'sandbox.people-open-steps',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    hireId: HireId,
    hire: z.string().min(1).max(200).meta({ title: 'Name' }),
    email: z.email().meta({ title: 'E-mail of the new hire' }),
    startDate: z.iso.date().meta({ title: 'First day' }),
    steps: z.array(OpenStep).min(1).max(40).meta({ title: 'Steps' }),
  }),
  result: z.strictObject({ opened: z.int().min(0) }),
  timeoutMs: 5_000,
  intent: ({ hireId }) => ({ effect: 'open-steps', target: hireId }),
});

/** Shows a reminder beside a step and tells its owner, or the new hire, that it is there. Withdrawing hides it. */
export const remindOfStep = defineActionConnector({
  id: 'sandbox.people-remind',
  effect: 'reversible',
  idempotency: 'key',
  arguments: StepKey.extend({
    to: z.email().meta({ title: 'To' }),
    text: z.string().min(1).max(1_000).meta({ title: 'Reminder' }),
  }),
  result: z.strictObject({ reminderId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ hireId, stepId, to }) => ({ effect: 'remind-of-step', target: `${hireId}/${stepId} ${to}` }),
});

export const withdrawReminder = defineActionConnector({
  id: 'sandbox.people-withdraw-reminder',
  effect: 'reversible',
  idempotency: 'key',
  arguments: StepKey,
  result: z.strictObject({ stepId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ hireId, stepId }) => ({ effect: 'withdraw-reminder', target: `${hireId}/${stepId}` }),
});

/** Moves the date of a step. It can be moved back. */
export const moveStep = defineActionConnector({
  id: 'sandbox.people-move-step',
  effect: 'reversible',
  idempotency: 'key',
  arguments: StepKey.extend({ due: z.iso.date().meta({ title: 'By' }) }),
  result: z.strictObject({ due: z.iso.date() }),
  timeoutMs: 5_000,
  intent: ({ hireId, stepId }) => ({ effect: 'move-step', target: `${hireId}/${stepId}` }),
});

/** Says that a step is done, or is left open and chased no more; `open` puts it back on the list. */
export const settleStep = defineActionConnector({
  id: 'sandbox.people-settle-step',
  effect: 'reversible',
  idempotency: 'key',
  arguments: StepKey.extend({ state: z.enum(['open', 'done', 'left']).meta({ title: 'State' }) }),
  result: z.strictObject({ state: z.string() }),
  timeoutMs: 5_000,
  intent: ({ hireId, stepId, state }) => ({ effect: `step-${state}`, target: `${hireId}/${stepId}` }),
});

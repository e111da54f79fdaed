import * as z from 'zod';
import type { ErasureOf } from '../ports/index.ts';
import type { Item } from './case-items.ts';

/** Records of the sandbox that are about a person, by whom they are kept. */
const OF_PEOPLE = ['conversation', 'crm', 'customer'];
/** Records that an effect of a case made, by an id among its arguments or its result. */
const OF_EFFECTS = ['ticket', 'bug', 'page'];
const ID_FIELDS = /^(ticketId|bugId|pageId)$/;

/** Partitions of the sandbox that hold what is known of the person of a case, and the answers that its effects got. */
export function sandboxKeysOf(of: ErasureOf, own: readonly Item[], effects: readonly Item[]): string[] {
  const people = OF_PEOPLE.flatMap((kind) => of.names.map((name) => `${kind}#${name}`));
  const done = effects.map((item): unknown => JSON.parse(item['effect']?.S ?? 'null'));
  const ids = [...new Set(done.flatMap(idsIn))];
  const joining = [...new Set(done.flatMap((effect) => hiresKeys(effect)))];
  const made = OF_EFFECTS.flatMap((kind) => ids.map((id) => `${kind}#${id}`));
  const keys = own.flatMap(({ sk }) => (sk?.S?.startsWith('action#') ? [sk.S.slice('action#'.length)] : []));
  const once = keys.map((actionId) => `once#${of.caseId}.${actionId}`);
  return [...people, ...made, ...joining, ...once];
}

function idsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    ID_FIELDS.test(name) && typeof one === 'string' ? [one] : idsIn(one),
  );
}

/** What the systems of a new hire keep is named after the hire, and after the system or the step. */
function hiresKeys(effect: unknown): string[] {
  const { arguments: args } = Effect.safeParse(effect).data ?? { arguments: null };
  if (args === null) return [];
  const { hireId, system, stepId, steps = [] } = args;
  const stepIds = [...steps.map(({ id }) => id), ...(stepId === undefined ? [] : [stepId])];
  return [
    ...[`equipment#${hireId}`, `payroll#${hireId}`],
    ...(system === undefined ? [] : [`access#${hireId}/${system}`]),
    ...stepIds.map((id) => `step#${hireId}/${id}`),
  ];
}

const Effect = z.object({
  arguments: z.object({
    hireId: z.string(),
    system: z.string().optional(),
    stepId: z.string().optional(),
    steps: z.array(z.object({ id: z.string() })).optional(),
  }),
});

import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { Proof, RequestId, type Shape, ShapeChoice, ShapeId } from '../contracts/index.ts';
import { type BackTest, backTest } from '../domain/back-test.ts';
import { digestOf } from '../domain/digest.ts';
import { authorProblem } from '../domain/release.ts';
import { shapeSentence } from '../domain/shape-words.ts';
import { DAY_MS, endOf, rememberProblem, shapeFrom } from '../domain/shapes.ts';
import { type CaseStore, type Clock, ConflictError, type RequestStore, type ShapeStore } from '../ports/index.ts';
import { fieldTitles } from './editable-schema.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { type NotRemembered, notRemembered } from './may-remember.ts';
import { operation } from './operation.ts';
import { readPast } from './read-past.ts';

/** Wide enough to see what was rejected; what it stops at is said. */
const PERIOD = { days: 90, maximumCases: 500 } as const;

export const RememberShape = z.object({
  requestId: RequestId,
  by: z.email(),
  proof: Proof,
  choice: ShapeChoice,
  /** The digest of the preview that the person agrees to; null to be shown one. */
  confirm: z.string().nullable().default(null),
});
type RememberShape = z.infer<typeof RememberShape>;

export interface RememberShapePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly shapes: ShapeStore;
  readonly clock: Clock;
}

/** What a person sees before a yes is remembered. */
export interface ShapePreview {
  readonly sentence: string;
  readonly shape: Shape;
  readonly backTest: BackTest & { readonly days: number; readonly stopped: string | null };
  /** Of all of this: whoever sends it agrees to exactly this. */
  readonly confirm: string;
}

export type Remembered =
  | { readonly kind: 'preview' | 'changed'; readonly preview: ShapePreview }
  | { readonly kind: 'remembered'; readonly shape: Shape; readonly sentence: string }
  | { readonly kind: 'unknown' | NotRemembered['kind']; readonly problem: string };

/**
 * Remembers the yes to an action, for actions alike: first shown, as a sentence and with what it would have let go in the
 * past, then stored for whoever agrees to exactly that. Nothing is stored before. Agreeing twice stores one.
 */
export const rememberShape = operation({
  name: 'remember-shape',
  input: RememberShape,
  async run(ports: RememberShapePorts, command): Promise<Remembered> {
    const loaded = await loadRequest(ports, command.requestId);
    if (loaded === null) return { kind: 'unknown', problem: 'There is no such request.' };
    const nowMs = ports.clock.nowMs();
    const refused = notRemembered(loaded, { ...command, nowMs });
    if (refused !== null) return refused;
    const made = shapeOf(loaded, command, nowMs);
    if (typeof made === 'string') return { kind: 'unfit', problem: made };
    const preview = await previewOf(ports, loaded, made);
    if (command.confirm === null) return { kind: 'preview', preview };
    if (command.confirm !== preview.confirm) return { kind: 'changed', preview };
    return store(ports, loaded, preview);
  },
});

function shapeOf(
  { workflow, case: case_, action, request }: LoadedRequest,
  { choice, by, proof, requestId }: RememberShape,
  nowMs: number,
): Shape | string {
  const definition = action === null ? undefined : workflow.actions[action.action];
  if (action === null || definition === undefined || request.answer === null)
    return 'The action is not part of this deployment.';
  const { segment, input, requestedBy } = case_;
  const made = shapeFrom({ action, segment }, choice);
  if (!made.ok) return made.problem;
  // The bounds of what is remembered are approved too.
  const widest = { ...action, amount: made.outline.maxAmount };
  const tooWide =
    rememberProblem(definition, widest.amount, proof) ??
    authorProblem(by, { definition, team: workflow.team, action: widest, segment, input, requestedBy });
  if (tooWide !== null) return tooWide;
  const shape: Shape = {
    ...made.outline,
    // The same yes, remembered in the same way, is the same shape.
    id: ShapeId.parse(`${workflow.id}.${digestOf([requestId, { ...choice }]).slice(0, 32)}`),
    ...{ workflow: workflow.id, title: action.title, author: by, proof },
    from: { caseId: case_.id, requestId, actionId: action.id },
    createdAtMs: nowMs,
    expiresAtMs: request.answer.atMs + choice.days * DAY_MS,
    ...{ maximumUses: choice.maximumUses, uses: 0, revoked: null },
  };
  const end = endOf(shape, nowMs);
  return end === null ? shape : `It cannot be remembered for ${choice.days} days from the yes: ${end}.`;
}

/** Of the time before the yes, so that what is shown stays as it is while the person reads it. */
async function previewOf(
  ports: RememberShapePorts,
  { workflow, request, action, case: case_ }: LoadedRequest,
  shape: Shape,
): Promise<ShapePreview> {
  const untilMs = request.answer?.atMs ?? shape.createdAtMs;
  const period = { sinceMs: untilMs - PERIOD.days * DAY_MS, untilMs, maximumCases: PERIOD.maximumCases };
  const past = await readPast(ports, workflow, period);
  const tested = backTest(workflow, past.cases, { kind: 'shape', shape, author: shape.author }, shape.author);
  const sentence = shapeSentence(shape, fieldTitles({ workflow, action, case: case_ }));
  const shown = { sentence, backTest: { ...tested, days: PERIOD.days, stopped: past.stopped } };
  const { createdAtMs: _now, ...lasting } = shape;
  const confirm = digestOf(z.json().parse({ ...shown, shape: lasting }));
  return { ...shown, shape, confirm };
}

async function store(
  ports: RememberShapePorts,
  { case: case_ }: LoadedRequest,
  { shape, sentence, backTest: tested, confirm }: ShapePreview,
): Promise<Remembered> {
  const shown = { sentence, backTest: tested.summary, digest: confirm };
  try {
    await ports.cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs: shape.createdAtMs,
      events: [{ type: 'shape-remembered', shape, by: shape.author, proof: shape.proof, shown }],
      shape: { kind: 'remember', shape },
    });
    return { kind: 'remembered', shape, sentence };
  } catch (error) {
    const isKnown = error instanceof ConflictError && error.kind === 'shape-exists';
    const known = isKnown ? await ports.shapes.get(shape.id) : null;
    if (known === null) throw error;
    const end = endOf(known, shape.createdAtMs);
    if (end !== null) return { kind: 'unfit', problem: `It was remembered in just this way before, and ${end}.` };
    return { kind: 'remembered', shape: known, sentence };
  }
}

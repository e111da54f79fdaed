import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type Json, type Money, type PersonRequest, RequestId } from '../contracts/index.ts';
import { leavesOf } from '../domain/leaf-fields.ts';
import type { Clock } from '../ports/index.ts';
import { fieldTitles } from './editable-schema.ts';
import { loadRequest } from './load-request.ts';
import { notRemembered, REMEMBER_PROOF } from './may-remember.ts';
import { operation } from './operation.ts';
import type { RememberShapePorts } from './remember-shape.ts';

const ReadRememberable = z.object({ requestId: RequestId, person: z.string() });

/** A yes that somebody may have remembered, with what can be chosen of it. */
export interface Rememberable {
  readonly request: PersonRequest;
  readonly workflow: Workflow;
  /** The smallest parts of what was approved, by dotted path. */
  readonly leaves: readonly (readonly [path: string, value: Json])[];
  /** Names of fields for people, by path. */
  readonly labels: Readonly<Record<string, string>>;
  readonly amount: Money | null;
  /** Why it cannot be remembered, however it is chosen; null where it can. */
  readonly problem: string | null;
}

/** What can be chosen of an answer; null where there is none by this person. */
export const readRememberable = operation({
  name: 'read-rememberable',
  input: ReadRememberable,
  async run(
    ports: Pick<RememberShapePorts, 'findWorkflow' | 'cases' | 'requests'> & { readonly clock: Clock },
    { requestId, person }: z.infer<typeof ReadRememberable>,
  ): Promise<Rememberable | null> {
    const loaded = await loadRequest(ports, requestId);
    if (loaded === null) return null;
    const refused = notRemembered(loaded, { by: person, proof: REMEMBER_PROOF, nowMs: ports.clock.nowMs() });
    const { request, workflow, action } = loaded;
    // Whoever did not answer it learns nothing of it.
    if (refused?.kind === 'not-allowed' || refused?.kind === 'not-approved') return null;
    return {
      ...{ request, workflow, problem: refused?.problem ?? null },
      leaves: action === null ? [] : [...leavesOf(action.arguments)],
      labels: fieldTitles(loaded),
      amount: action?.amount ?? null,
    };
  },
});

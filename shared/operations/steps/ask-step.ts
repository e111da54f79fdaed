import type { StepStore } from '../../ports/index.ts';
import {
  type OpenRequest,
  OpenRequest as OpenRequestInput,
  type OpenRequestPorts,
  openRequest,
} from '../open-request.ts';
import { operation } from '../operation.ts';
import type { AskedRequest } from '../step-contracts.ts';

/** Puts a question of which the state machine knows only by the name of which error it is asked. */
export const askStep = operation({
  name: 'open-request',
  input: OpenRequestInput,
  async run(ports: OpenRequestPorts & { readonly steps: StepStore }, ask): Promise<AskedRequest> {
    return openRequest.run(ports, { ...ask, problem: await inWords(ports.steps, ask) });
  },
});

async function inWords(steps: StepStore, { caseId, actionId, problem }: OpenRequest): Promise<string | null> {
  if (problem === null) return null;
  if (problem !== 'NeedsPersonError') return `It failed again and again: ${problem}`;
  return (await steps.problem(caseId, actionId ?? '')) ?? 'It needs a person.';
}

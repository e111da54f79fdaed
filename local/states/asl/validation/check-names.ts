import type { Json, JsonObject } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import type { Report } from './report.ts';

const LONGEST_STATE_NAME = 80;
const LONGEST_LABEL = 40;

/** Names that must be short, and unique in the whole machine: of states and of the labels of Maps. */
export function checkNames(definition: JsonObject, report: Report): void {
  const [states, labels] = [new Set<string>(), new Set<string>()];
  for (const { name, state, location } of statesWithin(definition, '')) {
    if (name.length > LONGEST_STATE_NAME)
      report.error(location, tooLong('State', name, LONGEST_STATE_NAME), 'INVALID_STATE_NAME');
    if (states.has(name)) report.error(location, `Duplicate State name: ${name}`, 'DUPLICATE_STATE_NAME');
    states.add(name);
    const label = isObject(state) ? state['Label'] : undefined;
    if (typeof label === 'string') checkLabel(label, labels, `${location}/Label`, report);
  }
}

function checkLabel(label: string, known: Set<string>, location: string, report: Report): void {
  if (label.length > LONGEST_LABEL)
    report.error(location, tooLong('Label', label, LONGEST_LABEL), 'INVALID_LABEL_NAME');
  if (known.has(label)) report.error(location, `Duplicate Label name: ${label}`, 'DUPLICATE_LABEL_NAME');
  known.add(label);
}

function tooLong(kind: string, name: string, limit: number): string {
  return `${kind} name '${name}' exceeds the ${limit}-character limit allowed by the service`;
}

/** A machine must be able to end; branches and item processors are not looked at. */
export function checkTerminal(states: JsonObject, report: Report): void {
  const canEnd = Object.values(states).some(
    (state) => isObject(state) && (state['End'] === true || state['Type'] === 'Succeed' || state['Type'] === 'Fail'),
  );
  if (!canEnd) report.error('/States', 'Workflow has no terminal state', 'MISSING_END_STATE');
}

interface PlacedState {
  readonly name: string;
  readonly state: Json;
  readonly location: string;
}

function* statesWithin(flow: JsonObject, location: string): Generator<PlacedState> {
  const states = isObject(flow['States']) ? flow['States'] : {};
  for (const [name, state] of Object.entries(states)) {
    const at = `${location}/States/${name}`;
    yield { name, state, location: at };
    if (!isObject(state)) continue;
    for (const field of ['ItemProcessor', 'Iterator']) {
      const processor = state[field];
      if (isObject(processor)) yield* statesWithin(processor, `${at}/${field}`);
    }
    const branches = Array.isArray(state['Branches']) ? (state['Branches'] as readonly Json[]) : [];
    for (const [i, branch] of branches.entries())
      if (isObject(branch)) yield* statesWithin(branch, `${at}/Branches[${i}]`);
  }
}

import type { Answers, DecisionAnswer, FieldAnswer } from './answers.ts';
import { SOURCES } from './connectors.ts';

const STUBS = 12;

/** What every stub says, so that nobody takes it for a case. */
const MARK = 'REPLACE ME';

/** A dozen lines of examples.jsonl that show the form and teach nothing. */
export function renderExamples({ fields, sources, decisions }: Answers): string {
  const read = Object.fromEntries(sources.map(({ id, connector }) => [id, SOURCES[connector]?.sample ?? {}]));
  const lines = Array.from({ length: STUBS }, (_, index) => {
    const number = String(index + 1).padStart(2, '0');
    return JSON.stringify({
      id: `stub-${number}`,
      input: { input: stubInput(fields, number), sources: read },
      expected: Object.fromEntries(decisions.map((decision) => [decision.name, nthValueOf(decision, index)])),
      note: `${MARK}: this stub is no case. Write a real one in its place, and label it as a careful colleague would.`,
    });
  });
  return `${lines.join('\n')}\n`;
}

/** A trigger to try out, and one that does not fit. */
export function renderSamples({ fields }: Answers): Readonly<Record<string, string>> {
  const first = stubInput(fields, '00');
  const { email: _email, ...broken } = first;
  return { 'first.json': json(first), 'broken.json': json(broken) };
}

function stubInput(fields: readonly FieldAnswer[], number: string): Record<string, string | number | boolean> {
  const more = fields.map(({ name, type }) => [name, { text: MARK, number: 100, 'yes-no': false }[type]] as const);
  return {
    name: `Made-up Person ${number}`,
    email: `person-${number}@customer.example`,
    subject: `${MARK} ${number}`,
    text: `${MARK}: the words of case ${number}, as a customer would write them.`,
    ...Object.fromEntries(more),
  };
}

/** Each value in turn, so that every label is there. */
function nthValueOf({ options }: DecisionAnswer, index: number): string | boolean {
  return options.length === 0 ? index % 2 === 0 : (options[index % options.length] ?? '');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

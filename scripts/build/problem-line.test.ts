import { expect, test } from 'vitest';
import { lineOfProblem } from './problem-line.ts';

const SOURCE = `import { mail } from './mail.ts';
const actions = {
  'send-mail': action({ tier: 'notify' }),
};
export const lead = defineWorkflow({
  id: 'lead',
  team: { owner: 'the boss' },
  triggers: [webhook({ id: 'contact', when: 'new leads' })],
  escalation: [],
});
`;

test.each([
  ['trigger contact is vague ("new leads"): say in "when" which event', 8],
  ['action send-mail cannot be taken back and is set to notify: set its tier to approve', 3],
  ['no escalation rule: say in "escalation" when a person has to step in', 9],
  ['nothing triggers it: add webhook(), event() or schedule() to triggers', 8],
  ['"the boss" cannot be reached: write an e-mail address in "team"', 7],
  ['it is too long', 5],
])('%s is about line %i', (problem, line) => {
  expect(lineOfProblem(problem, SOURCE)).toBe(line);
});

test('knows no line of a file that defines nothing', () => {
  expect(lineOfProblem('it is too long', 'const a = 1;')).toBeNull();
});

import { expect, test } from 'vitest';
import { runProgram } from '../../scripts/command/program.ts';
import { gatherEvidence } from './measure.ts';
import { PUBLIC_SETS, type PublicSet } from './public-sets.ts';

const MESSAGES = PUBLIC_SETS[1] as PublicSet;

/** Made-up messages of two kinds, and of none. */
const message = (at: number, isOutside = false) => {
  const [intent, words] = at % 2 === 0 ? ['lost-card', 'my card is lost please block it'] : ['fees', 'why this fee'];
  const text = isOutside ? `sing a song about a duck number ${at}` : `${words} thanks, mail ${at}`;
  return MESSAGES.toLabelled({ id: `m${at}`, input: { text }, expected: { intent: isOutside ? null : intent } });
};
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test('counts what goes without a person, what of it is right, and what belongs nowhere', async () => {
  const examples = [...range(0, 200).map((at) => message(at)), ...range(200, 260).map((at) => message(at, true))];
  const unseen = [...range(300, 340).map((at) => message(at)), ...range(340, 350).map((at) => message(at, true))];
  const found = await gatherEvidence(MESSAGES, examples, unseen);
  expect(found).toMatchObject({ taught: 260, cases: 50, outsideAsked: { agreed: 10, of: 10 } });
  expect(found.alone.agreed).toBeGreaterThan(30);
  expect(found.rightAlone).toMatchObject({ agreed: found.alone.agreed, of: found.alone.agreed });
  expect(found.atDeclared?.alone).toBeCloseTo((0.82 * found.alone.agreed) / 40, 10);
});

test('says where it looked for the data folder, and ends with 2', async () => {
  const { exitCode, output } = await runProgram(process.execPath, ['bench/evidence.ts'], {
    REMIT_DATA_DIR: '/no/where',
  });
  expect(exitCode).toBe(2);
  expect(output).toContain('The data folder /no/where is missing: nothing was measured.');
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ActionConnector, SourceConnector } from '../authoring/index.ts';
import { ACTION_SYSTEMS } from './action-systems.ts';
import * as definitions from './definitions.ts';
import { SOURCE_SYSTEMS } from './source-systems.ts';

type AnyConnector = SourceConnector | ActionConnector;

const all = Object.values(definitions).filter(
  (one): one is Extract<typeof one, { kind: string }> => typeof one === 'object' && 'kind' in one,
) as readonly AnyConnector[];
const outside = all.filter(({ id }) => !id.startsWith('sandbox.'));
const rows = readFileSync(new URL('../../docs/connectors.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** The row of the table, as the definition has it. */
function rowOf(connector: AnyConnector): readonly string[] {
  const repeat =
    connector.kind === 'source' ? `${connector.attempts} tries` : connector.idempotency === 'key' ? 'key' : 'a person';
  const { rate } = connector;
  const unlimited = connector.id === 'mail.send' ? 'SES’s own' : 'none';
  const limit = rate === null ? unlimited : `${rate.calls} in ${rate.perMs / 1_000} s`;
  const secret = connector.secret === null ? 'none' : `\`${connector.secret}\``;
  return [connector.effect, repeat, limit, `${connector.timeoutMs / 1_000} s`, secret];
}

describe('every connector', () => {
  it('has an id of its own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(15);
  });

  it.each(all.map((connector) => [connector.id, connector] as const))(
    '%s has an implementation',
    async (id, { kind }) => {
      const [system = '', what = ''] = id.split('.');
      const table = kind === 'source' ? (await SOURCE_SYSTEMS[system]?.())?.sources : await ACTION_SYSTEMS[system]?.();
      expect(Object.keys(table ?? {})).toContain(what);
    },
  );

  it.each(outside.map((connector) => [connector.id, connector] as const))(
    '%s says what it needs, and what becomes of a case when the other side is down',
    (_id, { hosts, secret, rate, whenDown, failures, timeoutMs }) => {
      expect(whenDown).toMatch(/^[A-Z].{20,}\.$/);
      expect(timeoutMs).toBeLessThanOrEqual(20_000);
      expect(failures.passing).toContain(429);
      expect(failures.passing.some((one) => failures.refused.includes(one))).toBe(false);
      for (const status of [500, 502, 503, 504, 408]) {
        expect([...failures.passing, ...failures.refused]).not.toContain(status);
      }
      // Whoever has a secret reaches named hosts only, and at a pace.
      if (secret !== null)
        expect([hosts.length > 0, hosts.join().includes('*'), rate !== null]).toEqual([true, false, true]);
    },
  );

  it.each(outside.map((connector) => [connector.id, connector] as const))(
    '%s stands in the document as it is',
    (id, connector) => {
      const row = rows.find((cells) => cells[1] === `\`${id}\``);
      expect(row?.slice(2, 7).map((cell) => cell.replace("'", '’'))).toEqual(rowOf(connector));
    },
  );
});

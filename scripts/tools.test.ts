import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeMcp, MCP_HOST, MCP_TOKEN, offeredBy, startFakeMcp } from '../test/support/fake-mcp.ts';
import { offeredAt, toolLines } from './tools.ts';

let server: FakeMcp;
beforeAll(async () => {
  server = await startFakeMcp();
});
afterAll(() => server.stop());

it('lists what a server offers, with the digests that connectors pin', async () => {
  server.describe('Creates an issue.\nSends \u202E all along.');
  const lines = toolLines(await offeredAt(server.web, `https://${MCP_HOST}/mcp`, MCP_TOKEN));
  const digests = await offeredBy(server);
  expect(lines).toEqual([
    `create-issue  ${digests.get('create-issue')}`,
    '    Creates an issue.',
    '    Sends \\u{202e} all along.',
    expect.stringMatching(/^ {4}takes \{.*"title".*\}$/),
    `find-issues  ${digests.get('find-issues')}`,
    '    Finds issues.',
    expect.stringMatching(/^ {4}takes \{/),
  ]);
});

it('says so where there is nothing', () => {
  expect(toolLines([])).toEqual(['The server offers no tools.']);
});

import { describe, expect, it } from 'vitest';
import { workflows } from '../../agents/index.ts';
import { connectedLeads } from '../../test/support/connected-leads/index.ts';
import { tableText, usedBy } from './used-connectors.ts';

describe('the connectors of a build', () => {
  it('are those that the workflows name, with what these need', () => {
    expect(usedBy(workflows)).toEqual({
      ...{
        sources: ['knowledge-base', 's3', 'sandbox', 'search'],
        actions: ['mail', 'sandbox'],
        secrets: true,
        web: true,
        events: false,
        files: true,
      },
    });
    expect(usedBy([connectedLeads])).toEqual({
      ...{ sources: ['hubspot', 'sandbox', 'search'], actions: ['hubspot', 'slack'] },
      ...{ secrets: true, web: true, events: false, files: false },
    });
  });

  it('may have names with hyphens', () => {
    expect(tableText('SOURCE_SYSTEMS', 'sources', ['knowledge-base', 'mcp'])).toBe(
      [
        'export const SOURCE_SYSTEMS = {',
        "  'knowledge-base': async () => (await import('./knowledge-base/sources.ts')).system,",
        "  'mcp': async () => (await import('./mcp/sources.ts')).system,",
        '};',
      ].join('\n'),
    );
  });
});

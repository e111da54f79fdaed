import { system as csv } from './csv/sources.ts';
import { system as http } from './http/sources.ts';
import { system as hubspot } from './hubspot/sources.ts';
import type { SourceSystem } from './implementation.ts';
import { system as knowledgeBase } from './knowledge-base/sources.ts';
import { system as mcp } from './mcp/sources.ts';
import { system as s3 } from './s3/sources.ts';
import { system as sandbox } from './sandbox/sources.ts';
import { system as search } from './search/sources.ts';

/** Every system that can be read, by the first part of its connectors' ids. The build keeps those that workflows use. */
export const SOURCE_SYSTEMS: Readonly<Record<string, SourceSystem>> = {
  csv,
  http,
  hubspot,
  'knowledge-base': knowledgeBase,
  mcp,
  s3,
  sandbox,
  search,
};

import type { ExecutionFacts } from './context-object.ts';
import type { Machine } from './definition.ts';
import type { EventLog } from './event-log.ts';
import type { Strand } from './strand.ts';
import type { StrandSource } from './strand-source.ts';

/** What the interpretation of one execution works with. */
export interface RunOptions {
  readonly machine: Machine;
  readonly execution: ExecutionFacts;
  readonly strands: StrandSource;
  readonly log: EventLog;
  readonly region: string;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly newToken: (strand: Strand) => string;
  readonly newMapRunArn: (label: string) => string;
  readonly newChildArn: (label: string) => string;
}

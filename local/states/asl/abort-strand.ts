import type { JsonObject } from '../../kernel/service.ts';
import type { Machine } from './definition.ts';
import { flowAt, stateIn } from './definition.ts';
import type { MapRunChange } from './step.ts';
import type { Strand } from './strand.ts';
import type { StrandSource } from './strand-source.ts';

/** Takes a strand and all below it out of their states; `log` writes the events that tell so. */
export function abortStrand(strand: Strand, options: AbortOptions): void {
  abortBelow(strand, options);
  if (strand.phase === 'child') {
    if (strand.waitsFor !== null) options.stopChild(strand.waitsFor);
    strand.waitsFor = null;
    strand.phase = 'failed';
    return;
  }
  if (strand.join?.mapRun) options.recordMapRun({ kind: 'ended', arn: strand.join.mapRun.arn, status: 'ABORTED' });
  if (strand.waitsFor?.startsWith('arn:') === true) options.stopChild(strand.waitsFor);
  strand.call = null;
  strand.waitsFor = null;
  strand.dueAtMs = null;
  const { type } = stateIn(flowAt(options.machine, strand.flow), strand.state);
  if (strand.phase === 'entering') return;
  if (ABORTABLE.has(type)) options.log(strand, `${type}StateAborted`, {});
  strand.phase = 'failed';
}

/** The same for all strands of a Parallel or Map state that still run. */
export function abortBelow(strand: Strand, options: AbortOptions): void {
  const state = stateIn(flowAt(options.machine, strand.flow), strand.state);
  for (const child of options.strands.live(strand.id)) {
    abortStrand(child, options);
    if (state.type === 'Map' && !state.isDistributed)
      options.log(child, 'MapIterationAborted', { name: state.name, index: child.index });
  }
}

export interface AbortOptions {
  readonly machine: Machine;
  readonly strands: StrandSource;
  readonly log: (strand: Strand, type: string, details: JsonObject) => void;
  /** Ends an execution that was waited for. */
  readonly stopChild: (executionArn: string) => void;
  readonly recordMapRun: (change: MapRunChange) => void;
}

const ABORTABLE: ReadonlySet<string> = new Set(['Map', 'Parallel', 'Task', 'Wait']);

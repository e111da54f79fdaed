import type { ExecutionEnd } from './execution-end.ts';
import type { MapRunChange } from './step.ts';
import type { MapRun, Strand } from './strand.ts';

/** What a turn has brought about, to be written and then carried out. */
export class RunEffects {
  /** Names of the states entered. */
  readonly entered: string[] = [];
  /** Strands whose scheduled call is to be made. */
  readonly calls: Strand[] = [];
  /** Of `calls`, those that may have been made before a crash. */
  readonly repeated = new Set<Strand>();
  /** Strands whose scheduled call is for a worker of an activity. */
  readonly offered: { readonly strand: Strand; readonly activityArn: string }[] = [];
  /** Iterations of distributed Maps that begin as executions of their own. */
  readonly startedChildren: { readonly strand: Strand; readonly mapRun: MapRun }[] = [];
  /** ARNs of executions that were waited for and are to end at once. */
  readonly stoppedChildren: string[] = [];
  readonly mapRunChanges: MapRunChange[] = [];
  /** Task tokens that got their answer. */
  readonly answeredTokens = new Set<string>();
  /** How the execution ended; null while it goes on. */
  end: ExecutionEnd | null = null;
}

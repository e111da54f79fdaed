import type { Workflow } from '../../authoring/index.ts';
import type { Action } from '../../contracts/index.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import { isSamePerson } from '../../domain/people.ts';
import { reviewerQuality } from '../../domain/reviewer-quality.ts';
import { type CaseStore, type Clock, ConflictError, type RecordStore, type SettingsStore } from '../../ports/index.ts';
import { ownSettings } from '../current-settings.ts';
import { commitGovernance } from './commit-governance.ts';
import { governanceAction, nextOrdinal } from './governance-actions.ts';
import { WarningTold } from './tell-of-autonomy.ts';

export interface WarnPorts {
  readonly cases: CaseStore;
  readonly records: RecordStore;
  readonly settings: SettingsStore;
  readonly clock: Clock;
}

/** The newest answers that are looked at. */
export const MOST_REVIEWS = 300;

/** After so long a warning is forgotten, and the person is told first again. */
const FORGOTTEN_AFTER_MS = 90 * 86_400_000;

/**
 * Notes a warning for everybody whose answers look as if they were given without reading. Only answers after the last
 * warning count: whoever goes on in the same way is named to the owner the second time.
 */
export async function warnReviewers(ports: WarnPorts, workflow: Workflow, version: string): Promise<void> {
  const reviews = await ports.records.reviews({ workflow: workflow.id, limit: MOST_REVIEWS });
  if (reviewerQuality(reviews, []).every(({ warnings }) => warnings.length === 0)) return;
  const nowMs = ports.clock.nowMs();
  const known = await ports.cases.actions(governanceCaseId(workflow.id));
  const earlier = known
    .filter(({ action }) => action === 'warn-reviewer')
    .map(({ arguments: args }) => WarningTold.parse(args));
  const lastOf = (person: string): Warning | undefined =>
    earlier
      .filter((warning) => isSamePerson(warning.person, person) && warning.atMs > nowMs - FORGOTTEN_AFTER_MS)
      .toSorted((a, b) => b.atMs - a.atMs)[0];
  const counted = reviews.filter(({ person, atMs }) => atMs > (lastOf(person)?.atMs ?? 0));
  let ordinal = nextOrdinal(known, 'warn-reviewer');
  for (const { person, warnings } of reviewerQuality(counted, [])) {
    if (warnings.length === 0) continue;
    const isForOwner = lastOf(person) !== undefined;
    const args = { person, warnings: [...warnings], isForOwner, atMs: nowMs };
    const made = { name: 'warn-reviewer' as const, ordinal, target: person, arguments: args };
    await note(ports, workflow, version, governanceAction(workflow, version, made));
    ordinal += 1;
  }
}

type Warning = ReturnType<typeof WarningTold.parse>;

async function note(
  { cases, settings, clock }: WarnPorts,
  workflow: Workflow,
  version: string,
  action: Action,
): Promise<void> {
  const own = await ownSettings(settings, workflow);
  try {
    await commitGovernance(cases, own.settings, version, {
      atMs: clock.nowMs(),
      events: [],
      actions: [{ action, from: null }],
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}

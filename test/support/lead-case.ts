import type { Phase, Settings } from '../../shared/contracts/index.ts';
import { caseIdOf } from '../../shared/domain/case-id.ts';
import { NO_USAGE } from '../../shared/domain/usage.ts';
import { advanceCase } from '../../shared/operations/advance-case.ts';
import { openCase } from '../../shared/operations/open-case.ts';
import { runTurn } from '../../shared/operations/run-turn.ts';
import type { Advanced, CaseStart, Opened } from '../../shared/operations/step-contracts.ts';
import type { ModelAnswer } from '../../shared/ports/index.ts';
import { WORKFLOW } from './leads.ts';
import { type MemoryPorts, type MemoryScript, memoryPorts } from './memory-ports.ts';
import type { SourceStep } from './memory-sources.ts';

/** A lead whose company, history and profile can all be read. */
export const READABLE: Readonly<Record<string, readonly SourceStep[]>> = {
  'sandbox.company-directory': [
    { data: { found: true, employees: 120, industry: 'Retail', country: 'DE', funding: null, techStack: ['Shopify'] } },
  ],
  'sandbox.crm-history': [{ data: { stage: 'none', contactedBefore: false, lastContactDays: null } }],
  'sandbox.professional-profile': [
    { data: { found: true, jobFunction: 'Sales', seniority: 'Head', headline: 'Head of Sales' } },
  ],
};

/** Score 9: hot, and no rule holds. */
export const HOT = {
  hasBuyingAuthority: true,
  usesIntegratedStack: true,
  buyingIntent: 'evaluating',
  mentionsCompetitor: false,
  mentionsUrgency: false,
};

/** Score 6: warm, and no rule holds. */
export const WARM = { ...HOT, hasBuyingAuthority: false };

export function modelAnswer(judgement: ModelAnswer['judgement'], changes: Partial<ModelAnswer> = {}): ModelAnswer {
  return {
    status: 'answered',
    tier: 'scripted',
    model: 'script',
    judgement,
    confidence: 0.95,
    fields: [],
    reasons: [],
    doubts: [],
    usage: NO_USAGE,
    ...{ cites: null, attempts: [], cap: null },
    ...changes,
  };
}

export const LEAD = {
  name: 'Hanna Hot',
  email: 'hanna@shop.example',
  company: 'Shop',
  title: 'Head of Sales',
  message: 'We would like to see a demo.',
  channel: 'contact-form',
};

export const CASE_ID = caseIdOf({ workflow: WORKFLOW, trigger: 'contact-form', eventId: 'msg_1' });

export function caseStart(changes: Partial<CaseStart> = {}): CaseStart {
  return {
    caseId: CASE_ID,
    workflow: WORKFLOW,
    trigger: 'contact-form',
    eventId: 'msg_1',
    receivedAt: '2026-03-02T08:59:59.000Z',
    input: LEAD,
    problems: [],
    causedBy: null,
    ...changes,
  };
}

export function settingsIn(phase: Phase, changes: Partial<Settings> = {}): Settings {
  return {
    ...{ workflow: WORKFLOW, revision: 1, phase, paused: false, minimumConfidence: 0.8 },
    ...{ segments: {}, partialShare: 1, caps: {}, coolDownUntilMs: {} },
    ...{ earnedUnder: {}, phaseSinceMs: {}, versionPolicy: 'restart', evaluations: [] },
    ...changes,
  };
}

export interface DecidedLead {
  readonly ports: MemoryPorts;
  readonly opened: Opened;
  readonly advanced: Advanced;
}

/** A lead's case, opened and judged: by default a hot one in phase partial. */
export async function decidedLead({
  phase = 'partial',
  judgement = HOT,
  answer,
  ...script
}: MemoryScript & {
  readonly phase?: Phase;
  readonly judgement?: typeof HOT;
  readonly answer?: Partial<ModelAnswer>;
} = {}): Promise<DecidedLead> {
  const ports = memoryPorts({ models: [modelAnswer(judgement, answer)], sources: READABLE, ...script });
  ports.settings.set(settingsIn(phase));
  const opened = await openCase.run(ports, caseStart());
  const turns = await Promise.all(
    opened.turns.map(({ agent }) => ports.clock.finish(runTurn.run(ports, { pinned: opened.pinned, agent }))),
  );
  const { pinned, cursor, round } = opened;
  const advanced = await advanceCase.run(ports, {
    pinned,
    cursor,
    round,
    turns,
    requestId: null,
    failure: null,
    resume: null,
  });
  return { ports, opened, advanced };
}

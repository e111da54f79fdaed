import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { ActionDefinition } from '../../shared/authoring/index.ts';
import type { Action, PersonRequest } from '../../shared/contracts/index.ts';
import { EMPTY_LEDGER } from '../../shared/domain/ledger.ts';
import type { PerformSubject } from '../../shared/domain/may-perform.ts';
import { CASE_ID, settingsIn } from './lead-case.ts';
import { aCase, anAction, aRequest } from './stored-examples.ts';

export function definitionOf(name: string): ActionDefinition {
  const definition = leadQualification.actions[name];
  if (definition === undefined) throw new Error(`there is no action ${name}`);
  return definition;
}

export const MAIL = definitionOf('send-meeting-mail');
export const POST = definitionOf('post-to-sales-hot');

export const approved: Action = anAction(CASE_ID, 'send-meeting-mail#1', {
  state: 'approved',
  requestId: 'f'.repeat(32),
});

export function answered(
  verb: 'approve' | 'edit' | 'reject' | 'respond',
  changes: Partial<PersonRequest> = {},
): PersonRequest {
  const edits = verb === 'edit' ? approved.arguments : null;
  const given = { by: 'sales-lead@remit.example', proof: 'mail-code', channel: 'page', atMs: 1, reason: '' } as const;
  return aRequest(CASE_ID, {
    ...{ id: 'f'.repeat(32) as PersonRequest['id'], kind: 'approve-action', actionId: approved.id },
    ...{
      digest: approved.digest,
      state: 'answered',
      answer: { ...given, verb, edits, seen: '', onBehalfOf: null, onPageMs: null },
    },
    ...changes,
  });
}

export function subject(changes: Partial<PerformSubject> = {}): PerformSubject {
  return {
    definition: MAIL,
    case: { ...aCase({ id: CASE_ID }), ledger: EMPTY_LEDGER },
    action: approved,
    request: answered('approve'),
    settings: settingsIn('partial'),
    caseKey: 'hanna',
    ...changes,
  };
}

export function post(changes: Partial<Action>): Action {
  const arguments_ = { channel: '#sales-hot', text: 'Hanna' };
  const named = { action: 'post-to-sales-hot', tier: 'autonomous', mode: 'perform' } as const;
  return anAction(CASE_ID, 'post-to-sales-hot#2', { ...named, arguments: arguments_, ...changes });
}

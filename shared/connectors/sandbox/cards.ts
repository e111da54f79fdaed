import type { JsonObject } from '../../contracts/index.ts';
import type { ActionImplementation } from '../implementation.ts';
import { clearFlag, disputeCharge, flagPayment, holdReimbursement } from './cards-definition.ts';
import type { SandboxStore } from './store.ts';

export interface CardsPorts {
  readonly sandbox: SandboxStore;
  readonly clock: { nowMs(): number };
}

/** The card and expense tool of the sandbox. */
export const cardActions: Readonly<Record<string, (ports: CardsPorts) => ActionImplementation>> = {
  'cards-flag': noted({ connector: flagPayment.id, kind: 'card-flag', result: 'flagId', isOn: true }),
  'cards-clear-flag': noted({ connector: clearFlag.id, kind: 'card-flag', result: 'flagId', isOn: false }),
  'cards-hold-reimbursement': noted({
    connector: holdReimbursement.id,
    kind: 'reimbursement-hold',
    result: 'holdId',
    isOn: true,
  }),
  'cards-dispute': noted({ connector: disputeCharge.id, kind: 'dispute', result: 'disputeId', isOn: true }),
};

interface Noted {
  readonly connector: string;
  readonly kind: string;
  readonly result: string;
  readonly isOn: boolean;
}

/** Each is one record per transaction, switched on or off. */
function noted({ connector, kind, result, isOn }: Noted): (ports: CardsPorts) => ActionImplementation {
  return ({ sandbox, clock }) =>
    (args, { idempotencyKey, caseId }) => {
      const key = String(args['transactionId']);
      const fields: JsonObject = { ...args, isOn };
      return sandbox.perform({
        ...{ idempotencyKey, caseId, connector, arguments: args, result: { [result]: `${kind}-${key}` } },
        atMs: clock.nowMs(),
        record: { kind, key, fields },
      });
    };
}

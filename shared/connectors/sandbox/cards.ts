import type { JsonObject } from '../../contracts/index.ts';
import type { ActionImplementation } from '../implementation.ts';
import { clearFlag, disputeCharge, flagPayment, holdReimbursement } from './cards-definition.ts';
import type { SandboxStore } from './store.ts';

export interface CardsPorts {
  readonly sandbox: SandboxStore;
  readonly clock: { nowMs(): number };
}

/** The card and expense tool of the sandbox. */
export const cardActions = {
  'cards-flag': (ports: CardsPorts) =>
    noted(ports, { connector: flagPayment.id, kind: 'card-flag', result: 'flagId', isOn: true }),
  'cards-clear-flag': (ports: CardsPorts) =>
    noted(ports, { connector: clearFlag.id, kind: 'card-flag', result: 'flagId', isOn: false }),
  'cards-hold-reimbursement': (ports: CardsPorts) =>
    noted(ports, { connector: holdReimbursement.id, kind: 'reimbursement-hold', result: 'holdId', isOn: true }),
  'cards-dispute': (ports: CardsPorts) =>
    noted(ports, { connector: disputeCharge.id, kind: 'dispute', result: 'disputeId', isOn: true }),
};

interface Noted {
  readonly connector: string;
  readonly kind: string;
  readonly result: string;
  readonly isOn: boolean;
}

/** Each is one record per transaction, switched on or off. */
function noted({ sandbox, clock }: CardsPorts, { connector, kind, result, isOn }: Noted): ActionImplementation {
  return (args, { idempotencyKey, caseId }) => {
    const key = String(args['transactionId']);
    const fields: JsonObject = { ...args, isOn };
    return sandbox.perform({
      ...{ idempotencyKey, caseId, connector, arguments: args, result: { [result]: `${kind}-${key}` } },
      atMs: clock.nowMs(),
      record: { kind, key, fields },
    });
  };
}

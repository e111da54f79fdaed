import type { JsonObject } from '../../contracts/index.ts';
import type { ActionImplementation } from '../implementation.ts';
import {
  cancelEquipment,
  enterPayroll,
  grantAccess,
  leavePayroll,
  orderEquipment,
  revokeAccess,
} from './joining-definition.ts';
import { stepIn } from './people.ts';
import type { SandboxStore } from './store.ts';

export interface JoiningPorts {
  readonly sandbox: SandboxStore;
  readonly clock: { nowMs(): number };
}

type Ports = (ports: JoiningPorts) => ActionImplementation;

/** What is done for a new hire outside of the HR system: access, equipment, payroll. What is done ticks its step off. */
export const joiningActions = {
  'joining-grant-access': performing(grantAccess.id, ({ hireId, system }) => ({
    ...{ kind: 'access', key: `${hireId}/${system}`, isThere: true },
    ...{ step: `grant-${system}`, result: { grantId: `grant-${hireId}-${system}` } },
  })),
  'joining-revoke-access': performing(revokeAccess.id, ({ hireId, system }) => ({
    ...{ kind: 'access', key: `${hireId}/${system}`, isThere: false },
    ...{ step: `grant-${system}`, result: { system: String(system) } },
  })),
  'joining-order-equipment': performing(orderEquipment.id, ({ hireId }) => ({
    ...{ kind: 'equipment', key: String(hireId), isThere: true },
    ...{ step: 'order-equipment', result: { orderId: `order-${hireId}` } },
  })),
  'joining-cancel-equipment': performing(cancelEquipment.id, ({ hireId }) => ({
    ...{ kind: 'equipment', key: String(hireId), isThere: false },
    ...{ step: 'order-equipment', result: { orderId: `order-${hireId}` } },
  })),
  'joining-enter-payroll': performing(enterPayroll.id, ({ hireId }) => ({
    ...{ kind: 'payroll', key: String(hireId), isThere: true },
    ...{ step: 'enter-payroll', result: { entryId: `payroll-${hireId}` } },
  })),
  'joining-leave-payroll': performing(leavePayroll.id, ({ hireId }) => ({
    ...{ kind: 'payroll', key: String(hireId), isThere: false },
    ...{ step: 'enter-payroll', result: { entryId: `payroll-${hireId}` } },
  })),
} satisfies Record<string, Ports>;

interface Performed {
  readonly kind: string;
  readonly key: string;
  /** False where it takes away what was there. */
  readonly isThere: boolean;
  /** The step that is done by it, or open again. */
  readonly step: string;
  readonly result: JsonObject;
}

function performing(connector: string, what: (args: JsonObject) => Performed): Ports {
  return ({ sandbox, clock }) =>
    async (args, { idempotencyKey, caseId }) => {
      const { kind, key, isThere, step, result } = what(args);
      const hireId = String(args['hireId']);
      const settled = await stepIn(sandbox, { hireId, stepId: step }, isThere ? 'done' : 'open');
      return sandbox.perform({
        ...{ idempotencyKey, caseId, arguments: args, connector, result, atMs: clock.nowMs() },
        record: { kind, key, fields: { ...args, isThere } },
        others: settled === null ? [] : [settled],
      });
    };
}

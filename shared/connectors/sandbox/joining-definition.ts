import * as z from 'zod';
import { defineActionConnector } from '../../authoring/index.ts';

const HireId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'it is written in letters, digits, points and hyphens')
  .meta({ title: 'New hire' });
const System = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a system is named in lower-case words joined by hyphens')
  .meta({ title: 'System' });
const Access = z.strictObject({ hireId: HireId, system: System });
const Order = z.strictObject({ hireId: HireId, set: z.string().min(1).max(60).meta({ title: 'Set' }) });
const Entry = z.strictObject({
  hireId: HireId,
  run: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .meta({ title: 'Payroll of' }),
});

/** Lets somebody into a system, and ticks the step of that name off. Revoking takes it back. */
export const grantAccess = defineActionConnector({
  id: 'sandbox.joining-grant-access',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Access.extend({
    name: z.string().min(1).max(200).meta({ title: 'Name' }),
    role: z.string().min(1).max(200).meta({ title: 'Role' }),
    from: z.iso.date().meta({ title: 'From' }),
  }),
  result: z.strictObject({ grantId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ hireId, system }) => ({ effect: `grant:${system}`, target: hireId }),
});

export const revokeAccess = defineActionConnector({
  id: 'sandbox.joining-revoke-access',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Access,
  result: z.strictObject({ system: z.string() }),
  timeoutMs: 5_000,
  intent: ({ hireId, system }) => ({ effect: `revoke:${system}`, target: hireId }),
});

/** Orders a set of equipment from the stock of the company. Until it is packed it can be cancelled; after that it is sent back. */
export const orderEquipment = defineActionConnector({
  id: 'sandbox.joining-order-equipment',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Order.extend({
    deliverBy: z.iso.date().meta({ title: 'There by' }),
    to: z.string().min(1).max(120).meta({ title: 'Where to' }),
  }),
  result: z.strictObject({ orderId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ hireId }) => ({ effect: 'order-equipment', target: hireId }),
});

export const cancelEquipment = defineActionConnector({
  id: 'sandbox.joining-cancel-equipment',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Order,
  result: z.strictObject({ orderId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ hireId }) => ({ effect: 'cancel-equipment', target: hireId }),
});

/** Enters somebody into a payroll run that has not been closed. Taking them out takes it back. */
export const enterPayroll = defineActionConnector({
  id: 'sandbox.joining-enter-payroll',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Entry.extend({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .meta({ title: 'Country' }),
    contract: z.string().min(1).max(40).meta({ title: 'Contract' }),
    from: z.iso.date().meta({ title: 'From' }),
  }),
  result: z.strictObject({ entryId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ hireId }) => ({ effect: 'enter-payroll', target: hireId }),
});

export const leavePayroll = defineActionConnector({
  id: 'sandbox.joining-leave-payroll',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Entry,
  result: z.strictObject({ entryId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ hireId }) => ({ effect: 'leave-payroll', target: hireId }),
});

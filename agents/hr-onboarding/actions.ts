import { action } from '../../shared/authoring/index.ts';
import {
  cancelEquipment,
  enterPayroll,
  grantAccess,
  leavePayroll,
  openSteps,
  orderEquipment,
  postToChannel,
  revokeAccess,
} from '../../shared/connectors/definitions.ts';
import { SYSTEMS, type System } from './access.ts';

/** Access is a matter of who owns the system, and of nobody else: a plain yes or no, which no edit can turn into another. */
const grant = (system: System) =>
  action({
    title: `Let into the ${SYSTEMS[system].title}`,
    tier: 'approve',
    connector: grantAccess,
    approval: {
      people: [{ role: `${system}-owner` }],
      nextPeople: [{ role: `${system}-owner` }],
      verbs: ['approve', 'reject'],
      answerWithinHours: 48,
    },
    compensation: {
      action: 'revoke-access',
      arguments: ({ hireId, system: name }) => ({ hireId, system: name }),
    },
  });

/** Everything that the workflow may do, each with who is asked. */
export const actions = {
  'open-steps': action({ title: 'Open the steps of the plan', tier: 'autonomous', connector: openSteps }),
  'grant-source-code': grant('source-code'),
  'grant-production': grant('production'),
  'grant-warehouse': grant('warehouse'),
  'grant-crm': grant('crm'),
  'grant-help-desk': grant('help-desk'),
  'grant-ledger': grant('ledger'),
  'grant-people-records': grant('people-records'),
  'grant-design-library': grant('design-library'),
  'revoke-access': action({ title: 'Take the access away', tier: 'autonomous', connector: revokeAccess }),
  'order-equipment': action({
    title: 'Order the equipment',
    tier: 'notify',
    connector: orderEquipment,
    approval: { people: [{ role: 'workplace' }], answerWithinHours: 48 },
    compensation: { action: 'cancel-equipment', arguments: ({ hireId, set }) => ({ hireId, set }) },
  }),
  'cancel-equipment': action({ title: 'Cancel the order', tier: 'autonomous', connector: cancelEquipment }),
  'enter-payroll': action({
    title: 'Enter into the payroll',
    tier: 'approve',
    connector: enterPayroll,
    approval: { people: [{ role: 'payroll' }], answerWithinHours: 48 },
    compensation: { action: 'leave-payroll', arguments: ({ hireId, run }) => ({ hireId, run }) },
  }),
  'leave-payroll': action({ title: 'Take out of the payroll', tier: 'autonomous', connector: leavePayroll }),
  announce: action({ title: 'Welcome in the channel', tier: 'notify', connector: postToChannel, holdMinutes: 60 }),
};

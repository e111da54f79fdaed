import { defineWorkflow, mergingPanel, source, webhook } from '../../shared/authoring/index.ts';
import { teamDirectory } from '../../shared/connectors/definitions.ts';
import { SYSTEMS, systemsFor, systemsNamed } from './access.ts';
import { actions } from './actions.ts';
import { buddyOf } from './buddy.ts';
import { countryOf } from './countries.ts';
import { workingDayFrom, workingDaysBetween } from './dates.ts';
import {
  AccessJudgement,
  EquipmentJudgement,
  Hire,
  HireDecision,
  hireFrom,
  IntroductionJudgement,
  PayrollJudgement,
} from './hire.ts';
import { firstPayroll } from './payroll.ts';
import { hireSignals } from './signals.ts';
import { lineOf, stepOf, stepsFor } from './steps.ts';
import { addressesIn, welcomeText } from './welcome.ts';

/** With fewer working days than that a set of equipment does not arrive in time. */
const SHORTEST_NOTICE_DAYS = 8;

/** What people wrote. */
const WORDS = ['input.role', 'input.note'];

const sources = {
  team: source({
    title: 'People of the team',
    connector: teamDirectory,
    isRequired: false,
    arguments: ({ team }: Hire) => ({ team }),
    missing: ({ found }) => (found ? [] : ['team not found']),
  }),
};

/** The onboarding of a B2B software company. The company, its people, its rules and all data are made up. */
export const hrOnboarding = defineWorkflow({
  id: 'hr-onboarding',
  title: 'HR onboarding',
  summary: 'Makes one dated plan for the first 30 days of a new hire, and asks the owner of each system.',
  team: {
    name: 'People',
    owner: 'people-lead@remit.example',
    approvers: ['people-lead@remit.example'],
    nextApprovers: ['people-deputy@remit.example'],
    answerWithinHours: 48,
    roles: {
      ...Object.fromEntries(Object.entries(SYSTEMS).map(([system, { owner }]) => [`${system}-owner`, [owner]])),
      payroll: ['payroll@remit.example'],
      workplace: ['workplace@remit.example'],
    },
    channel: '#people-approvals',
  },

  triggers: [
    webhook({
      id: 'hire-signed',
      when: 'The HR system reports that somebody has signed, or that what it knew of them has changed',
      toInput: hireFrom,
      key: ({ hireId }) => String(hireId),
    }),
  ],

  input: Hire,
  signals: hireSignals,
  subject: ({ name, role, startDate }) => `${name}, ${role}, from ${startDate}`,
  caseKey: ({ hireId }) => hireId,
  requestedBy: ({ manager }) => manager,
  labels: {
    hireId: 'New hire',
    name: 'Name',
    email: 'E-mail',
    country: 'Country of the contract',
    role: 'Role',
    team: 'Team',
    startDate: 'First day',
    recordedOn: 'Recorded on',
    manager: 'Manager',
    workplace: 'Works',
    note: 'Note',
    wasCut: 'Was cut',
  },

  sources,
  agents: {
    'it-access': {
      title: 'IT access',
      instructions: 'it-access.md',
      sources: [],
      judgement: AccessJudgement,
    },
    payroll: {
      title: 'Payroll and contract',
      instructions: 'payroll.md',
      sources: [],
      judgement: PayrollJudgement,
      // What is unusual is rare and told in ever other words: a model that knows 300 hires may suggest it, and not rule it out.
      cascade: [{ tier: 'learned', mayDecide: false }, { tier: 'fast' }, { tier: 'smart' }],
    },
    equipment: {
      title: 'Equipment',
      instructions: 'equipment.md',
      sources: [],
      judgement: EquipmentJudgement,
    },
    introduction: {
      title: 'Team introduction',
      instructions: 'introduction.md',
      sources: ['team'],
      judgement: IntroductionJudgement,
    },
  },
  pattern: mergingPanel('it-access', 'payroll', 'equipment', 'introduction'),

  decision: HireDecision,
  conclude: ({ welcome, ...judged }, { input: hire, sources: read }) => {
    const country = countryOf(hire.country);
    const startsOn = workingDayFrom(hire.startDate);
    const systems = systemsFor(judged.profile, judged.needsProduction);
    const isPaidByUs = country !== null && judged.contract !== 'freelance';
    const payrollRun = isPaidByUs ? firstPayroll(startsOn, hire.recordedOn, country.payrollCutOff) : null;
    const buddy = buddyOf(read.team?.colleagues ?? [], hire, judged.buddyFrom);
    const { manager, recordedOn: knownOn } = hire;
    const steps = stepsFor({ startsOn, knownOn, manager, country, judged, systems, payrollRun, buddy });
    return {
      ...judged,
      ...{ startsOn, systems, payrollRun, buddy, steps: steps.map(lineOf) },
      welcome: welcome ?? welcomeText(hire, startsOn, judged.firstDay),
    };
  },

  actions,
  plan: (decision, { input: hire }, act) => {
    const { hireId, name, role, country } = hire;
    const { startsOn, steps, systems, equipment, payrollRun, contract, welcome, firstDay } = decision;
    const { email } = hire;
    return [
      ...(steps.length === 0
        ? []
        : [act('open-steps', { hireId, hire: name, email, startDate: startsOn, steps: steps.map(stepOf) })]),
      ...systems.map((system) => act(`grant-${system}`, { hireId, system, name, role, from: startsOn })),
      ...(equipment === 'none'
        ? []
        : [
            act('order-equipment', {
              ...{ hireId, set: equipment, deliverBy: startsOn },
              to: firstDay === 'office' ? 'office' : 'home address on file',
            }),
          ]),
      ...(payrollRun === null
        ? []
        : [act('enter-payroll', { hireId, run: payrollRun, country, contract, from: startsOn })]),
      ...(welcome === '' ? [] : [act('announce', { channel: '#welcome', text: welcome })]),
    ];
  },

  escalation: [
    {
      id: 'unusual',
      because: 'It is no usual start: payroll or law may have to look at it first.',
      when: ({ unusual }) => unusual !== 'none',
    },
    {
      id: 'unusual-words',
      because: 'Role or note speak of a minor, a permit, a move, a post on the board or work from another country.',
      when: (_decision, { input }) => hireSignals(input).unusualNamed !== 'none',
    },
    {
      id: 'freelance',
      because:
        'It is a freelancer, or the note speaks of one: nobody is put on the payroll or let in before that is clear.',
      when: ({ contract }, { input }) => contract === 'freelance' || hireSignals(input).contractNamed === 'freelance',
    },
    {
      id: 'unknown-country',
      because: 'We have no rules for contracts in this country.',
      when: (_decision, { input }) => countryOf(input.country) === null,
    },
    {
      id: 'short-notice',
      because: `Fewer than ${SHORTEST_NOTICE_DAYS} working days are left before the first day, or it is over.`,
      when: ({ startsOn }, { input }) => workingDaysBetween(input.recordedOn, startsOn) < SHORTEST_NOTICE_DAYS,
    },
    {
      id: 'other-system',
      because: 'The note names a system that the role does not need.',
      when: ({ systems }, { input }) => systemsNamed(input.note).some((system) => !systems.includes(system)),
    },
    {
      id: 'special-equipment',
      because: 'Somebody asks for a thing that is in no set.',
      when: ({ needsSpecial }) => needsSpecial,
    },
    {
      id: 'no-buddy',
      because: 'Nobody of the team can be named as a buddy.',
      when: ({ buddy }) => buddy === null,
    },
    {
      id: 'strange-address',
      because: 'The welcome holds a link or an address.',
      when: ({ welcome }) => addressesIn(welcome).length > 0,
    },
    {
      id: 'gives-orders',
      because: 'The note holds orders to whoever prepares the start.',
      when: (_decision, { input }) => hireSignals(input).ordersGiven,
    },
    {
      id: 'was-cut',
      because: 'The note is too long to be read whole.',
      when: (_decision, { input }) => input.wasCut,
    },
  ],

  segments: [
    {
      id: 'permanent',
      title: 'Permanent contracts without production access',
      when: ({ contract, needsProduction }) => contract === 'permanent' && !needsProduction,
    },
    { id: 'studies', title: 'Working students and interns', when: ({ contract }) => STUDIES.includes(contract) },
  ],
  caps: [
    { id: 'plans-a-day', counts: 'effects', per: 'day', limit: 40, actions: ['open-steps'] },
    { id: 'orders-a-day', counts: 'effects', per: 'day', limit: 40, actions: ['order-equipment'] },
  ],
  rollout: { phase: 'partial', minimumConfidence: 0.7, minutesByHand: 90 },
  learned: {
    target: 0.9,
    fields: [
      { name: 'profile', kind: 'class', reads: ['input.role', 'input.note', 'input.team'] },
      { name: 'needsProduction', kind: 'class', reads: [...WORDS, 'input.team', 'signals.productionNamed'] },
      { name: 'contract', kind: 'class', reads: [...WORDS, 'signals.contractNamed'] },
      { name: 'unusual', kind: 'class', reads: [...WORDS, 'signals.unusualNamed'] },
      { name: 'equipment', kind: 'class', reads: [...WORDS, 'input.team', 'signals.equipmentNamed'] },
      { name: 'needsSpecial', kind: 'class', reads: ['input.note', 'signals.specialNamed'] },
      { name: 'firstDay', kind: 'class', reads: ['input.note', 'input.workplace', 'signals.firstDayNamed'] },
      { name: 'buddyFrom', kind: 'class', reads: [...WORDS, 'signals.buddyNamed'] },
    ],
    features: {
      'input.hireId': 'ignore',
      'input.name': 'ignore',
      'input.email': 'ignore',
      'input.startDate': 'ignore',
      'input.recordedOn': 'ignore',
      'input.manager': 'ignore',
      'input.country': 'ignore',
      'input.wasCut': 'ignore',
      'input.role': 'text',
      'input.note': 'text',
      'input.team': 'category',
      'input.workplace': 'category',
      'sources.team.found': 'ignore',
      'sources.team.colleagues.name': 'ignore',
      'sources.team.colleagues.email': 'ignore',
      'sources.team.colleagues.country': 'ignore',
      'sources.team.colleagues.isLead': 'ignore',
      'sources.team.colleagues.isMentor': 'ignore',
    },
  },
});

const STUDIES: readonly string[] = ['working-student', 'internship'];

import * as z from 'zod';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { Profile, System } from './access.ts';
import { StepLine } from './steps.ts';

const LONGEST_NOTE = 4_000;

/** What the HR system knows of somebody who has signed. */
export const Hire = z.object({
  hireId: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'a hire has an id of letters, digits, points and hyphens'),
  name: z.string().trim().min(1, 'a hire has a name').max(200).meta({ personal: true }),
  /** Their own address, until they have one of ours. */
  email: z.email('a hire has a valid e-mail address').max(254).meta({ personal: true, identifies: true }),
  /** ISO 3166-1 alpha-2: where the contract is. */
  country: z.string().regex(/^[A-Z]{2}$/, 'a country has two capital letters'),
  role: z.string().trim().min(1, 'a hire has a role').max(200),
  team: z.string().trim().min(1, 'a hire has a team').max(100),
  startDate: z.iso.date('a start date is written like 2026-03-02'),
  /** The day on which the HR system sent it: what is still possible before the first day is counted from it. */
  recordedOn: z.iso.date('a date is written like 2026-03-02'),
  manager: z.email('a manager has a valid e-mail address').max(254),
  workplace: z.enum(['office', 'hybrid', 'remote']),
  /** What recruiter or manager wrote for those who prepare the start, in whatever language. */
  note: z.string().max(LONGEST_NOTE),
  /** There was more than is here. */
  wasCut: z.boolean(),
});
export type Hire = z.infer<typeof Hire>;

const access = {
  profile: Profile.describe(
    'Whose daily tools the work needs: engineering writes our code; data works in the warehouse; support answers customers; ' +
      'sales sells or looks after accounts; marketing; finance; people is HR; design; basic: none of these',
  ),
  needsProduction: z
    .boolean()
    .describe('Will they work on the live systems: run, repair or watch over them, be on call, change their data?'),
};
const payroll = {
  contract: z
    .enum(['permanent', 'fixed-term', 'working-student', 'internship', 'freelance'])
    .describe(
      'permanent where nothing ends it; fixed-term: until a date or somebody is back; working-student: studies and works ' +
        'some hours a week; internship: for learning, also of school and dual study; freelance: sends invoices, is nobody’s employee',
    ),
  unusual: z
    .enum(['none', 'minor', 'visa', 'relocation', 'executive', 'abroad', 'other'])
    .describe(
      'The first that fits: minor: under 18; visa: needs a permit to work that is not there for good; relocation: moves to ' +
        'another country or town for it; executive: board, C-level, managing director; abroad: works in another country ' +
        'than that of the contract; other: anything else that payroll or law has to look at; else none',
    ),
};
const equipment = {
  equipment: z
    .enum(['office', 'developer', 'creative', 'field', 'none'])
    .describe(
      'office: light laptop; developer: strong laptop, two screens; creative: strong laptop, colour screen, tablet; ' +
        'field: light laptop and phone for those who are mostly out; none: has or brings all of it',
    ),
  needsSpecial: z
    .boolean()
    .describe('Does anybody ask for a thing that is in no set: for health, left-handed, another system, own device?'),
};
const introduction = {
  firstDay: z
    .enum(['office', 'remote', 'elsewhere'])
    .describe('Where they are on the first day itself: elsewhere is a fair, a customer, an event, a training'),
  buddyFrom: z
    .enum(['team', 'same-country', 'lead'])
    .describe(
      'Who should help them: team: a colleague of the team; same-country: they need somebody of their place or language; ' +
        'lead: they will lead people, so another lead',
    ),
};

/** What each of the four judges: an agent answers these, a person can correct each. */
export const AccessJudgement = z.strictObject(access);
export const PayrollJudgement = z.strictObject(payroll);
export const EquipmentJudgement = z.strictObject(equipment);
export const IntroductionJudgement = z.strictObject({
  ...introduction,
  welcome: z.exactOptional(
    z.string().min(1).max(1_000).describe('A few warm lines for the channel of the team; nothing private, no link'),
  ),
});

/** What all four say together, as it is labelled. */
export const HireJudgement = z.strictObject({ ...access, ...payroll, ...equipment, ...introduction });
export type HireJudgement = z.infer<typeof HireJudgement>;

/** The whole decision: what was judged, and the plan that follows from it. */
export const HireDecision = z.strictObject({
  profile: Profile.meta({ title: 'Whose tools' }),
  needsProduction: access.needsProduction.meta({ title: 'Works on the live systems' }),
  contract: payroll.contract.meta({ title: 'Contract' }),
  unusual: payroll.unusual.meta({ title: 'Unusual' }),
  equipment: equipment.equipment.meta({ title: 'Equipment' }),
  needsSpecial: equipment.needsSpecial.meta({ title: 'Asks for something that is in no set' }),
  firstDay: introduction.firstDay.meta({ title: 'Place of the first day' }),
  buddyFrom: introduction.buddyFrom.meta({ title: 'Buddy from' }),
  startsOn: z.iso.date().meta({ title: 'First working day' }),
  systems: z.array(System).meta({ title: 'Systems to be let into' }),
  payrollRun: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .nullable()
    .meta({ title: 'First payroll' }),
  buddy: z.email().nullable().meta({ title: 'Buddy' }),
  steps: z.array(StepLine).max(40).meta({ title: 'Steps (by, step, who, what)' }),
  welcome: z.string().max(1_000).meta({ title: 'Welcome (empty for none)' }),
});
export type HireDecision = z.infer<typeof HireDecision>;

/** The fields that the HR system may say; what else it sends is not read. */
const SAID = 'hireId name email country role team startDate recordedOn manager workplace'.split(' ');

/** What the HR system sends, as the input. */
export function hireFrom(body: JsonObject): JsonObject {
  const note = typeof body['note'] === 'string' ? body['note'] : '';
  return {
    ...Object.fromEntries(Object.entries(body).filter(([name]) => SAID.includes(name))),
    note: note.slice(0, LONGEST_NOTE).toWellFormed(),
    wasCut: note.length > LONGEST_NOTE,
  };
}

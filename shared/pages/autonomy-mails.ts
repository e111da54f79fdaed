import { type Mail, mail, oneLine } from './mail-layout.ts';
import { fullMoment } from './when.ts';

export type AboutWorkflow = { readonly title: string; readonly team: string; readonly timeZone?: string };

export type StepBackParts = {
  readonly workflow: AboutWorkflow;
  readonly segmentTitle: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly atMs: number;
  readonly coolDownUntilMs: number;
  readonly cases: readonly string[];
};

/** Most cases that a mail names; all of them stand in the ledger. */
const MOST_CASES = 20;

/** Tells the owner that a workflow does less by itself from now on, and why. There is nothing to press. */
export function stepBackMail(parts: StepBackParts): Mail {
  const { workflow, segmentTitle, from, to, reason, atMs, coolDownUntilMs, cases } = parts;
  const zone = workflow.timeZone ?? 'UTC';
  const shown = cases.slice(0, MOST_CASES).map((caseId) => caseId.slice(0, 8));
  const more = cases.length > MOST_CASES ? ` and ${cases.length - MOST_CASES} more` : '';
  return mail({
    subject: `Stepped back to ${to}: ${oneLine(workflow.title, 60)}`,
    heading: `${workflow.title} does less by itself from now on`,
    isShadow: false,
    paragraphs: [reason, `Whatever waits or is held is treated in phase ${to} too. People can go on by hand.`],
    facts: [
      ['Cases', segmentTitle],
      ['Phase', `${to}, until now ${from}`],
      ['Since', fullMoment(atMs, zone)],
      ['No proposal before', fullMoment(coolDownUntilMs, zone)],
      ['What went wrong', `${shown.join(', ')}${more}`],
      ['Workflow', `${workflow.title}, ${workflow.team}`],
    ],
    link: null,
    code: null,
    small: `Sent to you because you own this workflow. Nothing is asked of you: it has stepped back already.`,
  });
}

export type WarningParts = {
  readonly workflow: AboutWorkflow;
  readonly person: string;
  readonly warnings: readonly string[];
  /** Whether it goes to the owner, after the person was told and nothing changed. */
  readonly isForOwner: boolean;
};

/** Points out answers that look as if they were given without reading: to the person first, then to the owner. */
export function warningMail({ workflow, person, warnings, isForOwner }: WarningParts): Mail {
  const who = isForOwner ? person : 'You';
  return mail({
    subject: isForOwner ? `Answers given in haste: ${oneLine(workflow.title, 60)}` : 'Please take a second look',
    heading: isForOwner ? `${oneLine(person, 80)} answers faster than anybody reads` : 'Please take a second look',
    isShadow: false,
    paragraphs: [
      ...warnings,
      isForOwner
        ? 'They were told before, and it went on. Perhaps too much is asked of them.'
        : 'A yes that nobody has read protects nobody. If too much is asked of you, tell the owner of the workflow.',
    ],
    facts: [
      ['Who', who],
      ['Workflow', `${workflow.title}, ${workflow.team}`],
    ],
    link: null,
    code: null,
    small: isForOwner
      ? 'Sent to you because you own this workflow.'
      : 'Sent to you alone. The owner hears of it only if it goes on.',
  });
}

import { replyProblems } from './reply-problems.ts';
import type { TriggerDefinition } from './triggers.ts';
import type { Workflow } from './workflow.ts';

/** Words that say nothing about when exactly a trigger fires. */
const SHORTEST_CONDITION_WORDS = 4;

/** What is wrong with what starts a workflow, each with how to mend it. */
export function triggerProblems(workflow: Workflow): string[] {
  const { triggers } = workflow;
  if (triggers.length === 0)
    return ['nothing triggers it: add webhook(), event(), schedule(), inboundMail() or bucketFile() to triggers'];
  const vague = triggers
    .filter((trigger) => trigger.when.trim().split(/\s+/).length < SHORTEST_CONDITION_WORDS)
    .map(
      (trigger) =>
        `trigger ${trigger.id} is vague ("${trigger.when}"): say in "when" which event on which page or system`,
    );
  return [
    ...vague,
    ...triggers.flatMap(withoutSource),
    ...triggers.flatMap((trigger) => batchProblems(trigger, triggers)),
    ...triggers.flatMap(addressProblems),
    ...triggers.flatMap((trigger) => replyProblems(trigger, workflow)),
    ...repeated(triggers.map((trigger) => trigger.id)),
  ];
}

/** Nothing could ever start it. */
function withoutSource(trigger: Workflow['triggers'][number]): string[] {
  const missing: Readonly<Record<string, string>> =
    trigger.kind === 'event'
      ? { source: trigger.source, detailType: trigger.detailType }
      : trigger.kind === 'schedule'
        ? { cron: trigger.cron, timezone: trigger.timezone, 'each.list': trigger.each.list }
        : trigger.kind === 'inbound-mail'
          ? { to: trigger.to }
          : trigger.kind === 'bucket-file'
            ? { prefix: trigger.prefix }
            : {};
  return Object.entries(missing)
    .filter(([, value]) => value.trim() === '')
    .map(([name]) => `trigger ${trigger.id} has no source: set its ${name}`);
}

/** A line without a key of its own would be done again with every file that repeats it. */
function batchProblems(trigger: TriggerDefinition, all: readonly TriggerDefinition[]): string[] {
  if ((trigger.kind !== 'webhook' && trigger.kind !== 'bucket-file') || trigger.batch === null) return [];
  const each = all.find(({ id }) => id === trigger.batch?.each);
  const brings = `trigger ${trigger.id} brings lines of "${trigger.batch.each}"`;
  if (each?.kind !== 'webhook') return [`${brings}, which is no webhook trigger of it: declare it`];
  if (each.batch !== null) return [`${brings}, which brings many itself: name a trigger of one`];
  return each.key === null ? [`${brings}, which has no key: say in "key" what a line is known by`] : [];
}

/** What stands in a receipt rule or in the pattern of an event is taken by its letters. */
function addressProblems(trigger: TriggerDefinition): string[] {
  if (trigger.kind === 'inbound-mail' && trigger.to.trim() !== '' && !LOCAL_PART.test(trigger.to)) {
    return [
      `trigger ${trigger.id} has "${trigger.to}" for an address: write what stands before the @, in small letters`,
    ];
  }
  if (trigger.kind === 'inbound-mail' && trigger.to === OWN) {
    return [`trigger ${trigger.id} has "${OWN}" for an address, which Remit has: take another`];
  }
  if (trigger.kind === 'bucket-file' && !KEY_PART.test(`${trigger.prefix}${trigger.suffix}`)) {
    return [
      `trigger ${trigger.id}: prefix and suffix may hold letters, digits, slashes, points, hyphens and underscores`,
    ];
  }
  return [];
}

/** Where answers to mails for the team's own people come to. */
const OWN = 'answers';
const LOCAL_PART = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const KEY_PART = /^[A-Za-z0-9/._-]*$/;

function repeated(ids: readonly string[]): string[] {
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => `trigger "${id}" is declared twice: rename one`);
}

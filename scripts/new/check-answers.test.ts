import { describe, expect, it } from 'vitest';
import type { Given, Line } from './answers.ts';
import { checkAnswers } from './check-answers.ts';

const line = (text: string): Line => ({ text, place: 'answers.json, line 7' });
const lines = (...texts: readonly string[]) => texts.map(line);

/** Answers that are enough, in every form that a line may have. */
const SOUND: Given = {
  id: 'returns-desk',
  ...{ title: line('Returns desk'), summary: null, team: null, owner: line('lead@remit.example') },
  fields: lines('amount number: Amount', 'isOpened yes-no'),
  triggers: lines(
    'webhook returns-form: A customer sends the form on /returns',
    'event parcel-back from warehouse / Parcel returned: The warehouse scans a parcel that came back',
    'schedule left-open at cron(0 8 ? * MON-FRI *) in Europe/Berlin of sandbox.crm/open-leads: Each morning for what is left open',
    'mail returns-mail to returns: A customer writes to the address for returns',
    'by-hand told-by-phone: A customer calls and a colleague writes it down',
  ),
  sources: lines('crm by crm-history: The customer', 'rules by knowledge-base optional: Our rules'),
  decisions: lines('reason damaged|wrong-size: Why is it sent back?', 'isUrgent yes-no: Is it needed soon again?'),
  actions: lines(
    'tell autonomous by post-to-channel when reason is damaged: Tell',
    'answer approve by send-mail: Answer',
  ),
  escalation: lines(
    'big when amount over 500: It is a big sum',
    'lawyer when text mentions lawyer, court: It may become legal',
    'urgent when isUrgent is yes: Somebody waits for it',
  ),
};

const problemsOf = (change: Partial<Given>): readonly string[] => {
  const checked = checkAnswers({ ...SOUND, ...change });
  return checked.ok ? [] : checked.problems;
};

describe('the five answers', () => {
  it('are taken where they say everything', () => {
    expect(checkAnswers(SOUND)).toMatchObject({
      ok: true,
      answers: {
        title: 'Returns desk',
        team: 'Returns desk',
        triggers: [
          { kind: 'webhook' },
          { kind: 'event', source: 'warehouse', detailType: 'Parcel returned' },
          { kind: 'schedule', cron: 'cron(0 8 ? * MON-FRI *)', connector: 'sandbox.crm', list: 'open-leads' },
          { kind: 'mail', to: 'returns' },
          { kind: 'by-hand', id: 'told-by-phone' },
        ],
        sources: [{ isRequired: true }, { isRequired: false }],
        actions: [{ when: { decision: 'reason', value: 'damaged' } }, { when: null, tier: 'approve' }],
        escalation: [
          { when: { kind: 'over', limit: 500 } },
          { when: { kind: 'mentions', words: ['lawyer', 'court'] } },
          { when: { kind: 'is', value: true } },
        ],
      },
    });
  });

  it('may say that nothing is read', () => {
    expect(problemsOf({ sources: lines('none: all of it stands in the trigger') })).toEqual([]);
  });

  it.each<[string, Partial<Given>, string, string]>([
    ['no trigger', { triggers: [] }, 'nothing triggers it', 'webhook returns-form'],
    ['a vague trigger', { triggers: lines('webhook form: new returns') }, 'too vague to say when', 'behind a colon'],
    ['a trigger that does not say when', { triggers: lines('webhook form') }, 'does not say when', 'behind a colon'],
    [
      'a trigger of no kind',
      { triggers: lines('fax inbox: A fax comes to us') },
      '"fax" is no way to start',
      'begin with webhook',
    ],
    [
      'a mail without an address',
      { triggers: lines('mail inbox: A mail comes to us') },
      'the mail has no address',
      'what stands before the @',
    ],
    [
      'an event with no source',
      { triggers: lines('event back: A parcel came back today') },
      'the event has no source',
      'from shop / Order sent',
    ],
    [
      'a schedule with no source',
      { triggers: lines('schedule daily at 8: Every day at eight sharp') },
      'the schedule has no source',
      'cron(',
    ],
    ['no word of sources', { sources: [] }, 'does not say what is read', 'none: all of it'],
    [
      'a source that there is not',
      { sources: lines('x by oracle: Answers') },
      'there is no source "oracle"',
      'crm-history',
    ],
    [
      'nothing decided',
      {
        decisions: [],
        actions: lines('answer approve by send-mail: Answer'),
        escalation: lines('big when amount over 5: It is big'),
      },
      'nothing is decided',
      'urgency low|normal|high',
    ],
    [
      'a decision of one value',
      { decisions: [...SOUND.decisions, line('x a: What is it then?')] },
      '"a" are no values',
      'joined by |',
    ],
    [
      'a vague decision',
      { decisions: [...SOUND.decisions, line('x a|b: Which?')] },
      'too vague to say what is judged',
      'behind a colon',
    ],
    ['nothing done', { actions: [] }, 'nothing follows from it', 'add an action'],
    [
      'an action with no tier',
      { actions: lines('answer by send-mail: Answer') },
      'action "answer" has no tier',
      'write autonomous, notify or approve',
    ],
    [
      'an action with a tier that there is not',
      { actions: lines('answer silent by send-mail: Answer') },
      '"silent" is no tier',
      'write autonomous',
    ],
    [
      'an irreversible action below approve',
      { actions: lines('answer notify by send-mail: Answer') },
      'cannot be taken back',
      'write "answer approve by send-mail"',
    ],
    [
      'an action that there is not',
      { actions: lines('answer approve by pigeon: Answer') },
      'there is no action "pigeon"',
      'choose one of',
    ],
    [
      'an action on no decision',
      { actions: lines('tell autonomous by post-to-channel when mood is bad: Tell') },
      'names no decision',
      'reason, isUrgent',
    ],
    [
      'an action on no value',
      { actions: lines('tell autonomous by post-to-channel when reason is bad: Tell') },
      '"bad" is no value of reason',
      'damaged, wrong-size',
    ],
    ['no escalation rule', { escalation: [] }, 'no escalation rule', 'when a person has to step in'],
    [
      'a rule with no condition',
      { escalation: lines('always: It is always so') },
      'does not say when it holds',
      'as in "lawyer when',
    ],
    ['a rule with no reason', { escalation: lines('big when amount over 500') }, 'does not say why', 'behind a colon'],
    [
      'a rule on no field',
      { escalation: lines('big when weight over 500: It is very heavy') },
      'no number field "weight"',
      'choose one of amount',
    ],
    [
      'a rule on no number',
      { escalation: lines('big when amount over much: It is very much') },
      '"much" is no number',
      'over 500',
    ],
    [
      'a name with capitals',
      { triggers: lines('webhook Form: A customer sends the form') },
      '"Form" is not a usable name',
      'joined by hyphens',
    ],
    ['no owner', { owner: null }, 'nobody owns it', '--owner'],
    [
      'an owner without an address',
      { owner: line('the boss') },
      '"the boss" cannot be reached',
      'write an e-mail address',
    ],
    ['the name of all workflows', { id: 'all' }, '"all" is no name', 'joined by hyphens'],
    [
      'one name twice',
      { escalation: [...SOUND.escalation, line('big when amount over 9: It is big too')] },
      'escalation rule "big" is there twice',
      'rename one',
    ],
    [
      'a field that every trigger brings',
      { fields: lines('amount number', 'email text') },
      'field "email" is there twice',
      'rename one',
    ],
  ])('with %s are refused, with the fix', (_what, change, problem, fix) => {
    const problems = problemsOf(change);
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems[0]).toContain(fix);
  });

  it('are refused with the line that is wrong, all at once', () => {
    const problems = problemsOf({
      triggers: lines('webhook form: new'),
      actions: lines('answer by send-mail: Answer'),
    });
    expect(problems).toHaveLength(2);
    for (const problem of problems) expect(problem).toMatch(/^answers\.json, line 7: /);
    expect(problems[0]).toContain('\n      webhook form: new');
  });
});

import { describe, expect, it } from 'vitest';
import { attribute, elements, parsed, shownText } from './read-markup.ts';
import { reminderMail, requestMail } from './request-mail.ts';
import { requestView } from './request-view.ts';
import { action, mailArguments, sampleNowMs } from './sample-lead.ts';
import { hotLead, incompleteLead, settledLead, shadowReview } from './sample-requests.ts';
import { settledMail, toldMail } from './told-mails.ts';

const invitation = { link: 'https://remit.example/r/0123?k=secret', code: '481093', personName: 'Anna' };

describe('a mail that asks', () => {
  const mail = requestMail(requestView(hotLead), invitation);

  it('says what is asked, of whom, until when and what happens otherwise', () => {
    expect(mail.subject).toBe('Yes or no? Send a meeting mail · Maria Lindqvist, Nordvind AB');
    expect(mail.text).toBe(`Yes or no? Send a meeting mail

Hello Anna,

Lead qualification would do this, and needs a yes or a no from you.

About:          Maria Lindqvist, Nordvind AB
Asked by:       Lead qualification, Sales EMEA
Answer by:      Wed 4 Nov 2026, 18:10 CET (in 3 h)
Without answer: No mail is sent and the lead goes to the sales desk

Read and answer:
https://remit.example/r/0123?k=secret

Your code: 481 093

--
Opening the link decides nothing. The code is yours alone: do not pass it on. Sent to anna.berg@acme.example because the team Sales EMEA owns this workflow.
`);
  });

  it('tells the same in both forms, with the link once in each', () => {
    const links = elements(parsed(mail.html), 'a').map((link) => attribute(link, 'href'));
    expect(links).toEqual([invitation.link]);
    expect(mail.text.split(invitation.link)).toHaveLength(2);
    for (const words of ['481 093', 'Wed 4 Nov 2026, 18:10 CET', 'Maria Lindqvist, Nordvind AB', 'Hello Anna,']) {
      expect(shownText(parsed(mail.html))).toContain(words);
      expect(mail.text).toContain(words);
    }
  });

  it('keeps input, evidence, decision and arguments behind the link', () => {
    const { question } = hotLead.request;
    for (const secret of [
      question,
      String(mailArguments['to']),
      '140 routes',
      'VP Operations',
      'three depots',
      '240',
    ]) {
      expect(mail.text + mail.html).not.toContain(secret);
    }
  });

  it('loads nothing', () => {
    const loading = elements(parsed(mail.html)).filter(({ tagName }) =>
      ['img', 'link', 'script', 'iframe', 'form'].includes(tagName),
    );
    expect(loading).toEqual([]);
    expect(mail.html).not.toMatch(/url\(|@import|@font-face/);
  });

  it('reminds with the time that is left', () => {
    const late = reminderMail({ ...requestView(hotLead), nowMs: hotLead.request.remindAtMs }, invitation);
    expect(late.subject).toBe('Reminder: Yes or no? Send a meeting mail · Maria Lindqvist, Nordvind AB');
    expect(late.text).toContain('Nobody has answered yet. 2 h are left.');
  });

  it.each([
    [shadowReview, 'Shadow (executes nothing): Review a decision: Lead qualification · Maria Lindqvist, Nordvind AB'],
    [incompleteLead, 'Decide a case: Lead qualification · Günther Reß, Kappa Logistik GmbH'],
  ])('names its kind in the subject', (parts, subject) => {
    expect(requestMail(requestView(parts), invitation).subject).toBe(subject);
  });

  it('says in a shadow mail that nothing will be executed', () => {
    expect(requestMail(requestView(shadowReview), invitation).text).toContain('nothing will be executed');
  });

  it('cuts a long subject between whole characters', () => {
    const family = '👩‍👩‍👧‍👦';
    const view = { ...requestView(hotLead), subject: family.repeat(300) };
    expect(requestMail(view, invitation).subject).toBe(`Yes or no? Send a meeting mail · ${family.repeat(21)}…`);
  });
});

describe('a mail that tells', () => {
  it('says who decided what and when, without a code', () => {
    const mail = settledMail(requestView(settledLead));
    expect(mail.subject).toBe('Approved with changes: Send a meeting mail · Maria Lindqvist, Nordvind AB');
    expect(mail.text).toContain('Answered by: anna.berg@acme.example');
    expect(mail.text).toContain('Wed 4 Nov 2026, 14:09 CET');
    expect(mail.text).not.toContain('code');
  });

  it('says of an expired request that nobody answered', () => {
    const view = { ...requestView(hotLead), state: 'expired' } as const;
    expect(settledMail(view).text).toContain(
      'Nobody answered in time: no mail is sent and the lead goes to the sales desk.',
    );
  });

  it('says what was done without asking, and keeps the arguments behind the link', () => {
    const workflow = {
      title: 'Lead qualification',
      team: 'Sales EMEA',
      subject: 'Nordvind AB',
      timeZone: 'Europe/Berlin',
    };
    const mail = toldMail({ action, workflow, caseId: '9f2c1ab04d7e', doneAtMs: sampleNowMs });
    expect(mail.subject).toBe('Done: Send a meeting mail · Nordvind AB');
    expect(mail.text).toContain('Wed 4 Nov 2026, 14:12 CET');
    expect(mail.text + mail.html).not.toContain(String(mailArguments['to']));
  });
});

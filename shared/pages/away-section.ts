import { foreign } from './fact-list.ts';
import { attributes, exactText, type Html, html } from './html.ts';
import type { InboxView } from './inbox-view.ts';
import { stretch } from './when.ts';

/** When somebody is away, and who answers for them. */
export function awaySection({
  away,
  place,
  timeZone,
  nowMs,
}: Pick<InboxView, 'away' | 'place' | 'timeZone' | 'nowMs'>): Html {
  const { absence, problem, typed } = away;
  const isOpen = problem !== '' || absence !== null;
  return html`<details class="card editing" id="away"${attributes({ open: isOpen })}><summary>Being away</summary>
${absence && html`<p class="proof">${absence.fromMs <= nowMs ? 'You are away' : 'You will be away'} ${stretch(absence.fromMs, absence.untilMs, timeZone)}. ${absence.delegate === null ? 'Nobody stands in for you: the next person is asked.' : html`${foreign(absence.delegate)} answers for you.`}</p>`}
<form method="post" autocomplete="off" accept-charset="utf-8"${attributes({ action: `${place.root}/inbox/absence` })}><input type="hidden" name="csrf" value="${place.formToken}">
${problem !== '' && html`<div role="alert" class="band bad"><h2>Not saved</h2><p>${problem}</p></div>`}
${date('from', 'First day away', typed?.from ?? dayOf(absence?.fromMs))}
${date('until', 'Last day away', typed?.until ?? dayOf(absence && absence.untilMs - 1))}
<div class="field"><label for="delegate">Who answers for you</label><p class="hint" id="delegate-hint">Somebody of your team. Without anybody, the next person is asked at once.</p><select id="delegate" name="delegate" aria-describedby="delegate-hint"><option value="">nobody</option>${away.colleagues.map((colleague) => html`<option value="${colleague}"${attributes({ selected: colleague === (typed?.delegate ?? absence?.delegate) })}>${exactText(colleague)}</option>`)}</select></div>
<div class="verbs"><div><button type="submit" name="verb" value="away">Save</button></div>${absence && html`<div><button type="submit" name="verb" value="back">I am back</button></div>`}</div>
<p class="at-deadline">Days begin and end at midnight ${timeZone}. What was put to you stays yours too: you can still answer.</p></form></details>`;
}

function date(name: 'from' | 'until', label: string, value: string): Html {
  return html`<div class="field"><label for="${name}">${label}</label><input type="date" id="${name}" name="${name}" required value="${value}"></div>`;
}

function dayOf(atMs: number | null | undefined): string {
  return atMs === null || atMs === undefined ? '' : new Date(atMs).toISOString().slice(0, 10);
}

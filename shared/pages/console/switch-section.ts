import { accountBar } from '../account-bar.ts';
import { foreign } from '../fact-list.ts';
import { attributes, type Html, html } from '../html.ts';
import { type Page, page } from '../page-shell.ts';
import type { Place } from '../request-view.ts';
import { styleConsole } from './style-console.ts';

/** The switch of one workflow. */
export type SwitchView = {
  readonly id: string;
  readonly place: Place;
  readonly isOff: boolean;
  /** Everything is switched off, whatever this workflow's own switch says. */
  readonly isAllOff: boolean;
  /** What whoever looks is in the team; null for nobody of it. */
  readonly membership: 'owner' | 'approver' | null;
};

/** Off is for everybody of the team, on for the owner alone; nobody else is shown a switch. */
export function switchSection(view: SwitchView): Html | null {
  const { isOff, isAllOff, membership } = view;
  if (membership === null || isAllOff) return null;
  if (!isOff) {
    return html`<section class="card" aria-labelledby="switch"><details class="more"><summary id="switch">Switch it off</summary><p class="words">From then on nothing is carried out, not even what is approved; agents go on deciding and people may act by hand. It holds at once, and only the owner switches it on again.</p>${form(view, 'off', 'Switch off now')}</details></section>`;
  }
  if (membership !== 'owner') return null;
  return html`<section class="card" aria-labelledby="switch"><h2 id="switch">Switch it on</h2><p class="words">What waits goes on, each action checked again before it is done.</p>${form(view, 'on', 'Switch on')}</section>`;
}

function form({ id, place }: SwitchView, state: 'on' | 'off', words: string): Html {
  return html`<form method="post" class="answer" autocomplete="off" accept-charset="utf-8"${attributes({ action: `${place.root}/workflows/${id}/switch` })}><input type="hidden" name="csrf" value="${place.formToken}"><div class="field"><label for="reason">Reason</label><p class="hint" id="reason-hint">Kept with the change, for everybody of the team to read.</p><textarea id="reason" name="reason" rows="2" maxlength="2000" dir="auto" required aria-describedby="reason-hint"></textarea></div><div class="verbs"><div><button type="submit" name="state" value="${state}" class="${state === 'off' ? 'reject' : 'first'}">${words}</button></div></div></form>`;
}

/** The switch stands as it stood, and why. */
export function renderNotSwitchedPage(view: {
  readonly status: 403 | 409 | 422;
  readonly id: string;
  readonly problem: string;
  readonly place: Place;
}): Page {
  return page({
    status: view.status,
    title: 'Not changed',
    from: '',
    mood: 'is-live',
    css: styleConsole,
    account: accountBar(view.place),
    main: html`<section class="ask narrow"><h1>Not changed</h1><p class="held">${foreign(view.problem)}</p><p class="after"><a${attributes({ href: `${view.place.root}/workflows/${view.id}` })}>Back to the workflow</a></p></section>`,
  });
}

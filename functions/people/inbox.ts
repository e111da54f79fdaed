import type { Workflow } from '../../shared/authoring/index.ts';
import { startableBy } from '../../shared/domain/start-forms.ts';
import type { Listed } from '../../shared/operations/list-inbox.ts';
import { colleaguesOf } from '../../shared/operations/set-absence.ts';
import { renderAwayPage, renderInboxPage } from '../../shared/pages/inbox-page.ts';
import type { AwayView } from '../../shared/pages/inbox-view.ts';
import type { Page } from '../../shared/pages/page-shell.ts';
import type { Clock, PeopleStore } from '../../shared/ports/index.ts';
import type { SignedIn } from '../triggers/browser.ts';
import { withAnswering } from './answering.ts';
import { frameOf } from './frame.ts';

export interface InboxPorts {
  readonly workflows: readonly Workflow[];
  readonly people: PeopleStore;
  readonly clock: Clock;
}

/** The list as somebody sees it. */
export async function inboxPage(ports: InboxPorts, signedIn: SignedIn, { requests, isMore }: Listed): Promise<Page> {
  const away = await awayOf(ports, signedIn);
  const mayStart = startableBy(ports.workflows, signedIn.session.email).length > 0;
  const views = requests.map(({ view }) => withAnswering(view, { signedIn, stampKey: signedIn.token, root: '.' }));
  return renderInboxPage({
    ...frameOf(ports, signedIn, '.'),
    person: signedIn.session.email,
    requests: views,
    isMore,
    away,
    mayStart,
  });
}

/** What somebody typed of an absence that was not saved; one level below the list. */
export async function notSavedPage(
  ports: InboxPorts,
  signedIn: SignedIn,
  wrong: Pick<AwayView, 'problem' | 'typed'>,
): Promise<Page> {
  const away = { ...(await awayOf(ports, signedIn)), ...wrong };
  return renderAwayPage({ ...frameOf(ports, signedIn, '..'), person: signedIn.session.email, away });
}

async function awayOf({ workflows, people, clock }: InboxPorts, { session }: SignedIn): Promise<AwayView> {
  const [absence = null] = await people.absences([session.email], clock.nowMs());
  return { absence, colleagues: colleaguesOf(workflows, session.email), problem: '', typed: null };
}

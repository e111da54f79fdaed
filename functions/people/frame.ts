import type { Place } from '../../shared/pages/request-view.ts';
import type { Clock } from '../../shared/ports/index.ts';
import type { SignedIn } from '../triggers/browser.ts';
import { placeOf } from './answering.ts';

/** Days and moments of pages about many workflows. */
const TIME_ZONE = 'UTC';

/** Where a page about more than one question stands, for whom, and when. */
export function frameOf({ clock }: { readonly clock: Clock }, signedIn: SignedIn, root: Place['root']) {
  return { place: placeOf(root, signedIn), nowMs: clock.nowMs(), timeZone: TIME_ZONE };
}

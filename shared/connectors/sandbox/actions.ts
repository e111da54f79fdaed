import type { ActionSystem } from '../implementation.ts';
import { book, counter } from './books.ts';
import { cardActions } from './cards.ts';
import { postLine } from './channel.ts';
import { setConversationState } from './conversations.ts';
import { addToMailingList, createRecord, removeFromMailingList } from './crm.ts';
import { hideReply, showReply, sortTicket } from './help-desk.ts';
import { joiningActions } from './joining.ts';
import { move, open, remind, settle, unremind } from './people.ts';
import { closeBugInTracker, openBugInTracker, pageByPager } from './tracker.ts';

export const system: ActionSystem = {
  'channel-post': postLine,
  'books-entry': book,
  'books-counter-entry': counter,
  ...cardActions,
  'crm-create-record': createRecord,
  'crm-set-conversation': setConversationState,
  'crm-add-to-list': addToMailingList,
  'crm-remove-from-list': removeFromMailingList,
  'help-desk-reply': showReply,
  'help-desk-withdraw-reply': hideReply,
  'help-desk-set-fields': sortTicket,
  'tracker-open-bug': openBugInTracker,
  'tracker-close-bug': closeBugInTracker,
  'pager-page': pageByPager,
  ...joiningActions,
  'people-open-steps': open,
  'people-remind': remind,
  'people-withdraw-reminder': unremind,
  'people-move-step': move,
  'people-settle-step': settle,
};

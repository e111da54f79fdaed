import type { ActionSystem } from '../implementation.ts';
import { book, counter } from './books.ts';
import { cardActions } from './cards.ts';
import { postLine } from './channel.ts';
import { addToMailingList, createRecord, removeFromMailingList } from './crm.ts';

export const system: ActionSystem = {
  'channel-post': postLine,
  'crm-create-record': createRecord,
  'crm-add-to-list': addToMailingList,
  'crm-remove-from-list': removeFromMailingList,
  'books-entry': book,
  'books-counter-entry': counter,
  ...cardActions,
};

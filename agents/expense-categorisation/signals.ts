import { merchantKey } from './merchant.ts';
import type { Transaction } from './transaction.ts';

/** Words for what could have been avoided, in the languages that people write memos in. */
const WASTE_WORDS =
  /\b(no[- ]?show|late|unused|forgot\w*|missed|penalt\w*|fee|reminder|renewed|twice|overdraft|cancel\w*|upgrade\w*|express|nobody|mistake|wrong|lost|left running|mahn\w*|vergessen|versäumt|doppelt|verpasst)\b/i;

/** Words for what is not the company's to pay. */
const PRIVATE_WORDS =
  /\b(my (wife|husband|son|daughter|mother|father|brother|sister|cousin|flat|apartment|own|band|guild|motorbike|kids?|children)|our wedding|private|birthday|holiday|beach|home|family|familie\w*|kindern?|meiner?|privat|fine|minibar|champagne|casino|cash|bußgeld)\b/i;

/** Words that speak to whoever decides, and not of the payment. */
const ORDER_WORDS =
  /\b(instructions?|assistant|system prompt|ignore (all|your|the|previous)|without (an? )?(approval|review)|skip (the |every )?(approval|review)|do not (ask|tell|flag)|never tell|mark (this|it) as|anweisung\w*|ohne freigabe)\b/i;

/** Whether the memo gives orders. Nothing hangs on them; a person should know of it. */
export function givesOrders({ memo, merchant }: Pick<Transaction, 'memo' | 'merchant'>): boolean {
  return ORDER_WORDS.test(memo) || ORDER_WORDS.test(merchant);
}

/**
 * What is plain to see in a payment and that the models weigh; none of it decides by itself. The merchant is named as it
 * came: one whose name only looks like that of another is not known.
 */
export function expenseSignals(
  { memo, amountMinor, paidWith }: Transaction,
  { merchant }: Pick<Transaction, 'merchant'>,
): {
  merchant: string;
  wasteHinted: boolean;
  privateHinted: boolean;
  hasMemo: boolean;
  isRound: boolean;
  isPaidPrivately: boolean;
} {
  return {
    merchant: merchantKey(merchant),
    wasteHinted: WASTE_WORDS.test(memo),
    privateHinted: PRIVATE_WORDS.test(memo),
    hasMemo: memo.trim() !== '',
    isRound: amountMinor % 1_000 === 0,
    isPaidPrivately: paidWith === 'private',
  };
}

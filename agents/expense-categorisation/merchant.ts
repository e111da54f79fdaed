/**
 * The name of a merchant without what changes from payment to payment: numbers of branches and terminals, what stands
 * behind an asterisk, capitals and signs. `PETROLANE 0815 KIEL*7F3` and `Petrolane 77 Kiel` are one merchant.
 */
export function merchantKey(merchant: string): string {
  const [name = ''] = merchant.split('*');
  const words = name.toLowerCase().match(/[\p{L}&]+/gu) ?? [];
  return words.join(' ').slice(0, 100) || 'unnamed';
}

import type { Example } from '../contract.ts';
import { seeded } from '../random.ts';

/**
 * Made-up help-desk cases for tests. The queue follows from the words, `urgent` (one in eight) from a phrase, `approver` from the
 * amount; one word in `noise` is of another queue.
 */
export function madeUpCases(count: number, seed = 1, noise = 0): Example[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, i): Example => {
    const queue = pick(QUEUES);
    const isUrgent = random() < 0.125;
    const amount = Math.floor(random() * 2_000);
    const words = Array.from({ length: 6 }, () => pick(random() < noise ? pick(QUEUES).words : queue.words));
    const message = [...words, pick(FILLERS), isUrgent ? pick(HURRY) : pick(CALM)].join(' ');
    return {
      id: `case-${String(i).padStart(5, '0')}`,
      input: {
        input: { message, amount, country: pick(COUNTRIES) },
        sources: { desk: { vendor: `vendor ${i % 20}` } },
      },
      expected: { queue: queue.name, urgent: isUrgent, approver: amount >= 1_000 ? 'lead' : 'desk' },
      date: new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString(),
    };
  });
}

const QUEUES = [
  { name: 'billing', words: ['invoice', 'refund', 'charged', 'payment', 'receipt', 'vat', 'discount', 'overcharged'] },
  { name: 'access', words: ['password', 'login', 'locked', 'account', 'reset', 'permission', 'badge', 'token'] },
  { name: 'hardware', words: ['laptop', 'screen', 'keyboard', 'printer', 'battery', 'cable', 'dock', 'monitor'] },
];
const FILLERS = ['please help', 'hello team', 'can you look', 'thanks in advance', 'as discussed'];
const HURRY = ['urgent deadline today', 'needed immediately', 'asap before noon'];
const CALM = ['no rush', 'whenever suits', 'next month is fine'];
const COUNTRIES = ['DE', 'FR', 'NL', 'UK'];

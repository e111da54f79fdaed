import type { Json } from '../../kernel/service.ts';

/** A test that only texts can pass. */
export function onText(test: (text: string) => boolean): (value: Json) => boolean {
  return (value) => typeof value === 'string' && test(value);
}

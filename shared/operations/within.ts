import type { Clock } from '../ports/index.ts';

/** The outcome of `work`, or an error once `limitMs` are over. What comes later is not looked at. */
export function within<T>(clock: Clock, limitMs: number, work: Promise<T>): Promise<T> {
  const timeOut = clock.sleep(limitMs).then((): never => {
    throw new Error(`no answer within ${limitMs} ms`);
  });
  timeOut.catch(() => undefined);
  return Promise.race([work, timeOut]);
}

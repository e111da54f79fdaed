const RealDate = Date;
let offsetMs = 0;

/** Makes `Date` in this thread tell the runtime's time, which tests may have moved. Timers go on by real time. */
export function installMovedDate(): void {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => {
      return Reflect.construct(target, args.length === 0 ? [movedNow()] : args, newTarget) as Date;
    },
    apply: () => new RealDate(movedNow()).toString(),
    get: (target, key, receiver) => (key === 'now' ? movedNow : Reflect.get(target, key, receiver)),
  });
}

export function moveDate(newOffsetMs: number): void {
  offsetMs = newOffsetMs;
}

function movedNow(): number {
  return RealDate.now() + offsetMs;
}

/** Timers by time, soonest first; those of the same time in the order in which they were added. */
export class TimerHeap {
  #heap: HeapTimer[] = [];
  #added = 0;
  #cancelled = 0;

  add(timeMs: number, task: () => void): HeapTimer {
    const timer: HeapTimer = { timeMs, task, order: this.#added, isPending: true };
    this.#added += 1;
    this.#heap.push(timer);
    this.#rise(this.#heap.length - 1);
    return timer;
  }

  /** Cancelled timers stay in the heap until they come up, or until they are the greater part of it. */
  cancel(timer: HeapTimer): void {
    if (!timer.isPending) return;
    timer.isPending = false;
    this.#cancelled += 1;
    if (this.#cancelled > 64 && this.#cancelled * 2 > this.#heap.length) this.#sweep();
  }

  soonest(): HeapTimer | null {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (first.isPending) return first;
      this.#cancelled -= 1;
      this.#removeFirst();
    }
    return null;
  }

  /** Number of timers added so far, for `takeDue`. */
  get added(): number {
    return this.#added;
  }

  /** Takes the soonest timer away if its time has come, and if it is among the first `among` that were added. */
  takeDue(nowMs: number, among: number = Number.POSITIVE_INFINITY): HeapTimer | null {
    const first = this.soonest();
    if (first === null || first.timeMs > nowMs || first.order >= among) return null;
    first.isPending = false;
    this.#removeFirst();
    return first;
  }

  clear(): void {
    for (const timer of this.#heap) timer.isPending = false;
    this.#heap = [];
    this.#cancelled = 0;
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #sweep(): void {
    const pending = this.#heap.filter(({ isPending }) => isPending);
    // A sorted list is a heap.
    this.#heap = pending.sort((a, b) => (isBefore(a, b) ? -1 : 1));
    this.#cancelled = 0;
  }

  #rise(start: number): void {
    for (let i = start; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#swapIfBefore(i, parent)) return;
      i = parent;
    }
  }

  #sink(start: number): void {
    for (let i = start; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const child = this.#isBeforeAt(right, left) ? right : left;
      if (!this.#swapIfBefore(child, i)) return;
      i = child;
    }
  }

  #isBeforeAt(i: number, j: number): boolean {
    const [a, b] = [this.#heap[i], this.#heap[j]];
    return a !== undefined && b !== undefined && isBefore(a, b);
  }

  #swapIfBefore(i: number, j: number): boolean {
    const [a, b] = [this.#heap[i], this.#heap[j]];
    if (a === undefined || b === undefined || !isBefore(a, b)) return false;
    this.#heap[i] = b;
    this.#heap[j] = a;
    return true;
  }
}

export interface HeapTimer {
  readonly timeMs: number;
  readonly task: () => void;
  readonly order: number;
  /** False once it was taken or cancelled. */
  isPending: boolean;
}

function isBefore(a: HeapTimer, b: HeapTimer): boolean {
  return a.timeMs < b.timeMs || (a.timeMs === b.timeMs && a.order < b.order);
}

/** Of the slots missed while the runtime was down, the latest so many still fire. */
const MISSED_SLOTS_LIMIT = 10;

/** The slots after `doneUntilMs` that are due by now, oldest first: the latest ten of them. */
export function missedSlots(schedule: {
  readonly next: (afterMs: number) => number | null;
  readonly doneUntilMs: number;
  readonly nowMs: number;
}): number[] {
  const slots: number[] = [];
  let slotMs = schedule.next(schedule.doneUntilMs);
  while (slotMs !== null && slotMs <= schedule.nowMs) {
    slots.push(slotMs);
    if (slots.length > MISSED_SLOTS_LIMIT) slots.shift();
    slotMs = schedule.next(slotMs);
  }
  return slots;
}

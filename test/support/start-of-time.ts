const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** 1970-01-07, a Wednesday, at ten in the morning (UTC). */
const FIRST_WEDNESDAY_MS = 6 * 24 * HOUR_MS + 10 * HOUR_MS;

/**
 * When a deployment of a test begins: the next Wednesday at ten (UTC). What runs by schedule — a draw at four in the
 * morning, follow-ups on working days — then finds the same hour and day of the week, whenever the tests run.
 */
export const START_MS = FIRST_WEDNESDAY_MS + Math.ceil((Date.now() - FIRST_WEDNESDAY_MS) / WEEK_MS) * WEEK_MS;

/** The same as text, for processes. */
export const START = new Date(START_MS).toISOString();

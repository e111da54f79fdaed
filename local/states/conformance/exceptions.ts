/** Recorded cases that this engine answers differently, each with its reason. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {};

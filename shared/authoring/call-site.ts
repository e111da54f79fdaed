/** Where builders called the doors of this folder, by what they got from them. */
const SITES = new WeakMap<object, string>();

/** A value that remembers the line on which its builder wrote it. */
export function written<T extends object>(value: T): T {
  SITES.set(value, callSite());
  return value;
}

/** `agents/<workflow>/workflow.ts:<line>`; empty where it is not known. */
export function siteOf(value: object): string {
  return SITES.get(value) ?? '';
}

/** The line outside of this folder from which a function of it was called. */
export function callSite(): string {
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  const frame = frames.find((line) => !line.includes('/shared/authoring/') || /\.test\.ts/.test(line)) ?? '';
  const [, path = '', line = ''] = /(?:file:\/\/)?([^\s()]+):(\d+):\d+\)?$/.exec(frame) ?? [];
  if (path === '') return '';
  return `${/(?:agents|test|shared)\/.*$/.exec(path)?.[0] ?? path.slice(path.lastIndexOf('/') + 1)}:${line}`;
}

/** What went wrong, in a sentence for the person at the terminal; no stack trace is shown for it. */
export class Problem extends Error {
  /** Exit code of the script; default 1. */
  readonly exitCode: number;

  constructor(sentence: string, options: { readonly exitCode?: number; readonly cause?: unknown } = {}) {
    super(sentence, { cause: options.cause });
    this.name = 'Problem';
    this.exitCode = options.exitCode ?? 1;
  }
}

/** What a person needs of an error: its message, and the stack only with REMIT_DEBUG=1. */
export function sentenceOf(error: unknown): string {
  if (process.env['REMIT_DEBUG'] === '1' && error instanceof Error) return error.stack ?? error.message;
  if (!(error instanceof Error)) return String(error);
  return systemProblem(error) ?? error.message;
}

function systemProblem(error: Error & { readonly code?: unknown; readonly path?: unknown }): string | null {
  const path = typeof error.path === 'string' ? ` (${error.path})` : '';
  if (error.code === 'ENOSPC') return `The disk is full${path}: make room and run it again.`;
  if (error.code === 'EACCES' || error.code === 'EROFS') return `This user may not write here${path}.`;
  return null;
}

/** Something wrong, or worth a look, in a definition. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  /** `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET`, ... */
  readonly code: string;
  readonly message: string;
  /** JSON pointer of the state or field, as in `/States/Open/Next`; null where there is none. */
  readonly location: string | null;
}

/** Collects what validation finds. */
export class Report {
  readonly diagnostics: Diagnostic[] = [];

  error(location: string | null, message: string, code = 'SCHEMA_VALIDATION_FAILED'): void {
    this.diagnostics.push({ severity: 'ERROR', code, message, location });
  }
}

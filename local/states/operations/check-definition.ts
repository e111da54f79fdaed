import { AwsError } from '../../kernel/errors.ts';
import { diagnose } from '../asl/validation/diagnose.ts';

/** Throws InvalidDefinition with all that is wrong with a definition. */
export function checkDefinition(
  text: string,
  type: 'STANDARD' | 'EXPRESS',
  checks: { readonly ignoreResources?: boolean } = {},
): void {
  const errors = diagnose(text, type).filter(
    ({ severity, location }) =>
      severity === 'ERROR' && !(checks.ignoreResources === true && location?.endsWith('/Resource') === true),
  );
  if (errors.length === 0) return;
  const problems = errors.map(
    ({ code, message, location }) => `${code}: ${message}${location === null ? '' : ` at ${location}`}`,
  );
  throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${problems.join(', ')}'`);
}

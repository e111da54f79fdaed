import { AwsError } from '../../kernel/errors.ts';
import { diagnose } from '../asl/validation/diagnose.ts';

/** Fields that are refused where they name what the local runtime does not have. */
const UNBUILT = /\/(?:Resource|ItemReader|Credentials)$/;

/** Throws InvalidDefinition with all that is wrong with a definition. */
export function checkDefinition(
  text: string,
  type: 'STANDARD' | 'EXPRESS',
  checks: { readonly ignoreUnbuilt?: boolean } = {},
): void {
  const errors = diagnose(text, type).filter(
    ({ severity, location }) =>
      severity === 'ERROR' && !(checks.ignoreUnbuilt === true && UNBUILT.test(location ?? '')),
  );
  if (errors.length === 0) return;
  const problems = errors.map(
    ({ code, message, location }) => `${code}: ${message}${location === null ? '' : ` at ${location}`}`,
  );
  throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${problems.join(', ')}'`);
}

import type { Operation } from '../../kernel/service.ts';
import { diagnose } from '../asl/validation/diagnose.ts';
import { optionalText, present, requiredText } from './fields.ts';
import type { Operations } from './states-context.ts';

/** Says what is wrong with a definition without making a machine of it. */
export function validationOperations(): Operations {
  return { ValidateStateMachineDefinition: validate() };
}

const MOST_RESULTS = 100;

function validate(): Operation {
  return {
    permissions: () => [{ action: 'states:ValidateStateMachineDefinition', resource: '*' }],
    run: (input) => {
      const type = optionalText(input, 'type') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
      const limit =
        typeof input['maxResults'] === 'number' && input['maxResults'] > 0 ? input['maxResults'] : MOST_RESULTS;
      const found = diagnose(requiredText(input, 'definition'), type).filter(
        ({ severity }) => severity === 'ERROR' || optionalText(input, 'severity') === 'WARNING',
      );
      const hasErrors = found.some(({ severity }) => severity === 'ERROR');
      const diagnostics = found
        .slice(0, limit)
        .map(({ severity, code, message, location }) => present({ severity, code, message, location }));
      return { result: hasErrors ? 'FAIL' : 'OK', diagnostics, truncated: found.length > limit };
    },
  };
}

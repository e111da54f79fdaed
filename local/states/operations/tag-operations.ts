import type { Operation } from '../../kernel/service.ts';
import { requiredText } from './fields.ts';
import type { Operations } from './states-context.ts';

/** Tags are not kept: they are accepted, and none is shown. */
export function tagOperations(): Operations {
  return {
    ListTagsForResource: operation('ListTagsForResource', { tags: [] }),
    TagResource: operation('TagResource', {}),
    UntagResource: operation('UntagResource', {}),
  };
}

function operation(name: string, answer: { readonly tags?: [] }): Operation {
  return {
    permissions: (input) => [{ action: `states:${name}`, resource: String(input['resourceArn']) }],
    run: (input) => {
      requiredText(input, 'resourceArn');
      return { ...answer };
    },
  };
}

import { AwsError } from '../kernel/errors.ts';

/**
 * The error for a REST request that no service here answers. What ordinary tools try is named with the way to have it.
 */
export function unbuilt(method: string, path: string): AwsError {
  if (/^\/2015-03-31\/functions\/?$/.test(path) && method === 'POST') return fromTemplateOnly('lambda CreateFunction');
  if (/^\/20\d\d-\d\d-\d\d\/(functions|event-source-mappings|layers|accounts?-settings)/.test(path)) {
    return fromTemplateOnly(`lambda ${method} ${path}`);
  }
  return new AwsError('UnknownOperationException', `The local runtime does not have ${method} ${path}.`, {
    status: 404,
  });
}

function fromTemplateOnly(what: string): AwsError {
  const why = 'functions are made from the template of a stack only';
  return new AwsError('UnsupportedOperationException', `The local runtime does not have ${what}: ${why}.`, {
    status: 501,
  });
}

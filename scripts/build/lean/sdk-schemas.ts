/** Which of a service's errors keep a class of their own. */
export type IsKept = (errorName: string) => boolean;

/**
 * An AWS client describes each operation in a table whose keys are constants: `{ [_h]: ["POST", "/v2/email"] }`. With
 * a computed key a bundler must keep the entry, and with it every operation that the service has. Spelled out, the
 * entries that are used stay.
 *
 * It registers a class for every error of the service. One that is not registered is thrown as the service's general
 * exception, with its own name, message and fault, as an error is that the service added later.
 * @throws Error when there is a key that is no such constant.
 */
export function leanSchemas(source: string, isKept: IsKept): string {
  const constants = new Map([...source.matchAll(CONSTANT)].map(([, name, text]) => [name, text]));
  return source
    .replace(COMPUTED_KEY, (_all, name: string) => {
      const text = constants.get(name);
      if (text === undefined)
        throw new Error(`The tables of an AWS client have a key ${name} that is no constant text`);
      return `${text}:`;
    })
    .replace(REGISTRATION, (statement, name: string) => (isKept(name) ? statement : ''));
}

const CONSTANT = /^const (_\w+) = ("[^"\\]*");$/gm;
const COMPUTED_KEY = /\[(_\w+)\]:/g;
/** The general exception of a service is registered elsewhere, with `_s_registry`. */
const REGISTRATION = /^n0_registry\.registerError\(\w+\$, (\w+)\);$/gm;

/** Names of the error classes that carry advice for the client's own retries. */
export function advisedErrors(source: string): string[] {
  const classes = source.split(/^export class /m).slice(1);
  return classes.filter((text) => text.includes('$retryable')).map((text) => text.slice(0, text.indexOf(' ')));
}

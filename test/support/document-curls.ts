import { readFileSync } from 'node:fs';

/** A call that a document tells its reader to make with curl. */
export interface Curl {
  /** As it stands in the document, on one line. */
  readonly command: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** All of them, in their order, with `$NAME` and `<name>` replaced by what is known, and so are texts that stand for others. */
export function curlsIn(path: string, known: Readonly<Record<string, string>>): readonly Curl[] {
  return commandsIn(readFileSync(path, 'utf8')).map((command) => readCurl(filled(command, known), command));
}

/** Lines that begin with it, with what a backslash goes on with, and such words in the midst of a text. */
function commandsIn(text: string): readonly string[] {
  const whole = text.replaceAll(/\\\n\s*/g, ' ');
  return [...whole.matchAll(/(?<=^ *(?:\$ )?|\$\(|or: |`)curl [^\n`]+/gm)].map(([command]) => command.trim());
}

function filled(command: string, known: Readonly<Record<string, string>>): string {
  // Longer names first: $AS is not $A and an S.
  const names = Object.keys(known).toSorted((a, b) => b.length - a.length);
  return names.reduce((text, name) => text.replaceAll(name, known[name] ?? ''), command);
}

function readCurl(filledIn: string, command: string): Curl {
  const words = [...filledIn.matchAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|([^\s'"]+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
  const end = words.findIndex((word) => word.startsWith('|') || word.startsWith('#'));
  const args = words.slice(1, end === -1 ? undefined : end);
  const after = (option: string): string | undefined => args[args.indexOf(option) + 1];
  const body = args.includes('-d') ? (after('-d') ?? '') : null;
  const url = args.find((word) => /^(https?:\/\/)?[\w.]+:\d+\//.test(word)) ?? '';
  const header = args.includes('-H') ? (after('-H') ?? '') : '';
  const [name = '', ...value] = header.split(':');
  return {
    command,
    url: url.startsWith('http') ? url : `http://${url}`,
    method: args.includes('-X') ? (after('-X') ?? '') : body === null ? 'GET' : 'POST',
    headers: {
      ...(header === '' ? {} : { [name]: value.join(':').trim() }),
      // What curl says of whatever it is given.
      ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    body,
  };
}

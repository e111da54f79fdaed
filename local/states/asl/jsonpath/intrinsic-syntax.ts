import type { Json } from '../../../kernel/service.ts';
import type { RootedPath } from './lookup.ts';
import { readPath } from './lookup.ts';
import { Reader } from './reader.ts';

/** `States.Name(argument, ...)` */
export interface IntrinsicCall {
  readonly name: string;
  readonly arguments: readonly IntrinsicArgument[];
}

export type IntrinsicArgument =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: RootedPath; readonly text: string }
  | { readonly kind: 'call'; readonly call: IntrinsicCall };

export function isIntrinsic(text: string): boolean {
  return text.startsWith('States.');
}

const MOST_PARSED = 2000;
const parsed = new Map<string, IntrinsicCall>();

/** Reads a whole text as a call. Throws PathSyntaxError. */
export function parseIntrinsic(text: string): IntrinsicCall {
  let call = parsed.get(text);
  if (call === undefined) {
    const reader = new Reader(text);
    call = readCall(reader);
    reader.skipSpace();
    if (!reader.isAtEnd) throw reader.error('nothing more was expected');
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(text, call);
  }
  return call;
}

function readCall(reader: Reader): IntrinsicCall {
  reader.expect('States.');
  const name = reader.takeWhile(/[A-Za-z0-9]/);
  reader.expect('(');
  const args: IntrinsicArgument[] = [];
  if (reader.takeAfterSpace(')')) return { name, arguments: args };
  do {
    reader.skipSpace();
    args.push(readArgument(reader));
  } while (reader.takeAfterSpace(','));
  reader.expect(')');
  return { name, arguments: args };
}

function readArgument(reader: Reader): IntrinsicArgument {
  if (reader.startsWith('States.')) return { kind: 'call', call: readCall(reader) };
  if (reader.peek() === '$') {
    const start = reader.position;
    const path = readPath(reader);
    return { kind: 'path', path, text: reader.text.slice(start, reader.position) };
  }
  return { kind: 'literal', value: readLiteral(reader) };
}

function readLiteral(reader: Reader): Json {
  if (reader.peek() === "'") return readText(reader);
  if (reader.take('true')) return true;
  if (reader.take('false')) return false;
  if (reader.take('null')) return null;
  const number = reader.takeNumber();
  if (number === null) throw reader.error('an argument was expected');
  return number;
}

/** A text in single quotes. `\'`, `\\`, `\{` and `\}` stand for the character; States.Format sees the braces escaped. */
function readText(reader: Reader): string {
  reader.expect("'");
  let value = '';
  while (!reader.take("'")) {
    if (reader.isAtEnd) throw reader.error('the text does not end');
    const isEscaped = reader.take('\\');
    const character = reader.peek();
    if (isEscaped && (character === '{' || character === '}')) value += '\\';
    else if (isEscaped && character !== "'" && character !== '\\') value += '\\';
    value += character;
    reader.position += 1;
  }
  return value;
}

import { type AttributeType, type AttributeValue, typeOf } from '../values/attribute-value.ts';
import { refuseOverlaps } from './overlap.ts';
import { parseUpdateOperand } from './parse-update-operand.ts';
import { type Path, parsePath } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import { Tokens } from './tokens.ts';
import { pathsOf, type SetAction, type Update, type ValueAction } from './update.ts';
import { parseValuePlaceholder } from './value-placeholder.ts';

/**
 * Reads an UpdateExpression.
 *
 * @throws ValidationException in the words of AWS.
 */
export function parseUpdate(text: string, placeholders: Placeholders): Update {
  const tokens = new Tokens('UpdateExpression', text);
  const sections = new Map<Section, Update>();
  while (tokens.peek().kind !== 'end') {
    const section = takeSection(tokens);
    if (sections.has(section)) {
      throw tokens.invalid(`The "${section}" section can only be used once in an update expression;`);
    }
    sections.set(section, parseSection(section, tokens, placeholders));
  }
  const update = merged([...sections.values()]);
  refuseOverlaps(tokens, pathsOf(update));
  for (const section of sections.values()) refuseOtherTypes(tokens, section);
  return update;
}

type Section = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
const sectionNames: readonly Section[] = ['SET', 'REMOVE', 'ADD', 'DELETE'];

const nothing: Update = { sets: [], removes: [], adds: [], deletes: [] };

function takeSection(tokens: Tokens): Section {
  const found = sectionNames.find((name) => tokens.takeKeyword(name));
  if (found === undefined) throw tokens.syntaxError();
  return found;
}

function parseSection(section: Section, tokens: Tokens, placeholders: Placeholders): Update {
  switch (section) {
    case 'SET':
      return { ...nothing, sets: parseList(tokens, () => parseSet(tokens, placeholders)) };
    case 'REMOVE':
      return { ...nothing, removes: parseList(tokens, () => parsePath(tokens, placeholders)) };
    case 'ADD':
      return { ...nothing, adds: parseList(tokens, () => parseValueAction(tokens, placeholders)) };
    case 'DELETE':
      return { ...nothing, deletes: parseList(tokens, () => parseValueAction(tokens, placeholders)) };
  }
}

function parseList<T>(tokens: Tokens, parseOne: () => T): readonly T[] {
  const list = [parseOne()];
  while (tokens.takeSymbol(',')) list.push(parseOne());
  return list;
}

function parseSet(tokens: Tokens, placeholders: Placeholders): SetAction {
  const path = parsePath(tokens, placeholders);
  tokens.expectSymbol('=');
  return { path, operand: parseUpdateOperand(tokens, placeholders) };
}

function parseValueAction(tokens: Tokens, placeholders: Placeholders): ValueAction {
  const path: Path = parsePath(tokens, placeholders);
  return { path, value: parseValuePlaceholder(tokens, placeholders) };
}

function refuseOtherTypes(tokens: Tokens, { adds, deletes }: Update): void {
  for (const { value } of adds) refuseOtherType(tokens, 'ADD', value);
  for (const { value } of deletes) refuseOtherType(tokens, 'DELETE', value);
}

function refuseOtherType(tokens: Tokens, section: 'ADD' | 'DELETE', value: AttributeValue): void {
  if (isAllowed(section, value)) return;
  throw tokens.invalid(
    `Incorrect operand type for operator or function; operator: ${section}, operand type: ${longNames[typeOf(value)]}, typeSet: ALLOWED_FOR_${section}_OPERAND`,
  );
}

function isAllowed(section: 'ADD' | 'DELETE', value: AttributeValue): boolean {
  return 'SS' in value || 'NS' in value || 'BS' in value || (section === 'ADD' && 'N' in value);
}

const longNames: Readonly<Record<AttributeType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
};

function merged(sections: readonly Update[]): Update {
  return {
    sets: sections.flatMap(({ sets }) => sets),
    removes: sections.flatMap(({ removes }) => removes),
    adds: sections.flatMap(({ adds }) => adds),
    deletes: sections.flatMap(({ deletes }) => deletes),
  };
}

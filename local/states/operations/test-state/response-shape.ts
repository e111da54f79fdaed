/** What a mock of a service's answer is checked against: as much of the service's API model as tells mocks apart. */
export type Shape =
  | { readonly kind: 'boolean' | 'number' }
  /** Texts, moments and bytes in base64. */
  | { readonly kind: 'text'; readonly values?: readonly string[]; readonly min?: number; readonly max?: number }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'map'; readonly of: Shape }
  | Structure;

export interface Structure {
  readonly kind: 'structure';
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}

export const TEXT: Shape = { kind: 'text' };
export const NUMBER: Shape = { kind: 'number' };
export const BOOLEAN: Shape = { kind: 'boolean' };
export const TEXTS: Shape = { kind: 'map', of: TEXT };

export function textOf(min: number, max: number): Shape {
  return { kind: 'text', min, max };
}

/** One of the values, which are separated by blanks. */
export function oneOf(values: string): Shape {
  return { kind: 'text', values: values.split(' ') };
}

export function listOf(shape: Shape): Shape {
  return { kind: 'list', of: shape };
}

export function mapOf(shape: Shape): Shape {
  return { kind: 'map', of: shape };
}

/** @param required names of the fields that an answer always has, separated by blanks. */
export function structure(fields: Readonly<Record<string, Shape>>, required = ''): Structure {
  return { kind: 'structure', fields, required: required.split(' ').filter((name) => name !== '') };
}

/** A structure of texts alone, whose names are separated by blanks. */
export function texts(names: string): Readonly<Record<string, Shape>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, TEXT]));
}

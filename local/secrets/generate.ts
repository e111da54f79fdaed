import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';

export const GenerateInput = z.strictObject({
  PasswordLength: z.int().min(1).max(4096).default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludePunctuation: z.boolean().default(false),
  IncludeSpace: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().default(true),
});
export type GenerateInput = z.output<typeof GenerateInput>;

/** GenerateSecretString of AWS::SecretsManager::Secret. */
export const GenerateSecretString = GenerateInput.extend({
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
});

/** A random password, alone or under its key in the template's JSON. */
export function generateSecretString(input: z.output<typeof GenerateSecretString>): string {
  const { SecretStringTemplate: template, GenerateStringKey: key, ...rules } = input;
  const password = generatePassword(rules);
  if (template === undefined || key === undefined) return password;
  return JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(template)), [key]: password });
}

/** @throws InvalidParameterException when nothing is left to choose from, or it is too short to have some of each kind */
export function generatePassword(rules: GenerateInput): string {
  const types = includedTypes(rules);
  const all = types.join('');
  if (all === '') throw new AwsError('InvalidParameterException', 'The password has no characters to be made of.');
  const required = rules.RequireEachIncludedType ? types.map(oneOf) : [];
  if (required.length > rules.PasswordLength) {
    const message = 'Password length is too short based on the required types.';
    throw new AwsError('InvalidParameterException', message);
  }
  const rest = Array.from({ length: rules.PasswordLength - required.length }, () => oneOf(all));
  return shuffled([...required, ...rest]).join('');
}

function includedTypes(rules: GenerateInput): string[] {
  const types = [
    rules.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    rules.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    rules.ExcludeNumbers ? '' : '0123456789',
    rules.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    rules.IncludeSpace ? ' ' : '',
  ];
  const allowed = types.map((type) => [...type].filter((char) => !rules.ExcludeCharacters.includes(char)).join(''));
  return allowed.filter((type) => type !== '');
}

function oneOf(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

function shuffled(characters: readonly string[]): string[] {
  const left = [...characters];
  return characters.flatMap(() => left.splice(randomInt(left.length), 1));
}

import { addressParser } from 'postal-mime';
import { AwsError } from '../kernel/errors.ts';

export interface MailAddress {
  readonly name: string;
  /** `sales@example.com`, the domain in lower case */
  readonly address: string;
  readonly domain: string;
}

/**
 * Reads `Name <local@domain>` or `local@domain`.
 * @throws BadRequestException for what SES would refuse, in its words
 */
export function readAddress(text: string): MailAddress {
  const parsed = addressParser(text);
  const [first] = parsed;
  if (first === undefined || parsed.length !== 1 || first.address === undefined) throw illegal('Illegal address');
  const { address } = first;
  const at = address.lastIndexOf('@');
  if (at < 0) throw illegal("Missing final '@domain'");
  const local = address.slice(0, at);
  const domain = address.slice(at + 1).toLowerCase();
  checkLocalPart(local);
  checkDomain(domain);
  return { name: first.name, address: `${local}@${domain}`, domain };
}

function checkLocalPart(local: string): void {
  if (local === '') throw illegal('Missing local name');
  if (/[^\p{ASCII}]/u.test(local)) throw illegal('Local address contains non-ASCII characters');
  if (local.startsWith('.')) throw illegal('Local address starts with dot');
  if (local.endsWith('.')) throw illegal('Local address ends with dot');
  if (local.includes('..')) throw illegal('Local address contains dot-dot');
  if (/[\p{Cc}\s]/u.test(local)) throw illegal('Local address contains control or whitespace');
  if (/[()<>,;:\\"[\]@]/.test(local)) throw illegal('Local address contains illegal character');
  if (local.length > 64) throw illegal('Local address is longer than 64 characters');
}

function checkDomain(domain: string): void {
  if (domain === '') throw illegal('Missing domain');
  if (domain.startsWith('.')) throw illegal('Domain starts with dot');
  if (domain.endsWith('.')) throw illegal('Domain ends with dot');
  if (domain.includes('..')) throw illegal('Domain contains dot-dot');
  if (/[\p{Cc}\s]/u.test(domain)) throw illegal('Domain contains control or whitespace');
  const labels = domain.split('.');
  if (labels.length < 2 || !labels.every((label) => /^[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u.test(label))) {
    throw illegal('Domain contains illegal character');
  }
}

function illegal(message: string): AwsError {
  return new AwsError('BadRequestException', message);
}

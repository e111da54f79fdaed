import { BlockList, isIP } from 'node:net';
import type { Json } from '../../kernel/service.ts';
import { onText } from './on-text.ts';
import { PatternError } from './pattern-error.ts';

/** `10.0.0.0/24` or `2001:db8::/32` */
export function readCidr(operand: Json): (value: Json) => boolean {
  if (typeof operand !== 'string') throw new PatternError('cidr match pattern must be a string');
  const [address = '', prefix = '', ...rest] = operand.split('/');
  const version = isIP(address);
  if (version === 0 || !/^\d{1,3}$/.test(prefix) || rest.length > 0) {
    throw new PatternError(`Malformed CIDR, one '/' required: ${operand}`);
  }
  const bits = version === 4 ? 32 : 128;
  if (Number(prefix) >= bits) throw new PatternError(`IPv${version} mask bits must be < ${bits}`);
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), family);
  return onText((text) => isIP(text) === version && list.check(text, family));
}

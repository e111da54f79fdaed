import type { Json } from '../kernel/service.ts';
import { parsePolicy, type Statement } from './policy.ts';

/** Policies that services keep with their resources; each is parsed once for as long as it stays the same. */
export class KeptPolicies {
  /** By their text: a bucket's policy is the policy of each of its objects. */
  readonly #parsed = new Map<string, readonly Statement[] | null>();
  policyOf: (resourceArn: string) => Json | null = () => null;

  /** Its statements, none without a policy; null when the policy cannot be read. */
  of(resourceArn: string): readonly Statement[] | null {
    const policy = this.policyOf(resourceArn);
    if (policy === null) return [];
    const text = JSON.stringify(policy);
    const known = this.#parsed.get(text);
    if (known !== undefined) return known;
    const statements = readOrNull(policy, resourceArn);
    this.#parsed.set(text, statements);
    return statements;
  }
}

function readOrNull(policy: Json, resourceArn: string): readonly Statement[] | null {
  try {
    return parsePolicy(policy, resourceArn);
  } catch {
    return null;
  }
}

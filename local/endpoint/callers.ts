import { randomBytes } from 'node:crypto';
import { AwsError } from '../kernel/errors.ts';
import type { Caller } from '../kernel/service.ts';
import { isSignedWith, parseSignature, type SignatureHeader, type SignedRequest, signingKey } from './signature.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** What every access key begins with that is given out here; no key of AWS does, and no operator's key may. */
const PREFIX = 'ASIAREMIT';

/** Tells from a request's signature who makes the call. */
export class CallerRegistry {
  readonly #issued = new Map<string, Issued>();

  /** New credentials; `caller` is asked at every call that carries them, so that it can name the current trace. */
  issue(caller: () => Caller): Credentials {
    const credentials = {
      accessKeyId: `${PREFIX}${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
    this.#issued.set(credentials.accessKeyId, { credentials, caller, scope: '', key: Buffer.alloc(0) });
    return credentials;
  }

  revoke(accessKeyId: string): void {
    this.#issued.delete(accessKeyId);
  }

  /**
   * A request with a key that was given out here must carry its session token and a correct signature. Whoever signs
   * with a key of another form on this machine's loopback is its owner; such a signature is not checked.
   * @throws UnrecognizedClientException, InvalidSignatureException
   */
  callerOf(request: SignedRequest): Caller {
    if (!accessKeyOf(request).startsWith(PREFIX)) return { kind: 'operator', traceId: null };
    const header = parseSignature(request.headers['authorization'] as string | undefined);
    if (header === null) throw unsupportedForm();
    const issued = this.#issued.get(header.accessKeyId);
    if (issued === undefined || issued.credentials.sessionToken !== request.headers['x-amz-security-token']) {
      throw unrecognized();
    }
    if (!isSignedWith(keyFor(issued, header), request, header)) throw wrongSignature();
    return issued.caller();
  }
}

/** Without a signature in the header, a presigned URL carries the key. */
function accessKeyOf(request: SignedRequest): string {
  const header = /Credential=([^/]+)\//.exec(String(request.headers['authorization'] ?? ''))?.[1];
  return header ?? /X-Amz-Credential=([^%/&]+)/.exec(request.url)?.[1] ?? '';
}

/** Keys of a scope are derived once and kept for the next call of the same service. */
function keyFor(issued: Issued, header: SignatureHeader): Buffer {
  if (issued.scope !== header.scope) {
    issued.scope = header.scope;
    issued.key = signingKey(issued.credentials.secretAccessKey, header.scope);
  }
  return issued.key;
}

function unrecognized(): AwsError {
  return new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

function wrongSignature(): AwsError {
  return new AwsError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    { status: 403 },
  );
}

function unsupportedForm(): AwsError {
  return new AwsError(
    'IncompleteSignatureException',
    'The local runtime takes signatures of functions only in an Authorization header of the form AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=....',
  );
}

interface Issued {
  readonly credentials: Credentials;
  readonly caller: () => Caller;
  /** The scope that `key` was derived for. */
  scope: string;
  key: Buffer;
}

import { createHash } from 'node:crypto';
import { arnOf, type Place } from '../kernel/names.ts';
import type { Json } from '../kernel/service.ts';

/** What other resources can know of a resource: the value of `Ref` and those of `Fn::GetAtt`. */
export interface Identity {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Tells a resource's identity from the few properties that name it, before anything exists. */
export type Identify = (subject: Subject) => Identity;

/** The resource to identify. */
export interface Subject {
  readonly logicalId: string;
  readonly stackName: string;
  readonly place: Place;
  /** `http://127.0.0.1:4700` */
  readonly endpoint: string;
  /** A resolved property, undefined when it is not set. */
  readonly property: (name: string) => Json | undefined;
  /** What all properties of this resource say, as a short text. */
  readonly ownContent: () => string;
  /** The same of another resource; empty where the template lacks it. */
  readonly contentOf: (type: string, physicalId: string) => string;
  /** The number of this version. `revision` stands for properties that make it another when they change. */
  readonly versionNumber: (parentArn: string, content: string, revision?: string) => number;
}

/** A version of a function or state machine in the template. */
export interface VersionResource {
  readonly logicalId: string;
  /** Function or state machine. */
  readonly parentArn: string;
  readonly revision: string;
  /** What is published: the same text for the same code and settings. */
  readonly content: string;
  /** Whether it is there for good when a later template does not have it, or has another in its place. */
  readonly staysWhenRemoved: boolean;
  readonly staysWhenReplaced: boolean;
}

/** The given name, or `<Stack>-<LogicalId>`, shortened in a stable way where it is longer than the service allows. */
export function nameOf(subject: Subject, property: string, limit = 64): string {
  const given = subject.property(property);
  if (typeof given === 'string' && given !== '') return given;
  const name = `${subject.stackName}-${subject.logicalId}`;
  return name.length <= limit ? name : `${name.slice(0, limit - 9)}-${fingerprint(subject, '', 8)}`;
}

/** `length` characters (at most 50) of a-z and 0-9 that stay the same for the same stack, resource and `salt`. */
export function fingerprint(subject: Subject, salt: string, length: number): string {
  const hash = createHash('sha256').update(`${subject.stackName}/${subject.logicalId}/${salt}`).digest('hex');
  return BigInt(`0x${hash}`).toString(36).padStart(50, '0').slice(-length);
}

/** A property that must be a text; the empty text where it is missing. */
export function textOf(subject: Subject, property: string): string {
  const value = subject.property(property);
  return typeof value === 'string' ? value : '';
}

export function arn(subject: Subject, service: string, resource: string): string {
  return arnOf(subject.place, service, resource);
}

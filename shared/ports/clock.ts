export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Resolves after at least that long. */
  sleep(ms: number): Promise<void>;
}

/** Chance, as an input. */
export interface Ids {
  /** 128 random bits, base64url: the secret of a link. */
  linkSecret(): string;
  /** Six random digits, for a person to type. */
  code(): string;
}

/**
 * Traces of Anthropic's client go to whoever registered for them with OpenTelemetry. Nobody does, and then its API
 * makes spans that record nothing; these are such spans, without the API.
 */
export const NO_TRACES = `
const nowhere = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };
const nothing = () => span;
const span = {
  spanContext: () => nowhere, isRecording: () => false, end() {}, recordException() {},
  setAttribute: nothing, setAttributes: nothing, addEvent: nothing, addLink: nothing, addLinks: nothing,
  setStatus: nothing, updateName: nothing,
};
const tracer = { startSpan: nothing, startActiveSpan: (_name, ...rest) => rest.at(-1)(span) };
const root = { getValue() {}, setValue: () => root, deleteValue: () => root };
export const SpanKind = { INTERNAL: 0, SERVER: 1, CLIENT: 2, PRODUCER: 3, CONSUMER: 4 };
export const SpanStatusCode = { UNSET: 0, OK: 1, ERROR: 2 };
export const context = { active: () => root, with: (_context, run, self, ...given) => run.call(self, ...given), bind: (_context, run) => run };
export const propagation = { inject() {}, extract: (given) => given, fields: () => [] };
export const trace = {
  getTracerProvider: () => ({ getTracer: () => tracer }), getTracer: () => tracer,
  setSpan: (given) => given, getSpan() {}, getActiveSpan() {}, isSpanContextValid: () => false,
};
`;

/** Ways to a key other than being given one: files, sign-in, federation. The key is always given. */
export const NO_OTHER_KEYS = `
const refuse = () => { throw new Error('Anthropic’s client is given its key here; other credentials are not built in.'); };
export const defaultCredentials = async () => refuse();
export const resolveCredentialsFromConfig = refuse;
`;

/** An answer of the surface that is not simply JSON with status 200. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function json(value: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value, null, 2)}\n` };
}

export function html(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** Back to a page after a form was sent. */
export function seeOther(location: string): Answer {
  return { status: 303, headers: { location }, body: '' };
}

export function refusal(status: number, message: string): Answer {
  return json({ message }, status);
}

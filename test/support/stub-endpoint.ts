import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubEndpoint {
  readonly url: string;
  /** Bodies of the requests, in order. */
  readonly bodies: string[];
  close(): Promise<void>;
}

export interface StubAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An HTTP endpoint that gives the answers in order and then the last one again; `lost` closes the connection. */
export async function stubEndpoint(answers: readonly (StubAnswer | 'lost')[]): Promise<StubEndpoint> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = answers[Math.min(bodies.length, answers.length - 1)] ?? 'lost';
    bodies.push(Buffer.concat(chunks).toString());
    if (answer === 'lost') request.socket.destroy();
    else response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

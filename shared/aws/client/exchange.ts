import * as http from 'node:http';
import * as https from 'node:https';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** Connections that stay open between calls: opening one takes longer than most calls do. */
export class Connections {
  readonly #secure = new https.Agent({ keepAlive: true, maxSockets: 50 });
  readonly #plain = new http.Agent({ keepAlive: true, maxSockets: 50 });

  /** @throws Error of Node where no whole answer came: it is not known whether the request arrived. */
  post(url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
    const [{ request }, agent] = url.protocol === 'https:' ? [https, this.#secure] : [http, this.#plain];
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status = 0, headers: given } = response;
          resolve({ status, headers: given, text: Buffer.concat(chunks).toString('utf8') });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#secure.destroy();
    this.#plain.destroy();
  }
}

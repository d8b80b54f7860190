// The server: on the loopback address, and on no other.

import { createServer } from 'node:http';
import { answer } from './answer.ts';
import { readSite } from './site.ts';

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const REQUEST_TIMEOUT_ms = 30_000;

/** Serves the folder on `port`, 0 for any that is free. Rejects with Node's error where the port is taken. */
export function startServer(folder: string, port: number): Promise<RunningServer> {
  const site = readSite(folder);
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_ms, maxHeaderSize: 16_384 }, (request, response) =>
    answer(site, request, response),
  );
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

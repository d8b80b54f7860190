// The thread in which `limetal serve` runs its server. The command gives the folder and the port; the thread says where it listens, or
// why it does not.

import { parentPort, workerData } from 'node:worker_threads';
import { startServer } from './start.ts';

const { folder, port } = workerData as { readonly folder: string; readonly port: number };

startServer(folder, port).then(
  (server) => {
    parentPort!.postMessage({ kind: 'listening', port: server.port });
    parentPort!.once('message', () => void server.close().then(() => parentPort!.close()));
  },
  (error: NodeJS.ErrnoException) => {
    parentPort!.postMessage({ kind: 'failed', code: error.code ?? '', message: error.message });
    parentPort!.close();
  },
);

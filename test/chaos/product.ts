import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from '../support/until.js';

export const parts = ['api', 'worker', 'temporal', 'postgres'] as const;
export type Part = (typeof parts)[number];

/** The whole product as its user starts it, on a data folder and a port of its own. */
export type Product = {
  url: string;
  data: string;
  owner: { email: string; password: string };
  supervisor: ChildProcess;
};

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(join('/proc', pid, file), 'utf8');
  } catch {
    return '';
  }
}

function belongs(pid: string, part: Part, data: string): boolean {
  const command = readProc(pid, 'cmdline').split('\0');
  const line = command.join(' ');
  switch (part) {
    case 'api':
      return line.includes('dist/api.js') && readProc(pid, 'environ').includes(data);
    case 'worker':
      return line.includes('dist/worker.js') && readProc(pid, 'environ').includes(data);
    case 'temporal':
      return line.includes('start-dev') && line.includes(data);
    case 'postgres':
      return /postgres$/.test(command[0] ?? '') && command.includes('-D') && line.includes(data);
  }
}

/** Process ids of one part of this product and of no other on the machine. */
export function pidsOf(product: Product, part: Part): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && belongs(name, part, product.data))
    .map(Number);
}

/** Starts the product and waits until it answers; its output goes to `<data>.log`. */
export async function startProduct(data: string, port: number): Promise<Product> {
  const owner = { email: 'owner@chaos.example', password: 'a long enough password' };
  const log = createWriteStream(`${data}.log`);
  const supervisor = spawn(process.execPath, ['bin/setup.mjs', 'start'], {
    env: {
      ...inherited(),
      PORT: String(port),
      COUNTERSIGN_DATA: data,
      COUNTERSIGN_OWNER_EMAIL: owner.email,
      COUNTERSIGN_OWNER_PASSWORD: owner.password,
      COUNTERSIGN_PUBLIC_URL: `http://localhost:${port}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  supervisor.stdout.pipe(log);
  supervisor.stderr.pipe(log);
  const product = { url: `http://localhost:${port}`, data, owner, supervisor };
  await until(() => ready(product, 'worker'), { withinMs: 180_000 });
  return product;
}

function inherited(): Record<string, string | undefined> {
  const { PATH, HOME, LANG } = globalThis.process.env;
  return { PATH, HOME, LANG };
}

const readyFact = { api: undefined, worker: 'worker', temporal: 'temporal', postgres: 'database' } as const;

/** True where the part answers again, asked from outside. */
export async function ready(product: Product, part: Part): Promise<boolean> {
  try {
    const answer = await fetch(`${product.url}/readyz`, { signal: AbortSignal.timeout(2000) });
    const fact = readyFact[part];
    if (fact === undefined) return answer.ok;
    const body: unknown = await answer.json();
    return typeof body === 'object' && body !== null && Reflect.get(body, fact) === true;
  } catch {
    return false;
  }
}

/** Ctrl-C, and how long it took until every process of the product was gone. */
export async function stopProduct(product: Product): Promise<number> {
  const asked = performance.now();
  product.supervisor.kill('SIGINT');
  await until(() => product.supervisor.exitCode !== null || product.supervisor.signalCode !== null, {
    withinMs: 30_000,
  });
  await until(() => parts.every((part) => pidsOf(product, part).length === 0), { withinMs: 10_000 });
  return performance.now() - asked;
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';
import { migrate } from '../../db/migrate.js';
import { startServices } from './services.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The template database, as its owner; tests make copies of it with `freshDatabase()`. */
    templateUrl: string;
    apiUrl: string;
    workerUrl: string;
    temporalAddress: string;
    runFolder: string;
  }
}

const Credentials = z.object({ apiUrl: z.string(), workerUrl: z.string() });

/** Starts what all test files share, once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The same script that `npm start` uses finds Temporal and builds what tests run as separate processes.
  const node = (...args: string[]) =>
    execFileSync(process.execPath, ['bin/setup.mjs', ...args], {
      cwd: path.resolve(import.meta.dirname, '../..'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }).trim();
  node('build', 'reader', 'workflow-bundle');
  // Needed by the tests that start the shipped processes, which fail by themselves where these cannot be built.
  for (const program of ['cli', 'api', 'worker', 'recogniser', 'unzipper', 'ui']) {
    try {
      node('build', program);
    } catch {
      // What went wrong is on the terminal already.
    }
  }
  const services = await startServices(node('temporal-path'));
  const credentialsFile = path.join(services.folder, 'credentials.json');
  await migrate({ ownerUrl: services.postgresUrl, credentialsFile });
  const { apiUrl, workerUrl } = Credentials.parse(JSON.parse(readFileSync(credentialsFile, 'utf8')));
  project.provide('templateUrl', services.postgresUrl);
  project.provide('apiUrl', apiUrl);
  project.provide('workerUrl', workerUrl);
  project.provide('temporalAddress', services.temporalAddress);
  project.provide('runFolder', services.folder);
  return services.stop;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const Service = z.looseObject({
  image: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).default({}),
});
const Compose = z.looseObject({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
});
const compose = Compose.parse(parse(read('docker-compose.yml'), { merge: true }));

// Where each program of the product reads its settings. The SDK reads the standard TEMPORAL_* ones itself.
const readBy = { migrate: 'bin/env.ts', api: 'api/env.ts', worker: 'activities/env.ts' };

test.each(Object.entries(readBy))('every setting that Compose passes to %s is one that it reads', (name, file) => {
  const source = read(file);
  const passed = Object.keys(compose.services[name]?.environment ?? {});
  expect(passed.length).toBeGreaterThan(2);
  const unread = passed.filter(
    (setting) => !source.includes(setting) && !/^TEMPORAL_(ADDRESS|NAMESPACE)$/.test(setting),
  );
  expect(unread).toEqual([]);
});

test('Compose refuses to start without each secret and the host name', () => {
  const named = [...read('docker-compose.yml').matchAll(/\$\{(\w+)(:[?+-])?/g)].map(([, name, how]) => ({ name, how }));
  const needed = [
    'COUNTERSIGN_SECRET',
    'COUNTERSIGN_API_PASSWORD',
    'COUNTERSIGN_WORKER_PASSWORD',
    'POSTGRES_PASSWORD',
    'COUNTERSIGN_HOST',
  ];
  for (const secret of needed) {
    const uses = named.filter(({ name }) => name === secret);
    expect(uses.length, secret).toBeGreaterThan(0);
    expect(
      uses.every(({ how }) => how === ':?'),
      secret,
    ).toBe(true);
  }
  // Whatever else may be set has a default, so that no setting is silently empty.
  expect(named.filter(({ how }) => how === undefined)).toEqual([]);
});

test('what runs on has a health check, and what it keeps lies in a named volume', () => {
  const jobs = ['temporal-schema', 'temporal-namespace', 'migrate'];
  for (const [name, service] of Object.entries(compose.services)) {
    if (!jobs.includes(name)) expect(service.healthcheck, name).toBeDefined();
    const kept = service.volumes
      .filter((volume) => !volume.startsWith('./'))
      .map((volume) => volume.split(':')[0] ?? '');
    for (const volume of kept) expect(Object.keys(compose.volumes)).toContain(volume);
  }
});

test('the owner role of the database is given to the migrator alone, and a model key to the worker alone', () => {
  const { api, worker } = compose.services;
  for (const service of [api, worker]) expect(Object.keys(service?.environment ?? {})).not.toContain('DATABASE_URL');
  expect(api?.environment['ANTHROPIC_API_KEY']).toBe('${ANTHROPIC_API_KEY:+set}');
  expect(api?.environment['OPENAI_API_KEY']).toBe('${OPENAI_API_KEY:+set}');
  expect(Object.keys(worker?.environment ?? {})).not.toContain('COUNTERSIGN_SECRET');
});

test('every service waits for services that exist', () => {
  const names = Object.keys(compose.services);
  for (const service of Object.values(compose.services)) {
    for (const awaited of Object.keys(service.depends_on)) expect(names).toContain(awaited);
  }
});

import { readEnv } from './env.js';
import { say } from './say.js';
import { Trouble } from './trouble.js';

type Command = { words: string; run: (args: string[]) => Promise<number | void> };

// Each is loaded when it is asked for, so that one broken package does not take the doctor with it.
const commands: Record<string, Command> = {
  start: {
    words: 'start everything and stay; Ctrl-C stops it',
    run: async () => (await import('./start.js')).start(readEnv()),
  },
  doctor: {
    words: 'check this machine and what runs, and say what to do about each failure',
    run: async () => (await import('./doctor/doctor.js')).doctor(readEnv()),
  },
  'owner-link': {
    words: 'print the link with which the first owner sets up, while it is unused',
    run: async () => (await import('./owner-link.js')).printOwnerLink(readEnv()),
  },
  demo: {
    words: 'start a database of its own with a sample, on a port of its own',
    run: async () => (await import('./demo.js')).demo(readEnv()),
  },
  backup: {
    words: 'backup --out FOLDER: everything that cannot be made again, keys included',
    run: async (args) => (await import('./backup/backup.js')).backup(readEnv(), args),
  },
  restore: {
    words: 'restore --from FOLDER: a backup into an empty data folder',
    run: async (args) => (await import('./backup/restore.js')).restore(readEnv(), args),
  },
  export: {
    words: 'export --out FOLDER: the record, for "verify"',
    run: async (args) => (await import('./export.js')).exportRecord(readEnv(), args),
  },
  verify: {
    words: 'verify PATH [--key FILE]: a receipt beside its published file, or an exported record',
    run: async (args) => (await import('./verify/verify.js')).verify(args),
  },
  healthy: {
    words: "healthy api|worker: for a container's health check",
    run: async (args) => (await import('./healthy.js')).healthy(readEnv(), args),
  },
  migrate: {
    words: 'bring the database to this version and write the credentials of the two roles',
    run: async () => (await import('./migrate.js')).migrateOnly(readEnv()),
  },
};

async function main([name = '', ...args]: string[]): Promise<number> {
  const command = commands[name];
  if (!command) {
    say(
      Object.entries(commands)
        .map(([key, { words }]) => `${key.padEnd(12)}${words}`)
        .join('\n'),
    );
    return name === '' || name === 'help' || name === '--help' ? 0 : 1;
  }
  try {
    return (await command.run(args)) ?? 0;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
// Sockets of a stopped server may linger: the work is done.
process.stdout.write('', () => process.exit());

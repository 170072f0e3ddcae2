// Builds the package when it is installed in its own work tree, so that `npm ci` alone makes `npx ltoscope` work.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// The first `npx ltoscope` in the work tree puts a link to it into npx's cache, for which npm prepares it once more. What
// `npm ci` built is there; building again would take ten times as long as the rest.
const builtForNpx = process.env['npm_command'] === 'exec' && existsSync(new URL('../dist/cli.cjs', import.meta.url));
if (!builtForNpx) {
  const { status } = spawnSync('npm', ['run', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
}

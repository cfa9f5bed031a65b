#!/usr/bin/env node
// Words alone that an old Node.js knows as well: it must get as far as the sentence that turns it away.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));

if (isTooOld()) {
  end(
    'node_too_old',
    `clio-fields needs Node.js ${oldestNode()} or newer; this is ${process.versions.node}.`,
    'Install a newer Node.js, then run `npm ci` in ' + folder + ' once more.',
  );
} else {
  import('../dist/cli/index.js').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    end(
      'not_installed',
      'clio-fields is not installed completely: ' +
        error.message.replace(/ imported from .*/, '') +
        '.',
      'Run `npm ci` in ' + folder + '.',
    );
  });
}

function isTooOld() {
  const [major, minor] = numbersOf(process.versions.node);
  const [oldestMajor, oldestMinor] = numbersOf(oldestNode());
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

/** As package.json says it: `>=20.19`. */
function oldestNode() {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return engines.node.replace('>=', '');
}

function numbersOf(version) {
  return version.split('.').map(Number);
}

/** As every failure is told: on stdout as JSON for a script, on stderr for a person. */
function end(code, message, hint) {
  if (process.argv.includes('--json'))
    process.stdout.write(
      JSON.stringify({ formatVersion: 1, error: { code, message, hint } }) + '\n',
    );
  else process.stderr.write('error: ' + message + '\n' + hint + '\n');
  process.exitCode = 1;
}

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

const FILE = 'test/bench/RESULTS.md';

/** What one benchmark found, as Markdown. */
export interface Section {
  readonly title: string;
  readonly body: string;
}

export function table(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Puts a section into the file of results in place of the one with the same title; the others stay. */
export function record({ title, body }: Section): void {
  const kept = existsSync(FILE) ? sectionsOf(readFileSync(FILE, 'utf8')) : new Map();
  kept.set(title, `${machine()}\n\n${body}`);
  const text = [...kept].map(([name, content]) => `## ${name}\n\n${content}\n`).join('\n');
  writeFileSync(FILE, `${HEAD}\n${text}`);
  execFileSync('npx', ['oxfmt', FILE]);
}

const HEAD = `# What was measured

Written by \`npm run bench -- --write\`; \`npm run bench -- start --write\` measures one part anew and leaves the others.
Other work on the machine makes numbers worse, never better: the load beside each part says how much there was.
`;

function sectionsOf(text: string): Map<string, string> {
  const parts = text.split(/^## /mu).slice(1);
  return new Map(
    parts.map((part) => {
      const [title = '', ...body] = part.split('\n');
      return [title, body.join('\n').trim()];
    }),
  );
}

function machine(): string {
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()[0]?.toFixed(1);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpu?.model.trim()}, ${memory} GiB, load ${load} at the end.`;
}

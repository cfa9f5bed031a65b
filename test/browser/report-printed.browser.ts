import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { reporterFor } from '../../src/report/index.ts';
import { change, outcome, plan, run } from '../support/builders.ts';
import { openWindow } from './chromium.ts';

const CHANGES = 600;
const LAST = `record ${CHANGES}`;

/** Opens the page of a run of so many changes that most of its records are folded away. */
async function openReport() {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-printed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const changes = Array.from({ length: CHANGES }, (_, index) =>
    change({ recordId: String(1_001 + index), recordLabel: `record ${index + 1}` }),
  );
  const counts = { unchanged: 0, changed: CHANGES, flagged: 0, unread: 0 };
  const pieces = reporterFor('html', { hasColor: false, columns: 80, isScreen: false }).run({
    run: run({ runId: 'run-1', counts: { applied: CHANGES } }),
    plan: plan({ counts }),
    approval: null,
    coverage: [],
    changes: () => changes.map((each) => ({ change: each, outcome: outcome(each) })),
    optionChanges: () => [],
  });
  const file = join(folder, 'run-1.html');
  writeFileSync(file, [...pieces].join(''));
  return openWindow(pathToFileURL(file).href);
}

test('what is folded away on the screen stands on paper, and only where a browser cannot it says so', async () => {
  const page = await openReport();
  const last = page.getByText(LAST, { exact: false }).last();
  const warning = page.getByText('does not print the parts that are folded away');
  expect(await last.isVisible()).toBe(false);
  expect(await warning.isVisible()).toBe(false);

  await page.emulateMedia({ media: 'print' });
  expect(await last.isVisible()).toBe(true);
  expect(await warning.isVisible()).toBe(false);

  // A browser that does not know the rule drops it.
  await page.evaluate(() => {
    for (const style of document.querySelectorAll('style'))
      style.textContent = (style.textContent ?? '').replaceAll(
        '::details-content',
        '::unknown-part',
      );
  });
  expect(await last.isVisible()).toBe(false);
  expect(await warning.isVisible()).toBe(true);
  expect(await warning.textContent()).toContain('clio-fields show run-1 --out run-1.csv');
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import { reporterFor } from '../../src/report/index.ts';
import { change, outcome, plan, run } from '../support/builders.ts';
import { openWindow } from './chromium.ts';

const CHANGES = 600;
const LAST = `record ${CHANGES}`;

/** Opens the page of a run of so many changes that most of its records are folded away. */
function openReport() {
  return openRun(
    Array.from({ length: CHANGES }, (_, index) =>
      change({ recordId: String(1_001 + index), recordLabel: `record ${index + 1}` }),
    ),
  );
}

async function openRun(changes: readonly Change[], options: BrowserContextOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-printed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const counts = { unchanged: 0, changed: changes.length, flagged: 0, unread: 0 };
  const pieces = reporterFor('html', { hasColor: false, columns: 80, isScreen: false }).run({
    run: run({ runId: 'run-1', counts: { applied: changes.length } }),
    plan: plan({ counts }),
    approval: null,
    coverage: [],
    changes: () => changes.map((each) => ({ change: each, outcome: outcome(each), sentAt: null })),
    optionChanges: () => [],
  });
  const file = join(folder, 'run-1.html');
  writeFileSync(file, [...pieces].join(''));
  return openWindow(pathToFileURL(file).href, options);
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

test.each([375, 1_440])(
  'a name without a blank and a huge value keep to a screen of %i pixels',
  async (width) => {
    const huge = 'a  word '.repeat(4_000);
    const page = await openRun(
      [
        change({
          recordLabel: 'X'.repeat(300),
          beforeText: huge,
          afterText: huge.replaceAll('  ', ' '),
        }),
        change({ recordId: '1002', recordLabel: 'A usual name' }),
      ],
      { viewport: { width, height: 900 } },
    );
    const measured = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      height: document.documentElement.scrollHeight,
      why: document.querySelector('.groups td:nth-child(4)')?.clientWidth ?? 0,
    }));
    expect(measured.width).toBe(width);
    expect(measured.height).toBeLessThan(4_000);
    expect(measured.why).toBeGreaterThan(150);

    await page.emulateMedia({ media: 'print' });
    const box = await page
      .locator('.long')
      .first()
      .evaluate((each) => each.scrollHeight - each.clientHeight);
    expect(box).toBe(0);
  },
);

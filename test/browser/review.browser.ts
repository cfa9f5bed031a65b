import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { desk, itemAbout } from '../operations/desk.ts';
import { snapshot, snapshots } from '../support/builders.ts';
import { openWindow } from './chromium.ts';
import { lowContrasts } from './contrast.ts';
import { serveReview } from './review-served.ts';

test('a whole review by keyboard alone ends in the decisions, the plan and the digest that the terminal would make', async () => {
  const { address, ended, look } = await serveReview();
  const page = await openWindow(address);
  const { keyboard } = page;
  await counts(page, '0 of 9 decided');

  // The group of two: 'SDNY' of 00001 and 00002.
  await current(page, 'Court', '2 matters');
  await keyboard.press('y');
  await counts(page, '2 of 9 decided 2 accepted');

  // One by one from here, in the plan's order.
  await keyboard.press('g');
  await current(page, 'Client', '00001-Notreal');
  await keyboard.press('n');
  await current(page, 'Settlement Amount', '00002-Notreal');
  await keyboard.press('l');

  // Flags: what cannot be accepted says how to go on; a value that cannot be is told at the field.
  await current(page, 'Court (old)', '00003-Notreal');
  await keyboard.press('y');
  await said(page, 'press e and type a value');
  await keyboard.press('e');
  await page.getByLabel('Write into Court').selectOption('E.D.N.Y.');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await current(page, 'Settlement (old)', '00003-Notreal');
  await keyboard.press('e');
  const field = page.getByLabel('Write into Settlement Amount');
  await field.fill('lots');
  await keyboard.press('Enter');
  await page.locator('.error', { hasText: 'Settlement' }).waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await field.fill('7');
  await keyboard.press('Enter');

  // A flag with suggestions takes a number; the last decision is taken back and made again.
  await current(page, 'Loss (text)', '00003-Notreal');
  await keyboard.press('1');
  await counts(page, '6 of 9 decided 2 accepted · 3 edited · 1 skipped · 1 for later');
  await keyboard.press('u');
  await counts(page, '5 of 9 decided 2 accepted · 2 edited · 1 skipped · 1 for later');
  await current(page, 'Loss (text)', '00003-Notreal');
  await keyboard.press('2');
  await counts(page, '6 of 9 decided 2 accepted · 3 edited · 1 skipped · 1 for later');

  // Search, and select what is found.
  await keyboard.press('/');
  await keyboard.type('00004');
  await expect.poll(() => page.locator('.row').allInnerTexts()).toHaveLength(2);
  await keyboard.press('Enter');
  await keyboard.press('x');
  await keyboard.press('j');
  await keyboard.press('x');
  await page.getByText('2 selected', { exact: true }).waitFor();
  await keyboard.press('n');
  await counts(page, '8 of 9 decided 2 accepted · 3 edited · 3 skipped · 1 for later');

  // What is of no use in its field is taken away; where the rules keep a value, that is not offered.
  const clear = page.locator('.row').getByRole('button', { name: /^Clear/u });
  expect(await clear.count()).toBe(1);
  await clear.focus();
  await keyboard.press('c');
  await counts(page, '8 of 9 decided 2 accepted · 3 edited · 1 cleared · 2 skipped · 1 for later');

  await page.getByRole('button', { name: 'Finish' }).first().focus();
  await keyboard.press('Enter');
  await page.getByText('The reviewed plan will hold 6 changes').waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The review is finished' }).waitFor();
  const shown = await page.locator('main').innerText();

  const other = desk();
  const decide = (itemId: string, ruling: Parameters<typeof other.review.decide>[1]): void =>
    other.review.decide([itemId], ruling, 'Ann Example', 'terminal');
  for (const itemId of ['change-1', 'change-3']) decide(itemId, { kind: 'accept' });
  const about = (record: string, name: string): string => itemAbout(other.review, record, name);
  decide(about('1003', 'Court (old)'), { kind: 'edit', value: 'E.D.N.Y.' });
  decide(about('1003', 'Settlement (old)'), { kind: 'edit', value: '7' });
  const loss = other.review.item(about('1003', 'Loss (text)'));
  const second = loss?.kind === 'flag' ? (loss.flag.suggestions[1] ?? '') : '';
  decide(about('1003', 'Loss (text)'), { kind: 'edit', value: second });
  decide(about('1004', 'Loss (text)'), { kind: 'clear' });
  const { digest } = other.review.finish();

  expect(shown).toContain(digest);
  expect(shown).toContain('clio-fields apply plan-2');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain(digest);
  expect(stdout).toContain('clio-fields apply plan-2');
  const { journal, review } = look();
  expect(journal.plans.find('plan-2').digest).toBe(digest);
  expect(review.counts()).toEqual({
    accepted: 2,
    edited: 3,
    cleared: 1,
    skipped: 2,
    later: 1,
    undecided: 0,
  });
});

test('keys that are pressed faster than they can be answered act each on the next row', async () => {
  const { address, stop, ended, look } = await serveReview({
    records: snapshots(12, (index) => ({ '505': ` Client ${index + 1} ` })),
  });
  const page = await openWindow(address);
  await page.locator('.row').first().waitFor();
  await page.evaluate(() => {
    for (const key of 'yyynyYujnl')
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
  await counts(page, '6 of 12 decided 4 accepted · 2 skipped · 1 for later');
  // The page goes first: it may still ask for the rows that it shows next.
  await page.close();
  stop();
  await ended;
  const states = [...look().review.items()].map(({ decision }) => decision?.ruling.kind ?? '');
  const [accept, skip, later] = ['accept', 'skip', 'later'];
  expect(states).toEqual([accept, accept, accept, skip, accept, '', skip, later, '', '', '', '']);
});

test('a whole review by mouse: groups and their items, suggestions, a selection, all of a list at once, and undo', async () => {
  const held = ['SDNY', 'SDNY', 'SDNY', '3/4/2019', '3/4/2019'];
  const records = snapshots(held.length, (index) =>
    index < 3 ? { '501': held[index] ?? '' } : { '507': held[index] ?? '' },
  );
  const { address, ended, look } = await serveReview({ records });
  const page = await openWindow(address);
  const row = (text: string) => page.locator('.row', { hasText: text });

  await row('3 matters').getByRole('button', { name: 'Show each' }).click();
  await page.getByText('3 items', { exact: true }).waitFor();
  await row('00002-Notreal').getByRole('button', { name: 'Skip' }).click();
  await counts(page, '1 of 5 decided 1 skipped');
  await row('00001-Notreal').getByRole('checkbox').check();
  await row('00003-Notreal')
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await page.getByRole('group', { name: '3 items selected' }).waitFor();
  await row('00002-Notreal').getByRole('checkbox').uncheck();
  await page.getByRole('group', { name: '2 items selected' }).getByText('Accept').click();
  await counts(page, '3 of 5 decided 2 accepted · 1 skipped');
  await page.getByRole('button', { name: 'Back to all groups' }).click();

  await row('2 matters').getByRole('button', { name: '2019-03-04' }).click();
  await counts(page, '5 of 5 decided 2 accepted · 2 edited · 1 skipped');
  await page.getByRole('button', { name: 'Undo' }).click();
  await counts(page, '3 of 5 decided 2 accepted · 1 skipped');
  await page.getByRole('group', { name: 'All 2 items of this list' }).getByText('Later').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave for later' }).click();
  await page.getByText('All but what was left for later is decided.').waitFor();
  await page.getByRole('button', { name: 'Show what is for later' }).click();
  await row('2 matters').getByRole('button', { name: '2019-04-03' }).click();

  await page.getByRole('button', { name: 'Finish' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).click();
  await page.getByRole('heading', { name: 'The review is finished' }).waitFor();
  expect((await ended).code).toBe(0);
  expect(look().review.counts()).toMatchObject({ accepted: 2, edited: 2, skipped: 1 });
});

test('a value that looks like a page’s markup is shown as the text that it is', async () => {
  const evil = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`;
  const { address } = await serveReview({
    records: [snapshot({ label: evil, values: { '501': evil, '505': `${evil}  ` } })],
  });
  const page = await openWindow(address);
  await page.locator('.row').first().waitFor();
  expect(await page.locator('.row').count()).toBe(2);
  expect(await page.locator('img, .row script').count()).toBe(0);
  expect(await page.locator('.row').first().innerText()).toContain('<img src=x');
  expect(await page.title()).toBe('Review of plan-1');
});

test('a name that reads from right to left leaves what stands around it in its order, and one with marks that turn it shows them', async () => {
  const { address } = await serveReview({
    records: [
      snapshot({ recordId: '1001', label: 'قضية 12', values: { '505': ' a  note' } }),
      snapshot({ recordId: '1002', label: 'a\u202ebc', values: { '505': ' a  note' } }),
    ],
  });
  const page = await openWindow(address);
  const about = page.locator('.row .about').first();
  await about.waitFor();
  expect(await about.innerText()).toContain('قضية 12, a\\u{202e}bc');
  expect(await about.locator('small bdi').count()).toBe(2);
});

test('keys in a list without a row do nothing, and filters come back where the page grows wide again', async () => {
  const { address } = await serveReview();
  const page = await openWindow(address, { viewport: { width: 600, height: 800 } });
  await page.locator('.row').first().waitFor();
  expect(await page.getByLabel('To decide').isVisible()).toBe(false);
  await page.setViewportSize({ width: 1_280, height: 800 });
  expect(await page.getByLabel('To decide').isVisible()).toBe(true);

  await page.keyboard.press('/');
  await page.keyboard.type('what nobody wrote');
  await page.keyboard.press('Enter');
  await page.getByText('Nothing fits these filters.').waitFor();
  for (const key of ['e', 'x', 'y', 'n', 'c', 'l', '1', 'j', 'k', 'Enter'])
    await page.keyboard.press(key);
  expect(await page.getByText('Nothing fits these filters.').isVisible()).toBe(true);
  await page.getByText('Show everything').first().click();
  await page.locator('.row').first().waitFor();
  expect(await page.locator('[aria-label^="Select"]:checked').count()).toBe(0);
});

test('the address opens the page once; a second window is told what to do, the first goes on', async () => {
  const { address } = await serveReview();
  const page = await openWindow(address);
  await page.locator('.row').first().waitFor();
  expect(page.url()).not.toContain('token');
  const second = await openWindow(address);
  await second.getByText('press Enter in the terminal for a new address').waitFor();
  await page.reload();
  await page.locator('.row').first().waitFor();
});

test('when the program is stopped, the page says so, and what was decided is kept', async () => {
  const { address, stop, ended, look } = await serveReview();
  const page = await openWindow(address);
  await page.locator('.row').first().waitFor();
  await page.keyboard.press('y');
  await counts(page, '2 of 9 decided 2 accepted');
  stop();
  expect((await ended).code).toBe(4);
  page.removeAllListeners('console');
  await page.keyboard.press('y');
  await page.getByText('The review is no longer running.').waitFor();
  expect(look().review.counts()).toMatchObject({ accepted: 2, undecided: 7 });
});

test.each([
  ['laptop', 1280, 'light'],
  ['laptop', 1280, 'dark'],
  ['tablet', 820, 'light'],
  ['phone', 390, 'dark'],
  ['small phone', 320, 'light'],
] as const)(
  'fits a %s of %i pixels in %s, with nothing cut off and no low contrast',
  async (_, width, colorScheme) => {
    const long = 'Unfolded'.repeat(40);
    const { address } = await serveReview({
      records: [
        snapshot({ label: long, values: { '501': long, '505': ` ${long} `, '507': '3/4/2019' } }),
      ],
    });
    const page = await openWindow(address, { viewport: { width, height: 800 }, colorScheme });
    await page.locator('.row').first().waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
    expect(await lowContrasts(page)).toEqual([]);
  },
);

test('every control has a name, and the page its landmarks, for those who hear it', async () => {
  const { address } = await serveReview();
  const page = await openWindow(address);
  await page.locator('.row').first().waitFor();
  await page.locator('.row').nth(1).getByRole('button', { name: 'Edit' }).click();
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll('button, input, select, textarea, ol, nav, aside, progress')]
      .filter((element) => {
        const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
        const named = [
          element.getAttribute('aria-label'),
          ...labels.map((each) => each.textContent),
        ];
        const own = element instanceof HTMLButtonElement ? element.textContent : null;
        const byId = document.querySelector(`label[for="${element.id}"]`);
        return ![...named, own, byId?.textContent].some((name) => name?.trim());
      })
      .map(({ outerHTML }) => outerHTML),
  );
  expect(nameless).toEqual([]);
  for (const role of ['banner', 'main', 'complementary', 'list'] as const)
    expect(await page.getByRole(role).count(), role).toBe(1);
  const row = page.getByRole('listitem').first();
  expect(await row.getAttribute('aria-label')).toBe('2 matters, Court: from SDNY to S.D.N.Y.');
  await row.press('y');
  await expect.poll(() => page.getByRole('status').allInnerTexts()).toContain('Accepted: 2 items.');
});

test('prints the list, all of its pages, and nothing of the page around it', async () => {
  const { address } = await serveReview({
    records: snapshots(120, (index) => ({ '505': ` Client ${index + 1} ` })),
  });
  const page = await openWindow(address);
  await page.locator('.row').first().waitFor();
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await page.getByRole('button', { name: 'Print' }).click();
  await page.locator('.paper').waitFor({ state: 'attached' });
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.paper tbody tr').count()).toBe(120);
  expect(await page.locator('.columns').isVisible()).toBe(false);
  expect(await page.locator('.paper').innerText()).toContain('Client 120');
});

async function counts(page: Page, words: string): Promise<void> {
  const shown = page.locator('.counts');
  await expect.poll(async () => (await shown.innerText()).replaceAll(/\s+/gu, ' ')).toBe(words);
}

/** Waits until the keys are at a row about these words. */
async function current(page: Page, ...words: readonly string[]): Promise<void> {
  const row = page.locator('.row[aria-current=true]:focus');
  await expect.poll(() => row.locator('.about').innerText().catch(String)).toContain(words[0]);
  for (const word of words) expect(await row.innerText()).toContain(word);
}

async function said(page: Page, words: string): Promise<void> {
  await expect.poll(() => page.locator('.said').innerText()).toContain(words);
}

import type { Page } from 'playwright-core';

/** Texts with less than 4.5 to 1 (WCAG 2.2, 1.4.3) against what is painted behind them. */
export async function lowContrasts(page: Page): Promise<readonly string[]> {
  const texts = await page.evaluate(textsInSight);
  return texts.flatMap(({ text, color, backgrounds }) => {
    const [front, back] = [luminance(numbersIn(color)), luminance(firstSolid(backgrounds))];
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    return ratio < 4.5 ? [`${ratio.toFixed(2)}: ${text}`] : [];
  });
}

/** In the page: each text with its colour, and the backgrounds behind it from the nearest on. */
function textsInSight() {
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility())
    .filter(({ childNodes }) =>
      [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
    )
    .map((element) => {
      const backgrounds: string[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement)
        backgrounds.push(getComputedStyle(at).backgroundColor);
      const text = element.textContent?.slice(0, 40) ?? '';
      return { text, color: getComputedStyle(element).color, backgrounds };
    });
}

function firstSolid(backgrounds: readonly string[]): number[] {
  const solid = backgrounds
    .map(numbersIn)
    .find(({ length, 3: alpha }) => length === 3 || alpha === 1);
  return solid ?? [255, 255, 255];
}

function numbersIn(color: string): number[] {
  return (color.match(/[\d.]+/gu) ?? []).map(Number);
}

function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.2126 * lightOf(red) + 0.7152 * lightOf(green) + 0.0722 * lightOf(blue);
}

function lightOf(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

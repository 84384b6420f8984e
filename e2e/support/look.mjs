// What every screen has to hold. Pictures go to test-results/screens for people to look at.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { mkdirSync } from 'node:fs';

const PICTURES = new URL('../test-results/screens/', import.meta.url).pathname;

// A picture in light and dark, no accessibility violation, nothing too small to hit or wider than the screen.
export async function look(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ animations: 'disabled', path: `${PICTURES}${name}-${colorScheme}.png` });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      // Measured below against the stricter rule of this project; axe also counts what the fixed
      // navigation happens to cover before a person scrolls.
      .disableRules(['target-size'])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(' | ')}`);
    expect.soft(found, `${name} ${colorScheme}`).toEqual([]);
  }
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, .app-nav a, .roster__link, .grid__name, .grid__box, .area-list__link, .todo__link, .button')]
      .filter((element) => element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  expect.soft(small, `${name}: what is touched is at least 44 px high`).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(overflow, `${name} is not wider than the screen`).toBeLessThanOrEqual(0);
}

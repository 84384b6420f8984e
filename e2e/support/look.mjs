// What every screen has to hold. Pictures go to test-results/screens for people to look at.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { unreachable } from './keyboard.mjs';

const PICTURES = new URL('../test-results/screens/', import.meta.url).pathname;

// A picture in light and dark and with large text: no accessibility violation, nothing too small to hit or wider
// than the screen, nothing that takes a hand.
export async function look(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ animations: 'disabled', path: `${PICTURES}${name}-${colorScheme}.png` });
    const rules = colorScheme === 'light' ? undefined : APPEARANCE;
    expect.soft(await violations(page, rules), `${name} ${colorScheme}`).toEqual([]);
  }
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, .app-nav a, .roster__link, .grid__name, .grid__box, .area-list__link, .todo__link, .button')]
      .filter((element) => element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  expect.soft(small, `${name}: what is touched is at least 44 px high`).toEqual([]);
  expect.soft(await tooWide(page), `${name} is not wider than the screen`).toBeLessThanOrEqual(0);
  // A keyboard comes with a desk; what can be touched is the same on both.
  if (page.viewportSize().width > 1000) {
    expect.soft(await unreachable(page), `${name}: all is reached by keyboard`).toEqual([]);
  }
  // As somebody sees it who has doubled the size of text in the browser's settings.
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await page.screenshot({ animations: 'disabled', path: `${PICTURES}${name}-large.png` });
  expect.soft(await violations(page, APPEARANCE), `${name} at 200 % text`).toEqual([]);
  expect.soft(await tooWide(page), `${name} at 200 % text is not wider than the screen`).toBeLessThanOrEqual(0);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
}

// The rules that colours and the size of text can break; the others ask for the document, which is the same.
const APPEARANCE = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable'];

async function violations(page, rules) {
  const axe = new AxeBuilder({ page });
  if (rules) {
    axe.withRules(rules);
  } else {
    axe
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      // Measured above against the stricter rule of this project; axe also counts what the fixed
      // navigation happens to cover before a person scrolls.
      .disableRules(['target-size']);
  }
  const { violations: found } = await axe.analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(' | ')}`);
}

function tooWide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

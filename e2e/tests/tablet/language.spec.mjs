// English, a switch away: nothing is loaded again, nothing begun is lost, and no Vietnamese is left on a screen
// beside names and what is marked as Vietnamese.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { Device, offlineReady, signedIn, synced, syncNow } from '../../support/browser.mjs';
import { Server } from '../../support/server.mjs';
import { openArea, openFamily } from '../../support/tablet.mjs';

const COMMUNE = '03751';

// The names of places, with and without their kind, longest first: names are no language's text.
const PLACES = (() => {
  const file = new URL('../../../domain/data/areas.json', import.meta.url);
  const names = [...readFileSync(file, 'utf8').matchAll(/\["\d+", "([^"]+)"/g)].map(([, name]) => name);
  const bare = names.map((name) => name.replace(/^(Tỉnh|Thành phố|Huyện|Xã|Phường|Thị trấn) /i, ''));
  return [...new Set(bare)].sort((a, b) => b.length - a.length);
})();
// Terms that English texts name beside their translation, and marks of documents.
const TERMS = ['(xã)', '(bản)', '(tiểu khu)', '(tổ dân phố)', 'NĐ-CP', 'QĐ-TTg'];
const NAMES = ['Sổ Thi Đua', 'Tiếng Việt', 'Hồ Chí Minh', ...TERMS, ...PLACES];

test.describe.configure({ timeout: 240_000 });

let server;
let officer;
let reviewer;

test.beforeAll(async () => {
  server = await Server.create();
  await server.start();
  officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(COMMUNE, [
    { area: 'Ban Bo', head: 'Lo Van An', house: '1' },
    { area: 'Ban Bo', head: 'Lo Van An', house: '1' },
    { area: 'Ban Bo', head: 'Ca Thi Mai', house: '2' },
  ]);
});

test.afterAll(async () => {
  await server.dispose();
});

const mark = (page) => page.evaluate(() => (window.notLoadedAgain = true));
const isMarked = (page) => page.evaluate(() => window.notLoadedAgain === true);
const english = (page) => page.getByRole('button', { name: 'English' });

// Texts and labels on the screen that have a letter only Vietnamese has, without names and what says so itself. On
// the map a name stands in two lines, each a text.
async function vietnameseLeft(page) {
  return page.evaluate((names) => {
    const letter = /[à-ỹđ]/i;
    const bare = (text) => names.reduce((left, name) => left.replaceAll(new RegExp(name, 'gi'), ''), text);
    const found = new Set();
    const look = (element, text) => {
      if (!text || !letter.test(text) || element.closest('[lang="vi"], .tile__name')) return;
      if (letter.test(bare(text.normalize('NFC')).replace(/[×·–—“”’]/g, ''))) found.add(text.trim());
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) look(walker.currentNode.parentElement, walker.currentNode.data);
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) look(element, element.getAttribute(name));
    }
    return [...found];
  }, NAMES.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
}

async function isEnglish(page, what) {
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect.soft(await vietnameseLeft(page), what).toEqual([]);
}

test('the tablet changes its language without loading, locking or losing anything', async () => {
  const device = new Device(server.url);
  try {
    let page = await device.open();
    await expect(page.getByLabel('Tài khoản')).toBeVisible();
    await page.getByLabel('Tài khoản').fill('half-typed');
    await mark(page);
    await english(page).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByLabel('Account')).toHaveValue('half-typed');
    await expect(english(page)).toBeFocused();
    await isEnglish(page, 'signing in');
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
    expect(await isMarked(page)).toBe(true);

    await signedIn(page, officer);
    await offlineReady(page);
    await synced(page);
    await openArea(page, 'Ban Bo');
    await openFamily(page, 'Ca Thi Mai');
    await page.getByLabel('Số hộ được mời').pressSequentially('12');
    await mark(page);
    const before = await page.locator('.sync-strip').getAttribute('data-syncs');
    await english(page).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Review meeting' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Tiếng Việt' })).toBeFocused();
    await expect(page.getByLabel('Families invited')).toHaveValue('12');
    await expect(page.getByText('not saved.')).toBeVisible();
    expect(await isMarked(page)).toBe(true);
    // The same loop goes on counting.
    await syncNow(page);
    const after = await page.locator('.sync-strip').getAttribute('data-syncs');
    expect(Number(after)).toBeGreaterThan(Number(before));
    await page.getByLabel('Families invited').press('Tab');
    await expect(page.getByText('not saved.')).toHaveCount(0);
    await syncNow(page);

    await device.context.setOffline(true);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByLabel('Families invited')).toHaveValue('12');
    await isEnglish(page, 'offline');
  } finally {
    await device.dispose();
  }
});

test('every screen of the tablet is English', async () => {
  const device = new Device(server.url);
  try {
    const page = await device.open();
    await signedIn(page, officer);
    await synced(page);
    await english(page).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
    await isEnglish(page, 'home');
    await page.getByRole('button', { name: 'Add a residential area' }).click();
    await isEnglish(page, 'form of an area');
    await page.keyboard.press('Escape');
    await page.locator('.area-list__link').first().click();
    await expect(page.getByRole('grid')).toBeVisible();
    await isEnglish(page, 'roster');
    const area = new URL(page.url()).pathname;
    await page.locator('.grid__name').first().click();
    await expect(page.locator('.result-panel')).toBeVisible();
    await isEnglish(page, 'family');
    for (const path of [
      `${area}/danh-gia`, '/tim', '/trung', '/don-vi', '/xa', '/giay-to', '/giay-to/tong-hop', '/giay-to/giay-khen',
      area.replace('/khu/', '/giay-to/niem-yet/'), area.replace('/khu/', '/giay-to/bien-ban/'), '/xa/so/phong-trao',
      '/xa/so/dien-hinh', '/xa/so/hoi-dong', '/khac-nhau', '/tra-lai', '/bo-nho', '/khoa-so', '/tro-giup',
      '/dong-bo', '/khong-co',
    ]) {
      await page.goto(server.url + path);
      await expect(page.locator('main h1').first()).toBeVisible();
      await isEnglish(page, path);
    }
  } finally {
    await device.dispose();
  }
});

test('every screen of a reviewer is English', async () => {
  const device = new Device(server.url, 'desktop');
  try {
    const page = await device.open();
    await signedIn(page, reviewer);
    await expect(page.locator('tr[data-area]').first()).toBeVisible();
    await mark(page);
    await english(page).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sơn La Province' })).toBeVisible();
    expect(await isMarked(page)).toBe(true);
    await expect(page.locator('.live')).toHaveAttribute('data-live', 'true');
    await isEnglish(page, 'province');
    for (const path of [
      '/dia-ban/118', `/dia-ban/${COMMUNE}`, '/ban-do', '/ban-do/118', '/cho-duyet', '/don-doc', '/so-xa', '/bao-cao',
      '/so-lieu', `/danh-sach/${COMMUNE}`, '/khong-co',
    ]) {
      await page.goto(server.url + path);
      await expect(page.locator('main h1').first()).toBeVisible();
      await expect(page.getByText('Loading…')).toHaveCount(0);
      await isEnglish(page, path);
    }
  } finally {
    await device.dispose();
  }
});

// Installing, starting without a network, and updates that wait to be asked for.
import { expect, test } from '@playwright/test';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Device, offlineReady, signedIn } from '../../support/browser.mjs';
import { Server } from '../../support/server.mjs';

const COMMUNE = '03751';

test('the manifest and its icons are complete, and the shell paints before the program', async ({ page }) => {
  const server = await Server.create();
  await server.start();
  try {
    const manifest = await (await fetch(`${server.url}/manifest.webmanifest`)).json();
    expect(manifest).toMatchObject({ lang: 'vi', display: 'standalone', start_url: '/' });
    for (const icon of manifest.icons) {
      const answer = await fetch(server.url + icon.src);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('image/png');
    }
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route('**/*.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(server.url, { waitUntil: 'commit' });
    await expect(page.locator('#boot')).toBeVisible();
    await expect(page.locator('#boot-progress')).toBeVisible();
    release();
    await expect(page.getByLabel('Tài khoản')).toBeVisible();
    await expect(page.locator('#boot')).toHaveCount(0);
  } finally {
    await server.dispose();
  }
});

test('an update is offered, waits, and is applied only when asked', async () => {
  const server = await Server.create();
  const dist = mkdtempSync(join(tmpdir(), 'so-thi-dua-dist-'));
  cpSync(server.dist, dist, { recursive: true });
  server.dist = dist;
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const tablet = new Device(server.url);
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await expect(page.getByRole('heading', { name: 'Tổng quan' })).toBeVisible();
    await offlineReady(page);

    const worker = join(dist, 'sw.js');
    const version = (text) => /const VERSION = "([^"]+)"/.exec(text)[1];
    const old = readFileSync(worker, 'utf8');
    writeFileSync(worker, old.replace(version(old), 'feedfeedfeedfeed'));
    for (const packed of ['.br', '.gz']) rmSync(worker + packed, { force: true });
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    const update = page.getByRole('button', { name: 'Cập nhật' });
    await expect(update).toBeVisible();

    // The app's own; the second copy of what is unsent has a cache of another name.
    const caches = () => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('so-thi-dua-')));
    expect(await caches()).toContain(`so-thi-dua-${version(old)}`);
    await page.evaluate(() => (window.notReloaded = true));
    await page.getByRole('link', { name: 'Đơn vị' }).click();
    expect(await page.evaluate(() => window.notReloaded)).toBe(true);

    await update.click();
    await expect.poll(() => page.evaluate(() => window.notReloaded).catch(() => true)).toBeUndefined();
    await expect(page.getByRole('heading', { name: 'Cơ quan, doanh nghiệp, trường học' })).toBeVisible();
    await expect.poll(caches).toEqual(['so-thi-dua-feedfeedfeedfeed']);
  } finally {
    await tablet.dispose();
    await server.dispose();
    rmSync(dist, { recursive: true, force: true });
  }
});

test('several tabs of one tablet do not fight', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const tablet = new Device(server.url);
  try {
    const first = await tablet.open();
    await signedIn(first, officer);
    await expect(first.getByRole('heading', { name: 'Tổng quan' })).toBeVisible();
    const second = await tablet.context.newPage();
    await second.goto(server.url);
    await expect(second.getByRole('heading', { name: 'Tổng quan' })).toBeVisible();
    const { addArea } = await import('../../support/tablet.mjs');
    await Promise.all([addArea(first, 'Bản Một'), addArea(second, 'Bản Hai')]);
    for (const page of [first, second]) {
      await expect(page.locator('.area-list__link')).toHaveCount(2);
      await expect.poll(() => page.locator('.sync-strip').getAttribute('data-waiting')).toBe('0');
    }
  } finally {
    await tablet.dispose();
    await server.dispose();
  }
});

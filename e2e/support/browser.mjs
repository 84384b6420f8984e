// Browsers with a memory: closed and opened again, they still have what was stored.
import { chromium, expect } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LAUNCH } from '../playwright.config.mjs';

const SCREENS = {
  tablet: { viewport: { width: 800, height: 1280 }, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
};

export class Device {
  // `launch` adds to what every browser here is started with.
  constructor(url, screen = 'tablet', launch = {}) {
    this.url = url;
    this.launch = launch;
    this.screen = SCREENS[screen];
    this.profile = mkdtempSync(join(tmpdir(), 'so-thi-dua-profile-'));
  }

  async open(path = '/') {
    this.context = await chromium.launchPersistentContext(this.profile, {
      ...LAUNCH,
      ...this.screen,
      ...this.launch,
      args: [...LAUNCH.args, ...(this.launch.args ?? [])],
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
    });
    this.context.setDefaultTimeout(10_000);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    await this.page.goto(this.url + path);
    return this.page;
  }

  async close() {
    await this.context?.close();
    this.context = undefined;
  }

  async dispose() {
    await this.close();
    rmSync(this.profile, { recursive: true, force: true });
  }
}

export async function signIn(page, account) {
  await page.getByLabel('Tài khoản').fill(account.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

// Signed in, and the first screen is there. An officer is asked for a PIN the first time and wants none now.
export async function signedIn(page, account) {
  await signIn(page, account);
  const later = page.getByRole('button', { name: 'Để sau' });
  await expect(later.or(page.locator('.app-header'))).toBeVisible();
  if (await later.isVisible()) await later.click();
  await expect(page.locator('.app-header')).toBeVisible();
}

// Until the app can start without a network.
export async function offlineReady(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

export const waiting = (page) => page.locator('.sync-strip').getAttribute('data-waiting');

// Until nothing waits on this tablet. Says nothing of what others did: for that, see syncNow.
export async function synced(page) {
  await expect.poll(() => waiting(page), { timeout: 30_000 }).toBe('0');
}

// A whole sync that begins now: afterwards the tablet has sent what waited and holds what the server
// held when this was called.
export async function syncNow(page) {
  const finished = async () => Number(await page.locator('.sync-strip').getAttribute('data-syncs'));
  // One under way may have asked the server before now; the one after it counts. Read and asked for in
  // one step of the page, so that none can begin in between.
  const wanted = await page.evaluate(() => {
    const { syncs, running } = document.querySelector('.sync-strip').dataset;
    window.dispatchEvent(new Event('online'));
    return Number(syncs) + (running === 'true' ? 2 : 1);
  });
  await expect.poll(finished, { timeout: 30_000 }).toBeGreaterThanOrEqual(wanted);
  await synced(page);
}

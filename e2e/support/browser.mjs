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
  constructor(url, screen = 'tablet') {
    this.url = url;
    this.screen = SCREENS[screen];
    this.profile = mkdtempSync(join(tmpdir(), 'so-thi-dua-profile-'));
  }

  async open(path = '/') {
    this.context = await chromium.launchPersistentContext(this.profile, {
      ...LAUNCH,
      ...this.screen,
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

// Signed in, and the first screen is there.
export async function signedIn(page, account) {
  await signIn(page, account);
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

export async function synced(page) {
  await expect.poll(() => waiting(page), { timeout: 30_000 }).toBe('0');
}

// Handing a tablet over: safe only when the server has signed for everything, told without a connection too.
import { expect, test } from '@playwright/test';
import { cpSync, rmSync } from 'node:fs';
import { Device, offlineReady, signedIn, syncNow } from '../../support/browser.mjs';
import { draftsKept } from '../../support/drafts.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { addFamily, openArea } from '../../support/tablet.mjs';

test.describe.configure({ timeout: 120_000 });

let server;
let officer;
let tablet;

test.beforeEach(async () => {
  server = await Server.create();
  await server.start();
  officer = server.account('can-bo-xa', 'commune-officer', '03751');
  server.roster('03751', [{ area: 'Bản Bó', head: 'Lò Thị Mẩy', house: '1' }]);
  tablet = new Device(server.url);
});

test.afterEach(async () => {
  await tablet.dispose();
  await server.dispose();
});

async function toHandover(page) {
  await page.getByRole('link', { name: 'Đồng bộ' }).last().click();
  await page.getByRole('link', { name: 'Bàn giao máy' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bàn giao máy' })).toBeVisible();
}

const safe = (page) => page.locator('[data-custody="safe"]');
const notYet = (page) => page.locator('[data-custody="not-yet"]');
const uncovered = (page) => page.locator('[data-list="uncovered"] li');

test('what is not signed for is listed by record, and a sync makes it safe', async () => {
  const page = await tablet.open();
  await signedIn(page, officer);
  await offlineReady(page);
  await syncNow(page);
  await toHandover(page);
  await expect(safe(page)).toContainText('chưa nhập gì');
  await look(page, 'custody-01-empty');

  await openArea(page, 'Bản Bó');
  await tablet.context.setOffline(true);
  await server.kill();
  await addFamily(page, 'Giàng A Páo', '2');
  await addFamily(page, 'Vàng Thị Dợ', '3');
  await toHandover(page);
  await expect(notYet(page)).toContainText('2 hồ sơ');
  await expect(uncovered(page)).toHaveCount(2);
  await expect(uncovered(page).first()).toContainText('Vàng Thị Dợ');
  await expect(uncovered(page).first()).toContainText('chưa gửi');
  await look(page, 'custody-02-not-yet');
  // Each leads to where it is.
  await uncovered(page).first().getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Vàng Thị Dợ' })).toBeVisible();

  await server.start();
  await tablet.context.setOffline(false);
  await syncNow(page);
  await tablet.context.setOffline(true);
  await toHandover(page);
  await expect(safe(page)).toContainText('tất cả 2 thay đổi');
  await expect(page.locator('.confirmation')).toContainText(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await look(page, 'custody-03-safe');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.confirmation__title')).toBeVisible();
  await expect(page.locator('.app-header')).toBeHidden();
  await page.screenshot({ path: 'test-results/screens/custody-04-print.png', fullPage: true });
});

test('a half-typed field is not safe either', async () => {
  const page = await tablet.open();
  await signedIn(page, officer);
  await syncNow(page);
  await openArea(page, 'Bản Bó');
  await page.locator('.grid__name', { hasText: 'Lò Thị Mẩy' }).first().click();
  await page.getByLabel('Số hộ được mời').pressSequentially('3');
  await expect.poll(() => draftsKept(page, officer)).toBe(1);
  await page.goto(`${server.url}/giao-may`);
  await expect(notYet(page)).toContainText('1 ô đang gõ dở');
});

test('a server restored from yesterday opens what it forgot, and signs for it anew', async () => {
  const page = await tablet.open();
  await signedIn(page, officer);
  await syncNow(page);
  await server.kill();
  const backup = `${server.dataDir}.backup`;
  cpSync(server.dataDir, backup, { recursive: true });
  await server.start();
  await openArea(page, 'Bản Bó');
  await addFamily(page, 'Giàng A Páo', '2');
  await syncNow(page);
  await toHandover(page);
  await expect(safe(page)).toBeVisible();
  const code = await page.locator('.confirmation dd').last().textContent();

  await server.kill();
  rmSync(server.dataDir, { recursive: true });
  cpSync(backup, server.dataDir, { recursive: true });
  rmSync(backup, { recursive: true });
  await server.start();
  await syncNow(page);
  await expect(safe(page)).toBeVisible();
  await expect(page.locator('.confirmation dd').last()).not.toHaveText(code);
});

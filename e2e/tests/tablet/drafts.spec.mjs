// What is being typed survives: the browser killed, the page left, an input method composing.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, synced } from '../../support/browser.mjs';
import { draftsKept } from '../../support/drafts.mjs';
import { killBrowser } from '../../support/kill.mjs';
import { Server } from '../../support/server.mjs';
import { openArea, openFamily, saved } from '../../support/tablet.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 120_000 });

let server;
let officer;

test.beforeAll(async () => {
  server = await Server.create();
  await server.start();
  officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  server.roster(COMMUNE, [
    { area: 'Bản Bó', head: 'Quàng Văn Chung', house: '1' },
    { area: 'Bản Bó', head: 'Lò Thị Mẩy', house: '2' },
  ]);
});

test.afterAll(async () => {
  await server.dispose();
});

// Signed in some time before: Chromium writes localStorage, which holds the session, in its own time.
async function signedInEarlier(device) {
  const page = await device.open();
  await signedIn(page, officer);
  await offlineReady(page);
  await synced(page);
  await device.close();
  return device.open();
}

async function openForm(page, head) {
  await openArea(page, 'Bản Bó');
  await openFamily(page, head);
}

const kept = (page) => draftsKept(page, officer);

test('a half-typed field is there after the browser was killed, and is saved or let go', async () => {
  const device = new Device(server.url);
  try {
    let page = await signedInEarlier(device);
    await openForm(page, 'Quàng Văn Chung');
    await page.getByLabel('Ghi chú').pressSequentially('Gia đình có công, cần đối chi');
    await page.getByLabel('Số hộ được mời').pressSequentially('12');
    await expect.poll(() => kept(page)).toBe(1);
    // Moving on saved the note; the number stands there half typed.
    await killBrowser(device);

    page = await device.open();
    await expect(page.locator('.todo__link', { hasText: 'Số hộ mời họp' })).toContainText('Quàng Văn Chung');
    await page.locator('.todo__link').click();
    await expect(page.getByLabel('Ghi chú')).toHaveValue('Gia đình có công, cần đối chi');
    await expect(page.getByLabel('Số hộ được mời')).toHaveValue('12');
    await expect(page.getByText('chưa lưu.')).toBeVisible();
    await page.locator('.field__draft').getByRole('button', { name: 'Lưu' }).click();
    await saved(page);
    await expect(page.getByText('chưa lưu.')).toHaveCount(0);
    await expect.poll(() => kept(page)).toBe(0);

    // A second one is let go: what is stored shows again.
    await page.getByLabel('Số hộ được mời').fill('999');
    await expect.poll(() => kept(page)).toBe(1);
    await killBrowser(device);
    page = await device.open();
    await page.locator('.todo__link').click();
    await expect(page.getByLabel('Số hộ được mời')).toHaveValue('999');
    await page.locator('.field__draft').getByRole('button', { name: 'Bỏ' }).click();
    await expect(page.getByLabel('Số hộ được mời')).toHaveValue('12');
    await expect.poll(() => kept(page)).toBe(0);
  } finally {
    await device.dispose();
  }
});

test('a dialog half filled in is filled in again after the browser was killed', async () => {
  const device = new Device(server.url);
  try {
    let page = await signedInEarlier(device);
    await openArea(page, 'Bản Bó');
    await page.getByRole('button', { name: 'Thêm hộ' }).click();
    await page.getByLabel('Họ tên chủ hộ').pressSequentially('Giàng A Ph');
    await page.getByLabel('Số nhà hoặc số sổ').pressSequentially('17');
    await expect.poll(() => kept(page)).toBe(2);
    await killBrowser(device);

    page = await device.open();
    await openArea(page, 'Bản Bó');
    await page.getByRole('button', { name: 'Thêm hộ' }).click();
    await expect(page.getByLabel('Họ tên chủ hộ')).toHaveValue('Giàng A Ph');
    await expect(page.getByLabel('Số nhà hoặc số sổ')).toHaveValue('17');
    await page.getByLabel('Họ tên chủ hộ').fill('Giàng A Pháo');
    await page.getByRole('button', { name: 'Lưu' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByText('Giàng A Pháo')).toBeVisible();
    await expect.poll(() => kept(page)).toBe(0);
    await synced(page);
  } finally {
    await device.dispose();
  }
});

test('nothing is saved or rewritten while an input method composes', async () => {
  const device = new Device(server.url);
  try {
    const page = await device.open();
    await signedIn(page, officer);
    await openForm(page, 'Lò Thị Mẩy');
    const note = page.getByLabel('Ghi chú');
    await note.focus();
    const ime = await device.context.newCDPSession(page);
    for (const text of ['h', 'hô', 'hộ']) {
      await ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    }
    // A sync in the middle of it brings this screen anew from the store.
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await synced(page);
    await expect(note).toHaveValue('hộ');
    expect(await kept(page)).toBe(0);
    await ime.send('Input.insertText', { text: 'hộ nghèo' });
    await expect(note).toHaveValue('hộ nghèo');
    await expect.poll(() => kept(page)).toBe(1);
    await note.press('Tab');
    await saved(page);
    await expect.poll(() => kept(page)).toBe(0);
  } finally {
    await device.dispose();
  }
});

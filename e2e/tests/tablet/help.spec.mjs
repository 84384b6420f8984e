// The help inside the app is there with the network gone, pictures too.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';

test('help opens with the server gone, leads to a chapter and shows its pictures', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', '03751');
  const device = new Device(server.url);
  try {
    const page = await device.open();
    await signedIn(page, officer);
    await offlineReady(page);
    await server.kill();
    await page.reload();

    await page.getByRole('link', { name: 'Trợ giúp' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Trợ giúp' })).toBeVisible();
    await look(page, 'tablet-help');
    for (const chapter of ['Ngày đầu tiên', 'Khi không có sóng', 'Phiếu bị trả lại', 'Bàn giao máy']) {
      await page.getByRole('navigation', { name: 'Mục lục' }).getByRole('link', { name: chapter }).click();
      await expect(page.getByRole('heading', { level: 2, name: chapter })).toBeInViewport();
    }
    const pictures = page.locator('.help__text img');
    expect(await pictures.count()).toBeGreaterThan(3);
    for (const picture of await pictures.all()) {
      await picture.scrollIntoViewIfNeeded();
      await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
      expect(await picture.getAttribute('alt')).not.toBe('');
    }
    await page.getByRole('heading', { level: 2, name: 'Phiếu bị trả lại' }).scrollIntoViewIfNeeded();
    await look(page, 'tablet-help-chapter');

    // Back to work as any page does.
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Trợ giúp');
  } finally {
    await device.dispose();
    await server.dispose();
  }
});

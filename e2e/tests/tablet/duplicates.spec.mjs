// Families that stand in the register twice: suggested, merged, split again and told apart, without a server.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { arrived } from '../../support/roster.mjs';
import { Server } from '../../support/server.mjs';
import { familiesListed } from '../../support/tablet.mjs';

const COMMUNE = '03751';

test('a family recorded twice is merged, had back, and two of one name are told apart for good', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const area = 'Bản Đông 1';
  server.roster(COMMUNE, [
    { area, head: 'Lò Văn Pánh', house: '12' },
    { area, head: 'Lò Văn Pán', house: '12' },
    { area, head: 'Quàng Thị Hoa', house: '7' },
    { area: 'Bản Đông 2', head: 'Quàng Thị Hoa', house: '7' },
    { area, head: 'Cà Văn Ún', house: '3' },
    { area, head: 'Cà Văn Ún', house: '4' },
  ]);
  const [device, other] = [new Device(server.url), new Device(server.url)];
  try {
    const page = await device.open();
    await signedIn(page, officer);
    await arrived(page, 6);
    await offlineReady(page);
    await server.kill();

    await page.getByRole('link', { name: 'Tìm hộ', exact: true }).click();
    await familiesListed(page, 6);
    await page.getByRole('link', { name: 'Hộ có thể ghi trùng' }).click();
    const pairs = page.locator('.conflict-list__item');
    await expect(pairs).toHaveCount(2);
    // A name shared by two houses of one residential area suggests nothing.
    await expect(page.getByText('Cà Văn Ún')).toHaveCount(0);
    await look(page, 'tablet-duplicates');

    const panh = pairs.filter({ hasText: 'khác một chữ cái' });
    const stays = panh.locator('.conflict__side').filter({ has: page.getByRole('link', { name: 'Lò Văn Pánh', exact: true }) });
    await stays.getByRole('button', { name: 'Giữ hộ này, gộp hộ kia vào' }).click();
    await expect(pairs).toHaveCount(1);
    const merged = page.locator('.merged__row');
    await expect(merged).toContainText('Lò Văn Pán (số nhà 12) đã gộp vào Lò Văn Pánh');
    await look(page, 'tablet-duplicates-merged');

    await merged.getByRole('button', { name: 'Tách ra' }).click();
    await expect(pairs).toHaveCount(2);
    await expect(merged).toHaveCount(0);
    await stays.getByRole('button', { name: 'Giữ hộ này, gộp hộ kia vào' }).click();
    await expect(pairs).toHaveCount(1);

    await pairs.getByRole('button', { name: 'Là hai hộ khác nhau' }).click();
    await expect(pairs).toHaveCount(0);
    await page.reload();
    await expect(page.getByText('Không thấy hộ nào có thể ghi trùng')).toBeVisible();
    await page.getByRole('navigation', { name: 'Vị trí' }).getByRole('link', { name: 'Tìm hộ trong xã' }).click();
    await familiesListed(page, 5);

    // Another tablet has the same after a sync.
    await server.start();
    await syncNow(page);
    const second = await other.open('/');
    await signedIn(second, officer);
    await arrived(second, 5);
    await second.goto(`${server.url}/trung`);
    await expect(second.locator('.merged__row')).toHaveCount(1);
    await expect(second.locator('.conflict-list__item')).toHaveCount(0);
  } finally {
    await device.dispose();
    await other.dispose();
    await server.dispose();
  }
});

// The reviewer's side: live counts, acceptance, and a comment that arrives on the tablet.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow, waiting } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { fillFamily, openArea, openFamily, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const FAMILY = 'Quàng Văn Chung';

test.describe.configure({ timeout: 120_000 });

test('a returned entry comes back with its comment, is mended, handed in again and accepted', { tag: '@measured' }, async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('phong-noi-vu', 'district-reviewer', '119');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: FAMILY, house: '1' }]);
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await openFamily(page, FAMILY);
    await fillFamily(page);

    const desk = await office.open();
    await signedIn(desk, reviewer);
    await expect(desk.locator('.live[data-live="true"]')).toBeVisible();
    const reported = desk.locator(`tr[data-area="${COMMUNE}"] td[data-assessment="gia-dinh-van-hoa"]`);
    await expect(reported).toContainText('0/1');
    const asked = [];
    desk.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname.startsWith('/api/')) asked.push(`${pathname}${search}`);
    });

    await submit(page);
    await saved(page);
    await syncNow(page);
    const arrived = Date.now();
    await expect(reported).toContainText('1/1', { timeout: 1_000 });
    expect(Date.now() - arrived).toBeLessThan(1_000);
    // Nothing but what changed was read for it.
    expect(new Set(asked)).toEqual(new Set([`/api/overview?area=119&touched=${COMMUNE}`]));

    await desk.getByRole('link', { name: 'Chờ duyệt' }).click();
    await desk.getByRole('row', { name: /Gia đình văn hóa/ }).getByRole('link', { name: FAMILY }).click();
    await expect(desk.locator('.timeline__item').first()).toContainText(officer.name);
    // On an upright tablet the decision follows what it is about and does not wait below the history.
    await desk.setViewportSize({ width: 800, height: 1280 });
    const [content, decision, history] = await Promise.all(
      ['.all-values', '.decide', '.timeline'].map((part) => desk.locator(part).boundingBox()),
    );
    expect(decision.y).toBeGreaterThan(content.y + content.height);
    expect(history.y).toBeGreaterThan(decision.y + decision.height);
    await look(desk, 'upright-entry');
    await desk.setViewportSize({ width: 1440, height: 900 });
    await look(desk, 'desktop-entry-decide');
    await desk.getByLabel('Ý kiến gửi cán bộ xã').fill('Xem lại số hộ dự họp.');
    await desk.getByRole('button', { name: 'Trả lại' }).click();
    await expect(desk.locator('.entry__head .badge')).toHaveText('Bị trả lại');

    await syncNow(page);
    await expect(page.getByText('Xem lại số hộ dự họp.')).toBeVisible();
    await page.getByLabel('Số hộ dự họp').fill('29');
    await page.getByLabel('Số hộ dự họp').press('Tab');
    await submit(page);
    await syncNow(page);

    await expect(desk.locator('.entry__head .badge')).toHaveText('Đã gửi duyệt');
    await desk.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await expect(desk.locator('.entry__head .badge')).toHaveText('Đã duyệt');
    await syncNow(page);
    await expect(page.locator('.result-panel .badge', { hasText: 'Đã duyệt' })).toBeVisible();

    // What changes after acceptance stops counting until it is looked at again.
    await page.getByLabel('Số hộ dự họp').fill('28');
    await page.getByLabel('Số hộ dự họp').press('Tab');
    await expect.poll(() => waiting(page)).not.toBe('0');
    await syncNow(page);
    await expect(desk.locator('.entry__head .badge')).toHaveText('Đã sửa sau duyệt');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});

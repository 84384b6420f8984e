// A residential area goes to another commune while tablets hold what nobody has seen: what is still its writer's
// to enter goes with the area, the rest waits for the officer of the new commune, and both are told in words.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow } from '../support/browser.mjs';
import { look } from '../support/look.mjs';
import { Server, tallyOf } from '../support/server.mjs';
import { addFamily, fillFamily, openArea, openFamily, saved } from '../support/tablet.mjs';

const OLD = '03751';
const NEW = '03754';
const DISTRICT = '119';
const AREA = 'Bản Bó';
const FIRST = 'Quàng Văn Chung';
const SECOND = 'Lò Thị Hặc';

test.describe.configure({ timeout: 300_000 });

const expected = async (server, account, area) =>
  tallyOf(await server.overview(account, area), 'gia-dinh-van-hoa')?.expected ?? 0;

async function openHandovers(page) {
  await page.getByRole('link', { name: 'Đồng bộ', exact: true }).click();
  await page.getByRole('link', { name: 'Bàn giao giữa các xã' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bàn giao giữa các xã' })).toBeVisible();
}

test('an area moves while two tablets hold unsent work: one is rerouted, the other is kept and taken over', async () => {
  const server = await Server.create();
  await server.start();
  const officer = (name, ...areas) => {
    const password = 'mat-khau-thu-nghiem';
    const where = areas.flatMap((area) => ['--area', area]);
    server.cli(['account', 'add', name, '--role', 'commune-officer', ...where, '--display-name', name, '--password-stdin'], `${password}\n`);
    return { name, password };
  };
  const both = officer('can-bo-hai-xa', OLD, NEW);
  const old = officer('can-bo-xa-cu', OLD);
  const next = officer('can-bo-xa-moi', NEW);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(OLD, [
    { area: AREA, head: FIRST, house: '1' },
    { area: AREA, head: SECOND, house: '2' },
  ]);
  const devices = [0, 1, 2].map(() => new Device(server.url));
  try {
    const pages = [];
    for (const [index, account] of [both, old].entries()) {
      const page = await devices[index].open();
      pages.push(page);
      await signedIn(page, account);
      await openArea(page, AREA);
      await openFamily(page, [FIRST, SECOND][index]);
      await offlineReady(page);
    }
    // Without a connection both go on with their work.
    await server.kill();
    for (const page of pages) {
      await fillFamily(page);
      await saved(page);
    }
    await openArea(pages[1], AREA);
    await addFamily(pages[1], 'Mùa A Chu', '3');

    server.cli(['area', 'move', '--residential-area', AREA, '--from', OLD, '--to', NEW]);
    await server.start();

    // Who enters for both communes notices nothing but where the area is now.
    const [mine, theirs] = pages;
    await syncNow(mine);
    await mine.getByRole('link', { name: 'Tổng quan' }).first().click();
    await mine.getByLabel('Xã đang mở').selectOption(NEW);
    await openArea(mine, AREA);
    await openFamily(mine, FIRST);
    await expect(mine.getByLabel('Số hộ dự họp')).toHaveValue('28');
    expect(await expected(server, reviewer, OLD)).toBe(0);
    expect(await expected(server, reviewer, NEW)).toBe(2);

    // Who enters for the old commune only is told where it has gone, and keeps what was written.
    await syncNow(theirs);
    await theirs.getByRole('link', { name: 'Tổng quan' }).first().click();
    await expect(theirs.locator('.area-list__link', { hasText: AREA })).toHaveCount(0);
    await theirs.getByRole('link', { name: 'Đồng bộ', exact: true }).click();
    await expect(theirs.getByText('Máy chủ giữ nguyên nội dung, chờ cán bộ xã đó tiếp nhận.').first()).toBeVisible();
    await openHandovers(theirs);
    const ownRows = theirs.locator('[data-handover]');
    // The family that is new, the entry, and the area's meeting that was entered with it.
    await expect(ownRows).toHaveCount(3);
    await expect(ownRows.first()).toContainText(/Nay thuộc .+\. Đang chờ cán bộ .+ tiếp nhận\./);
    await look(theirs, 'tablet-handovers-own');

    // The new commune's officer is led to it.
    const page = await devices[2].open();
    await signedIn(page, next);
    await page.getByRole('link', { name: '3 nội dung do cán bộ xã khác ghi, chờ xã bạn tiếp nhận' }).click();
    const rows = page.locator('[data-handover]');
    await expect(rows).toHaveCount(3);
    await look(page, 'tablet-handovers');
    const entry = rows.filter({ hasText: 'Gia đình văn hóa' });
    await expect(entry).toContainText(SECOND);
    await expect(entry).toContainText('can-bo-xa-cu ghi');
    await entry.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
    await expect(rows).toHaveCount(2);
    await rows.filter({ hasNotText: 'Mùa A Chu' }).getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
    await expect(rows).toHaveCount(1);
    await rows.getByRole('button', { name: 'Không tiếp nhận…' }).click();
    await rows.getByLabel('Vì sao không tiếp nhận?').fill('Hộ này ở bản khác.');
    await rows.getByLabel('Vì sao không tiếp nhận?').press('Tab');
    await look(page, 'tablet-handovers-declining');
    await rows.getByRole('button', { name: 'Gửi lý do' }).click();
    await expect(page.getByText('Không có nội dung nào đang bàn giao.')).toBeVisible();
    await openArea(page, AREA);
    await openFamily(page, SECOND);
    await expect(page.getByLabel('Số hộ dự họp')).toHaveValue('28');
    expect(await expected(server, reviewer, NEW)).toBe(2);

    // And the answer travels back.
    await theirs.reload();
    await expect(ownRows.filter({ hasText: 'Gia đình văn hóa' })).toContainText('can-bo-xa-moi đã tiếp nhận');
    await expect(ownRows.filter({ hasText: 'Mùa A Chu' })).toContainText('không tiếp nhận');
    await expect(ownRows.filter({ hasText: 'Mùa A Chu' })).toContainText('“Hộ này ở bản khác.”');
    expect(server.cli(['recount'])).toContain('khớp');
  } finally {
    for (const device of devices) await device.dispose();
    await server.dispose();
  }
});

test('an administrator moves an area on the screen, and back', async () => {
  const server = await Server.create();
  await server.start();
  const administrator = server.account('quan-tri', 'administrator', '14');
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(OLD, [{ area: AREA, head: FIRST, house: '1' }]);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await office.open();
    await signedIn(page, administrator);
    await page.getByRole('link', { name: 'Địa giới', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Địa giới và bàn giao' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Chuyển…' })).toBeDisabled();
    const move = async (from, to) => {
      for (const [side, commune] of [['Từ', from], ['Sang', to]]) {
        const group = page.getByRole('group', { name: side });
        await group.getByLabel('Huyện, thành phố').selectOption(DISTRICT);
        await group.getByLabel('Xã, phường, thị trấn').selectOption(commune);
      }
      await page.getByLabel('Phần được chuyển').selectOption({ label: AREA });
      await page.getByRole('button', { name: 'Chuyển…' }).click();
      await expect(page.getByText('Chuyển nhầm thì chuyển ngược lại được.')).toBeVisible();
      await look(page, 'review-areas');
      await page.getByRole('button', { name: 'Chuyển', exact: true }).click();
      await expect(page.getByText('Đã chuyển 2 mục')).toBeVisible();
    };
    await move(OLD, NEW);
    expect(await expected(server, reviewer, NEW)).toBe(1);
    await move(NEW, OLD);
    expect(await expected(server, reviewer, OLD)).toBe(1);
    expect(await expected(server, reviewer, NEW)).toBe(0);
  } finally {
    await office.dispose();
    await server.dispose();
  }
});

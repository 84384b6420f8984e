// A register that a PIN locks: sealed on the disk, opened without a network, shared by officers who do not see
// each other's, and never lost for a forgotten PIN.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signIn, signedIn, syncNow, synced, waiting } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { addFamily, openArea } from '../../support/tablet.mjs';

const PIN = '582031';
const HEAD = 'Giàng A Páo';

test.describe.configure({ timeout: 180_000 });

let server;
let officer;
let second;
let tablet;

test.beforeEach(async () => {
  server = await Server.create();
  await server.start();
  officer = server.account('can-bo-xa', 'commune-officer', '03751');
  second = server.account('can-bo-khac', 'commune-officer', '03754');
  server.roster('03751', [{ area: 'Bản Bó', head: 'Lò Thị Mẩy', house: '1' }]);
  server.roster('03754', [{ area: 'Bản Mòn', head: 'Tòng Văn Pản', house: '1' }]);
  tablet = new Device(server.url);
});

test.afterEach(async () => {
  await tablet.dispose();
  await server.dispose();
});

async function choosePin(page, pin) {
  await page.getByLabel('Mã PIN mới').fill(pin);
  await page.getByLabel('Nhập lại mã PIN').fill(pin);
  await page.getByRole('button', { name: 'Đặt mã PIN' }).click();
}

async function enterPin(page, pin) {
  await page.getByLabel('Mã PIN', { exact: true }).fill(pin);
  await page.getByRole('button', { name: 'Mở sổ' }).click();
}

const header = (page) => page.locator('.app-header');
const locked = (page) => page.getByRole('heading', { name: 'Sổ đang khóa' });

async function withPin() {
  const page = await tablet.open();
  await signIn(page, officer);
  await choosePin(page, PIN);
  await expect(header(page)).toBeVisible();
  await offlineReady(page);
  // What the commune has is here, and not only nothing waiting: the server may be gone a moment later.
  await syncNow(page);
  return page;
}

// Everything that this site has on the disk, as text.
const onDisk = (page) =>
  page.evaluate(async () => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found = [JSON.stringify(Object.entries(localStorage))];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store);
        for (const row of [...(await done(rows.getAllKeys())), ...(await done(rows.getAll()))]) {
          found.push(row instanceof Uint8Array ? new TextDecoder().decode(row) : JSON.stringify(row));
        }
      }
      database.close();
    }
    return found.join('\n');
  });

test('a PIN locks what is stored, opens it with the server gone, and a half-typed field is there again', async () => {
  let page = await tablet.open();
  await signIn(page, officer);
  await expect(page.getByRole('heading', { name: 'Đặt mã PIN' })).toBeVisible();
  await look(page, 'tablet-first-pin');
  await choosePin(page, '123456');
  await expect(page.getByRole('alert')).toContainText('dễ đoán');
  await page.getByLabel('Mã PIN mới').fill(PIN);
  await page.getByLabel('Nhập lại mã PIN').fill('582032');
  await page.getByRole('button', { name: 'Đặt mã PIN' }).click();
  await expect(page.getByRole('alert')).toContainText('chưa giống nhau');
  await choosePin(page, PIN);
  await expect(header(page)).toBeVisible();
  await offlineReady(page);
  await synced(page);
  await openArea(page, 'Bản Bó');
  await server.kill();
  await addFamily(page, HEAD, '78');
  await expect.poll(() => waiting(page)).not.toBe('0');

  await page.getByRole('link', { name: 'Đánh giá khu dân cư' }).click();
  const note = page.getByLabel('Ghi chú').first();
  await note.fill('Họp lại ngày 20');
  await page.getByRole('button', { name: 'Khóa' }).click();
  await expect(locked(page)).toBeVisible();
  await look(page, 'tablet-locked');
  const disk = await onDisk(page);
  expect(disk).toContain('locked-here');
  for (const said of [HEAD, 'Lò Thị Mẩy', 'Bản Bó', 'Họp lại', officer.password, PIN]) {
    expect(disk, 'what lies on the disk').not.toContain(said);
  }

  // Closed for good and opened again, still without a server.
  await tablet.close();
  page = await tablet.open();
  await expect(locked(page)).toBeVisible();
  await enterPin(page, '582032');
  await expect(page.getByRole('alert').first()).toContainText('chưa đúng');
  await enterPin(page, PIN);
  await expect(header(page)).toBeVisible();
  await openArea(page, 'Bản Bó');
  await expect(page.locator('.grid__name', { hasText: HEAD })).toBeVisible();
  // Saved by leaving the field, or kept as a draft where the page went sooner.
  await page.getByRole('link', { name: 'Đánh giá khu dân cư' }).click();
  await expect(page.getByLabel('Ghi chú').first()).toHaveValue('Họp lại ngày 20');
  await server.start();
  await syncNow(page);
});

test('two officers share a tablet: neither sees the other, nothing travels under another name', async () => {
  const page = await withPin();
  await server.kill();
  await openArea(page, 'Bản Bó');
  await addFamily(page, HEAD, '78');
  await page.getByRole('button', { name: 'Khóa' }).click();
  await page.getByRole('button', { name: 'Người khác dùng máy' }).click();
  await expect(page.getByRole('button', { name: /can-bo-xa/ })).toBeVisible();
  await look(page, 'tablet-who');
  await server.start();
  await signedIn(page, second);
  await syncNow(page);
  await expect(page.getByText('Bản Mòn')).toBeVisible();
  await expect(page.getByText('Bản Bó')).toHaveCount(0);
  await page.getByRole('link', { name: 'Đồng bộ' }).last().click();
  await page.getByRole('button', { name: 'Đăng xuất' }).click();

  await page.getByRole('button', { name: /can-bo-xa/ }).click();
  await enterPin(page, PIN);
  await expect(header(page)).toBeVisible();
  await expect(page.getByText('Bản Bó')).toBeVisible();
  await expect(page.getByText('Bản Mòn')).toHaveCount(0);
  // The PIN opens the register; the server wants the password once more.
  await page.locator('.sync-strip').click();
  await page.getByLabel('Mật khẩu').fill(officer.password);
  await page.getByRole('button', { name: 'Đăng nhập lại' }).click();
  await synced(page);
});

test('while another session is open, an officer with a PIN is asked to sign in and receives nothing of the other', async () => {
  const page = await withPin();
  await page.getByRole('button', { name: 'Khóa' }).click();
  await page.getByRole('button', { name: 'Người khác dùng máy' }).click();
  await signIn(page, second);
  await choosePin(page, '740913');
  await expect(header(page)).toBeVisible();
  await syncNow(page);
  await page.getByRole('button', { name: 'Khóa' }).click();
  await page.getByRole('button', { name: 'Người khác dùng máy' }).click();
  await page.getByRole('button', { name: /can-bo-xa/ }).click();
  await enterPin(page, PIN);
  await page.locator('.sync-strip').click();
  await expect(page.getByRole('button', { name: 'Đăng nhập lại' })).toBeVisible();
  await page.getByRole('link', { name: 'Tổng quan' }).first().click();
  await expect(page.getByText('Bản Bó')).toBeVisible();
  await expect(page.getByText('Bản Mòn')).toHaveCount(0);
});

test('wrong PINs cost time, also after a reload; the password opens and a new PIN is chosen', async () => {
  const page = await withPin();
  await server.kill();
  await openArea(page, 'Bản Bó');
  await addFamily(page, HEAD, '78');
  await page.getByRole('button', { name: 'Khóa' }).click();
  for (let wrong = 0; wrong < 5; wrong += 1) {
    await enterPin(page, '111113');
    await expect(page.getByLabel('Mã PIN', { exact: true })).toHaveValue('');
    await expect(page.getByRole('alert').first()).not.toBeEmpty();
  }
  await expect(page.getByRole('alert').first()).toContainText('Nhập sai nhiều lần');
  await page.reload();
  await expect(page.getByRole('alert').first()).toContainText('Nhập sai nhiều lần');
  await expect(page.getByRole('button', { name: 'Mở sổ' })).toBeDisabled();
  await look(page, 'tablet-locked-waiting');

  await server.start();
  await page.getByRole('button', { name: 'Quên mã PIN' }).click();
  await page.getByLabel('Mật khẩu').fill('sai-mat-khau');
  await page.getByRole('button', { name: 'Đăng nhập và mở sổ' }).click();
  await expect(page.getByRole('alert').last()).toContainText('mật khẩu');
  await page.getByLabel('Mật khẩu').fill(officer.password);
  await page.getByRole('button', { name: 'Đăng nhập và mở sổ' }).click();
  await expect(page.getByRole('heading', { name: 'Đặt mã PIN' })).toBeVisible();
  await choosePin(page, '740913');
  await synced(page);
  await openArea(page, 'Bản Bó');
  await expect(page.locator('.grid__name', { hasText: HEAD })).toBeVisible();
  await page.reload();
  await enterPin(page, '740913');
  await expect(header(page)).toBeVisible();
});

test('left alone it locks itself; the PIN is changed and taken away again', async () => {
  const page = await withPin();
  await page.getByRole('link', { name: 'Đồng bộ' }).last().click();
  await page.getByRole('link', { name: 'Khóa sổ bằng mã PIN' }).click();
  await look(page, 'tablet-pin');
  await page.getByRole('radio', { name: '5 phút', exact: true }).check();
  await page.clock.install();
  await page.reload();
  await enterPin(page, PIN);
  await expect(header(page)).toBeVisible();
  await page.clock.fastForward('04:00');
  await page.keyboard.press('Shift');
  await page.clock.fastForward('04:00');
  await expect(header(page)).toBeVisible();
  await page.clock.fastForward('05:30');
  await expect(locked(page)).toBeVisible();
  await enterPin(page, PIN);

  await choosePin(page, '740913');
  await expect(page.getByRole('status').first()).toContainText('Đã đặt mã PIN');
  await page.getByRole('button', { name: 'Khóa ngay' }).click();
  await enterPin(page, PIN);
  await expect(page.getByRole('alert').first()).toContainText('chưa đúng');
  await enterPin(page, '740913');
  await page.getByRole('button', { name: 'Bỏ mã PIN' }).click();
  await expect(page.getByRole('status').first()).toContainText('Đã bỏ mã PIN');
  await page.reload();
  await expect(header(page)).toBeVisible();
});

// Bad input: each a clear refusal in words, and nothing entered is lost.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signIn, signedIn, synced, waiting } from '../support/browser.mjs';
import { Server } from '../support/server.mjs';
import { addFamily, openArea } from '../support/tablet.mjs';

const COMMUNE = '03751';
const OTHER_COMMUNE = '03754';
const SYNC = 'application/vnd.thidua.sync';

let server;
let officer;

test.beforeAll(async () => {
  server = await Server.create();
  await server.start();
  officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: 'Quàng Văn Chung', house: '1' }]);
});

test.afterAll(async () => {
  await server.dispose();
});

test('a wrong password says so and keeps the account name', async () => {
  const tablet = new Device(server.url);
  try {
    const page = await tablet.open();
    await signIn(page, { ...officer, password: 'sai-mat-khau' });
    await expect(page.getByRole('alert')).toContainText('mật khẩu');
    await expect(page.getByLabel('Tài khoản')).toHaveValue(officer.name);
    await signedIn(page, officer);
    await expect(page.getByRole('heading', { name: 'Tổng quan' })).toBeVisible();
  } finally {
    await tablet.dispose();
  }
});

test('a session that ends while entries wait loses nothing; sync goes on after signing in', async () => {
  const tablet = new Device(server.url);
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await offlineReady(page);
    await synced(page);
    await tablet.context.clearCookies();
    await addFamily(page, 'Vàng A Chống', '77');
    await page.getByRole('link', { name: 'Đồng bộ' }).last().click();
    await expect(page.getByText('Hết phiên đăng nhập').first()).toBeVisible();
    expect(Number(await waiting(page))).toBeGreaterThan(0);
    await page.getByLabel('Mật khẩu').fill(officer.password);
    await page.getByRole('button', { name: 'Đăng nhập lại' }).click();
    await synced(page);
  } finally {
    await tablet.dispose();
  }
});

test('unsent work survives signing out, and is not shown to the next account', async () => {
  const second = server.account('can-bo-khac', 'commune-officer', OTHER_COMMUNE);
  const tablet = new Device(server.url);
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await offlineReady(page);
    await synced(page);
    await server.kill();
    await addFamily(page, 'Sồng A Dơ', '78');
    await page.getByRole('link', { name: 'Đồng bộ' }).last().click();
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await expect(page.getByLabel('Tài khoản')).toBeVisible();
    await server.start();
    await signedIn(page, second);
    await expect(page.getByRole('heading', { name: 'Tổng quan' })).toBeVisible();
    await expect(page.getByText('Bản Bó')).toHaveCount(0);
    await page.getByRole('link', { name: 'Đồng bộ' }).last().click();
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await signedIn(page, officer);
    await synced(page);
    await openArea(page, 'Bản Bó');
    await expect(page.locator('.grid__name', { hasText: 'Sồng A Dơ' })).toBeVisible();
  } finally {
    await tablet.dispose();
  }
});

test.describe('the sync address', () => {
  let cookie;

  test.beforeAll(async () => {
    const answer = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ account: officer.name, password: officer.password }),
    });
    cookie = answer.headers.get('set-cookie').split(';')[0];
  });

  // Version 1 of the protocol: one message as JSON, which the server speaks beside the app's own version.
  const frame = (message) => {
    const payload = Buffer.from(JSON.stringify(message));
    const header = Buffer.alloc(11);
    header.write('THIDUA');
    header[6] = 1;
    header.writeUInt32BE(payload.length, 7);
    return Buffer.concat([header, payload]);
  };

  const cases = [
    { title: 'a body over the limit', body: Buffer.alloc((4 << 20) + 1), status: 413, code: 'too-large' },
    { title: 'bytes that are no frame', body: Buffer.from('<html>Đăng nhập wifi</html>'), status: 422, code: 'malformed' },
    { title: 'a frame cut short', body: frame({ device: 1 }).subarray(0, 15), status: 422, code: 'malformed' },
    { title: 'another content type', body: frame({}), type: 'text/plain', status: 415, code: 'wrong-content-type' },
    { title: 'a request from another site', body: frame({}), origin: 'https://example.org', status: 403, code: 'foreign-origin' },
    { title: 'nobody signed in', body: frame({}), signedOut: true, status: 401, code: 'not-signed-in' },
  ];
  for (const { title, body, type = SYNC, origin, signedOut, status, code } of cases) {
    test(`refuses ${title} in words`, async () => {
      const headers = { 'content-type': type, origin: origin ?? server.url };
      if (!signedOut) headers.cookie = cookie;
      const answer = await fetch(`${server.url}/api/sync`, { method: 'POST', headers, body });
      expect(answer.status).toBe(status);
      const problem = await answer.json();
      expect(problem.code).toBe(code);
      expect(problem.message.length).toBeGreaterThan(10);
    });
  }

  test('does not take an entry for another commune, and says why', async () => {
    const edit = {
      id: [4242, 1],
      time: 1,
      author: officer.name,
      commune: OTHER_COMMUNE,
      record: 'family/0000000000000000000000000000000f',
      changes: [{ f: 'head', v: 'Người lạ' }],
    };
    const body = frame({ device: 4242, last_seq: 1, former: [], edits: [edit], cursors: [] });
    const answer = await fetch(`${server.url}/api/sync`, {
      method: 'POST',
      headers: { 'content-type': SYNC, origin: server.url, cookie },
      body,
    });
    expect(answer.status).toBe(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const response = JSON.parse(bytes.subarray(11).toString());
    expect(response.held).toBe(1);
    expect(response.rejected).toEqual([{ seq: 1, reason: 'not-your-area' }]);
  });
});

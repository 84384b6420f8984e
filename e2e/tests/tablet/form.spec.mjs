// The entry form under a thumb: nothing moves what is about to be tapped.
import { expect, test } from '@playwright/test';
import { Device, signedIn } from '../../support/browser.mjs';
import { Server } from '../../support/server.mjs';
import { fillFamily, openArea, openFamily } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const HEAD = 'Lò Văn An';

test('the result keeps its height while a form is filled in, and unfolds its reasons', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: HEAD, house: '1' }]);
  const tablet = new Device(server.url);
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await openFamily(page, HEAD);

    const panel = page.locator('.result-panel');
    const height = async () => (await panel.boundingBox()).height;
    const reasons = panel.locator('.result-panel__reasons > li');
    const untouched = await height();
    await expect(reasons.filter({ visible: true })).toHaveCount(1);
    const others = (await reasons.count()) - 1;
    expect(others).toBeGreaterThan(2);

    const unfold = panel.getByRole('button', { name: `và ${others} lý do nữa` });
    await unfold.click();
    await expect(reasons.filter({ visible: true })).toHaveCount(others + 1);
    expect(await height()).toBe(untouched);
    await panel.getByRole('button', { name: 'Thu gọn' }).click();

    await fillFamily(page);
    expect(await height()).toBe(untouched);
  } finally {
    await tablet.dispose();
    await server.dispose();
  }
});

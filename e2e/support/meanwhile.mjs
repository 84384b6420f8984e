// A tablet at work while a reviewer looks at a page: it enters and syncs, and the page is asked what it made of it.
import { Device, signedIn, syncNow } from './browser.mjs';
import { addArea, addFamily, openArea, openFamily } from './tablet.mjs';

export class Tablet {
  // Signed in as the officer of a commune, with what the server holds of it.
  static async of(server, account) {
    const tablet = new Tablet();
    tablet.device = new Device(server.url);
    tablet.page = await tablet.device.open();
    await signedIn(tablet.page, account);
    return tablet;
  }

  // As an officer of a commune who is made now.
  static async begins(server, commune) {
    return Tablet.of(server, server.account(`can-bo-${commune}`, 'commune-officer', commune));
  }

  // A residential area, and a family in it, whose sheet is left open.
  async enters(head = 'Giàng A Páo', area = 'Bản Mới Lập') {
    await addArea(this.page, area);
    await openArea(this.page, area);
    await addFamily(this.page, head, '1');
    await openFamily(this.page, head);
  }

  async syncs() {
    await syncNow(this.page);
  }

  async dispose() {
    await this.device.dispose();
  }
}

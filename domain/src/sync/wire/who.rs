//! Who speaks and for whom: communes, devices, authors.

use super::WireError;
use super::coder::Coder;
use super::model::Column;
use super::stream::{Stream, context};
use super::tables::DeviceMemory;
use crate::area::AreaCode;
use crate::sync::edit::DeviceId;

impl<C: Coder> Stream<C> {
    /// The number of a thing in a table: 0 for one that is new.
    pub(super) fn known(&mut self, given: Option<u32>, last: u32, place: u32) -> Option<u32> {
        let number = given.map_or(0, |number| u64::from(number) + 1);
        let contexts = [context(&[place]), context(&[place, last])];
        let number = self.model.number(number, Column::Who, &contexts, 4);
        // A number out of range is no thing of the table; whoever looks it up refuses it.
        (number > 0).then(|| u32::try_from(number - 1).unwrap_or(u32::MAX))
    }

    /// A commune.
    pub(super) fn commune(
        &mut self,
        given: Option<&AreaCode>,
    ) -> Result<(AreaCode, u32), WireError> {
        let given = given.map_or("", AreaCode::as_str);
        let number = self.memory.communes.number(given);
        let number = match self.known(number, self.memory.communes.last, 0x100) {
            Some(number) => number,
            None => {
                let text = self.literal(given, 0x101)?;
                self.memory.communes.add(text)
            }
        };
        let text = self.memory.communes.get(number).ok_or(WireError::Payload)?;
        let commune = AreaCode::parse(text).map_err(|_| WireError::Payload)?;
        self.memory.communes.last = number;
        self.spend(8)?;
        Ok((commune, number))
    }

    /// A device, as its number in the table.
    pub(super) fn device(&mut self, given: DeviceId) -> Result<u32, WireError> {
        let number = self.memory.devices.number(&given);
        let number = match self.known(number, self.memory.devices.last, 0x110) {
            Some(number) => number,
            None => {
                let wide = given.0 >> 52 != 0;
                let wide = self.model.flag(wide, Column::Who, &[0x111]);
                let bits = if wide { 64 } else { 52 };
                // At most 64 bits were asked for.
                let id = DeviceId(self.model.random(u128::from(given.0), bits) as u64);
                let number = self.memory.devices.add(id);
                if number as usize == self.memory.device.len() {
                    self.memory.device.push(DeviceMemory::default());
                }
                number
            }
        };
        if number >= self.memory.devices.len() {
            return Err(WireError::Payload);
        }
        self.memory.devices.last = number;
        Ok(number)
    }

    pub(super) fn device_id(&self, number: u32) -> Result<DeviceId, WireError> {
        let id = self.memory.devices.get(number).copied();
        id.ok_or(WireError::Payload)
    }

    /// Who wrote an edit, and the number in the table.
    pub(super) fn author(&mut self, given: &str, device: u32) -> Result<(String, u32), WireError> {
        let number = self.memory.authors.number(given);
        let last = self.memory.device[device as usize].author;
        let number = match self.known(number, last, 0x120) {
            Some(number) => number,
            None => {
                let text = self.literal(given, 0x121)?;
                self.memory.authors.add(text)
            }
        };
        let author = self.memory.authors.get(number).cloned();
        let author = author.ok_or(WireError::Payload)?;
        self.spend_text(&author)?;
        Ok((author, number))
    }
}

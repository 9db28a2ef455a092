//! Where the meaning of one record is written down, and where its ids come from.

use oqto_protocol::entry::LogEvent;
use oqto_protocol::ids::{InputId, MessageId, SessionId};
use oqto_protocol::live::LiveEvent;
use serde_json::Value;

use crate::adapter::{Outgoing, Output};

/// What one record means, in order.
pub(super) struct Scribe<'o> {
    /// The session; part of every derived id.
    pub session: SessionId,
    /// Time of the first record of this child: tells the journals of two children of one session apart.
    pub epoch: u64,
    /// Index of the record.
    pub index: u64,
    /// Time of the record, Unix milliseconds.
    pub ts: u64,
    /// How many ids this record has given away.
    pub minted: u64,
    /// What came of it.
    pub out: &'o mut Vec<Output>,
}

impl Scribe<'_> {
    pub(super) fn live(&mut self, event: LiveEvent) {
        self.out.push(Output::Live(event));
    }

    pub(super) fn entry(&mut self, event: LogEvent) {
        self.out.push(Output::Entry(event));
    }

    pub(super) fn put(&mut self, output: Output) {
        self.out.push(output);
    }

    pub(super) fn send(&mut self, outgoing: Outgoing) {
        self.out.push(Output::Send(outgoing));
    }

    pub(super) fn message_id(&mut self) -> MessageId {
        MessageId::derived(&[b"pi", &self.mint()])
    }

    pub(super) fn input_id(&mut self) -> InputId {
        InputId::derived(&[b"pi", &self.mint()])
    }

    fn mint(&mut self) -> Vec<u8> {
        self.minted += 1;
        let mut key = self.session.uuid().as_bytes().to_vec();
        for number in [self.epoch, self.index, self.minted] {
            key.extend_from_slice(&number.to_be_bytes());
        }
        key
    }
}

/// A command as a line for Pi.
pub(super) fn line(id: impl Into<String>, command: &Value) -> Outgoing {
    let mut bytes = command.to_string().into_bytes();
    bytes.push(b'\n');
    Outgoing { id: id.into(), bytes }
}

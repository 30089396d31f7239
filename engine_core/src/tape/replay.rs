//! A tape brought to what it is applied to, a batch of messages at a time.

use super::{Depth, Format, Message, TapeError};

const BATCH: usize = 256;

pub struct Replay {
    format: Box<dyn Format + Send + Sync>,
    depth: Box<dyn Depth + Send + Sync>,
    messages: u64,
    batch: [Message; BATCH],
}

impl Replay {
    pub fn new(format: Box<dyn Format + Send + Sync>, depth: Box<dyn Depth + Send + Sync>) -> Replay {
        Replay { format, depth, messages: 0, batch: [Message::NOTHING; BATCH] }
    }

    pub fn format(&self) -> &dyn Format {
        &*self.format
    }

    pub fn depth(&self) -> &dyn Depth {
        &*self.depth
    }

    /// Ends it: what the depth has recorded is on disk.
    pub fn finish(self) -> Result<(), TapeError> {
        self.depth.finish()
    }

    /// The instruments of which a name is known, and their symbols.
    pub fn symbols(&self) -> impl Iterator<Item = (u16, &str)> {
        let symbols = (0..=u16::MAX).zip(self.format.symbols());
        symbols.map(|(instrument, symbol)| (instrument, symbol.as_str())).filter(|(_, symbol)| !symbol.is_empty())
    }

    /// How many messages were read.
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// Goes on by at most so many messages; returns whether there may be more.
    pub fn advance(&mut self, messages: u64) -> Result<bool, TapeError> {
        let end = self.messages.saturating_add(messages);
        while self.messages < end {
            let wanted = (end - self.messages).min(BATCH as u64) as usize;
            let count = self.format.read(&mut self.batch[..wanted])?;
            if count == 0 {
                return Ok(false);
            }
            self.messages += count as u64;
            self.depth.apply(&self.batch[..count], self.format.symbols())?;
        }
        Ok(true)
    }
}

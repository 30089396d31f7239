//! A tape brought to what it is applied to, a batch of messages at a time.

use super::{Compared, Depth, Format, Message, Reference, TapeError};

const BATCH: usize = 256;

pub struct Replay {
    format: Box<dyn Format + Send + Sync>,
    depth: Box<dyn Depth + Send + Sync>,
    reference: Option<Box<dyn Reference + Send + Sync>>,
    from_ns: u64,
    messages: u64,
    batch: [Message; BATCH],
}

impl Replay {
    /// Of messages before `from_ns` (as the format counts) nothing is compared: they lead to the books that are.
    pub fn new(
        format: Box<dyn Format + Send + Sync>,
        depth: Box<dyn Depth + Send + Sync>,
        reference: Option<Box<dyn Reference + Send + Sync>>,
        from_ns: u64,
    ) -> Replay {
        Replay { format, depth, reference, from_ns, messages: 0, batch: [Message::NOTHING; BATCH] }
    }

    pub fn format(&self) -> &dyn Format {
        &*self.format
    }

    pub fn depth(&self) -> &dyn Depth {
        &*self.depth
    }

    /// What was compared with the books that the tape itself brings, if it does.
    pub fn compared(&self) -> Option<&Compared> {
        self.reference.as_ref().map(|reference| reference.compared())
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
                self.reference.as_mut().map_or(Ok(()), |reference| reference.end(&*self.depth))?;
                return Ok(false);
            }
            self.apply(count)?;
        }
        Ok(true)
    }

    fn apply(&mut self, count: usize) -> Result<(), TapeError> {
        let Replay { format, depth, reference, from_ns, messages, batch } = self;
        let symbols = format.symbols();
        let Some(reference) = reference else {
            *messages += count as u64;
            return depth.apply(&batch[..count], symbols);
        };
        let before = batch[..count].iter().take_while(|message| message.time_ns < *from_ns).count();
        for (part, counts) in [(&batch[..before], false), (&batch[before..count], true)] {
            let first = *messages + 1;
            *messages += part.len() as u64;
            reference.apply(&mut **depth, part, first, symbols, counts)?;
        }
        Ok(())
    }
}

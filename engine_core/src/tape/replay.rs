//! A tape brought to what it is applied to, a batch of messages at a time.

use super::{Compared, Depth, Format, Message, Recorder, Reference, TapeError, Wanted};

const BATCH: usize = 256;

pub struct Replay {
    format: Box<dyn Format + Send + Sync>,
    depth: Box<dyn Depth + Send + Sync>,
    reference: Option<Box<dyn Reference + Send + Sync>>,
    from_ns: u64,
    messages: u64,
    /// Of the last message that has one.
    time_ns: u64,
    recorder: Option<Box<Recorder>>,
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
        Replay {
            format,
            depth,
            reference,
            from_ns,
            messages: 0,
            time_ns: 0,
            recorder: None,
            batch: [Message::NOTHING; BATCH],
        }
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

    /// What else was counted of these books.
    pub fn reference_counts(&self) -> Vec<(&'static str, u64)> {
        self.reference.as_ref().map_or_else(Vec::new, |reference| reference.counts())
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

    /// How late it is on the tape, as the format counts.
    pub fn time_ns(&self) -> u64 {
        self.time_ns
    }

    /// Collects rows of all messages to come that are not before the replay's beginning. A table is full with so many `rows`:
    /// then [`Replay::advance`] returns early, so that they can be taken out.
    pub fn record(&mut self, wanted: Wanted, rows: usize) {
        self.depth.note_trades();
        let recorder = Recorder::new(wanted, self.format.tells(), self.messages, self.from_ns, rows);
        self.recorder = Some(Box::new(recorder));
    }

    pub fn recorder(&mut self) -> Option<&mut Recorder> {
        self.recorder.as_deref_mut()
    }

    /// Collects what of the last message's time is not whole yet, and no more.
    pub fn end_record(&mut self) {
        if let Some(recorder) = &mut self.recorder {
            recorder.end(&*self.depth);
        }
    }

    /// Goes on by at most so many messages; returns whether there may be more.
    pub fn advance(&mut self, messages: u64) -> Result<bool, TapeError> {
        let end = self.messages.saturating_add(messages);
        while self.messages < end {
            let wanted = (end - self.messages).min(BATCH as u64) as usize;
            let (count, read) = self.format.read(&mut self.batch[..wanted]);
            if count == 0 && read.is_ok() {
                self.reference.as_mut().map_or(Ok(()), |reference| reference.end(&*self.depth))?;
                return Ok(false);
            }
            self.apply(count)?;
            read?;
            if self.recorder.as_ref().is_some_and(|recorder| recorder.is_full()) {
                break;
            }
        }
        Ok(true)
    }

    fn apply(&mut self, count: usize) -> Result<(), TapeError> {
        if let Some(last) = self.batch[..count].iter().rfind(|message| message.time_ns > 0) {
            self.time_ns = last.time_ns;
        }
        if self.recorder.is_some() {
            return self.apply_recorded(count);
        }
        let Replay { format, depth, reference, from_ns, messages, batch, .. } = self;
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

    /// A message at a time.
    #[cold]
    fn apply_recorded(&mut self, count: usize) -> Result<(), TapeError> {
        let Replay { format, depth, reference, from_ns, messages, recorder, batch, .. } = self;
        let (Some(recorder), symbols) = (recorder, format.symbols()) else { return Ok(()) };
        let mut traded = Vec::new();
        for message in &batch[..count] {
            *messages += 1;
            recorder.before(&**depth, message);
            let one = std::slice::from_ref(message);
            match reference {
                Some(reference) => {
                    reference.apply(&mut **depth, one, *messages, symbols, message.time_ns >= *from_ns)?;
                }
                None => depth.apply(one, symbols)?,
            }
            if let Some(noted) = depth.noted() {
                std::mem::swap(noted, &mut traded);
            }
            recorder.after(&**depth, message, &mut traded);
        }
        Ok(())
    }
}

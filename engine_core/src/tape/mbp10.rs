//! The books that Databento itself makes of an MBO tape: a file of schema MBP-10, of the same instruments and the same time.
//!
//! Its records repeat those MBO records that change one of the ten best levels, and the trades, and each has the book as it is
//! then (a trade's is the one before its fills are taken off). What repeats no record is compared when its event is over, if it
//! is the last of it.

use super::dbn::{Dbn, Mark, Marks, Records};
use super::{Compared, Depth, Message, Reference, Source, TapeError, WhileWaiting};
use crate::book::LevelView;
use crate::types::{PriceTicks, QuantityLots, Side};
use ::dbn::{BidAskPair, Mbp10Msg, Schema, UNDEF_PRICE};
use std::path::PathBuf;

const WINDOW: usize = 10;

/// A record that is still to come to.
struct Next {
    offset: u64,
    record: Mbp10Msg,
}

/// A record of the tape, and where it has led.
struct At {
    mark: Mark,
    instrument: u16,
    message: u64,
    /// Whether its book is compared.
    counts: bool,
}

pub struct Mbp10 {
    path: PathBuf,
    records: Records,
    marks: Marks,
    next: Option<Next>,
    /// The last record of the event of which the next book is.
    event: Option<At>,
    /// Billionths.
    step: i64,
    to_ns: u64,
    compared: Compared,
}

impl Mbp10 {
    /// Of what a tape replays until `to_ns`.
    pub fn new(path: PathBuf, while_waiting: WhileWaiting, tape: &mut Dbn, to_ns: u64) -> Result<Mbp10, TapeError> {
        let beside = |error| TapeError::In { file: path.display().to_string(), error: Box::new(error) };
        let records = Source::open(&path, while_waiting)
            .and_then(|source| Records::new(source, Schema::Mbp10))
            .map_err(beside)?;
        let (marks, step) = (tape.marks(), tape.step());
        let mut books =
            Mbp10 { path, records, marks, next: None, event: None, step, to_ns, compared: Compared::default() };
        books.go_on()?;
        Ok(books)
    }

    fn beside(&self, error: TapeError) -> TapeError {
        TapeError::In { file: self.path.display().to_string(), error: Box::new(error) }
    }

    /// Goes on to the next book.
    fn go_on(&mut self) -> Result<(), TapeError> {
        self.next = None;
        loop {
            let read = match self.records.next() {
                Ok(None) => return Ok(()),
                Ok(Some((offset, record))) if record.has::<Mbp10Msg>() => match record.try_get::<Mbp10Msg>() {
                    Ok(record) => Ok(Next { offset, record: record.clone() }),
                    Err(_) => {
                        let what = format!("an MBP-10 record of {} bytes", record.header().record_size());
                        Err(TapeError::At { offset, what })
                    }
                },
                Ok(Some(_)) => continue,
                Err(error) => Err(error),
            };
            self.next = Some(read.map_err(|error| self.beside(error))?);
            return Ok(());
        }
    }

    /// Compares the book that repeats a record, which was applied.
    fn compare(&mut self, depth: &dyn Depth, at: At) -> Result<(), TapeError> {
        if self.is_next_of(&at.mark, is_of_event) {
            if self.is_next_of(&at.mark, is_of_record) {
                self.compare_book(depth, &at)?;
                self.go_on()?;
            }
            self.event = Some(at);
        }
        Ok(())
    }

    /// Before a record is applied, or at the end: compares what the books told otherwise of the event before, if that is over.
    fn end_event(&mut self, depth: &dyn Depth, next: Option<&Mark>) -> Result<(), TapeError> {
        let is_over = |event: &At| next.is_none_or(|next| event.mark.is_over_before(next));
        let Some(event) = self.event.take_if(|event| is_over(event)) else { return Ok(()) };
        while self.is_next_of(&event.mark, is_of_event) {
            // What is told of the middle of an event can be compared by its own record only.
            let is_book = |next: &Mbp10Msg, _: &Mark| next.flags.is_last() && next.action as u8 != b'T';
            if self.is_next_of(&event.mark, is_book) {
                self.compare_book(depth, &event)?;
            }
            self.go_on()?;
        }
        Ok(())
    }

    fn is_next_of(&self, mark: &Mark, is_of: impl Fn(&Mbp10Msg, &Mark) -> bool) -> bool {
        self.next.as_ref().is_some_and(|next| is_of(&next.record, mark))
    }

    fn compare_book(&mut self, depth: &dyn Depth, at: &At) -> Result<(), TapeError> {
        let Some(Next { record, offset }) = self.next.as_ref().filter(|_| at.counts) else { return Ok(()) };
        for side in [Side::Buy, Side::Sell] {
            let mut levels = Vec::with_capacity(WINDOW);
            for pair in record.levels.iter().filter(|pair| level(pair, side).0 != UNDEF_PRICE) {
                let (price, size, orders) = level(pair, side);
                if price % self.step != 0 {
                    let (price, step) = (super::dbn::shown(price), super::dbn::shown(self.step));
                    let what = format!("a price of {price} is not a multiple of {step}, as the tape's are");
                    return Err(self.beside(TapeError::At { offset: *offset, what }));
                }
                let (price, quantity) = (PriceTicks(price / self.step), QuantityLots(i64::from(size)));
                levels.push(LevelView { price, quantity, orders });
            }
            self.compared.compare(depth, at.message, (at.instrument, side), &levels, WINDOW);
        }
        Ok(())
    }
}

fn level(pair: &BidAskPair, side: Side) -> (i64, u32, u32) {
    match side {
        Side::Buy => (pair.bid_px, pair.bid_sz, pair.bid_ct),
        Side::Sell => (pair.ask_px, pair.ask_sz, pair.ask_ct),
    }
}

fn is_of_event(record: &Mbp10Msg, mark: &Mark) -> bool {
    let told = (record.hd.instrument_id, record.hd.publisher_id, record.hd.ts_event, record.sequence);
    told == (mark.id, mark.publisher, mark.ts_event, mark.sequence)
}

fn is_of_record(record: &Mbp10Msg, mark: &Mark) -> bool {
    let told = (record.action as u8, record.side as u8, record.price, record.size);
    told == (mark.action, mark.side, mark.price, mark.size)
}

impl Reference for Mbp10 {
    fn apply(
        &mut self,
        depth: &mut dyn Depth,
        messages: &[Message],
        first: u64,
        symbols: &[String],
        counts: bool,
    ) -> Result<(), TapeError> {
        for (number, message) in (first..).zip(messages) {
            let mark = self.marks.lock().expect("nobody fails with it").pop_front().unwrap_or_default();
            self.end_event(depth, Some(&mark))?;
            depth.apply(std::slice::from_ref(message), symbols)?;
            let counts = counts && mark.is_ours;
            self.compare(depth, At { mark, instrument: message.instrument, message: number, counts })?;
        }
        Ok(())
    }

    fn compared(&self) -> &Compared {
        &self.compared
    }

    fn end(&mut self, depth: &dyn Depth) -> Result<(), TapeError> {
        self.end_event(depth, None)?;
        let (mut left, mut first) = (0_u64, None);
        while let Some(Next { offset, record }) = &self.next {
            if record.ts_recv <= self.to_ns {
                left += 1;
                first.get_or_insert((*offset, record.sequence));
            }
            self.go_on()?;
        }
        let Some((offset, sequence)) = first else { return Ok(()) };
        let what = format!("{left} books were not reached; this is the first, of sequence {sequence}");
        Err(self.beside(TapeError::At { offset, what }))
    }
}

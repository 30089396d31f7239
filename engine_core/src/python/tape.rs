//! Tapes: Python names the file, shows how far it is, and asks for what was counted.

use super::errors::TapeError as PyTapeError;
use crate::book::LevelView;
use crate::journal::Durability;
use crate::tape::itch::Itch;
use crate::tape::lobster::{BookRows, Lobster};
use crate::tape::{
    Abandoned, Books, Depth, Format, Market, Part, RECOGNISED_BY, Reference, Replay, Source, TapeError, Window,
    recognise,
};
use crate::types::Side;
use crate::venue::{Venue, VenueConfig};
use pyo3::exceptions::{PyKeyError, PyOSError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Price in the format's steps, quantity, orders; best first.
type Levels = Vec<(i64, i64, u32)>;

/// Has Python do what it does for a signal; Ctrl-C ends what is read.
fn signals() -> Result<(), Abandoned> {
    Python::attach(|py| py.check_signals()).map_err(|error| Abandoned(Box::new(error)))
}

fn raised(path: &Path, error: &TapeError) -> PyErr {
    match error {
        TapeError::Read(error) if error.raw_os_error().is_some() => {
            let says = error.to_string();
            let says = says.split(" (os error").next().unwrap_or_default().to_owned();
            PyOSError::new_err((error.raw_os_error(), says, path.to_path_buf()))
        }
        TapeError::Read(error) => {
            match Abandoned::within(error).and_then(|abandoned| abandoned.0.downcast_ref::<PyErr>()) {
                Some(error) => Python::attach(|py| error.clone_ref(py)),
                None => PyTapeError::new_err(format!("{}: {error}", path.display())),
            }
        }
        TapeError::In { file, error } => raised(Path::new(file), error),
        error => PyTapeError::new_err(format!("{}: {error}", path.display())),
    }
}

/// A file, or a part of an archive.
#[derive(FromPyObject)]
struct PyPart {
    path: PathBuf,
    /// What it is called in messages.
    name: String,
    /// Offset, bytes, whether they are deflated, CRC-32 of what is packed.
    part: Option<(u64, u64, bool, u32)>,
}

impl PyPart {
    fn open(&self) -> Result<Source, TapeError> {
        match self.part {
            Some((offset, bytes, is_deflated, crc32)) => {
                Source::open_part(&self.path, &Part { offset, bytes, is_deflated, crc32 })
            }
            None => Source::open(&self.path, signals),
        }
    }
}

/// The format of a tape by how the file begins: what follows `pyengine replay`, and what it is in words.
#[pyfunction]
pub fn recognise_tape(path: PathBuf) -> PyResult<Option<(&'static str, &'static str)>> {
    let raise = |error| raised(&path, &error);
    let mut source = Source::open(&path, signals).map_err(raise)?;
    let found = recognise(source.peek(RECOGNISED_BY).map_err(raise)?);
    Ok(found.map(|format| (format.name, format.is)))
}

/// A tape, and what it has led to so far: books alone, or a market of funded participants that journals its
/// commands.
///
/// Whatever is wrong with the file is a `TapeError` that names the place, a file that cannot be read an `OSError`.
/// A replay ends before the first message that is later than `to_ns`; of messages before `from_ns` nothing is compared.
/// `market`: the directory of a market's journal, which must not hold one yet; without it books alone are built.
#[pyclass(name = "TapeReplay")]
pub struct PyTapeReplay {
    path: PathBuf,
    replay: Option<Replay>,
}

impl PyTapeReplay {
    /// Begins a replay: through a market whose journal begins in a directory, or into books alone.
    fn begin<F: Format + Send + Sync + 'static>(
        py: Python<'_>,
        path: PathBuf,
        market: Option<PathBuf>,
        from_ns: u64,
        open: impl Send + FnOnce() -> Result<(F, Option<Box<dyn Reference + Send + Sync>>), TapeError>,
    ) -> PyResult<PyTapeReplay> {
        let replay = py.detach(|| {
            let (format, reference) = open()?;
            let numbering = format.numbering();
            let depth: Box<dyn Depth + Send + Sync> = match market {
                Some(directory) => Box::new(new_market(directory, format.price_scale())?.numbered(numbering)),
                None => Box::new(Books::new(format.usual_step()).numbered(numbering)),
            };
            Ok(Replay::new(Box::new(format), depth, reference, from_ns))
        });
        let replay = Some(replay.map_err(|error| raised(&path, &error))?);
        Ok(PyTapeReplay { path, replay })
    }

    pub(super) fn replay(&self) -> PyResult<&Replay> {
        self.replay
            .as_ref()
            .ok_or_else(|| PyTapeError::new_err(format!("{}: the replay has ended", self.path.display())))
    }

    pub(super) fn replay_mut(&mut self) -> PyResult<&mut Replay> {
        self.replay()?;
        Ok(self.replay.as_mut().expect("it has not ended"))
    }
}

/// A venue whose journal begins in this directory.
fn new_market(directory: PathBuf, price_scale: u32) -> Result<Market, TapeError> {
    let config =
        VenueConfig { directory: Some(directory.clone()), durability: Durability::Async, ..VenueConfig::default() };
    let venue = Venue::open(&config, |_, _, _| {})?;
    if venue.engine().sequence() > 0 {
        let error = Box::new(TapeError::Engine("holds a journal already; a replay starts a new one".into()));
        return Err(TapeError::In { file: directory.display().to_string(), error });
    }
    Market::open(venue, price_scale)
}

#[pymethods]
impl PyTapeReplay {
    /// Begins a tape of Nasdaq TotalView-ITCH 5.0, plain or packed by gzip; of some symbols only, if they are given.
    /// Times are after the exchange's midnight.
    #[staticmethod]
    #[pyo3(signature = (path, symbols=None, *, from_ns=0, to_ns=u64::MAX, market=None))]
    fn itch(
        py: Python<'_>,
        path: PathBuf,
        symbols: Option<HashSet<String>>,
        from_ns: u64,
        to_ns: u64,
        market: Option<PathBuf>,
    ) -> PyResult<PyTapeReplay> {
        let file = path.clone();
        PyTapeReplay::begin(py, path, market, from_ns, || {
            Ok((Itch::new(Source::open(&file, signals)?, symbols, to_ns)?, None))
        })
    }

    /// Begins a tape of LOBSTER's message file and, if there is one, its order book file. Times are after the
    /// exchange's midnight.
    #[staticmethod]
    #[pyo3(signature = (messages, book=None, *, symbol, from_ns=0, to_ns=u64::MAX, market=None))]
    fn lobster(
        py: Python<'_>,
        messages: PyPart,
        book: Option<PyPart>,
        symbol: String,
        from_ns: u64,
        to_ns: u64,
        market: Option<PathBuf>,
    ) -> PyResult<PyTapeReplay> {
        PyTapeReplay::begin(py, PathBuf::from(&messages.name), market, from_ns, || {
            let format = Lobster::new(messages.open()?, symbol, to_ns)?;
            let book = book.map(|book| BookRows::new(book.open()?, book.name)).transpose()?;
            Ok((format, Some(Box::new(Window::new(book, to_ns == u64::MAX)))))
        })
    }

    /// Begins a tape of Databento's, schema MBO, plain or packed by zstd; of some symbols only, if they are given.
    /// Times are of receipt, since the Unix epoch. `mbp10`: a file of schema MBP-10 whose books are compared. `step`:
    /// that of prices, in billionths; without it one that suits the first of them.
    ///
    /// `TapeError` in a build without it.
    #[staticmethod]
    #[pyo3(signature = (path, symbols=None, *, from_ns=0, to_ns=u64::MAX, market=None, mbp10=None, step=None))]
    #[expect(clippy::too_many_arguments, reason = "Python names them")]
    fn dbn(
        py: Python<'_>,
        path: PathBuf,
        symbols: Option<HashSet<String>>,
        from_ns: u64,
        to_ns: u64,
        market: Option<PathBuf>,
        mbp10: Option<PathBuf>,
        step: Option<i64>,
    ) -> PyResult<PyTapeReplay> {
        #[cfg(feature = "dbn")]
        {
            let file = path.clone();
            PyTapeReplay::begin(py, path, market, from_ns, || {
                let mut tape = crate::tape::dbn::Dbn::new(Source::open(&file, signals)?, symbols, step, to_ns)?;
                let books = mbp10.map(|path| crate::tape::Mbp10::new(path, signals, &mut tape, to_ns)).transpose()?;
                Ok((tape, books.map(|books| Box::new(books) as Box<dyn Reference + Send + Sync>)))
            })
        }
        #[cfg(not(feature = "dbn"))]
        {
            let _ = (py, path, symbols, from_ns, to_ns, market, mbp10, step);
            Err(PyTapeError::new_err("this build reads no DBN: build it with `make build-dbn`"))
        }
    }

    /// Goes on by at most so many messages; whether there may be more.
    fn advance(&mut self, py: Python<'_>, messages: u64) -> PyResult<bool> {
        let replay = self.replay_mut()?;
        py.detach(|| replay.advance(messages)).map_err(|error| raised(&self.path, &error))
    }

    /// How many messages were read, whatever they are about.
    #[getter]
    fn messages(&self) -> PyResult<u64> {
        Ok(self.replay()?.messages())
    }

    /// How late it is on the tape; 0 before the first message that has a time.
    #[getter]
    fn time_ns(&self) -> PyResult<u64> {
        Ok(self.replay()?.time_ns())
    }

    /// Bytes read of the file as it lies on the disk, and all it has.
    #[getter]
    fn progress(&self) -> PyResult<(u64, u64)> {
        Ok(self.replay()?.format().progress())
    }

    /// How many steps of its prices make one unit of the currency.
    #[getter]
    fn price_scale(&self) -> PyResult<u32> {
        Ok(self.replay()?.format().price_scale())
    }

    /// Every symbol that was named, in the order of their numbers.
    #[getter]
    fn symbols(&self) -> PyResult<Vec<String>> {
        Ok(self.replay()?.symbols().map(|(_, symbol)| symbol.to_owned()).collect())
    }

    /// Bids and asks: price in steps, shares and orders of each level, best first.
    ///
    /// `KeyError` if the tape has not named the symbol.
    fn book(&self, symbol: &str) -> PyResult<(Levels, Levels)> {
        let replay = self.replay()?;
        let Some((instrument, _)) = replay.symbols().find(|(_, name)| *name == symbol) else {
            return Err(PyKeyError::new_err(format!("no symbol {symbol:?} on this tape")));
        };
        let side = |side| {
            let levels = replay.depth().levels(instrument, side);
            levels.iter().map(|level| (level.price.0, level.quantity.0, level.orders)).collect()
        };
        Ok((side(Side::Buy), side(Side::Sell)))
    }

    /// What was counted so far.
    fn counts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let replay = self.replay()?;
        let (counts, result) = (replay.depth().counts(), PyDict::new(py));
        result.set_item("added", counts.added)?;
        result.set_item("deleted", counts.deleted)?;
        result.set_item("reduced", counts.reduced)?;
        result.set_item("replaced", counts.replaced)?;
        result.set_item("executions", counts.executions)?;
        result.set_item("queue_front_agreed", counts.queue_front_agreed)?;
        result.set_item("executions_anywhere", counts.executions_anywhere)?;
        result.set_item("executed_quantity", counts.executed_quantity)?;
        result.set_item("open_orders", replay.depth().open_orders())?;
        let disagreements = PyDict::new(py);
        for (what, count) in counts.disagreements() {
            disagreements.set_item(what.name(), count)?;
        }
        result.set_item("disagreements", disagreements)?;
        let types = PyDict::new(py);
        for (name, count) in replay.format().types() {
            types.set_item(name, count)?;
        }
        result.set_item("message_types", types)?;
        result.set_item("unknown_messages", replay.format().unknown())?;
        Ok(result)
    }

    /// What was compared with the books that the tape itself brings; None if it brings none.
    fn compared<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let replay = self.replay()?;
        let Some(compared) = replay.compared() else { return Ok(None) };
        let result = PyDict::new(py);
        result.set_item("sides_checked", compared.sides_checked)?;
        result.set_item("sides_matched", compared.sides_matched)?;
        let level = |level: LevelView| (level.quantity.0, (level.orders > 0).then_some(level.orders));
        let difference = compared.first_difference.as_ref().map(|first| {
            let symbol = replay.symbols().find(|(instrument, _)| *instrument == first.instrument);
            let side = if first.side == Side::Buy { "buy" } else { "sell" };
            let symbol = symbol.map_or("", |(_, symbol)| symbol);
            (first.message, symbol, side, first.price.0, first.expected.map(level), first.found.map(level))
        });
        result.set_item("first_difference", difference)?;
        let counts = PyDict::new(py);
        for (name, count) in replay.reference_counts() {
            counts.set_item(name, count)?;
        }
        result.set_item("counts", counts)?;
        Ok(Some(result))
    }

    /// What was settled; None of books alone. Costs time in proportion to the whole state.
    fn settled<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let Some(market) = self.replay()?.depth().market() else { return Ok(None) };
        let (settled, result) = (market.settled(), PyDict::new(py));
        result.set_item("fills", settled.fills)?;
        result.set_item("settled_shares", settled.quantity)?;
        result.set_item("settled_notional", settled.notional)?;
        result.set_item("fees", market.fees())?;
        result.set_item("orders_stepped_aside", settled.stepped_aside)?;
        result.set_item("orders_in_the_way", settled.in_the_way)?;
        result.set_item("commands_refused", settled.refused)?;
        result.set_item("first_refusal", market.first_refusal().map(|code| code as u8))?;
        result.set_item("conservation_ok", market.is_conserved())?;
        result.set_item("state_hash", PyBytes::new(py, &market.engine().state_hash()))?;
        Ok(Some(result))
    }

    /// Ends the replay: a market's journal is whole, and its directory free. Later calls raise `TapeError`.
    fn finish(&mut self, py: Python<'_>) -> PyResult<()> {
        self.replay()?;
        let replay = self.replay.take().expect("it has not ended");
        py.detach(|| replay.finish()).map_err(|error| raised(&self.path, &error))
    }
}

//! The state machine: `apply(command) -> events`. It dispatches a command through registry, risk, book and
//! settlement, and says what happened. It reads no clock, draws no randomness, does no IO.
//!
//! A command either takes effect whole or is rejected with a code and changes nothing but sequence numbers.
//! The rules and their order of precedence are those of `docs/semantics.md`; nothing here adds to them.

mod matching;
mod money;
mod order_entry;
mod queries;
mod reference_data;

pub use queries::OrderView;

use crate::book::Book;
use crate::client_ids::ClientIds;
use crate::command::{Command, OrderEntry, kind};
use crate::event::{Event, RejectCode, kind as event_kind};
use crate::ledger::Ledger;
use crate::levels::LevelPool;
use crate::memory::{Arena, Pages};
use crate::orders::Orders;
use crate::registry::{Account, FeeSchedule, Registry};
use crate::types::*;
use hashbrown::HashMap;

/// A withdrawal between its request and its settlement or cancellation.
#[derive(Clone, Copy, Debug)]
pub struct Withdrawal {
    pub account: AccountId,
    pub asset: AssetId,
    pub amount: Amount,
}

/// The whole state, and nothing that is not state.
pub struct Engine {
    pub(crate) sequence: u64,
    pub(crate) timestamp_ns: u64,
    pub(crate) orders_accepted: u64,
    pub(crate) settlements: u64,
    pub(crate) withdrawals_requested: u64,
    pub(crate) registry: Registry,
    pub(crate) accounts: Arena<Account>,
    pub(crate) ledger: Ledger,
    pub(crate) orders: Orders,
    pub(crate) client_ids: ClientIds,
    /// By instrument.
    pub(crate) books: Vec<Book>,
    /// Of all books.
    pub(crate) levels: LevelPool,
    pub(crate) withdrawals: HashMap<u64, Withdrawal>,
}

impl Default for Engine {
    fn default() -> Engine {
        Engine::new()
    }
}

/// How many commands ahead memory is asked for: more than its latency.
const PREFETCH_DISTANCE: usize = 10;
/// How many ahead for what only that memory names.
const SECOND_PREFETCH_DISTANCE: usize = 5;

/// Outcome of a handler: done, or why nothing was done.
type Applied = Result<(), RejectCode>;

impl Engine {
    /// The genesis state: the venue's account 0 and a fee schedule without fees.
    pub fn new() -> Engine {
        let mut engine = Engine {
            sequence: 0,
            timestamp_ns: 0,
            orders_accepted: 0,
            settlements: 0,
            withdrawals_requested: 0,
            registry: Registry::default(),
            accounts: Arena::new(MAX_ACCOUNTS, Pages::Huge),
            ledger: Ledger::new(),
            orders: Orders::default(),
            client_ids: ClientIds::default(),
            books: Vec::new(),
            levels: LevelPool::default(),
            withdrawals: HashMap::new(),
        };
        engine.registry.fee_schedules.push(FeeSchedule::default());
        engine.add_account(0);
        engine
    }

    /// Applies one sequenced command and appends its events, at least one, to `events`.
    ///
    /// # Panics
    /// If the sequencer broke its promise: the sequence is not the next one, or time runs backwards.
    #[inline]
    pub fn apply(&mut self, command: &Command, events: &mut Vec<Event>) {
        assert!(command.sequence == self.sequence + 1, "sequence {} after {}", command.sequence, self.sequence);
        assert!(command.timestamp_ns >= self.timestamp_ns, "time runs backwards at sequence {}", command.sequence);
        self.sequence = command.sequence;
        self.timestamp_ns = command.timestamp_ns;

        let account = AccountId(command.account);
        let outcome = match command.kind {
            kind::PLACE => self.place(account, command.body(), events),
            kind::CANCEL => self.cancel(account, command.body(), events),
            kind::AMEND => self.amend(account, command.body(), events),
            kind::CANCEL_ALL => self.cancel_all(account, command.body(), events),
            kind::CREATE_ASSET => self.create_asset(command.body(), events),
            kind::CREATE_INSTRUMENT => self.create_instrument(command.body(), events),
            kind::CREATE_ACCOUNT => self.create_account(account, command.body(), events),
            kind::SET_FEE_SCHEDULE => self.set_fee_schedule(command.body(), events),
            kind::HALT => self.set_halted(command.body(), true, events),
            kind::RESUME => self.set_halted(command.body(), false, events),
            kind::DEPOSIT => self.deposit(account, command.body(), events),
            kind::REQUEST_WITHDRAWAL => self.request_withdrawal(account, command.body(), events),
            kind::SETTLE_WITHDRAWAL => self.settle_withdrawal(account, command.body(), events),
            kind::CANCEL_WITHDRAWAL => self.cancel_withdrawal(account, command.body(), events),
            kind::TRANSFER => self.transfer(account, command.body(), events),
            _ => Err(RejectCode::Malformed),
        };
        if let Err(code) = outcome {
            self.reject(command, code, events);
        }
    }

    /// Asks the processor for the memory that a command after `commands[at]` will touch. Changes nothing.
    #[inline]
    pub fn look_ahead(&self, commands: &[Command], at: usize) {
        if let Some(command) = commands.get(at + PREFETCH_DISTANCE) {
            self.prefetch(command);
        }
        if self.ledger.has_spilled()
            && let Some(command) = commands.get(at + SECOND_PREFETCH_DISTANCE)
        {
            self.prefetch_named(command);
        }
    }

    /// Asks for what rows name that have been asked for before: balances outside their account's row.
    #[inline]
    fn prefetch_named(&self, command: &Command) {
        if command.kind == kind::PLACE
            && let Some(instrument) = self.registry.instruments.get(command.body::<OrderEntry>().instrument as usize)
        {
            self.ledger.prefetch_spilled(AccountId(command.account), instrument.base);
        }
    }

    /// Applies sequenced commands one after the other.
    pub fn apply_all(&mut self, commands: &[Command], events: &mut Vec<Event>) {
        for (at, command) in commands.iter().enumerate() {
            self.look_ahead(commands, at);
            self.apply(command, events);
        }
    }

    #[inline]
    fn prefetch(&self, command: &Command) {
        let account = AccountId(command.account);
        if let Some(row) = self.accounts.get(account.index()) {
            crate::memory::prefetch(row);
            self.ledger.prefetch(account);
            self.client_ids.prefetch_ring(account);
        }
        let body = command.body::<OrderEntry>();
        if matches!(command.kind, kind::CANCEL | kind::AMEND) {
            let id = OrderId(body.order_id);
            self.orders.prefetch(id.slot());
            self.client_ids.prefetch_name(id.slot());
        }
    }

    #[cold]
    fn reject(&mut self, command: &Command, code: RejectCode, events: &mut Vec<Event>) {
        let mut event = Event { kind: event_kind::REJECTED, code: code as u8, ..Event::EMPTY };
        let mut account = AccountId(command.account);
        match command.kind {
            kind::PLACE | kind::CANCEL_ALL => event.instrument = command.body::<OrderEntry>().instrument,
            kind::CANCEL | kind::AMEND => event.order_id = command.body::<OrderEntry>().order_id,
            kind::CREATE_ASSET..=kind::RESUME => account = VENUE_ACCOUNT,
            kind::DEPOSIT | kind::REQUEST_WITHDRAWAL | kind::TRANSFER => {
                event.asset = command.body::<crate::command::MoneyMovement>().asset;
            }
            kind::SETTLE_WITHDRAWAL | kind::CANCEL_WITHDRAWAL => {
                event.reference = command.body::<crate::command::WithdrawalStep>().withdrawal_id;
            }
            _ => {}
        }
        self.emit(account, event, events);
    }

    /// Appends an event of `account`, stamped with the command's sequence and time and the account's next sequence.
    #[inline]
    fn emit(&mut self, account: AccountId, mut event: Event, events: &mut Vec<Event>) {
        event.sequence = self.sequence;
        event.timestamp_ns = self.timestamp_ns;
        event.account = account.0;
        if let Some(row) = self.accounts.get_mut(account.index()) {
            row.sequence += 1;
            event.account_sequence = row.sequence;
        }
        events.push(event);
    }

    #[inline]
    fn known_account(&self, account: AccountId) -> Result<(), RejectCode> {
        if account.index() < self.accounts.len() { Ok(()) } else { Err(RejectCode::UnknownAccount) }
    }

    pub(crate) fn add_account(&mut self, fee_schedule: u32) {
        self.accounts.push(Account::new(fee_schedule));
        self.ledger.add_account();
        self.client_ids.add_account();
    }
}

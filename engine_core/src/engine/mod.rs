//! The state machine: `apply(command) -> events`. It dispatches a command through registry, risk, book and
//! settlement, and says what happened. It reads no clock, draws no randomness, does no IO.
//!
//! A command either takes effect whole or is rejected with a code and changes nothing but sequence numbers.
//! The rules and their order of precedence are those of `docs/semantics.md`; nothing here adds to them.

mod actions;
mod amendment;
mod auction;
mod backing;
mod bands;
mod beneficial;
mod charges;
mod eligibility;
mod freeze;
mod incoming;
mod keys;
mod linked;
mod matching;
mod money;
mod obligations;
mod order_end;
mod order_entry;
mod pegs;
mod phases;
mod price_protection;
mod protection;
mod queries;
mod quotes;
mod redemption;
mod reference_data;
mod replacement;
mod resting;
mod self_trade;
mod stops;
mod terms;
mod time;
mod volatility;

pub(crate) use matching::is_better;
pub use queries::{OrderView, RestingOrder, Start};
pub(crate) use terms::is_date;

use crate::actions::Actions;
use crate::backing::Backing;
use crate::book::Book;
use crate::change::BookChange;
use crate::client_ids::{ClientId, ClientIds};
use crate::command::{
    Amend, Cancel, CancelAll, CancelReplace, Command, Commands, Deposit, ForceTransfer, Header, Mint, Place,
    PlaceBracket, PlaceOco, RefuseRedemption, RequestRedemption, RequestWithdrawal, SettleRedemption, SettleWithdrawal,
    Transfer, kind,
};
use crate::due::Due;
use crate::event::{Event, EventBody, Rejected};
use crate::fees::{FeeTable, FeeTarget, Fees};
use crate::holders::Holders;
use crate::keys::Keys;
use crate::ledger::Ledger;
use crate::levels::LevelPool;
use crate::market::Market;
use crate::memory::{Arena, Pages};
use crate::obligations::Obligations;
use crate::orders::{Order, Orders};
use crate::quotes::Quotes;
use crate::references::References;
use crate::registry::{Account, Registry};
use crate::timers::Timers;
use crate::types::*;
use hashbrown::HashMap;
use order_entry::client_id;

/// Both outputs of the commands since the last [`Outputs::clear`].
#[derive(Default, Debug)]
pub struct Outputs {
    pub events: Vec<Event>,
    pub changes: Vec<BookChange>,
}

impl Outputs {
    pub fn clear(&mut self) {
        self.events.clear();
        self.changes.clear();
    }
}

impl Output for Outputs {
    #[inline(always)]
    fn event(&mut self, event: Event) {
        self.events.push(event);
    }

    #[inline(always)]
    fn change(&mut self, change: BookChange) {
        self.changes.push(change);
    }
}

/// Where the engine says what happened.
pub trait Output {
    /// To an account.
    fn event(&mut self, event: Event);
    /// To an order in its book. Who does not want to know pays nothing for it.
    #[inline(always)]
    fn change(&mut self, _change: BookChange) {}
}

impl Output for Vec<Event> {
    #[inline(always)]
    fn event(&mut self, event: Event) {
        self.push(event);
    }
}

/// A withdrawal between its request and its settlement or cancellation.
#[derive(Clone, Copy, Debug)]
pub struct Withdrawal {
    pub account: AccountId,
    pub asset: AssetId,
    pub amount: Amount,
}

/// What of an account's asset is held, by what for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Holds {
    pub orders: Amount,
    pub withdrawals: Amount,
    pub frozen: Amount,
    pub registered: Amount,
    pub redemptions: Amount,
    pub actions: Amount,
}

impl Holds {
    /// `None` if it is more than an amount can be.
    pub fn sum(&self) -> Option<Amount> {
        let of_orders = self.orders.0.checked_add(self.withdrawals.0)?.checked_add(self.redemptions.0)?;
        let kept = self.frozen.0.checked_add(self.registered.0)?.checked_add(self.actions.0)?;
        of_orders.checked_add(kept).map(Amount)
    }
}

/// The whole state, and nothing that is not state.
pub struct Engine {
    pub(crate) sequence: u64,
    pub(crate) timestamp_ns: u64,
    pub(crate) settlements: u64,
    pub(crate) withdrawals_requested: u64,
    pub(crate) registry: Registry,
    pub(crate) fees: Fees,
    pub(crate) accounts: Arena<Account>,
    pub(crate) ledger: Ledger,
    pub(crate) orders: Orders,
    pub(crate) client_ids: ClientIds,
    /// By instrument.
    pub(crate) books: Vec<Book>,
    /// By instrument.
    pub(crate) markets: Vec<Market>,
    /// Of all books.
    pub(crate) levels: LevelPool,
    pub(crate) withdrawals: HashMap<u64, Withdrawal>,
    /// Of commands that moved money.
    pub(crate) references: References,
    pub(crate) trade_date: u32,
    /// What waits for time.
    pub(crate) due: Due,
    pub(crate) timers: Timers,
    pub(crate) quotes: Quotes,
    pub(crate) obligations: Obligations,
    pub(crate) keys: Keys,
    pub(crate) holders: Holders,
    pub(crate) backing: Backing,
    pub(crate) actions: Actions,
    /// Whether a stop, or the exits of a bracket, have ever waited, or an order was pegged, or prices been protected: until
    /// then no command looks for what it has brought about.
    may_leave_work: bool,
    /// Instruments that the current command leaves work for, or may. Empty between commands.
    touched: Vec<InstrumentId>,
    /// Room for the trailing stops that follow a value.
    trailing: Vec<OrderId>,
    /// What the last refusal by a limit compared: what was asked, and the limit.
    refused: (i64, i64),
}

impl Default for Engine {
    fn default() -> Engine {
        Engine::new(Genesis::default())
    }
}

/// How many commands ahead memory is asked for: more than its latency.
pub const PREFETCH_DISTANCE: usize = 10;
/// How many commands ahead what has arrived is asked where it points to.
pub const FOLLOW_DISTANCE: usize = 5;

/// Outcome of a handler: done, or why nothing was done.
type Applied = Result<(), RejectCode>;

impl Engine {
    /// The genesis state: the venue's account 0 and a fee schedule without fees.
    pub fn new(genesis: Genesis) -> Engine {
        let mut engine = Engine {
            sequence: 0,
            timestamp_ns: 0,
            settlements: 0,
            withdrawals_requested: 0,
            registry: Registry::default(),
            fees: Fees::default(),
            accounts: Arena::new(MAX_ACCOUNTS, Pages::Huge),
            ledger: Ledger::new(),
            orders: Orders::new(genesis.shard, genesis.max_open_orders),
            client_ids: ClientIds::new(genesis.client_id_key),
            books: Vec::new(),
            markets: Vec::new(),
            levels: LevelPool::default(),
            withdrawals: HashMap::new(),
            references: References::new(MAX_REFERENCES),
            trade_date: 0,
            due: Due::default(),
            timers: Timers::default(),
            quotes: Quotes::default(),
            obligations: Obligations::default(),
            keys: Keys::default(),
            holders: Holders::default(),
            backing: Backing::default(),
            actions: Actions::default(),
            may_leave_work: false,
            touched: Vec::new(),
            trailing: Vec::new(),
            refused: (0, 0),
        };
        engine.fees.set(FeeTarget::schedule(0), Some(FeeTable::default()));
        engine.add_account(0);
        engine
    }

    /// Applies the next command and says what happened, in at least one event.
    ///
    /// # Panics
    /// If the sequencer broke its promise: time runs backwards.
    #[inline]
    pub fn apply<O: Output>(&mut self, command: Command, out: &mut O) {
        let header = command.header();
        self.sequence += 1;
        assert!(header.timestamp_ns >= self.timestamp_ns, "time runs backwards at sequence {}", self.sequence);
        self.timestamp_ns = header.timestamp_ns;
        let account = AccountId(header.account);
        let outcome = match header.kind {
            kind::PLACE => self.place(account, command, out),
            kind::CANCEL => self.cancel(account, command, out),
            kind::AMEND => self.amend(account, command, out),
            kind::CANCEL_ALL => self.cancel_all(account, &command.body(), out),
            kind::CANCEL_REPLACE => self.cancel_replace(account, command, out),
            kind::MASS_QUOTE => self.mass_quote(account, command, out),
            _ => self.apply_rare(header.kind, account, command, out),
        };
        if let Err(code) = outcome {
            self.reject(&header, command, code, out);
        }
        // One branch for both: most commands leave neither.
        if !self.touched.is_empty() | self.obligations.are_changed() {
            self.work(TRIGGER_ITEMS, out);
            self.look_at_obligations();
        }
    }

    /// The commands that are not about orders, or place more than one.
    #[inline(never)]
    fn apply_rare<O: Output>(&mut self, kind: u8, account: AccountId, command: Command, out: &mut O) -> Applied {
        match kind {
            kind::PLACE_OCO => self.place_oco(account, command, out),
            kind::PLACE_BRACKET => self.place_bracket(account, command, out),
            kind::CREATE_ASSET => self.create_asset(&command.body(), out),
            kind::CREATE_INSTRUMENT => self.create_instrument(&command.body(), out),
            kind::CREATE_ACCOUNT => self.create_account(account, &command.body(), out),
            kind::SET_FEE_SCHEDULE => self.set_fee_schedule(&command.body(), out),
            kind::HALT => self.halt(&command.body(), out),
            kind::RESUME => self.resume(&command.body(), out),
            kind::PULSE => self.pulse(out),
            kind::SET_ACCOUNT => self.set_account(account, &command.body(), out),
            kind::SET_REFERENCE => self.set_reference(&command.body(), out),
            kind::ROLL_TRADE_DATE => self.roll_trade_date(&command.body(), out),
            kind::SET_PHASE => self.set_phase(&command.body(), out),
            kind::SET_TRADING_LIMITS => self.set_trading_limits(&command.body(), out),
            kind::SET_VOLATILITY_BANDS => self.set_volatility_bands(&command.body(), out),
            kind::SET_REFERENCE_POLICY => self.set_reference_policy(&command.body(), out),
            kind::SET_PRIMARY_STATUS => self.set_primary_status(&command.body(), out),
            kind::DEPOSIT..=kind::TRANSFER => self.move_money(account, command, out),
            kind::SET_MARKET_MAKER_PROTECTION => self.set_protection(account, &command.body(), out),
            kind::RESET_MARKET_MAKER_PROTECTION => self.reset_protection(account, &command.body(), out),
            kind::CANCEL_AFTER => self.cancel_after(account, &command.body(), out),
            kind::SET_FEE_OVERRIDE => self.set_fee_override(&command.body(), out),
            kind::SET_OBLIGATION => self.set_obligation(account, &command.body(), out),
            kind::SET_KEY => self.set_key(account, command, out),
            kind::REVOKE_KEY => self.revoke_key(account, &command.body(), out),
            kind::SET_HOLDER => self.set_holder(account, &command.body(), out),
            kind::SET_ELIGIBILITY => self.set_eligibility(command, out),
            kind::FREEZE => self.freeze(account, &command.body(), out),
            kind::UNFREEZE => self.unfreeze(account, &command.body(), out),
            kind::FORCE_TRANSFER => self.move_money(account, command, out),
            kind::SET_BENEFICIAL => self.set_beneficial(account, &command.body(), out),
            kind::SET_ASSET_TERMS => self.set_asset_terms(&command.body(), out),
            kind::SET_ATTESTOR => self.set_attestor(&command.body(), out),
            kind::ATTEST => self.attest(&command.body(), out),
            kind::MINT..=kind::REFUSE_REDEMPTION => self.move_money(account, command, out),
            kind::SET_REFINER => self.set_refiner(&command.body(), out),
            kind::REGISTER_BAR => self.register_bar(&command.body(), out),
            kind::REMOVE_BAR => self.remove_bar(&command.body(), out),
            kind::SET_PEG => self.set_peg(&command.body(), out),
            kind::SET_CASH_REFERENCE => self.set_cash_reference(&command.body(), out),
            kind::ANNOUNCE_ACTION => self.announce_action(&command.body(), out),
            kind::CANCEL_ACTION => self.cancel_action(&command.body(), out),
            _ => Err(RejectCode::Malformed),
        }
    }

    /// Applies commands one after the other, asking ahead for the memory that later ones will touch.
    pub fn apply_all<O: Output>(&mut self, commands: Commands, out: &mut O) {
        for (command, later, sooner) in commands.with_later(PREFETCH_DISTANCE, FOLLOW_DISTANCE) {
            if let Some(later) = later {
                self.look_ahead(later);
            }
            if let Some(sooner) = sooner {
                self.follow(sooner);
            }
            self.apply(command, out);
        }
    }

    /// Asks the processor for the memory that a command will touch. Changes nothing.
    #[inline]
    pub fn look_ahead(&self, command: Command) {
        let header = command.header();
        let account = AccountId(header.account);
        self.accounts.prefetch(account.index());
        self.ledger.prefetch(account);
        match header.kind {
            kind::PLACE => {
                let body: Place = command.oldest_body();
                if body.client_order_id_len > 0 {
                    let words = command.text_words::<Place>();
                    self.client_ids.prefetch_words(account, body.client_order_id_len, words);
                }
            }
            kind::CANCEL => self.prefetch_order(command.oldest_body::<Cancel>().order_id),
            kind::AMEND => self.prefetch_order(command.oldest_body::<Amend>().order_id),
            kind::CANCEL_REPLACE => self.prefetch_order(command.oldest_body::<CancelReplace>().order_id),
            _ => {}
        }
    }

    #[inline]
    fn prefetch_order(&self, order_id: u64) {
        let slot = OrderId(order_id).slot();
        self.orders.prefetch(slot);
        self.client_ids.prefetch_name(slot);
    }

    /// The second look at a command: asks for what that points to which [`Engine::look_ahead`] has asked for. Changes
    /// nothing.
    #[inline]
    pub fn follow(&self, command: Command) {
        let header = command.header();
        let account = AccountId(header.account);
        match header.kind {
            kind::PLACE => {
                let body: Place = command.oldest_body();
                let Some(instrument) = self.registry.instruments.get(body.instrument as usize) else { return };
                let Some(row) = self.accounts.get(account.index()) else { return };
                let asset = if body.side == Side::Buy as u8 { instrument.quote } else { instrument.base };
                self.ledger.prefetch_spilled(account, asset);
                self.orders.prefetch(row.open_tail);
            }
            kind::CANCEL => self.follow_order(command.oldest_body::<Cancel>().order_id),
            kind::AMEND => self.follow_order(command.oldest_body::<Amend>().order_id),
            kind::CANCEL_REPLACE => self.follow_order(command.oldest_body::<CancelReplace>().order_id),
            _ => {}
        }
    }

    #[inline]
    fn follow_order(&self, order_id: u64) {
        let Some(slot) = self.orders.find(OrderId(order_id)) else { return };
        let order = &self.orders[slot];
        for neighbour in [order.next, order.prev, order.account_next, order.account_prev] {
            self.orders.prefetch(neighbour);
        }
        self.levels.prefetch(order.level);
        if order.attributed {
            self.orders.prefetch_attributes(slot);
        }
        let terms = &self.registry.instruments[usize::from(order.instrument)];
        let asset = if order.side == Side::Buy { terms.quote } else { terms.base };
        self.ledger.prefetch_spilled(order.account, asset);
        if order.named {
            self.client_ids.prefetch_finish(slot, &self.accounts[order.account.index()].window);
        }
    }

    /// Says that a command changed nothing, and echoes what it named.
    #[cold]
    fn reject<O: Output>(&mut self, header: &Header, command: Command, code: RejectCode, out: &mut O) {
        let mut account = AccountId(header.account);
        let mut rejected = Rejected {
            reason: code as u8,
            command: header.kind,
            instrument: NONE_ID,
            asset: NONE_ID,
            ..Rejected::EMPTY
        };
        let mut named = None;
        match header.kind {
            kind::PLACE => {
                let body: Place = command.body();
                rejected.instrument = body.instrument;
                named = client_id::<Place>(command, body.client_order_id_len);
            }
            kind::CANCEL => {
                let body: Cancel = command.body();
                rejected.order_id = body.order_id;
                named = client_id::<Cancel>(command, body.client_order_id_len);
            }
            kind::AMEND => {
                let body: Amend = command.body();
                rejected.order_id = body.order_id;
                named = client_id::<Amend>(command, body.client_order_id_len);
            }
            kind::CANCEL_REPLACE => {
                let body: CancelReplace = command.body();
                (rejected.order_id, rejected.instrument) = (body.order_id, body.instrument);
                named = client_id::<CancelReplace>(command, body.client_order_id_len);
            }
            kind::PLACE_OCO => {
                let body: PlaceOco = command.body();
                rejected.instrument = body.instrument;
                named = client_id::<PlaceOco>(command, body.client_order_id_len);
            }
            kind::PLACE_BRACKET => {
                let body: PlaceBracket = command.body();
                rejected.instrument = body.instrument;
                named = client_id::<PlaceBracket>(command, body.client_order_id_len);
            }
            kind::CANCEL_ALL => rejected.instrument = command.body::<CancelAll>().instrument,
            kind::CREATE_ASSET..=kind::PULSE
            | kind::SET_REFERENCE..=kind::SET_PRIMARY_STATUS
            | kind::SET_FEE_OVERRIDE
            | kind::SET_ELIGIBILITY
            | kind::ANNOUNCE_ACTION
            | kind::CANCEL_ACTION => account = VENUE_ACCOUNT,
            kind::SET_ASSET_TERMS..=kind::ATTEST | kind::SET_REFINER..=kind::SET_CASH_REFERENCE => {
                account = VENUE_ACCOUNT;
            }
            kind::MINT => rejected.asset = command.body::<Mint>().asset,
            kind::REQUEST_REDEMPTION => rejected.asset = command.body::<RequestRedemption>().asset,
            kind::SETTLE_REDEMPTION => rejected.withdrawal_id = command.body::<SettleRedemption>().withdrawal_id,
            kind::REFUSE_REDEMPTION => rejected.withdrawal_id = command.body::<RefuseRedemption>().withdrawal_id,
            kind::DEPOSIT => rejected.asset = command.body::<Deposit>().asset,
            kind::REQUEST_WITHDRAWAL => rejected.asset = command.body::<RequestWithdrawal>().asset,
            kind::TRANSFER => rejected.asset = command.body::<Transfer>().asset,
            kind::FORCE_TRANSFER => rejected.asset = command.body::<ForceTransfer>().asset,
            // The two have one layout.
            kind::SETTLE_WITHDRAWAL | kind::CANCEL_WITHDRAWAL => {
                rejected.withdrawal_id = command.body::<SettleWithdrawal>().withdrawal_id;
            }
            _ => {}
        }
        (rejected.value, rejected.bound) = self.compared(account, command, code);
        let named = named.unwrap_or(ClientId::EMPTY);
        (rejected.client_order_id_len, rejected.client_order_id) = (named.len(), *named.bytes());
        self.emit(account, rejected, out);
    }

    /// What a limit refused, and the limit; zeros where none did.
    fn compared(&self, account: AccountId, command: Command, code: RejectCode) -> (i64, i64) {
        match code {
            RejectCode::OrderTooLarge
            | RejectCode::PriceOutOfBand
            | RejectCode::OpenNotionalLimit
            | RejectCode::HoldingLimit
            | RejectCode::ReserveExceeded => self.refused,
            RejectCode::BelowMinimum if command.header().kind == kind::REQUEST_REDEMPTION => self.refused,
            RejectCode::OpenOrderLimit => {
                let row = &self.accounts[account.index()];
                let goes = command.header().kind == kind::CANCEL_REPLACE
                    && self.open_order_of(account, command.body::<CancelReplace>().order_id).is_some();
                (i64::from(row.open_count) - i64::from(goes), i64::from(row.max_open_orders))
            }
            RejectCode::BelowMinimum => {
                let body: RequestWithdrawal = command.body();
                (body.amount, self.registry.assets[body.asset as usize].min_withdrawal.0)
            }
            _ => (0, 0),
        }
    }

    /// Says an event of `account`, stamped with the command's sequence and time and the account's next sequence.
    #[inline]
    fn emit<B: EventBody, O: Output>(&mut self, account: AccountId, body: B, out: &mut O) {
        let mut event = Event::from_body(body);
        event.sequence = self.sequence;
        event.timestamp_ns = self.timestamp_ns;
        event.account = account.0;
        event.kind = B::KIND;
        event.account_sequence = match self.accounts.get_mut(account.index()) {
            Some(row) => {
                row.sequence += 1;
                row.sequence
            }
            None => 0,
        };
        out.event(event);
    }

    #[inline]
    fn known_account(&self, account: AccountId) -> Result<(), RejectCode> {
        if account.index() < self.accounts.len() { Ok(()) } else { Err(RejectCode::UnknownAccount) }
    }

    pub(crate) fn add_account(&mut self, fee_schedule: u32) {
        self.accounts.push(Account::new(fee_schedule));
        self.ledger.add_account();
    }

    /// A change of a displayed order as it stands.
    #[inline(always)]
    fn change(&self, order: &Order, kind: ChangeKind) -> BookChange {
        BookChange {
            order_id: self.orders.shown_id(order),
            instrument: order.instrument(),
            side: order.side,
            kind,
            price: order.price,
            previous_price: 0,
            leaves: order.leaves,
            quantity: QuantityLots(0),
            settlement_id: 0,
        }
    }
}

//! The engine through its public face: long mixed runs that check what must hold after every command.

use engine_core::change::BookChange;
use engine_core::command::{
    Amend, Cancel, CancelAfter, CancelAll, Command, CommandBuffer, CreateAccount, CreateAsset, CreateInstrument,
    Deposit, HEADER_LEN, LongCommandBuffer, MassQuote, Place, Pulse, QuoteEntry, ResetMarketMakerProtection,
    RollTradeDate, SetMarketMakerProtection, SetReference, behind, body_lengths,
};
use engine_core::engine::{Engine, Outputs, Start};
use engine_core::event::{Event, kind as event_kind};
use engine_core::types::*;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{BTreeMap, HashSet, VecDeque};
use zerocopy::IntoBytes;

const INSTRUMENTS: u32 = 2;

/// Two engines in step: one is asked for events only, the other for book changes as well.
struct Driver {
    engine: Engine,
    events: Vec<Event>,
    twin: Engine,
    outputs: Outputs,
    /// Ids that orders have had.
    order_ids: Vec<u64>,
}

impl Driver {
    fn new(accounts: u32) -> Driver {
        let mut driver = Driver {
            engine: Engine::default(),
            events: Vec::new(),
            twin: Engine::default(),
            outputs: Outputs::default(),
            order_ids: Vec::new(),
        };
        for (asset, class) in [(0, AssetClass::Stablecoin), (1, AssetClass::Gold)] {
            let mut symbol = [0; SYMBOL_LEN];
            symbol[0] = b'A' + asset as u8;
            let asset_class = class as u8;
            let body = CreateAsset {
                asset,
                asset_class,
                decimals: 6,
                symbol_len: 1,
                symbol,
                min_withdrawal: 1,
                ..CreateAsset::EMPTY
            };
            driver.run(CommandBuffer::new(0, &body));
        }
        for instrument in 0..INSTRUMENTS {
            let mut symbol = [0; SYMBOL_LEN];
            symbol[0] = b'X' + instrument as u8;
            let body = CreateInstrument {
                instrument,
                base: 1,
                quote: 0,
                collar_bps: 500,
                lot_size: 10,
                tick_lot_value: 7,
                max_price: 1_000,
                symbol_len: 1,
                symbol,
                ..CreateInstrument::EMPTY
            };
            driver.run(CommandBuffer::new(0, &body));
        }
        for account in 1..=accounts {
            driver.run(CommandBuffer::new(account, &CreateAccount::EMPTY));
            for asset in [0, 1] {
                driver.run(CommandBuffer::new(account, &Deposit { asset, amount: 50_000, ..Deposit::EMPTY }));
            }
        }
        assert!(driver.events.iter().all(|event| event.kind == event_kind::DEPOSITED), "the set-up is accepted");
        driver
    }

    fn run<const WORDS: usize>(&mut self, mut command: CommandBuffer<WORDS>) -> &[Event] {
        command.set_timestamp_ns(self.engine.timestamp_ns() + 1_000);
        self.apply(command.command())
    }

    fn apply(&mut self, command: Command) -> &[Event] {
        self.events.clear();
        self.engine.apply(command, &mut self.events);
        self.outputs.clear();
        self.twin.apply(command, &mut self.outputs);
        let accepted = self.events.iter().filter(|event| event.kind == event_kind::ACCEPTED);
        self.order_ids.extend(accepted.filter_map(Event::order_id));
        &self.events
    }

    /// A step of a random flow. Orders are named by what ids there have been, if there have been any.
    fn step(&mut self, step: &Step) {
        let named = |index: &Index| self.order_ids.get(index.index(self.order_ids.len().max(1))).copied().unwrap_or(1);
        let command = match step {
            Step::Place(account, body, id) => CommandBuffer::with_text(*account, body, id),
            Step::Cancel(account, body, id) => CommandBuffer::with_text(*account, body, id),
            Step::Amend(account, body, id) => CommandBuffer::with_text(*account, body, id),
            Step::CancelById(account, order) => {
                CommandBuffer::new(*account, &Cancel { order_id: named(order), ..Cancel::EMPTY })
            }
            Step::AmendById(account, order, body) => {
                CommandBuffer::new(*account, &Amend { order_id: named(order), ..*body })
            }
            Step::CancelAll(account, instrument) => {
                CommandBuffer::new(*account, &CancelAll { instrument: *instrument, ..CancelAll::EMPTY })
            }
            Step::Reference(instrument, price) => {
                let (instrument, price) = (*instrument, *price);
                CommandBuffer::new(0, &SetReference { instrument, price, ..SetReference::EMPTY })
            }
            Step::Roll(days) => {
                let trade_date = 19_700_101 + days;
                CommandBuffer::new(0, &RollTradeDate { trade_date, ..RollTradeDate::EMPTY })
            }
            Step::Pulse => CommandBuffer::new(0, &Pulse::EMPTY),
            Step::Quote(account, body, entries) => {
                self.run(LongCommandBuffer::with_entries(*account, body, entries));
                return;
            }
            Step::Protect(account, body) => CommandBuffer::new(*account, body),
            Step::Reset(account, quote_group) => {
                let quote_group = *quote_group;
                CommandBuffer::new(
                    *account,
                    &ResetMarketMakerProtection { quote_group, ..ResetMarketMakerProtection::EMPTY },
                )
            }
            Step::CancelAfter(account, body) => CommandBuffer::new(*account, body),
        };
        self.run(command);
    }

    fn check(&self) {
        assert!(!self.events.is_empty());
        assert_eq!(self.events, self.outputs.events, "who asks for book changes is told the same events");
        for asset in [AssetId(0), AssetId(1)] {
            assert_eq!(self.engine.total(asset), self.engine.issued(asset));
        }
        assert_eq!(self.engine.holds_are_exact(), Some(true));
        self.check_quotes();
        for instrument in 0..INSTRUMENTS {
            let best = |side| self.engine.best(InstrumentId(instrument), side);
            if let (Some(bid), Some(ask)) = (best(Side::Buy), best(Side::Sell)) {
                assert!(bid < ask, "the book is crossed");
            }
        }
    }
}

impl Driver {
    /// At most one quote a side, instrument and group, and none of a group that is blocked.
    fn check_quotes(&self) {
        for account in 1..=4 {
            let mut seen = HashSet::new();
            for order in self.engine.open_orders(AccountId(account)) {
                let group = order.attributes.quote_group;
                if group != 0 {
                    assert!(seen.insert((group, order.instrument.0, order.side as u8)), "two quotes of {account}");
                    assert!(order.leaves.0 > 0);
                }
            }
        }
    }
}

/// What a random flow consists of. Client order ids are few, so that they are met again.
#[derive(Clone, Debug)]
enum Step {
    Place(u32, Place, Vec<u8>),
    Cancel(u32, Cancel, Vec<u8>),
    Amend(u32, Amend, Vec<u8>),
    CancelById(u32, Index),
    AmendById(u32, Index, Amend),
    CancelAll(u32, u32),
    Reference(u32, i64),
    Roll(u32),
    Pulse,
    Quote(u32, MassQuote, Vec<QuoteEntry>),
    Protect(u32, SetMarketMakerProtection),
    Reset(u32, u32),
    CancelAfter(u32, CancelAfter),
}

/// Two-sided quotes around one price, sometimes one-sided, crossed or impossible.
fn quotes() -> impl Strategy<Value = Vec<QuoteEntry>> {
    let quantity = || prop_oneof![1 => Just(0i64), 6 => 1..6i64, 1 => Just(40), 1 => -1..1i64];
    let entry =
        (92..106u32, 0..6u32, quantity(), quantity()).prop_map(|(bid_price, apart, bid_quantity, ask_quantity)| {
            QuoteEntry { bid_price, ask_price: bid_price + apart, bid_quantity, ask_quantity, ..QuoteEntry::EMPTY }
        });
    prop::collection::vec(entry, 1..=2).prop_map(|mut entries| {
        (0..).zip(&mut entries).for_each(|(instrument, entry)| entry.instrument = instrument);
        entries
    })
}

fn quoting() -> impl Strategy<Value = Step> {
    let account = || 1..=3u32;
    let group = || 1..=2u32;
    let limits = (group(), 1..200_000u64, 0..30i64, 0..9_000i64, 1..6u32, 0..12i64).prop_map(
        |(quote_group, window_ns, max_quantity, max_notional, max_fills, max_delta)| SetMarketMakerProtection {
            quote_group,
            max_fills,
            window_ns,
            max_quantity,
            max_notional,
            max_delta,
        },
    );
    let none =
        group().prop_map(|quote_group| SetMarketMakerProtection { quote_group, ..SetMarketMakerProtection::EMPTY });
    let after = (prop_oneof![2 => 1..40_000u64, 1 => Just(0)], 0..2u8);
    prop_oneof![
        8 => (account(), group(), 0..5u8, prop_oneof![3 => Just(0u8), 1 => Just(3)], quotes()).prop_map(
            |(account, quote_group, stp, time_in_force, entries)| {
                let quotes_len = entries.len() as u8;
                let body = MassQuote { quote_group, stp, time_in_force, quotes_len, ..MassQuote::EMPTY };
                Step::Quote(account, body, entries)
            }
        ),
        1 => (account(), prop_oneof![4 => limits, 1 => none]).prop_map(|(account, body)| Step::Protect(account, body)),
        1 => (account(), group()).prop_map(|(account, group)| Step::Reset(account, group)),
        1 => (account(), after).prop_map(|(account, (timeout_ns, timer))| {
            Step::CancelAfter(account, CancelAfter { timeout_ns, timer, ..CancelAfter::EMPTY })
        }),
    ]
}

fn place() -> impl Strategy<Value = Place> {
    let instrument = prop_oneof![4 => Just(0u32), 1 => Just(1u32)];
    (instrument, 0..2u8, 0..3u8, 0..5u8, 0..5u8, 90..110i64, 1..60i64, 0..2u8).prop_map(
        |(instrument, side, order_type, time_in_force, stp, price, quantity, quantity_kind)| Place {
            instrument,
            side,
            order_type,
            time_in_force,
            stp,
            price: if order_type > 0 { 0 } else { price },
            quantity: if quantity_kind == 1 { quantity * 500 } else { quantity },
            quantity_kind,
            ..Place::EMPTY
        },
    )
}

/// Limit orders that use what plain ones do not, most of them in a way that goes together.
fn special() -> impl Strategy<Value = Place> {
    let shown = prop_oneof![Just((0, 0)), (1..20i64).prop_map(|slice| (slice, 0)), Just((0, 1u8))];
    let trigger =
        prop_oneof![2 => Just((0u8, 0, 0)), 1 => (1..4u8, 90..110u32, 0..9u32), 1 => (1..4u8, Just(0), 1..9u32)];
    let ends = (prop_oneof![3 => Just(0u64), 1 => 1..900_000u64], 0..2u8);
    let minimum = prop_oneof![2 => Just(0i64), 1 => 1..20i64];
    (place(), shown, trigger, ends, minimum).prop_map(|(plain, shown, trigger, ends, min_quantity)| Place {
        order_type: 0,
        time_in_force: if plain.time_in_force == 4 { 4 } else { 0 },
        quantity_kind: 0,
        price: if plain.price == 0 { 100 } else { plain.price },
        quantity: plain.quantity % 60 + 1,
        display_quantity: shown.0,
        visibility: shown.1,
        trigger: trigger.0,
        trigger_price: trigger.1,
        trail: trigger.2,
        expires_at: ends.0,
        lifetime: ends.1,
        min_quantity: if trigger.0 == 0 { min_quantity } else { 0 },
        ..plain
    })
}

/// Pegged orders, most of them as they can be, with limits that hold some of them back.
fn pegged() -> impl Strategy<Value = Place> {
    let price = prop_oneof![90..110i64, 60..140i64];
    (place(), 0..4u8, 0..5u8, 0..3u8, price).prop_map(|(plain, peg, peg_offset, time_in_force, price)| Place {
        order_type: 0,
        time_in_force,
        quantity_kind: 0,
        price,
        quantity: plain.quantity % 60 + 1,
        peg,
        peg_offset,
        ..plain
    })
}

fn client_order_id() -> impl Strategy<Value = Vec<u8>> {
    prop::option::of(0..40u8).prop_map(|id| id.map_or(vec![], |id| vec![b'0' + id]))
}

fn step() -> impl Strategy<Value = Step> {
    let account = || 1..=4u32;
    let attributes = || {
        let rarely = |most: i64| prop_oneof![4 => Just(0i64), 1 => 1..most];
        (
            rarely(20),
            rarely(20),
            rarely(110),
            rarely(9),
            prop_oneof![4 => Just(0), 1 => 1..900_000u64, 1 => Just(u64::MAX)],
        )
    };
    let amend = move || {
        (90..110i64, 1..60i64, attributes()).prop_map(
            |(price, quantity, (display_quantity, min_quantity, trigger_price, trail, expires_at))| Amend {
                price,
                quantity,
                display_quantity,
                min_quantity,
                trigger_price: trigger_price as u32,
                trail: trail as u32,
                expires_at,
                ..Amend::EMPTY
            },
        )
    };
    let instrument = prop_oneof![Just(0u32), Just(1u32), Just(NONE_ID)];
    prop_oneof![
        9 => (account(), prop_oneof![2 => place(), 2 => special(), 1 => pegged()], client_order_id()).prop_map(|(account, body, id)| {
            Step::Place(account, Place { client_order_id_len: id.len() as u8, ..body }, id)
        }),
        1 => (account(), client_order_id()).prop_map(|(account, id)| {
            Step::Cancel(account, Cancel { client_order_id_len: id.len() as u8, ..Cancel::EMPTY }, id)
        }),
        1 => (account(), amend(), client_order_id()).prop_map(|(account, body, id)| {
            Step::Amend(account, Amend { client_order_id_len: id.len() as u8, ..body }, id)
        }),
        1 => (account(), any::<Index>()).prop_map(|(account, order)| Step::CancelById(account, order)),
        3 => (account(), any::<Index>(), amend())
            .prop_map(|(account, order, body)| Step::AmendById(account, order, body)),
        1 => (account(), instrument).prop_map(|(account, instrument)| Step::CancelAll(account, instrument)),
        1 => (0..2u32, 90..110i64).prop_map(|(instrument, price)| Step::Reference(instrument, price)),
        1 => (0..30u32).prop_map(Step::Roll),
        1 => Just(Step::Pulse),
        6 => quoting(),
    ]
}

/// Instrument, side, price.
type Level = (u32, u8, u32);

/// A book of every order that knows nothing but the changes: no matching, no events, no query.
#[derive(Default)]
struct Follower {
    levels: BTreeMap<Level, VecDeque<(OrderId, i64)>>,
    settlements: u64,
}

impl Follower {
    fn follow(&mut self, change: &BookChange) {
        let at = |price| (change.instrument.0, change.side as u8, price);
        let (here, leaves) = (at(change.price), change.leaves.0);
        if !matches!(change.kind, ChangeKind::Executed | ChangeKind::HiddenExecuted | ChangeKind::Crossed) {
            assert_eq!((change.quantity.0, change.settlement_id), (0, 0), "{change:?}");
        }
        if change.kind != ChangeKind::Moved {
            assert_eq!(change.previous_price, 0, "{change:?}");
        }
        match change.kind {
            ChangeKind::Added => {
                let known = self.levels.values().flatten().any(|order| order.0 == change.order_id);
                assert!(!known && leaves > 0, "{change:?}");
                self.levels.entry(here).or_default().push_back((change.order_id, leaves));
            }
            ChangeKind::Reduced => {
                let order = self.order(here, change.order_id);
                assert!(0 < leaves && leaves < order.1, "{change:?}");
                order.1 = leaves;
            }
            ChangeKind::Executed => {
                // The two orders of an auction's trade follow it.
                if change.settlement_id != 0 {
                    self.settlements += 1;
                    assert_eq!(change.settlement_id, self.settlements, "every settlement is somebody's execution");
                }
                let first = self.levels[&here].front().copied();
                assert_eq!(first, Some((change.order_id, leaves + change.quantity.0)), "{change:?}");
                self.order(here, change.order_id).1 = leaves;
                if leaves == 0 {
                    self.take(here, change.order_id);
                }
            }
            ChangeKind::HiddenExecuted | ChangeKind::Crossed => {
                self.settlements += 1;
                assert_eq!((change.settlement_id, change.order_id, leaves), (self.settlements, OrderId(0), 0));
            }
            ChangeKind::Removed => assert_eq!(self.take(here, change.order_id), leaves, "{change:?}"),
            ChangeKind::Moved => {
                self.take(at(change.previous_price), change.order_id);
                self.levels.entry(here).or_default().push_back((change.order_id, leaves));
            }
        }
    }

    fn order(&mut self, at: Level, id: OrderId) -> &mut (OrderId, i64) {
        self.levels.get_mut(&at).unwrap().iter_mut().find(|order| order.0 == id).unwrap()
    }

    /// Takes an order out of its queue; what it had left.
    fn take(&mut self, at: Level, id: OrderId) -> i64 {
        let queue = self.levels.get_mut(&at).unwrap();
        let place = queue.iter().position(|order| order.0 == id).unwrap();
        let (_, leaves) = queue.remove(place).unwrap();
        if queue.is_empty() {
            self.levels.remove(&at);
        }
        leaves
    }

    /// Every queue is the engine's, order for order, and every level's total what its orders add up to.
    fn check(&self, engine: &Engine) {
        assert_eq!(self.settlements, engine.settlements());
        for (instrument, side) in (0..INSTRUMENTS).flat_map(|id| [(id, Side::Buy), (id, Side::Sell)]) {
            let of_side = self.levels.range((instrument, side as u8, 0)..=(instrument, side as u8, u32::MAX));
            let mut expected: Vec<_> = of_side.map(|((.., price), queue)| (i64::from(*price), queue)).collect();
            if side == Side::Buy {
                expected.reverse();
            }
            let depth: Vec<_> = engine.depth(InstrumentId(instrument), side).collect();
            let found: Vec<_> =
                depth.iter().map(|level| (level.price.0, level.quantity.0, level.orders as usize)).collect();
            let totals = expected.iter().map(|(price, queue)| {
                let quantity: i64 = queue.iter().map(|order| order.1).sum();
                (*price, quantity, queue.len())
            });
            assert_eq!(found, totals.collect::<Vec<_>>());
            let orders = engine.by_priority(InstrumentId(instrument), side, Start::Best);
            let orders: Vec<_> = orders.map(|order| (order.id, order.leaves.0)).collect();
            let expected: Vec<_> = expected.into_iter().flat_map(|(_, queue)| queue.iter().copied()).collect();
            assert_eq!(orders, expected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Conservation, exact holds and an uncrossed book after every command, and an image that restores to itself.
    #[test]
    fn invariants_hold_after_every_command(steps in prop::collection::vec(step(), 1..200)) {
        let mut driver = Driver::new(4);
        for step in &steps {
            driver.step(step);
            driver.check();
        }
        let mut image = Vec::new();
        driver.engine.write_image(&mut image).unwrap();
        let restored = Engine::from_image(&image[..]).unwrap();
        prop_assert_eq!(restored.state_hash(), driver.engine.state_hash());
        prop_assert_eq!(driver.twin.state_hash(), driver.engine.state_hash());
        for cut in [0, 7, image.len() / 2, image.len() - 1] {
            prop_assert!(Engine::from_image(&image[..cut]).is_err());
        }
    }

    /// Who follows the book changes has the book, order for order, after every command.
    #[test]
    fn book_changes_tell_the_whole_book(steps in prop::collection::vec(step(), 1..200)) {
        let mut driver = Driver::new(4);
        let mut follower = Follower::default();
        for step in &steps {
            driver.step(step);
            driver.outputs.changes.iter().for_each(|change| follower.follow(change));
            follower.check(&driver.engine);
        }
    }

    /// No record whatever can stop the engine.
    #[test]
    fn any_record_is_answered(records in prop::collection::vec(prop::array::uniform24(any::<u64>()), 1..50)) {
        let mut driver = Driver::new(2);
        for words in &records {
            let record = made_a_record(*words, driver.engine.timestamp_ns());
            driver.apply(Command::split(&record).unwrap().0);
            driver.check();
        }
    }
}

/// Any bytes, with a header that makes a record of them.
fn made_a_record(mut words: [u64; 24], timestamp_ns: u64) -> [u64; 24] {
    let bytes = words.as_mut_bytes();
    let kind = bytes[2] % 40;
    let version = 1 + bytes[3] % body_lengths(kind).map_or(1, |lengths| lengths.len() as u8);
    let length = match body_lengths(kind) {
        None => HEADER_LEN + usize::from(bytes[0] % 10) * 8,
        Some(lengths) => {
            let fixed = lengths[usize::from(version) - 1];
            HEADER_LEN
                + fixed
                // A version without the counting byte has nothing there.
                + behind(kind).filter(|behind| behind.counted_at < fixed).map_or(0, |behind| {
                    // No more than there is room for.
                    let most = behind.most.min((24 * 8 - HEADER_LEN - fixed) / behind.size);
                    let counted = &mut bytes[HEADER_LEN + behind.counted_at];
                    if behind.size > 1 {
                        *counted %= most as u8 + 1;
                    }
                    (usize::from(*counted).min(most) * behind.size).next_multiple_of(8)
                })
        }
    };
    let account = u32::from(bytes[12] % 3);
    bytes[..8].copy_from_slice(&[length as u8, 0, kind, version, 0, 0, 0, 0]);
    bytes[12..16].copy_from_slice(&account.to_le_bytes());
    words[2] = timestamp_ns;
    words
}

#[test]
fn a_fill_settles_both_sides() {
    let mut driver = Driver::new(2);
    let sell = Place { side: 1, price: 100, quantity: 5, ..Place::EMPTY };
    let buy = Place { side: 0, price: 110, quantity: 3, ..Place::EMPTY };
    driver.run(CommandBuffer::new(1, &sell));
    let kinds: Vec<_> = driver.run(CommandBuffer::new(2, &buy)).iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [event_kind::ACCEPTED, event_kind::FILL, event_kind::FILL]);
    let balance = |account, asset| driver.engine.balance(AccountId(account), AssetId(asset)).unwrap();
    assert_eq!(balance(2, 0).available.0, 50_000 - 100 * 3 * 7);
    assert_eq!(balance(2, 0).held.0, 0);
    assert_eq!(balance(2, 1).available.0, 50_030);
    assert_eq!(balance(1, 1).held.0, 20);
    assert_eq!(balance(1, 0).available.0, 52_100);
}

/// What happens to orders, and what is told of it: kind, order, price, what is left, what traded, where it was.
#[test]
fn each_kind_of_change_says_what_happened_to_an_order() {
    use ChangeKind::{Added, Executed, Moved, Reduced, Removed};
    let place =
        |account, side, price, quantity| CommandBuffer::new(account, &Place { side, price, quantity, ..Place::EMPTY });
    // The two buyers have one slot, one after the other.
    let id = |slot| OrderId::new(0, if slot == 2 { 2 } else { 1 }, slot).0;
    let amend = |account, slot, price, quantity| {
        let order_id = id(slot);
        CommandBuffer::new(account, &Amend { order_id, price, quantity, ..Amend::EMPTY })
    };
    let cancel = |account, slot| CommandBuffer::new(account, &Cancel { order_id: id(slot), ..Cancel::EMPTY });
    let mut driver = Driver::new(2);
    for (command, expected) in [
        (place(1, 1, 100, 9), vec![(Added, 0, 100, 9, 0, 0)]),
        (place(1, 1, 105, 4), vec![(Added, 1, 105, 4, 0, 0)]),
        (amend(1, 0, 100, 7), vec![(Reduced, 0, 100, 7, 0, 0)]),
        (amend(1, 1, 104, 4), vec![(Moved, 1, 104, 4, 0, 105)]),
        // More of it at its price: at the back of its own queue.
        (amend(1, 1, 104, 5), vec![(Moved, 1, 104, 5, 0, 104)]),
        // A buyer that fills at once was never in the book.
        (place(2, 0, 100, 2), vec![(Executed, 0, 100, 5, 2, 0)]),
        // One that fills in part is added with the rest, after what it met.
        (place(2, 0, 100, 8), vec![(Executed, 0, 100, 0, 5, 0), (Added, 2, 100, 3, 0, 0)]),
        // Nothing is told of what changes nothing.
        (amend(1, 1, 104, 5), vec![]),
        // An amendment that crosses leaves the book first.
        (amend(2, 2, 104, 12), vec![(Removed, 2, 100, 3, 0, 0), (Executed, 1, 104, 0, 5, 0), (Added, 2, 104, 2, 0, 0)]),
        (cancel(2, 2), vec![(Removed, 2, 104, 2, 0, 0)]),
    ] {
        driver.run(command);
        let told = driver.outputs.changes.iter().map(|change| {
            let BookChange { kind, order_id, price, leaves, quantity, previous_price, .. } = *change;
            (kind, order_id.slot(), price, leaves.0, quantity.0, previous_price)
        });
        assert_eq!(told.collect::<Vec<_>>(), expected);
        driver.check();
    }
}

/// Sequences are the engine's own, so there is none to get wrong; the time is the sequencer's.
#[test]
#[should_panic(expected = "time runs backwards at sequence 8")]
fn time_that_runs_backwards_stops_the_engine() {
    let mut driver = Driver::new(1);
    assert_eq!(driver.engine.sequence(), 7);
    driver.apply(CommandBuffer::new(1, &CancelAll::EMPTY).command());
}

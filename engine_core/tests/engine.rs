//! The engine through its public face: a long mixed run that checks what must hold after every command.

use engine_core::command::{Command, CreateAccount, CreateAsset, CreateInstrument, MoneyMovement, OrderEntry, kind};
use engine_core::engine::Engine;
use engine_core::event::{Event, kind as event_kind};
use engine_core::types::*;
use proptest::prelude::*;
use zerocopy::{Immutable, IntoBytes};

struct Driver {
    engine: Engine,
    events: Vec<Event>,
}

impl Driver {
    fn new(accounts: u32) -> Driver {
        let mut driver = Driver { engine: Engine::new(), events: Vec::new() };
        for (asset, class) in [(0, AssetClass::Stablecoin), (1, AssetClass::Gold)] {
            let mut symbol = [0; SYMBOL_LEN];
            symbol[0] = b'A' + asset as u8;
            let body = CreateAsset {
                asset,
                class: class as u8,
                decimals: 6,
                symbol_len: 1,
                reserved: 0,
                symbol,
                unused: [0; 6],
            };
            driver.run(kind::CREATE_ASSET, 0, &body);
        }
        let body = CreateInstrument {
            instrument: 0,
            base: 1,
            quote: 0,
            collar_bps: 500,
            lot_size: 10,
            tick_lot_value: 7,
            max_price: 1_000,
            symbol_len: 1,
            reserved: [0; 7],
            symbol: *b"AB\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            unused: 0,
        };
        driver.run(kind::CREATE_INSTRUMENT, 0, &body);
        for account in 1..=accounts {
            driver.run(kind::CREATE_ACCOUNT, account, &CreateAccount { fee_schedule: 0, reserved: 0, unused: [0; 8] });
            for asset in [0, 1] {
                driver.run(
                    kind::DEPOSIT,
                    account,
                    &MoneyMovement { asset, to_account: 0, amount: 50_000, unused: [0; 7] },
                );
            }
        }
        driver
    }

    fn run<B: IntoBytes + Immutable>(&mut self, kind: u8, account: u32, body: &B) -> &[Event] {
        let mut command = Command::new(kind, account, body);
        command.sequence = self.engine.sequence() + 1;
        command.timestamp_ns = command.sequence * 1_000;
        self.events.clear();
        self.engine.apply(&command, &mut self.events);
        &self.events
    }

    fn check(&self) {
        assert!(!self.events.is_empty());
        for asset in [AssetId(0), AssetId(1)] {
            assert_eq!(self.engine.total(asset), self.engine.issued(asset));
        }
        assert_eq!(self.engine.holds_are_exact(), Some(true));
        let best = |side| self.engine.best(InstrumentId(0), side);
        if let (Some(bid), Some(ask)) = (best(Side::Buy), best(Side::Sell)) {
            assert!(bid < ask, "the book is crossed");
        }
    }
}

fn entry() -> impl Strategy<Value = (u8, u32, OrderEntry)> {
    let id = prop::option::of(0..40u8);
    (1..=4u8, 1..=4u32, 0..2u8, 0..2u8, 0..4u8, 0..3u8, 90..110i64, 1..60i64, 0..2u8, id).prop_map(
        |(kind, account, side, order_type, time_in_force, stp, price, quantity, quantity_kind, id)| {
            let entry = OrderEntry {
                side,
                order_type,
                time_in_force,
                stp,
                quantity_kind: u8::from(quantity_kind == 1 && kind == kind::PLACE),
                price: if order_type == 1 && kind == kind::PLACE { 0 } else { price },
                quantity: if quantity_kind == 1 { quantity * 500 } else { quantity },
                ..OrderEntry::EMPTY
            };
            (kind, account, entry.with_client_order_id(&id.map_or(vec![], |id| vec![b'0' + id % 60])))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Conservation, exact holds and an uncrossed book after every command, and an image that restores to itself.
    #[test]
    fn invariants_hold_after_every_command(steps in prop::collection::vec(entry(), 1..200)) {
        let mut driver = Driver::new(4);
        for (kind, account, body) in steps {
            driver.run(kind, account, &body);
            driver.check();
        }
        let mut image = Vec::new();
        driver.engine.write_image(&mut image).unwrap();
        let restored = Engine::from_image(&image[..]).unwrap();
        prop_assert_eq!(restored.state_hash(), driver.engine.state_hash());
        for cut in [0, 7, image.len() / 2, image.len() - 1] {
            prop_assert!(Engine::from_image(&image[..cut]).is_err());
        }
    }

    /// No record whatever can stop the engine.
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(prop::array::uniform32(any::<u8>()), 3 * 50)) {
        let mut driver = Driver::new(2);
        for record in bytes.chunks(3) {
            let bytes: Vec<u8> = record.concat();
            let mut command = *<Command as zerocopy::FromBytes>::ref_from_bytes(&bytes).unwrap_or(&Command::new(0, 0, &OrderEntry::EMPTY));
            command.sequence = driver.engine.sequence() + 1;
            command.timestamp_ns = driver.engine.timestamp_ns();
            command.account %= 3;
            command.kind %= 40;
            driver.events.clear();
            driver.engine.apply(&command, &mut driver.events);
            driver.check();
        }
    }
}

#[test]
fn a_fill_settles_both_sides() {
    let mut driver = Driver::new(2);
    let sell = OrderEntry { side: 1, price: 100, quantity: 5, ..OrderEntry::EMPTY };
    let buy = OrderEntry { side: 0, price: 110, quantity: 3, ..OrderEntry::EMPTY };
    driver.run(kind::PLACE, 1, &sell);
    let kinds: Vec<_> = driver.run(kind::PLACE, 2, &buy).iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [event_kind::ACCEPTED, event_kind::FILL, event_kind::FILL]);
    let balance = |account, asset| driver.engine.balance(AccountId(account), AssetId(asset)).unwrap();
    assert_eq!(balance(2, 0).available.0, 50_000 - 100 * 3 * 7);
    assert_eq!(balance(2, 0).held.0, 0);
    assert_eq!(balance(2, 1).available.0, 50_030);
    assert_eq!(balance(1, 1).held.0, 20);
    assert_eq!(balance(1, 0).available.0, 52_100);
}

#[test]
#[should_panic(expected = "sequence")]
fn a_gap_in_the_sequence_stops_the_engine() {
    let mut driver = Driver::new(1);
    let command = Command::new(kind::CANCEL_ALL, 1, &OrderEntry::EMPTY);
    driver.engine.apply(&command, &mut Vec::new());
}

//! An engine with instruments and accounts, for benchmarks that bring it into a state order by order.

use crate::commands::{self, NewOrder};
use crate::{apply_setup, fail};
use engine_core::command::CommandBuffer;
use engine_core::engine::Engine;
use engine_core::event::{Event, Rejected};
use engine_core::types::*;

/// Of every asset, shared among the accounts that trade: enough for what they place, little enough for one asset.
const FUNDS: i64 = 1 << 58;

/// An engine with asset 0 as cash, `bases` further assets, instruments of the full price range over them, funded accounts.
pub struct Market {
    pub engine: Engine,
    pub events: Vec<Event>,
}

impl Market {
    pub fn new(bases: u64, instruments: u64, accounts: u64) -> Market {
        let mut setup: Vec<CommandBuffer> = (0..=bases as u32).map(commands::create_asset).collect();
        setup.push(commands::set_fees(100, 300));
        for instrument in 0..instruments as u32 {
            setup.push(commands::create_instrument(instrument, 1 + instrument % bases as u32, 1, MAX_PRICE_TICKS));
        }
        for account in 1..=accounts as u32 {
            setup.push(commands::create_account(account));
            let funds = FUNDS / accounts as i64;
            setup.extend((0..=bases as u32).map(|asset| commands::deposit(account, asset, funds)));
        }
        let mut engine = Engine::default();
        apply_setup(&mut engine, setup);
        Market { engine, events: Vec::new() }
    }

    /// The order's id.
    pub fn place(&mut self, account: u32, instrument: u32, side: Side, price: i64, client_order_id: &[u8]) -> u64 {
        let order = NewOrder { account, instrument, side, time_in_force: TimeInForce::Gtc, price, quantity: 1 };
        self.run(commands::place(&order, client_order_id))
    }

    /// Applies a command that must be accepted; returns the order id of its event, or 0.
    pub fn run(&mut self, mut command: CommandBuffer) -> u64 {
        self.events.clear();
        command.set_timestamp_ns(self.engine.sequence() + 1);
        self.engine.apply(command.command(), &mut self.events);
        let event = self.events[0];
        if let Some(rejected) = event.body::<Rejected>() {
            fail(format!("command {} was rejected with code {}", rejected.sequence, rejected.reason));
        }
        event.order_id().unwrap_or_default()
    }
}

/// Half of the price range.
pub fn middle() -> i64 {
    MAX_PRICE_TICKS / 2
}

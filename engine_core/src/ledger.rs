//! Balances and their conservation. Knows accounts and assets as indices, and nothing of orders or prices.
//!
//! An account has balances of the assets that it has touched, however many there are: the first three in a row of its own,
//! one cache line; more of them in a small hash table that the row points to, one line further. Every posting also moves a
//! running total per asset, so that "the sum over all accounts equals what was issued" is one comparison, made after every
//! command. A balance that returns to zero keeps its place.

use crate::memory::{Arena, Pages};
use crate::types::{AccountId, Amount, AssetId, MAX_ACCOUNTS, MAX_ASSETS};

/// What an account owns of one asset: free to use, and set aside for open orders, pending withdrawals and redemptions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Balance {
    pub available: Amount,
    pub held: Amount,
}

impl Balance {
    const ZERO: Balance = Balance { available: Amount::ZERO, held: Amount::ZERO };
}

/// Balances in the row itself: as many as a cache line holds, and as most accounts need.
const IN_ROW: usize = 3;
/// In a row, where there is no balance. No asset has this number.
const NO_ASSET: u16 = u16::MAX;
const _: () = assert!(MAX_ASSETS <= NO_ASSET as usize);

/// One account.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Row {
    balances: [Balance; IN_ROW],
    /// The asset of each of them; last, how many cells of `spilled` are used.
    assets: [u16; IN_ROW + 1],
    spilled: Table,
}

const _: () = assert!(size_of::<Row>() == 64);

impl Row {
    const EMPTY: Row =
        Row { balances: [Balance::ZERO; IN_ROW], assets: [NO_ASSET, NO_ASSET, NO_ASSET, 0], spilled: Table::NONE };

    /// Where the row has a balance of an asset, or something greater. All are compared at once: no branch can foresee which it is.
    #[inline(always)]
    fn position(&self, asset: u16) -> usize {
        self.assets[..IN_ROW].iter().position(|&other| other == asset).unwrap_or(IN_ROW)
    }
}

/// A balance in a hash table of an account.
#[derive(Clone, Copy)]
struct Cell {
    balance: Balance,
    /// The asset's number and one, 0 in a cell that is free.
    key: u32,
}

impl Cell {
    const FREE: Cell = Cell { balance: Balance::ZERO, key: 0 };
}

/// The hash table of an account with many assets: `1 << log2_cells` cells from `first`, searched in a line from the place
/// that the asset hashes to. None at all while `log2_cells` is 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Table {
    first: u32,
    log2_cells: u32,
}

impl Table {
    const NONE: Table = Table { first: 0, log2_cells: 0 };
    const SMALLEST_LOG2: u32 = 2;

    /// Where the search for an asset begins.
    #[inline(always)]
    fn start(self, key: u32) -> u32 {
        // Fibonacci hashing: neighbouring numbers, as the assets of an account often are, fall far apart.
        key.wrapping_mul(0x9e37_79b9) >> (32 - self.log2_cells)
    }

    #[inline(always)]
    fn cell(self, at: u32) -> usize {
        self.first as usize + (at & ((1 << self.log2_cells) - 1)) as usize
    }

    /// Whether one more asset would leave less than a quarter of it free.
    fn is_full(self, used: u16) -> bool {
        (u64::from(used) + 1) * 4 > 3 << self.log2_cells
    }
}

/// Three quarters of the largest table, at least, are all assets.
const TABLE_SIZES: usize = 18;
const _: () = assert!(3 << (TABLE_SIZES - 1) >= 4 * MAX_ASSETS);

/// The hash tables of all accounts. One that is outgrown serves the next account that needs its size.
struct Spill {
    cells: Arena<Cell>,
    /// By size: the first free table; the next one stands in its first cell. [`Spill::END`] ends a list.
    free: [u32; TABLE_SIZES],
}

impl Spill {
    const END: u32 = u32::MAX;

    fn new() -> Spill {
        Spill { cells: Arena::new(u32::MAX as usize, Pages::Huge), free: [Spill::END; TABLE_SIZES] }
    }

    #[inline]
    fn find(&self, table: Table, asset: u16) -> Option<usize> {
        if table == Table::NONE {
            return None;
        }
        let key = u32::from(asset) + 1;
        let mut at = table.start(key);
        loop {
            let cell = table.cell(at);
            match self.cells[cell].key {
                0 => return None,
                other if other == key => return Some(cell),
                _ => at += 1,
            }
        }
    }

    /// Takes a free cell for an asset that the table does not have.
    fn insert(&mut self, table: Table, key: u32, balance: Balance) -> usize {
        let mut at = table.start(key);
        while self.cells[table.cell(at)].key != 0 {
            at += 1;
        }
        self.cells[table.cell(at)] = Cell { balance, key };
        table.cell(at)
    }

    /// The same balances in a table of twice the size: at most [`MAX_ASSETS`] of them, well below a millisecond.
    fn widened(&mut self, table: Table) -> Table {
        let wider = self.allocate((table.log2_cells + 1).max(Table::SMALLEST_LOG2));
        if table != Table::NONE {
            for at in 0..1 << table.log2_cells {
                let Cell { key, balance } = self.cells[table.cell(at)];
                if key != 0 {
                    self.insert(wider, key, balance);
                }
            }
            let free = &mut self.free[table.log2_cells as usize];
            self.cells[table.first as usize].key = std::mem::replace(free, table.first);
        }
        wider
    }

    fn allocate(&mut self, log2_cells: u32) -> Table {
        let first = self.free[log2_cells as usize];
        if first == Spill::END {
            let first = self.cells.len() as u32;
            (0..1 << log2_cells).for_each(|_| self.cells.push(Cell::FREE));
            return Table { first, log2_cells };
        }
        self.free[log2_cells as usize] = self.cells[first as usize].key;
        self.cells[first as usize..][..1 << log2_cells].fill(Cell::FREE);
        Table { first, log2_cells }
    }
}

/// What must be equal.
#[derive(Clone, Copy, Default)]
struct Totals {
    /// Deposits less settled withdrawals, and what was minted less what was burned, corporate actions included.
    issued: Amount,
    /// The running total of all postings, available and held.
    posted: Amount,
}

pub struct Ledger {
    /// By account.
    rows: Arena<Row>,
    spill: Spill,
    /// By asset.
    totals: Vec<Totals>,
}

impl Default for Ledger {
    fn default() -> Ledger {
        Ledger { rows: Arena::new(MAX_ACCOUNTS, Pages::Huge), spill: Spill::new(), totals: Vec::new() }
    }
}

impl Ledger {
    pub fn new() -> Ledger {
        Ledger::default()
    }

    pub fn add_asset(&mut self) {
        self.totals.push(Totals::default());
    }

    pub fn add_account(&mut self) {
        self.rows.push(Row::EMPTY);
    }

    /// The balance that an account has of an asset, from now on if it had none.
    #[inline]
    fn cell(&mut self, account: AccountId, asset: AssetId) -> &mut Balance {
        let row = &mut self.rows[account.index()];
        let at = row.position(asset.0 as u16);
        // Twice the index: the borrow checker does not see that a returned borrow ends here.
        if at < IN_ROW { &mut self.rows[account.index()].balances[at] } else { self.outer_cell(account, asset) }
    }

    /// The same where the row does not have it.
    fn outer_cell(&mut self, account: AccountId, asset: AssetId) -> &mut Balance {
        debug_assert!(asset.index() < self.totals.len());
        let (row, asset) = (&mut self.rows[account.index()], asset.0 as u16);
        if let Some(cell) = self.spill.find(row.spilled, asset) {
            return &mut self.spill.cells[cell].balance;
        }
        let vacant = row.position(NO_ASSET);
        if vacant < IN_ROW {
            row.assets[vacant] = asset;
            return &mut row.balances[vacant];
        }
        if row.spilled.is_full(row.assets[IN_ROW]) {
            row.spilled = self.spill.widened(row.spilled);
        }
        row.assets[IN_ROW] += 1;
        let cell = self.spill.insert(row.spilled, u32::from(asset) + 1, Balance::ZERO);
        &mut self.spill.cells[cell].balance
    }

    #[inline(always)]
    pub fn balance(&self, account: AccountId, asset: AssetId) -> Balance {
        let row = &self.rows[account.index()];
        match row.balances.get(row.position(asset.0 as u16)) {
            Some(balance) => *balance,
            None => self.outer_balance(row, asset.0 as u16),
        }
    }

    /// The same where the row does not have it.
    #[inline(never)]
    fn outer_balance(&self, row: &Row, asset: u16) -> Balance {
        self.spill.find(row.spilled, asset).map_or(Balance::ZERO, |cell| self.spill.cells[cell].balance)
    }

    /// Puts an account's balances that are not zero into `balances`, by ascending asset.
    pub fn balances(&self, account: AccountId, balances: &mut Vec<(AssetId, Balance)>) {
        balances.clear();
        let row = &self.rows[account.index()];
        let in_row = row.assets.iter().map(|&asset| AssetId(u32::from(asset))).zip(row.balances);
        let cells = if row.spilled == Table::NONE { 0 } else { 1 << row.spilled.log2_cells };
        let spilled = self.spill.cells[row.spilled.first as usize..][..cells].iter().filter(|cell| cell.key != 0);
        let all = in_row.chain(spilled.map(|cell| (AssetId(cell.key - 1), cell.balance)));
        balances.extend(all.filter(|(_, balance)| *balance != Balance::ZERO));
        balances.sort_unstable_by_key(|(asset, _)| *asset);
    }

    /// Asks the processor to fetch an account's row ahead of its use.
    #[inline]
    pub fn prefetch(&self, account: AccountId) {
        self.rows.prefetch(account.index());
    }

    /// Asks for a balance that lies outside its account's row, which should have arrived by now.
    #[inline]
    pub fn prefetch_spilled(&self, account: AccountId, asset: AssetId) {
        if let Some(row) = self.rows.get(account.index())
            && row.spilled != Table::NONE
        {
            self.spill.cells.prefetch(row.spilled.cell(row.spilled.start(asset.0 + 1)));
        }
    }

    /// Moves `amount` from available to held.
    #[inline]
    pub fn hold(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        let cell = self.cell(account, asset);
        assert!(cell.available >= amount, "hold exceeds the available balance");
        cell.available -= amount;
        cell.held += amount;
    }

    /// Moves `amount` from held back to available.
    #[inline]
    pub fn release(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        let cell = self.cell(account, asset);
        assert!(cell.held >= amount, "release exceeds the held balance");
        cell.held -= amount;
        cell.available += amount;
    }

    /// Holds `held` instead of `released`. False, and nothing is changed, if more would be held than there is.
    #[inline]
    pub fn exchange_hold(&mut self, account: AccountId, asset: AssetId, released: Amount, held: Amount) -> bool {
        let cell = self.cell(account, asset);
        assert!(cell.held >= released, "release exceeds the held balance");
        let available = cell.available + released;
        if available < held {
            return false;
        }
        cell.available = available - held;
        cell.held = cell.held - released + held;
        true
    }

    #[inline]
    pub fn credit(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        self.cell(account, asset).available += amount;
        self.totals[asset.index()].posted += amount;
    }

    #[inline]
    pub fn debit(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        let cell = self.cell(account, asset);
        assert!(cell.available >= amount, "debit exceeds the available balance");
        cell.available -= amount;
        self.totals[asset.index()].posted -= amount;
    }

    /// A fill of a buyer: `released` of what is held is held no more, and `paid` of it leaves the account.
    #[inline]
    pub fn pay_held(&mut self, account: AccountId, asset: AssetId, released: Amount, paid: Amount) {
        let cell = self.cell(account, asset);
        assert!(cell.held >= released && released >= paid, "the payment exceeds the held balance");
        cell.held -= released;
        cell.available += released - paid;
        self.totals[asset.index()].posted -= paid;
    }

    #[inline]
    pub fn debit_held(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        let cell = self.cell(account, asset);
        assert!(cell.held >= amount, "debit exceeds the held balance");
        cell.held -= amount;
        self.totals[asset.index()].posted -= amount;
    }

    /// Value enters the venue, is minted, or a corporate action creates it: the only way in. The caller has checked that
    /// `issued + amount` fits.
    pub fn deposit(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        self.totals[asset.index()].issued += amount;
        self.credit(account, asset, amount);
    }

    /// Available value ceases to exist: a corporate action takes it.
    pub fn destroy(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        self.totals[asset.index()].issued -= amount;
        self.debit(account, asset, amount);
    }

    /// Held value leaves the venue, or is burned: beside [`Ledger::destroy`] the only way out.
    pub fn withdraw_held(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        self.totals[asset.index()].issued -= amount;
        self.debit_held(account, asset, amount);
    }

    #[inline]
    pub fn issued(&self, asset: AssetId) -> Amount {
        self.totals[asset.index()].issued
    }

    /// The sum over all accounts, counted anew. O(accounts): for audits and tests.
    pub fn total(&self, asset: AssetId) -> Amount {
        (0..self.rows.len()).fold(Amount::ZERO, |sum, account| {
            let balance = self.balance(AccountId(account as u32), asset);
            sum + balance.available + balance.held
        })
    }

    /// Stops the process if an asset's postings no longer add up to what was issued.
    #[inline]
    pub fn assert_conserved(&self, asset: AssetId) {
        let Totals { posted, issued } = self.totals[asset.index()];
        assert!(posted == issued, "asset {} is not conserved: posted {posted:?}, issued {issued:?}", asset.0);
    }

    /// Rebuilds one cell from a state image; the totals follow.
    pub(crate) fn restore(&mut self, account: AccountId, asset: AssetId, balance: Balance) -> Option<()> {
        let posted = &mut self.totals[asset.index()].posted.0;
        *posted = posted.checked_add(balance.available.0)?.checked_add(balance.held.0)?;
        *self.cell(account, asset) = balance;
        Some(())
    }

    pub(crate) fn restore_issued(&mut self, asset: AssetId, issued: Amount) {
        self.totals[asset.index()].issued = issued;
    }

    pub(crate) fn is_conserved(&self, asset: AssetId) -> bool {
        let Totals { posted, issued } = self.totals[asset.index()];
        posted == issued
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn ledger() -> Ledger {
        let mut ledger = Ledger::new();
        ledger.add_account();
        ledger.add_account();
        ledger.add_asset();
        ledger
    }
    const A: AccountId = AccountId(0);
    const B: AccountId = AccountId(1);
    const USD: AssetId = AssetId(0);

    #[test]
    fn postings_move_value_and_conserve_it() {
        let mut ledger = ledger();
        ledger.deposit(A, USD, Amount(100));
        ledger.hold(A, USD, Amount(60));
        ledger.release(A, USD, Amount(10));
        ledger.debit(A, USD, Amount(20));
        ledger.credit(B, USD, Amount(20));
        ledger.withdraw_held(A, USD, Amount(40));
        ledger.pay_held(A, USD, Amount(10), Amount(7));
        ledger.credit(B, USD, Amount(7));
        assert_eq!(ledger.balance(A, USD), Balance { available: Amount(33), held: Amount(0) });
        assert_eq!(ledger.balance(B, USD).available, Amount(27));
        assert_eq!(ledger.total(USD), ledger.issued(USD));
        ledger.assert_conserved(USD);
    }

    #[test]
    fn an_account_can_have_every_asset_and_others_take_no_room_for_it() {
        let mut ledger = ledger();
        (1..MAX_ASSETS).for_each(|_| ledger.add_asset());
        for asset in 0..MAX_ASSETS as u32 {
            ledger.deposit(A, AssetId(asset), Amount(i64::from(asset) + 1));
        }
        let cells = ledger.spill.cells.len();
        ledger.deposit(B, AssetId(MAX_ASSETS as u32 - 1), Amount(9));
        assert_eq!(ledger.spill.cells.len(), cells);
        let mut balances = Vec::new();
        ledger.balances(A, &mut balances);
        let expected =
            (0..MAX_ASSETS as u32).map(|asset| Balance { available: Amount(i64::from(asset) + 1), ..Balance::ZERO });
        assert!(balances.iter().enumerate().all(|(at, (asset, _))| at == asset.index()));
        assert!(balances.iter().map(|(_, balance)| *balance).eq(expected));
        ledger.balances(B, &mut balances);
        assert_eq!(balances, [(AssetId(MAX_ASSETS as u32 - 1), Balance { available: Amount(9), ..Balance::ZERO })]);
    }

    #[test]
    fn a_table_that_was_outgrown_serves_another_account() {
        let mut ledger = ledger();
        (1..64).for_each(|_| ledger.add_asset());
        // Three in the row; three more fill the smallest table, and one more moves them.
        (0..7).for_each(|asset| ledger.deposit(A, AssetId(asset), Amount(1)));
        let cells = ledger.spill.cells.len();
        (0..6).for_each(|asset| ledger.deposit(B, AssetId(asset + 20), Amount(1)));
        assert_eq!((cells, ledger.spill.cells.len()), (4 + 8, 4 + 8));
        (0..7).for_each(|asset| assert_eq!(ledger.balance(A, AssetId(asset)).available, Amount(1)));
    }

    proptest! {
        #[test]
        fn agrees_with_a_map_of_maps(steps in prop::collection::vec((0..4u32, prop::sample::select(vec![1u32, 4, 30, 300]), any::<u32>(), -5..=9i64), 1..400)) {
            let mut ledger = Ledger::new();
            (0..4).for_each(|_| ledger.add_account());
            (0..300).for_each(|_| ledger.add_asset());
            let mut naive = BTreeMap::<(u32, u32), i64>::new();
            for (account, spread, raw, amount) in steps {
                // Multiples of 7: what hashes badly is the hash's business, not the test's.
                let asset = raw % spread * 7 % 300;
                let (account, asset) = (AccountId(account), AssetId(asset));
                let balance = naive.entry((account.0, asset.0)).or_default();
                let amount = amount.max(-*balance);
                *balance += amount;
                if amount >= 0 {
                    ledger.credit(account, asset, Amount(amount));
                } else {
                    ledger.debit(account, asset, Amount(-amount));
                }
                prop_assert_eq!(ledger.balance(account, asset).available.0, *balance);
            }
            let mut balances = Vec::new();
            for account in 0..4 {
                ledger.balances(AccountId(account), &mut balances);
                let found: Vec<_> = balances.iter().map(|(asset, balance)| (asset.0, balance.available.0)).collect();
                let kept = naive.range((account, 0)..(account + 1, 0)).filter(|(_, balance)| **balance != 0);
                prop_assert_eq!(found, kept.map(|((_, asset), balance)| (*asset, *balance)).collect::<Vec<_>>());
            }
            for asset in 0..300 {
                let sum = naive.iter().filter(|((_, other), _)| *other == asset).map(|(_, balance)| balance).sum();
                prop_assert_eq!(ledger.total(AssetId(asset)), Amount(sum));
                prop_assert_eq!(ledger.totals[asset as usize].posted, Amount(sum));
            }
        }
    }

    #[test]
    #[should_panic(expected = "not conserved")]
    fn a_posting_without_its_other_leg_is_noticed() {
        let mut ledger = ledger();
        ledger.deposit(A, USD, Amount(5));
        ledger.credit(B, USD, Amount(1));
        ledger.assert_conserved(USD);
    }

    #[test]
    #[should_panic(expected = "exceeds the available")]
    fn nothing_goes_below_zero() {
        ledger().hold(A, USD, Amount(1));
    }
}

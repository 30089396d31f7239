//! Balances and their conservation. Knows accounts and assets as indices, and nothing of orders or prices.
//!
//! One dense array, `[account][asset]`. Every posting also moves a running total per asset, so that
//! "the sum over all accounts equals what was issued" is one comparison, made after every command.

use crate::types::{AccountId, Amount, AssetId};

/// What an account owns of one asset: free to use, and set aside for open orders and pending withdrawals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Balance {
    pub available: Amount,
    pub held: Amount,
}

#[derive(Clone, Default)]
pub struct Ledger {
    /// `[account * stride + asset]`.
    balances: Vec<Balance>,
    /// Columns per account; a power of two at least as large as the number of assets.
    stride: usize,
    accounts: usize,
    /// Per asset: deposits less settled withdrawals.
    issued: Vec<Amount>,
    /// Per asset: the running total of all postings, available and held.
    posted: Vec<Amount>,
}

impl Ledger {
    pub fn new() -> Ledger {
        Ledger { stride: 4, ..Ledger::default() }
    }

    pub fn add_asset(&mut self) {
        self.issued.push(Amount::ZERO);
        self.posted.push(Amount::ZERO);
        if self.issued.len() > self.stride {
            self.widen(self.stride * 2);
        }
    }

    pub fn add_account(&mut self) {
        self.accounts += 1;
        self.balances.resize(self.accounts * self.stride, Balance::default());
    }

    fn widen(&mut self, stride: usize) {
        let mut balances = vec![Balance::default(); self.accounts * stride];
        for (new, old) in balances.chunks_mut(stride).zip(self.balances.chunks(self.stride)) {
            new[..old.len()].copy_from_slice(old);
        }
        self.balances = balances;
        self.stride = stride;
    }

    #[inline]
    fn cell(&mut self, account: AccountId, asset: AssetId) -> &mut Balance {
        &mut self.balances[account.index() * self.stride + asset.index()]
    }

    #[inline]
    pub fn balance(&self, account: AccountId, asset: AssetId) -> Balance {
        self.balances[account.index() * self.stride + asset.index()]
    }

    /// Asks the processor to fetch an account's balances ahead of their use.
    #[inline]
    pub fn prefetch(&self, account: AccountId) {
        if let Some(balance) = self.balances.get(account.index() * self.stride) {
            crate::memory::prefetch(balance);
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

    #[inline]
    pub fn credit(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        self.cell(account, asset).available += amount;
        self.posted[asset.index()] += amount;
    }

    #[inline]
    pub fn debit(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        let cell = self.cell(account, asset);
        assert!(cell.available >= amount, "debit exceeds the available balance");
        cell.available -= amount;
        self.posted[asset.index()] -= amount;
    }

    #[inline]
    pub fn debit_held(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        let cell = self.cell(account, asset);
        assert!(cell.held >= amount, "debit exceeds the held balance");
        cell.held -= amount;
        self.posted[asset.index()] -= amount;
    }

    /// Value enters the venue: the only way in. The caller has checked that `issued + amount` fits.
    pub fn deposit(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        self.issued[asset.index()] += amount;
        self.credit(account, asset, amount);
    }

    /// Held value leaves the venue: the only way out.
    pub fn withdraw_held(&mut self, account: AccountId, asset: AssetId, amount: Amount) {
        self.issued[asset.index()] -= amount;
        self.debit_held(account, asset, amount);
    }

    #[inline]
    pub fn issued(&self, asset: AssetId) -> Amount {
        self.issued[asset.index()]
    }

    /// The sum over all accounts, counted anew. O(accounts): for audits and tests.
    pub fn total(&self, asset: AssetId) -> Amount {
        (0..self.accounts).fold(Amount::ZERO, |sum, account| {
            let balance = self.balance(AccountId(account as u32), asset);
            sum + balance.available + balance.held
        })
    }

    /// Stops the process if an asset's postings no longer add up to what was issued.
    #[inline]
    pub fn assert_conserved(&self, asset: AssetId) {
        let (posted, issued) = (self.posted[asset.index()], self.issued[asset.index()]);
        assert!(posted == issued, "asset {} is not conserved: posted {posted:?}, issued {issued:?}", asset.0);
    }

    /// Rebuilds one cell from a state image; the totals follow.
    pub(crate) fn restore(&mut self, account: AccountId, asset: AssetId, balance: Balance) -> Option<()> {
        let posted = &mut self.posted[asset.index()].0;
        *posted = posted.checked_add(balance.available.0)?.checked_add(balance.held.0)?;
        *self.cell(account, asset) = balance;
        Some(())
    }

    pub(crate) fn restore_issued(&mut self, asset: AssetId, issued: Amount) {
        self.issued[asset.index()] = issued;
    }

    pub(crate) fn is_conserved(&self, asset: AssetId) -> bool {
        self.posted[asset.index()] == self.issued[asset.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ledger.withdraw_held(A, USD, Amount(50));
        assert_eq!(ledger.balance(A, USD), Balance { available: Amount(30), held: Amount(0) });
        assert_eq!(ledger.balance(B, USD).available, Amount(20));
        assert_eq!(ledger.total(USD), ledger.issued(USD));
        ledger.assert_conserved(USD);
    }

    #[test]
    fn more_assets_than_columns_keep_every_balance() {
        let mut ledger = ledger();
        ledger.deposit(B, USD, Amount(7));
        for _ in 0..9 {
            ledger.add_asset();
        }
        ledger.deposit(A, AssetId(9), Amount(3));
        assert_eq!(ledger.balance(B, USD).available, Amount(7));
        assert_eq!(ledger.balance(A, AssetId(9)).available, Amount(3));
        assert_eq!(ledger.balance(B, AssetId(9)), Balance::default());
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

//! Delivery versus payment: both legs and both fees of a fill in one indivisible, final step.
//!
//! Knows no orders: a [`Delivery`] says what each side gives. Everything is checked before anything is
//! written; because holds were taken first, a check that fails here is a defect and stops the process.

use crate::ledger::Ledger;
use crate::types::{AccountId, Amount, AssetId, VENUE_ACCOUNT};

pub struct Delivery {
    pub buyer: AccountId,
    pub seller: AccountId,
    pub base: AssetId,
    pub quote: AssetId,
    /// Base delivered, out of the seller's hold.
    pub delivered: Amount,
    /// Quote paid, out of the buyer's hold.
    pub cash: Amount,
    /// By how much the buyer's hold falls: the cash, the fee, and price improvement that is given back.
    pub hold_released: Amount,
    /// Below 0: a rebate, out of the seller's fee.
    pub buyer_fee: Amount,
    pub seller_fee: Amount,
}

#[inline]
pub fn settle(ledger: &mut Ledger, delivery: &Delivery) {
    let Delivery { buyer, seller, base, quote, delivered, cash, hold_released, buyer_fee, seller_fee } = *delivery;
    assert!(hold_released >= cash + buyer_fee, "the buyer's hold does not cover the fill");
    assert!(cash >= seller_fee, "the seller's fee exceeds the proceeds");
    assert!(buyer_fee + seller_fee >= Amount::ZERO, "a rebate exceeds the other side's fee");
    assert!(ledger.balance(seller, base).held >= delivered, "the seller's hold is missing");

    // Checks the buyer's hold before it writes, as the first that writes.
    ledger.pay_held(buyer, quote, hold_released, cash + buyer_fee);
    ledger.credit(seller, quote, cash - seller_fee);
    ledger.credit(VENUE_ACCOUNT, quote, buyer_fee + seller_fee);
    ledger.debit_held(seller, base, delivered);
    ledger.credit(buyer, base, delivered);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Balance;

    const BUYER: AccountId = AccountId(1);
    const SELLER: AccountId = AccountId(2);
    const USD: AssetId = AssetId(0);
    const GOLD: AssetId = AssetId(1);

    fn funded() -> Ledger {
        let mut ledger = Ledger::new();
        (0..3).for_each(|_| ledger.add_account());
        (0..2).for_each(|_| ledger.add_asset());
        ledger.deposit(BUYER, USD, Amount(1_000));
        ledger.deposit(SELLER, GOLD, Amount(10));
        ledger.hold(BUYER, USD, Amount(330));
        ledger.hold(SELLER, GOLD, Amount(4));
        ledger
    }
    const DELIVERY: Delivery = Delivery {
        buyer: BUYER,
        seller: SELLER,
        base: GOLD,
        quote: USD,
        delivered: Amount(3),
        cash: Amount(300),
        hold_released: Amount(330),
        buyer_fee: Amount(5),
        seller_fee: Amount(2),
    };

    #[test]
    fn both_legs_and_both_fees_move_and_improvement_returns() {
        let mut ledger = funded();
        settle(&mut ledger, &DELIVERY);
        let balance = |available, held| Balance { available: Amount(available), held: Amount(held) };
        assert_eq!(ledger.balance(BUYER, USD), balance(695, 0));
        assert_eq!(ledger.balance(BUYER, GOLD), balance(3, 0));
        assert_eq!(ledger.balance(SELLER, USD), balance(298, 0));
        assert_eq!(ledger.balance(SELLER, GOLD), balance(6, 1));
        assert_eq!(ledger.balance(VENUE_ACCOUNT, USD), balance(7, 0));
        ledger.assert_conserved(USD);
        ledger.assert_conserved(GOLD);
    }

    #[test]
    fn a_leg_that_can_not_be_delivered_moves_nothing() {
        for broken in [
            Delivery { delivered: Amount(5), ..DELIVERY },
            Delivery { hold_released: Amount(331), ..DELIVERY },
            Delivery { cash: Amount(326), ..DELIVERY },
            Delivery { seller_fee: Amount(301), ..DELIVERY },
            Delivery { seller_fee: Amount(-6), ..DELIVERY },
        ] {
            let mut ledger = funded();
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| settle(&mut ledger, &broken)));
            assert!(outcome.is_err());
            let balance = |available, held| Balance { available: Amount(available), held: Amount(held) };
            assert_eq!(ledger.balance(BUYER, USD), balance(670, 330));
            assert_eq!(ledger.balance(SELLER, GOLD), balance(6, 4));
            assert_eq!(ledger.balance(SELLER, USD), balance(0, 0));
        }
    }
}

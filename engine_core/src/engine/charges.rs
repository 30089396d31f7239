//! Fees: what a schedule's rates and tiers are, from when on, and what of a fill is not a plain fee
//! (`docs/market-rules.md`, sections 29 to 32).

use super::{Applied, Engine, Output};
use crate::command::{SetFeeOverride, SetFeeSchedule};
use crate::event::{FeeOverrideSet, FeeScheduleSet};
use crate::fees::{FeeTable, FeeTarget};
use crate::orders::Order;
use crate::risk;
use crate::types::*;

/// The tiers that a command says.
macro_rules! tiers {
    ($body:ident) => {
        [
            ($body.notional_1, $body.maker_rate_1, $body.taker_rate_1),
            ($body.notional_2, $body.maker_rate_2, $body.taker_rate_2),
            ($body.notional_3, $body.maker_rate_3, $body.taker_rate_3),
            ($body.notional_4, $body.maker_rate_4, $body.taker_rate_4),
            ($body.notional_5, $body.maker_rate_5, $body.taker_rate_5),
            ($body.notional_6, $body.maker_rate_6, $body.taker_rate_6),
            ($body.notional_7, $body.maker_rate_7, $body.taker_rate_7),
            ($body.notional_8, $body.maker_rate_8, $body.taker_rate_8),
        ]
    };
}

impl Engine {
    pub(super) fn set_fee_schedule<O: Output>(&mut self, body: &SetFeeSchedule, out: &mut O) -> Applied {
        let (id, count) = (body.fee_schedule as usize, self.fees.schedules().len());
        if id >= MAX_FEE_SCHEDULES {
            return Err(RejectCode::RegistryFull);
        }
        if id > count {
            return Err(RejectCode::IdNotNext);
        }
        let table = FeeTable::said(body.maker_rate, body.taker_rate, &tiers!(body));
        let table = table.ok_or(RejectCode::InvalidParameter)?;
        self.check_effective(body.effective_at)?;
        if id == count && body.effective_at != 0 {
            return Err(RejectCode::InvalidParameter);
        }
        self.change_fees(FeeTarget::schedule(body.fee_schedule), body.effective_at, Some(table), out)
    }

    pub(super) fn set_fee_override<O: Output>(&mut self, body: &SetFeeOverride, out: &mut O) -> Applied {
        let change = FeeChange::from_byte(body.change).ok_or(RejectCode::Malformed)?;
        if body.fee_schedule as usize >= self.fees.schedules().len() {
            return Err(RejectCode::UnknownFeeSchedule);
        }
        if body.instrument as usize >= self.registry.instruments.len() {
            return Err(RejectCode::UnknownInstrument);
        }
        let table = FeeTable::said(body.maker_rate, body.taker_rate, &tiers!(body));
        let table = table.ok_or(RejectCode::InvalidParameter)?;
        let table = match change {
            FeeChange::Set => Some(table),
            FeeChange::Remove if table == FeeTable::default() => None,
            FeeChange::Remove => return Err(RejectCode::InvalidParameter),
        };
        self.check_effective(body.effective_at)?;
        let target = FeeTarget { schedule: body.fee_schedule, instrument: body.instrument };
        if table.is_some() && !self.fees.has_room_for(target) {
            return Err(RejectCode::RegistryFull);
        }
        self.change_fees(target, body.effective_at, table, out)
    }

    fn check_effective(&self, effective_at: u64) -> Applied {
        let possible = effective_at == 0 || effective_at > self.timestamp_ns;
        if possible { Ok(()) } else { Err(RejectCode::InvalidParameter) }
    }

    /// Changes the rates of a target, at once or from a time on, whatever was said of later times.
    fn change_fees<O: Output>(
        &mut self,
        target: FeeTarget,
        effective_at: u64,
        table: Option<FeeTable>,
        out: &mut O,
    ) -> Applied {
        let replaced = self.fees.replaced(target, effective_at);
        if effective_at != 0 && self.fees.waiting().len() - replaced >= MAX_PENDING_FEE_CHANGES {
            return Err(RejectCode::FeeChangeLimit);
        }
        self.fees.replace(target, effective_at);
        self.say_fees(target, table.as_ref(), effective_at, replaced, out);
        if effective_at == 0 {
            self.fees.set(target, table);
        } else {
            self.fees.wait(effective_at, target, table);
        }
        Ok(())
    }

    fn say_fees<O: Output>(
        &mut self,
        target: FeeTarget,
        table: Option<&FeeTable>,
        effective_at: u64,
        replaced: usize,
        out: &mut O,
    ) {
        let FeeTarget { schedule: fee_schedule, instrument } = target;
        let change = if table.is_some() { FeeChange::Set } else { FeeChange::Remove };
        let (rates, tiers) = table.map_or_else(Default::default, |table| (table.rates, table.tiers.len() as u32));
        let (maker_rate, taker_rate) = (i32::from(rates.maker_rate), u32::from(rates.taker_rate));
        let replaced = replaced as u32;
        if target.is_override() {
            let event = FeeOverrideSet {
                change: change as u8,
                fee_schedule,
                instrument,
                maker_rate,
                taker_rate,
                tiers,
                effective_at,
                replaced,
                ..FeeOverrideSet::EMPTY
            };
            self.emit(VENUE_ACCOUNT, event, out);
        } else {
            let event = FeeScheduleSet {
                fee_schedule,
                maker_rate,
                taker_rate,
                tiers,
                effective_at,
                replaced,
                ..FeeScheduleSet::EMPTY
            };
            self.emit(VENUE_ACCOUNT, event, out);
        }
    }

    /// Makes every change of fees effective that is due. Returns how many: never more than a pulse may do.
    pub(super) fn change_due_fees<O: Output>(&mut self, out: &mut O) -> u32 {
        const { assert!(MAX_PENDING_FEE_CHANGES < PULSE_ITEMS as usize) };
        let mut items = 0;
        while let Some((target, table)) = self.fees.take_first_by(self.timestamp_ns) {
            self.say_fees(target, table.as_ref(), 0, 0, out);
            self.fees.set(target, table);
            items += 1;
        }
        items
    }

    /// What the maker of a fill pays, where its rate is below 0 or fills may count.
    #[cold]
    pub(super) fn charge_maker(
        &mut self,
        maker: &Order,
        taker: AccountId,
        quote: AssetId,
        cash: Amount,
        taker_rate: u16,
    ) -> Amount {
        self.count_fill(maker.account, taker, quote, cash);
        risk::charge(cash, i32::from(maker.maker_rate), i32::from(taker_rate))
    }

    /// Counts a fill for either account whose fills count, unless they are one party.
    pub(super) fn count_fill(&mut self, one: AccountId, other: AccountId, quote: AssetId, cash: Amount) {
        let [row, other_row] = [one, other].map(|account| &self.accounts[account.index()]);
        if one == other || self.is_of_group(other, row.group) {
            return;
        }
        for (account, schedule) in [(one, row.fee_schedule), (other, other_row.fee_schedule)] {
            self.fees.count(schedule, account, quote, cash, self.timestamp_ns);
        }
    }
}

//! The part of the image that is about corporate actions: what is announced, and how far the one is that runs.

use super::{ImageError, Reader, put_i64, put_u32, put_u64};
use crate::actions::{Action, Counted, LIEU, Leg, Running, SUMS};
use crate::engine::Engine;
use crate::types::*;
use std::io::{self, Write};

impl Engine {
    pub(super) fn write_actions(&self, out: &mut impl Write) -> io::Result<()> {
        put_u32(out, self.actions.last)?;
        put_u32(out, self.actions.iter().len() as u32)?;
        for (id, action) in self.actions.iter() {
            let lieu_asset = action.lieu_asset.map_or(NONE_ID, |asset| asset.0);
            [id, action.asset.0, action.payer.0, lieu_asset].into_iter().try_for_each(|value| put_u32(out, value))?;
            put_u64(out, action.record_at)?;
            put_u64(out, action.books_close_at)?;
            out.write_all(&[action.kind as u8, action.policy as u8, action.legs.len() as u8, 0, 0, 0, 0, 0])?;
            for leg in &action.legs {
                put_u32(out, leg.asset.0)?;
                put_u32(out, 0)?;
                [leg.numerator, leg.denominator, leg.lieu_price]
                    .into_iter()
                    .try_for_each(|value| put_i64(out, value))?;
            }
        }
        let Some(running) = self.actions.running else { return put_u32(out, 0) };
        put_u32(out, running.action)?;
        out.write_all(&[running.stage as u8, 0, 0, 0])?;
        put_u32(out, running.cursor)?;
        put_u32(out, running.counted.holders)?;
        put_i64(out, running.counted.quantity.0)?;
        let mut sums = running.counted.totals.into_iter().chain(running.unpaid);
        sums.try_for_each(|sum| put_i64(out, sum.0))
    }

    pub(super) fn read_actions(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let last = reader.u32()?;
        for _ in 0..reader.count(MAX_ACTIONS, "too many corporate actions")? {
            let id = reader.u32()?;
            if id <= self.actions.last || id > last {
                return Err(reader.invalid("corporate actions that are not in their order"));
            }
            let action = self.read_action(reader)?;
            self.actions.announce(id, action);
        }
        self.actions.last = last;
        let id = reader.u32()?;
        if id == 0 {
            return Ok(());
        }
        let [stage, _, _, _] = reader.take()?;
        let stage = reader.known(ActionStage::from_byte(stage), "an unknown stage of a corporate action")?;
        let (cursor, holders, quantity) = (reader.u32()?, reader.u32()?, reader.amount()?);
        let mut sums = [[Amount::ZERO; SUMS]; 2];
        for sum in sums.as_flattened_mut() {
            *sum = reader.amount()?;
        }
        let [totals, unpaid] = sums;
        let running = Running { action: id, stage, cursor, counted: Counted { holders, quantity, totals }, unpaid };
        if self.actions.first_by(self.timestamp_ns) != Some(id) || !self.could_run(&running) {
            return Err(reader.invalid("an impossible corporate action that runs"));
        }
        self.actions.running = Some(running);
        Ok(())
    }

    fn read_action(&self, reader: &mut Reader) -> Result<Action, ImageError> {
        let (asset, payer) = (AssetId(reader.u32()?), reader.account(&self.accounts)?);
        let lieu_asset = Some(AssetId(reader.u32()?)).filter(|asset| asset.0 != NONE_ID);
        let (record_at, books_close_at) = (reader.u64()?, reader.u64()?);
        let [kind, policy, count, _, _, _, _, _] = reader.take()?;
        let kind = reader.known(ActionKind::from_byte(kind), "an unknown corporate action")?;
        let policy = reader.known(OrderPolicy::from_byte(policy), "an unknown policy for orders")?;
        let mut legs = Vec::new();
        for _ in 0..count {
            let asset = AssetId(reader.u32()?);
            reader.u32()?;
            let (numerator, denominator, lieu_price) = (reader.i64()?, reader.i64()?, reader.i64()?);
            legs.push(Leg { asset, numerator, denominator, lieu_price });
        }
        let mut named = legs.iter().map(|leg| leg.asset).chain(lieu_asset).chain([asset]);
        let known = named.all(|asset| asset.index() < self.registry.assets.len()) && legs.len() <= MAX_ACTION_LEGS;
        let action = Action { kind, policy, asset, payer, lieu_asset, record_at, books_close_at, legs };
        let sound = known && self.could_be_announced(&action) && record_at >= books_close_at.max(1);
        reader.known(sound.then_some(action), "an impossible corporate action")
    }

    /// Whether an action can be so far: nobody's holding changes while it is counted, so the sums are those of the accounts in
    /// front of the cursor; what is not paid is that of the accounts behind it.
    fn could_run(&self, running: &Running) -> bool {
        let Some(action) = self.actions.get(running.action) else { return false };
        let (stage, Running { cursor, counted, unpaid, .. }) = (running.stage, *running);
        let accounts = self.accounts.len() as u32;
        let is_of_accounts = matches!(stage, ActionStage::Counting | ActionStage::Paying);
        let looked_at = if is_of_accounts { accounts } else { self.registry.instruments.len() as u32 };
        let fits = match stage {
            ActionStage::Announced => false,
            ActionStage::Cancelling => action.policy == OrderPolicy::Cancel,
            ActionStage::Rebasing => action.splits(),
            ActionStage::Halting | ActionStage::Counting | ActionStage::Paying | ActionStage::Lifting => true,
        };
        let is_delisting = action.kind == ActionKind::Delisting;
        if !fits || cursor > looked_at || is_delisting && stage != ActionStage::Halting {
            return false;
        }
        let must_be_halted = |id: u32| match stage {
            ActionStage::Halting => id < cursor && !is_delisting,
            ActionStage::Rebasing | ActionStage::Lifting => id >= cursor,
            _ => true,
        };
        let mut own = self.registry.instruments.iter().zip(0..).filter(|(row, _)| row.base == action.asset);
        if own.any(|(row, id)| must_be_halted(id) && row.halts >> HaltCause::CorporateAction as u8 & 1 == 0) {
            return false;
        }
        match stage {
            ActionStage::Counting => unpaid == [Amount::ZERO; SUMS] && self.counted(action, 0, cursor) == Some(counted),
            ActionStage::Paying => self.counted(action, cursor, accounts).is_some_and(|rest| {
                let totals = || counted.totals.into_iter().enumerate();
                let of_no_leg =
                    |place: usize| place >= action.legs.len() && (place != LIEU || action.lieu_asset.is_none());
                rest.totals == unpaid
                    && (rest.holders..=accounts).contains(&counted.holders)
                    && rest.quantity <= counted.quantity
                    && totals().all(|(place, total)| total >= unpaid[place])
                    && totals().all(|(place, total)| !of_no_leg(place) || total == Amount::ZERO)
                    && totals()
                        .zip(&action.legs)
                        .all(|((_, total), leg)| total.0 as u128 <= leg.whole(counted.quantity))
            }),
            _ => counted == Counted::default() && unpaid == [Amount::ZERO; SUMS],
        }
    }
}

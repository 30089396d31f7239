//! Fields that several kinds of events have, read without knowing the kind. `None` where the kind has no such field.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::{Event, kind};

impl Event {
    #[inline]
    pub fn side(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ACCEPTED
            | kind::FILL
            | kind::CANCELLED
            | kind::AMENDED
            | kind::DUPLICATE
            | kind::TRIGGERED
            | kind::CANCEL_PENDING
            | kind::QUOTE_REJECTED
            | kind::EXITS_REFUSED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn order_id(&self) -> Option<u64> {
        Some(match self.kind {
            kind::ACCEPTED
            | kind::REJECTED
            | kind::FILL
            | kind::CANCELLED
            | kind::AMENDED
            | kind::DUPLICATE
            | kind::TRIGGERED
            | kind::CANCEL_PENDING
            | kind::EXITS_REFUSED => u64::from_le_bytes(self.bytes_at::<32, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn instrument(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACCEPTED
            | kind::REJECTED
            | kind::FILL
            | kind::CANCELLED
            | kind::AMENDED
            | kind::DUPLICATE
            | kind::TRIGGERED
            | kind::CANCEL_PENDING
            | kind::EXITS_REFUSED => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            kind::CANCEL_ALL_DONE
            | kind::QUOTE_REJECTED
            | kind::INSTRUMENT_CREATED
            | kind::HALTED
            | kind::RESUMED
            | kind::REFERENCE_SET
            | kind::PHASE_CHANGED
            | kind::INDICATED
            | kind::UNCROSSED
            | kind::AUCTION_EXTENDED
            | kind::TRADING_LIMITS_SET
            | kind::VOLATILITY_BANDS_SET
            | kind::VOLATILITY_BAND_MOVED
            | kind::LIMIT_STATE_CHANGED
            | kind::REFERENCE_POLICY_SET
            | kind::PRIMARY_STATUS_SET
            | kind::STATIC_BAND_MOVED
            | kind::OBLIGATION_SET
            | kind::OBLIGATION_SCORED
            | kind::REBASED => u32::from_le_bytes(self.bytes_at::<32, 4>()),
            kind::FEE_OVERRIDE_SET | kind::ELIGIBILITY_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn price(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACCEPTED
            | kind::FILL
            | kind::CANCELLED
            | kind::AMENDED
            | kind::DUPLICATE
            | kind::TRIGGERED
            | kind::CANCEL_PENDING => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            kind::REFERENCE_SET => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            kind::INDICATED | kind::UNCROSSED | kind::AUCTION_EXTENDED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn quantity(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ACCEPTED
            | kind::FILL
            | kind::CANCELLED
            | kind::AMENDED
            | kind::DUPLICATE
            | kind::TRIGGERED
            | kind::CANCEL_PENDING
            | kind::EXITS_REFUSED
            | kind::ACTION_DONE => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            kind::PROTECTION_TRIGGERED | kind::INDICATED | kind::UNCROSSED | kind::ENTITLED => {
                i64::from_le_bytes(self.bytes_at::<40, 8>())
            }
            kind::BENEFICIAL_SET => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn leaves(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ACCEPTED
            | kind::FILL
            | kind::CANCELLED
            | kind::AMENDED
            | kind::DUPLICATE
            | kind::TRIGGERED
            | kind::CANCEL_PENDING => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn budget(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ACCEPTED => i64::from_le_bytes(self.bytes_at::<64, 8>()),
            kind::CANCELLED => i64::from_le_bytes(self.bytes_at::<72, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn trigger_price(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACCEPTED => u32::from_le_bytes(self.bytes_at::<72, 4>()),
            kind::AMENDED => u32::from_le_bytes(self.bytes_at::<76, 4>()),
            kind::TRIGGERED => u32::from_le_bytes(self.bytes_at::<64, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn peg(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ACCEPTED => u8::from_le_bytes(self.bytes_at::<30, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn peg_offset(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACCEPTED => u32::from_le_bytes(self.bytes_at::<76, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn partner(&self) -> Option<u64> {
        Some(match self.kind {
            kind::ACCEPTED => u64::from_le_bytes(self.bytes_at::<80, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn entry(&self) -> Option<u64> {
        Some(match self.kind {
            kind::ACCEPTED => u64::from_le_bytes(self.bytes_at::<88, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn reason(&self) -> Option<u8> {
        Some(match self.kind {
            kind::REJECTED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            kind::CANCELLED | kind::AMENDED | kind::DUPLICATE | kind::QUOTE_REJECTED | kind::EXITS_REFUSED => {
                u8::from_le_bytes(self.bytes_at::<30, 1>())
            }
            _ => return None,
        })
    }

    #[inline]
    pub fn command(&self) -> Option<u8> {
        Some(match self.kind {
            kind::REJECTED => u8::from_le_bytes(self.bytes_at::<30, 1>()),
            kind::MONEY_REPEATED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn asset(&self) -> Option<u32> {
        Some(match self.kind {
            kind::REJECTED => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            kind::ASSET_CREATED
            | kind::DEPOSITED
            | kind::WITHDRAWAL_REQUESTED
            | kind::WITHDRAWAL_SETTLED
            | kind::WITHDRAWAL_CANCELLED
            | kind::TRANSFER_OUT
            | kind::TRANSFER_IN
            | kind::MONEY_REPEATED
            | kind::ELIGIBILITY_SET
            | kind::FROZEN
            | kind::UNFROZEN
            | kind::FORCED_TRANSFER
            | kind::BENEFICIAL_SET
            | kind::ASSET_TERMS_SET
            | kind::ATTESTED
            | kind::ATTESTATION_EXPIRED
            | kind::MINTED
            | kind::REDEMPTION_REQUESTED
            | kind::REDEMPTION_SETTLED
            | kind::REDEMPTION_REFUSED
            | kind::REDEMPTION_FEE
            | kind::BAR_REGISTERED
            | kind::BAR_REMOVED
            | kind::PEG_SET
            | kind::CASH_REFERENCE_SET
            | kind::PEG_CHANGED => u32::from_le_bytes(self.bytes_at::<32, 4>()),
            kind::ACTION_ANNOUNCED
            | kind::ACTION_CANCELLED
            | kind::ACTION_STARTED
            | kind::ACTION_FUNDED
            | kind::ENTITLED
            | kind::ENTITLEMENT_PAID
            | kind::ACTION_LEG_PAID
            | kind::ACTION_DONE
            | kind::ACTION_FAILED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn withdrawal_id(&self) -> Option<u64> {
        Some(match self.kind {
            kind::REJECTED
            | kind::WITHDRAWAL_REQUESTED
            | kind::WITHDRAWAL_SETTLED
            | kind::WITHDRAWAL_CANCELLED
            | kind::MONEY_REPEATED
            | kind::REDEMPTION_REQUESTED
            | kind::REDEMPTION_SETTLED
            | kind::REDEMPTION_REFUSED
            | kind::REDEMPTION_FEE => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn value(&self) -> Option<i64> {
        Some(match self.kind {
            kind::REJECTED => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            kind::CASH_REFERENCE_SET | kind::PEG_CHANGED => i64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn bound(&self) -> Option<i64> {
        Some(match self.kind {
            kind::REJECTED => i64::from_le_bytes(self.bytes_at::<64, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn liquidity(&self) -> Option<u8> {
        Some(match self.kind {
            kind::FILL => u8::from_le_bytes(self.bytes_at::<30, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn filled(&self) -> Option<i64> {
        Some(match self.kind {
            kind::FILL | kind::CANCELLED | kind::AMENDED | kind::DUPLICATE | kind::CANCEL_PENDING => {
                i64::from_le_bytes(self.bytes_at::<64, 8>())
            }
            _ => return None,
        })
    }

    #[inline]
    pub fn cash(&self) -> Option<i64> {
        Some(match self.kind {
            kind::FILL => i64::from_le_bytes(self.bytes_at::<72, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn fee(&self) -> Option<i64> {
        Some(match self.kind {
            kind::FILL => i64::from_le_bytes(self.bytes_at::<80, 8>()),
            kind::REDEMPTION_REQUESTED => i64::from_le_bytes(self.bytes_at::<64, 8>()),
            kind::REDEMPTION_SETTLED | kind::REDEMPTION_REFUSED => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn settlement_id(&self) -> Option<u64> {
        Some(match self.kind {
            kind::FILL => u64::from_le_bytes(self.bytes_at::<88, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn previous_price(&self) -> Option<u32> {
        Some(match self.kind {
            kind::AMENDED => u32::from_le_bytes(self.bytes_at::<72, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn orders(&self) -> Option<u32> {
        Some(match self.kind {
            kind::CANCEL_ALL_DONE | kind::FROZEN => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn pending(&self) -> Option<u32> {
        Some(match self.kind {
            kind::CANCEL_ALL_DONE | kind::FROZEN => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn quote_group(&self) -> Option<u32> {
        Some(match self.kind {
            kind::QUOTE_REJECTED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            kind::MASS_QUOTED | kind::PROTECTION_SET | kind::PROTECTION_TRIGGERED | kind::PROTECTION_RESET => {
                u32::from_le_bytes(self.bytes_at::<32, 4>())
            }
            _ => return None,
        })
    }

    #[inline]
    pub fn entry_number(&self) -> Option<u32> {
        Some(match self.kind {
            kind::QUOTE_REJECTED => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn accepted(&self) -> Option<u32> {
        Some(match self.kind {
            kind::MASS_QUOTED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn kept(&self) -> Option<u32> {
        Some(match self.kind {
            kind::MASS_QUOTED => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn changed(&self) -> Option<u32> {
        Some(match self.kind {
            kind::MASS_QUOTED => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn withdrawn(&self) -> Option<u32> {
        Some(match self.kind {
            kind::MASS_QUOTED => u32::from_le_bytes(self.bytes_at::<48, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn refused(&self) -> Option<u32> {
        Some(match self.kind {
            kind::MASS_QUOTED => u32::from_le_bytes(self.bytes_at::<52, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn max_fills(&self) -> Option<u32> {
        Some(match self.kind {
            kind::PROTECTION_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn window_ns(&self) -> Option<u64> {
        Some(match self.kind {
            kind::PROTECTION_SET => u64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn max_quantity(&self) -> Option<i64> {
        Some(match self.kind {
            kind::PROTECTION_SET => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            kind::TRADING_LIMITS_SET => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn max_notional(&self) -> Option<i64> {
        Some(match self.kind {
            kind::PROTECTION_SET => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            kind::TRADING_LIMITS_SET => i64::from_le_bytes(self.bytes_at::<64, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn max_delta(&self) -> Option<i64> {
        Some(match self.kind {
            kind::PROTECTION_SET => i64::from_le_bytes(self.bytes_at::<64, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn limit(&self) -> Option<u8> {
        Some(match self.kind {
            kind::PROTECTION_TRIGGERED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn fills(&self) -> Option<u32> {
        Some(match self.kind {
            kind::PROTECTION_TRIGGERED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn notional(&self) -> Option<i64> {
        Some(match self.kind {
            kind::PROTECTION_TRIGGERED => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn delta(&self) -> Option<i64> {
        Some(match self.kind {
            kind::PROTECTION_TRIGGERED => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn timer(&self) -> Option<u8> {
        Some(match self.kind {
            kind::CANCEL_AFTER_SET => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn due_at(&self) -> Option<u64> {
        Some(match self.kind {
            kind::CANCEL_AFTER_SET => u64::from_le_bytes(self.bytes_at::<32, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn fee_schedule(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACCOUNT_CREATED | kind::FEE_SCHEDULE_SET | kind::ACCOUNT_SET | kind::FEE_OVERRIDE_SET => {
                u32::from_le_bytes(self.bytes_at::<32, 4>())
            }
            _ => return None,
        })
    }

    #[inline]
    pub fn maker_rate(&self) -> Option<i32> {
        Some(match self.kind {
            kind::FEE_SCHEDULE_SET => i32::from_le_bytes(self.bytes_at::<36, 4>()),
            kind::FEE_OVERRIDE_SET => i32::from_le_bytes(self.bytes_at::<40, 4>()),
            kind::OBLIGATION_SET => i32::from_le_bytes(self.bytes_at::<52, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn taker_rate(&self) -> Option<u32> {
        Some(match self.kind {
            kind::FEE_SCHEDULE_SET => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            kind::FEE_OVERRIDE_SET => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn tiers(&self) -> Option<u32> {
        Some(match self.kind {
            kind::FEE_SCHEDULE_SET => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            kind::FEE_OVERRIDE_SET => u32::from_le_bytes(self.bytes_at::<48, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn effective_at(&self) -> Option<u64> {
        Some(match self.kind {
            kind::FEE_SCHEDULE_SET => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            kind::FEE_OVERRIDE_SET => u64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn replaced(&self) -> Option<u32> {
        Some(match self.kind {
            kind::FEE_SCHEDULE_SET => u32::from_le_bytes(self.bytes_at::<56, 4>()),
            kind::FEE_OVERRIDE_SET => u32::from_le_bytes(self.bytes_at::<64, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn cause(&self) -> Option<u8> {
        Some(match self.kind {
            kind::HALTED | kind::RESUMED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn causes(&self) -> Option<u32> {
        Some(match self.kind {
            kind::HALTED | kind::RESUMED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn items(&self) -> Option<u32> {
        Some(match self.kind {
            kind::PULSED => u32::from_le_bytes(self.bytes_at::<32, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn max_open_orders(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACCOUNT_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn client_id_window(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACCOUNT_SET => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn group(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACCOUNT_SET => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn max_open_notional(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ACCOUNT_SET => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn source(&self) -> Option<u32> {
        Some(match self.kind {
            kind::REFERENCE_SET | kind::CASH_REFERENCE_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            kind::PEG_SET => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn observed_at(&self) -> Option<u64> {
        Some(match self.kind {
            kind::REFERENCE_SET | kind::CASH_REFERENCE_SET => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn trade_date(&self) -> Option<u32> {
        Some(match self.kind {
            kind::TRADE_DATE_ROLLED => u32::from_le_bytes(self.bytes_at::<32, 4>()),
            kind::OBLIGATION_SCORED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn previous(&self) -> Option<u32> {
        Some(match self.kind {
            kind::TRADE_DATE_ROLLED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn phase(&self) -> Option<u8> {
        Some(match self.kind {
            kind::PHASE_CHANGED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn previous_phase(&self) -> Option<u8> {
        Some(match self.kind {
            kind::PHASE_CHANGED => u8::from_le_bytes(self.bytes_at::<30, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn ends_at(&self) -> Option<u64> {
        Some(match self.kind {
            kind::PHASE_CHANGED | kind::LIMIT_STATE_CHANGED => u64::from_le_bytes(self.bytes_at::<40, 8>()),
            kind::AUCTION_EXTENDED => u64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn surplus(&self) -> Option<i64> {
        Some(match self.kind {
            kind::INDICATED | kind::UNCROSSED => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn lower(&self) -> Option<u32> {
        Some(match self.kind {
            kind::AUCTION_EXTENDED | kind::VOLATILITY_BAND_MOVED => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            kind::STATIC_BAND_MOVED => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn upper(&self) -> Option<u32> {
        Some(match self.kind {
            kind::AUCTION_EXTENDED | kind::VOLATILITY_BAND_MOVED => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            kind::STATIC_BAND_MOVED => u32::from_le_bytes(self.bytes_at::<48, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn extensions(&self) -> Option<u32> {
        Some(match self.kind {
            kind::AUCTION_EXTENDED => u32::from_le_bytes(self.bytes_at::<48, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn static_bps(&self) -> Option<u32> {
        Some(match self.kind {
            kind::TRADING_LIMITS_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn dynamic_bps(&self) -> Option<u32> {
        Some(match self.kind {
            kind::TRADING_LIMITS_SET => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn auction_bps(&self) -> Option<u32> {
        Some(match self.kind {
            kind::TRADING_LIMITS_SET => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn call_ns(&self) -> Option<u64> {
        Some(match self.kind {
            kind::TRADING_LIMITS_SET => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn bps(&self) -> Option<u32> {
        Some(match self.kind {
            kind::VOLATILITY_BANDS_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            kind::STATIC_BAND_MOVED => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn ticks(&self) -> Option<u32> {
        Some(match self.kind {
            kind::VOLATILITY_BANDS_SET => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn multiplier(&self) -> Option<u32> {
        Some(match self.kind {
            kind::VOLATILITY_BANDS_SET => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn limit_state_ns(&self) -> Option<u64> {
        Some(match self.kind {
            kind::VOLATILITY_BANDS_SET => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn pause_ns(&self) -> Option<u64> {
        Some(match self.kind {
            kind::VOLATILITY_BANDS_SET => u64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn reference(&self) -> Option<u32> {
        Some(match self.kind {
            kind::VOLATILITY_BAND_MOVED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn limit_state(&self) -> Option<u8> {
        Some(match self.kind {
            kind::LIMIT_STATE_CHANGED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn previous_state(&self) -> Option<u8> {
        Some(match self.kind {
            kind::LIMIT_STATE_CHANGED => u8::from_le_bytes(self.bytes_at::<30, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn stale(&self) -> Option<u8> {
        Some(match self.kind {
            kind::REFERENCE_POLICY_SET => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn primary(&self) -> Option<u8> {
        Some(match self.kind {
            kind::REFERENCE_POLICY_SET => u8::from_le_bytes(self.bytes_at::<30, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn widen(&self) -> Option<u32> {
        Some(match self.kind {
            kind::REFERENCE_POLICY_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn closed_bps(&self) -> Option<u32> {
        Some(match self.kind {
            kind::REFERENCE_POLICY_SET => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn step_bps(&self) -> Option<u32> {
        Some(match self.kind {
            kind::REFERENCE_POLICY_SET => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn max_age_ns(&self) -> Option<u64> {
        Some(match self.kind {
            kind::REFERENCE_POLICY_SET => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn step_ns(&self) -> Option<u64> {
        Some(match self.kind {
            kind::REFERENCE_POLICY_SET => u64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn status(&self) -> Option<u8> {
        Some(match self.kind {
            kind::PRIMARY_STATUS_SET | kind::ATTESTOR_SET | kind::REFINER_SET | kind::PEG_CHANGED => {
                u8::from_le_bytes(self.bytes_at::<29, 1>())
            }
            _ => return None,
        })
    }

    #[inline]
    pub fn close(&self) -> Option<u32> {
        Some(match self.kind {
            kind::PRIMARY_STATUS_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn anchor(&self) -> Option<u32> {
        Some(match self.kind {
            kind::STATIC_BAND_MOVED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn amount(&self) -> Option<i64> {
        Some(match self.kind {
            kind::DEPOSITED
            | kind::WITHDRAWAL_REQUESTED
            | kind::WITHDRAWAL_SETTLED
            | kind::WITHDRAWAL_CANCELLED
            | kind::TRANSFER_OUT
            | kind::TRANSFER_IN
            | kind::MONEY_REPEATED
            | kind::UNFROZEN
            | kind::FORCED_TRANSFER
            | kind::MINTED
            | kind::REDEMPTION_REQUESTED
            | kind::REDEMPTION_SETTLED
            | kind::REDEMPTION_REFUSED
            | kind::REDEMPTION_FEE => i64::from_le_bytes(self.bytes_at::<40, 8>()),
            kind::FROZEN | kind::ENTITLEMENT_PAID => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn counterparty(&self) -> Option<u32> {
        Some(match self.kind {
            kind::TRANSFER_OUT
            | kind::TRANSFER_IN
            | kind::MONEY_REPEATED
            | kind::FORCED_TRANSFER
            | kind::REDEMPTION_FEE => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn original_sequence(&self) -> Option<u64> {
        Some(match self.kind {
            kind::MONEY_REPEATED => u64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn change(&self) -> Option<u8> {
        Some(match self.kind {
            kind::FEE_OVERRIDE_SET => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn max_spread(&self) -> Option<u32> {
        Some(match self.kind {
            kind::OBLIGATION_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn min_quantity(&self) -> Option<i64> {
        Some(match self.kind {
            kind::OBLIGATION_SET => i64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn required_bps(&self) -> Option<u32> {
        Some(match self.kind {
            kind::OBLIGATION_SET => u32::from_le_bytes(self.bytes_at::<48, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn met_ns(&self) -> Option<u64> {
        Some(match self.kind {
            kind::OBLIGATION_SCORED => u64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn open_ns(&self) -> Option<u64> {
        Some(match self.kind {
            kind::OBLIGATION_SCORED => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn earned(&self) -> Option<u32> {
        Some(match self.kind {
            kind::OBLIGATION_SCORED => u32::from_le_bytes(self.bytes_at::<56, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn key_id(&self) -> Option<u32> {
        Some(match self.kind {
            kind::KEY_SET | kind::KEY_REVOKED => u32::from_le_bytes(self.bytes_at::<32, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn expires_at(&self) -> Option<u64> {
        Some(match self.kind {
            kind::KEY_SET => u64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn investor_class(&self) -> Option<u8> {
        Some(match self.kind {
            kind::HOLDER_SET => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn jurisdiction(&self) -> Option<u16> {
        Some(match self.kind {
            kind::HOLDER_SET => u16::from_le_bytes(self.bytes_at::<32, 2>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn firm(&self) -> Option<u32> {
        Some(match self.kind {
            kind::HOLDER_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn verified_until(&self) -> Option<u64> {
        Some(match self.kind {
            kind::HOLDER_SET => u64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn verification(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ELIGIBILITY_SET => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn jurisdiction_rule(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ELIGIBILITY_SET => u8::from_le_bytes(self.bytes_at::<30, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn classes(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ELIGIBILITY_SET => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn jurisdictions(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ELIGIBILITY_SET => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn max_holding(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ELIGIBILITY_SET => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn locked_until(&self) -> Option<u64> {
        Some(match self.kind {
            kind::ELIGIBILITY_SET => u64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn scope(&self) -> Option<u8> {
        Some(match self.kind {
            kind::FROZEN | kind::UNFROZEN => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn until(&self) -> Option<u64> {
        Some(match self.kind {
            kind::FROZEN => u64::from_le_bytes(self.bytes_at::<56, 8>()),
            kind::UNFROZEN => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn reason_code(&self) -> Option<u32> {
        Some(match self.kind {
            kind::FORCED_TRANSFER => u32::from_le_bytes(self.bytes_at::<48, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn from_holder(&self) -> Option<u64> {
        Some(match self.kind {
            kind::BENEFICIAL_SET => u64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn to_holder(&self) -> Option<u64> {
        Some(match self.kind {
            kind::BENEFICIAL_SET => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn from_registered(&self) -> Option<i64> {
        Some(match self.kind {
            kind::BENEFICIAL_SET => i64::from_le_bytes(self.bytes_at::<64, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn to_registered(&self) -> Option<i64> {
        Some(match self.kind {
            kind::BENEFICIAL_SET => i64::from_le_bytes(self.bytes_at::<72, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn form(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ASSET_TERMS_SET => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn attestation(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ASSET_TERMS_SET => u8::from_le_bytes(self.bytes_at::<30, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn bars(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ASSET_TERMS_SET => u8::from_le_bytes(self.bytes_at::<31, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn issuer(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ASSET_TERMS_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn redemption_fee_rate(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ASSET_TERMS_SET => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn backing(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ASSET_TERMS_SET => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn min_redemption(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ASSET_TERMS_SET => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn redemption_unit(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ASSET_TERMS_SET => i64::from_le_bytes(self.bytes_at::<64, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn redemption_fee(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ASSET_TERMS_SET => i64::from_le_bytes(self.bytes_at::<72, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn attestor(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ATTESTOR_SET => u32::from_le_bytes(self.bytes_at::<32, 4>()),
            kind::ATTESTED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn reserve(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ATTESTED => i64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn as_of(&self) -> Option<u64> {
        Some(match self.kind {
            kind::ATTESTED => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn valid_until(&self) -> Option<u64> {
        Some(match self.kind {
            kind::ATTESTED => u64::from_le_bytes(self.bytes_at::<56, 8>()),
            kind::ATTESTATION_EXPIRED => u64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn outstanding(&self) -> Option<i64> {
        Some(match self.kind {
            kind::MINTED => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn asked(&self) -> Option<i64> {
        Some(match self.kind {
            kind::REDEMPTION_REQUESTED => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn bar(&self) -> Option<u64> {
        Some(match self.kind {
            kind::REDEMPTION_REQUESTED => u64::from_le_bytes(self.bytes_at::<72, 8>()),
            kind::REDEMPTION_SETTLED | kind::REDEMPTION_REFUSED => u64::from_le_bytes(self.bytes_at::<64, 8>()),
            kind::BAR_REGISTERED | kind::BAR_REMOVED => u64::from_le_bytes(self.bytes_at::<40, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn refusal(&self) -> Option<u8> {
        Some(match self.kind {
            kind::REDEMPTION_REFUSED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn refiner(&self) -> Option<u32> {
        Some(match self.kind {
            kind::REFINER_SET => u32::from_le_bytes(self.bytes_at::<32, 4>()),
            kind::BAR_REGISTERED | kind::BAR_REMOVED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn gross_weight(&self) -> Option<i64> {
        Some(match self.kind {
            kind::BAR_REGISTERED => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn fine_weight(&self) -> Option<i64> {
        Some(match self.kind {
            kind::BAR_REGISTERED => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            kind::BAR_REMOVED => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn band_bps(&self) -> Option<u32> {
        Some(match self.kind {
            kind::PEG_SET => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn haircut_bps(&self) -> Option<u32> {
        Some(match self.kind {
            kind::PEG_SET => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            kind::PEG_CHANGED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn action_kind(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ACTION_ANNOUNCED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn order_policy(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ACTION_ANNOUNCED => u8::from_le_bytes(self.bytes_at::<30, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn action(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACTION_ANNOUNCED
            | kind::ACTION_CANCELLED
            | kind::ACTION_STARTED
            | kind::ACTION_FUNDED
            | kind::ENTITLED
            | kind::ENTITLEMENT_PAID
            | kind::ACTION_LEG_PAID
            | kind::ACTION_DONE
            | kind::ACTION_FAILED => u32::from_le_bytes(self.bytes_at::<32, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn payer(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACTION_ANNOUNCED | kind::ENTITLEMENT_PAID => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn legs(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACTION_ANNOUNCED => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn record_at(&self) -> Option<u64> {
        Some(match self.kind {
            kind::ACTION_ANNOUNCED => u64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn books_close_at(&self) -> Option<u64> {
        Some(match self.kind {
            kind::ACTION_ANNOUNCED => u64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn total(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ACTION_FUNDED => i64::from_le_bytes(self.bytes_at::<40, 8>()),
            kind::ACTION_LEG_PAID => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn taken(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ENTITLED => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn in_lieu(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ENTITLEMENT_PAID => u32::from_le_bytes(self.bytes_at::<44, 4>()),
            kind::ACTION_LEG_PAID => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn residue(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ACTION_LEG_PAID => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn holders(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACTION_DONE => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn failure(&self) -> Option<u8> {
        Some(match self.kind {
            kind::ACTION_FAILED => u8::from_le_bytes(self.bytes_at::<29, 1>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn holder(&self) -> Option<u32> {
        Some(match self.kind {
            kind::ACTION_FAILED => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn missing(&self) -> Option<i64> {
        Some(match self.kind {
            kind::ACTION_FAILED => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn last_trade(&self) -> Option<u32> {
        Some(match self.kind {
            kind::REBASED => u32::from_le_bytes(self.bytes_at::<36, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn reference_price(&self) -> Option<u32> {
        Some(match self.kind {
            kind::REBASED => u32::from_le_bytes(self.bytes_at::<40, 4>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn numerator(&self) -> Option<i64> {
        Some(match self.kind {
            kind::REBASED => i64::from_le_bytes(self.bytes_at::<48, 8>()),
            _ => return None,
        })
    }

    #[inline]
    pub fn denominator(&self) -> Option<i64> {
        Some(match self.kind {
            kind::REBASED => i64::from_le_bytes(self.bytes_at::<56, 8>()),
            _ => return None,
        })
    }

    /// The order's client order id; empty where the order has none, or the event no order.
    #[inline]
    pub fn client_order_id(&self) -> &[u8] {
        let len = match self.kind {
            kind::ACCEPTED | kind::REJECTED | kind::FILL | kind::CANCELLED | kind::AMENDED | kind::DUPLICATE => {
                self.bytes_at::<31, 1>()[0]
            }
            kind::TRIGGERED | kind::CANCEL_PENDING => self.bytes_at::<30, 1>()[0],
            _ => return &[],
        };
        self.client_order_id_bytes(len)
    }
}

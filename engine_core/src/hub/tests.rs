//! The hub against the real engine: what each session is told, in which order, and when.

use super::*;
use crate::command::{
    CommandBuffer, CreateAccount, CreateAsset, CreateInstrument, Deposit, RequestWithdrawal, SetAccount, Transfer,
};
use crate::types::{CLIENT_ID_WINDOW, SYMBOL_LEN, Side};
use crate::wire::frame::{self, Opcode};
use crate::wire::testing::{Message, Value, client_frame};
use proptest::prelude::*;
use std::collections::BTreeMap;

mod level3;

const NOW: u64 = 1_700_000_000_000_000_000;
const BINARY: u8 = 0x82;
const TEXT: u8 = 0x81;
const PING: u8 = 0x89;
const MAKER: u32 = 1;
const TAKER: u32 = 2;
const FUNDS: i64 = 1_000_000_000;
const PLENTY: (u32, u32) = (1_000, 1_000);

fn symbol(text: &str) -> [u8; SYMBOL_LEN] {
    let mut bytes = [0; SYMBOL_LEN];
    bytes[..text.len()].copy_from_slice(text.as_bytes());
    bytes
}

/// Two assets, the instrument `X` (one unit for one tick and lot) and two funded accounts.
fn set_up() -> Vec<CommandBuffer> {
    let asset = |asset, class, name: &str| CreateAsset {
        asset,
        asset_class: class,
        symbol_len: name.len() as u8,
        symbol: symbol(name),
        min_withdrawal: 1,
        ..CreateAsset::EMPTY
    };
    let instrument = CreateInstrument {
        instrument: 0,
        base: 1,
        quote: 0,
        collar_bps: 500,
        lot_size: 1,
        tick_lot_value: 1,
        max_price: 1_000,
        symbol_len: 1,
        symbol: symbol("X"),
        ..CreateInstrument::EMPTY
    };
    let mut commands = vec![
        CommandBuffer::new(0, &asset(0, 0, "USDC")),
        CommandBuffer::new(0, &asset(1, 1, "SHARE")),
        CommandBuffer::new(0, &instrument),
    ];
    for account in [MAKER, TAKER] {
        commands.push(CommandBuffer::new(account, &CreateAccount::EMPTY));
        for asset in [0, 1] {
            let deposit = Deposit { asset, amount: FUNDS, ..Deposit::EMPTY };
            commands.push(CommandBuffer::new(account, &deposit));
        }
    }
    commands
}

fn hub_in(config: &VenueConfig, max_in_flight: u32, replayed: &[u32]) -> Hub {
    let mut hub = Hub::open(config, max_in_flight, replayed).unwrap();
    if hub.engine().sequence() == 0 {
        for command in set_up() {
            hub.submit(None, 0, command, NOW).unwrap();
        }
        hub.commit().unwrap();
        hub.venue().wait_durable(hub.engine().sequence()).unwrap();
        poll(&mut hub);
    }
    hub
}

fn hub() -> Hub {
    hub_in(&VenueConfig::default(), CLIENT_ID_WINDOW, &[])
}

fn log_on(hub: &mut Hub, account: u32) -> u64 {
    let session = hub.open_session().unwrap();
    hub.authorize(session, account, account, true, false).unwrap();
    session
}

fn request(fields: &[(&str, Value)]) -> Vec<u8> {
    client_frame(BINARY, &Message::new(fields).encode())
}

fn place(client_ref: i64, side: &str, price: i64, quantity: i64) -> Vec<u8> {
    request(&[
        ("op", "place".into()),
        ("ref", client_ref.into()),
        ("client_order_id", format!("id-{client_ref}").as_str().into()),
        ("instrument", "X".into()),
        ("side", side.into()),
        ("price", price.into()),
        ("quantity", quantity.into()),
    ])
}

type Frames = Vec<(Opcode, Vec<u8>)>;

fn try_receive(hub: &mut Hub, session: u64, data: &[u8]) -> Result<Frames, HubError> {
    let mut handed = Vec::new();
    hub.receive(session, data, NOW, &mut handed)?;
    Ok(handed.into_iter().map(|frame: Handed| (frame.opcode, frame.payload)).collect())
}

fn receive(hub: &mut Hub, session: u64, data: &[u8]) -> Frames {
    try_receive(hub, session, data).unwrap()
}

/// Everything released, by session.
fn poll(hub: &mut Hub) -> BTreeMap<u64, Vec<Message>> {
    let mut messages: BTreeMap<u64, Vec<Message>> = BTreeMap::new();
    hub.release(|session, released| {
        let of_session = messages.entry(session).or_default();
        match released {
            Released::Frames(bytes) | Released::Text(bytes) => {
                of_session.extend(frame::payloads(bytes).map(Message::parse));
            }
            Released::Overrun => of_session.push(Message::new(&[("op", "overrun".into())])),
        }
    })
    .unwrap();
    messages
}

fn settle(hub: &mut Hub) -> BTreeMap<u64, Vec<Message>> {
    hub.commit().unwrap();
    poll(hub)
}

/// One line for each message: the fields that tests are about.
fn brief(messages: Option<&Vec<Message>>) -> Vec<String> {
    let lines = messages.into_iter().flatten().map(|message| {
        let names = ["op", "kind", "code", "reason", "client_order_id", "liquidity"];
        let mut line: Vec<&str> = names.iter().map(|name| message.text(name)).collect();
        line.retain(|text| !text.is_empty());
        format!("{} #{}", line.join(" "), message.number("ref"))
    });
    lines.collect()
}

#[test]
fn an_order_is_reported_to_all_sessions_of_its_account_and_answered_in_its_own() {
    let mut hub = hub();
    let (maker, other, taker) = (log_on(&mut hub, MAKER), log_on(&mut hub, MAKER), log_on(&mut hub, TAKER));
    assert!(receive(&mut hub, maker, &place(7, "sell", 100, 5)).is_empty());
    assert!(receive(&mut hub, taker, &place(8, "buy", 100, 2)).is_empty());
    let told = settle(&mut hub);
    assert_eq!(brief(told.get(&maker)), ["report accepted id-7 #7", "report fill id-7 maker #0"]);
    assert_eq!(brief(told.get(&other)), ["report accepted id-7 #0", "report fill id-7 maker #0"]);
    assert_eq!(brief(told.get(&taker)), ["report accepted id-8 #8", "report fill id-8 taker #8"]);
    let fill = &told[&taker][1];
    let fields = ["price", "quantity", "cash", "settlement_id", "account_seq"].map(|name| fill.number(name));
    assert_eq!((fields, fill.text("instrument"), fill.text("side")), ([100, 2, 200, 1, 5], "X", "buy"));
}

#[test]
fn every_report_of_an_order_has_its_client_order_id() {
    let mut hub = hub();
    let maker = log_on(&mut hub, MAKER);
    receive(&mut hub, maker, &place(1, "sell", 100, 5));
    let oldest = [("stp", "oldest".into()), ("time_in_force", "ioc".into())];
    let buy = [
        &[("op", "place".into()), ("ref", 2.into()), ("client_order_id", "b".into()), ("instrument", "X".into())],
        &[("side", "buy".into()), ("price", 100.into()), ("quantity", 5.into())][..],
        &oldest,
    ];
    receive(&mut hub, maker, &request(&buy.concat()));
    receive(&mut hub, maker, &request(&[("op", "cancel_all".into()), ("ref", 3.into())]));
    let told = settle(&mut hub);
    let expected = [
        "report accepted id-1 #1",
        "report accepted b #2",
        "report cancelled self_trade_resting id-1 #2",
        "report cancelled ioc_remainder b #2",
        "report cancel_all_done #3",
    ];
    assert_eq!(brief(told.get(&maker)), expected);
}

#[test]
fn refusals_take_no_sequence_and_keep_their_place() {
    let mut hub = hub_in(&VenueConfig::default(), 2, &[]);
    hub.set_limits(MAKER, (1, 3), PLENTY).unwrap();
    let maker = log_on(&mut hub, MAKER);
    let before = hub.engine().sequence();
    let unknown = request(&[
        ("op", "place".into()),
        ("ref", 1.into()),
        ("instrument", "NOPE".into()),
        ("side", "buy".into()),
        ("price", 1.into()),
        ("quantity", 1.into()),
    ]);
    let chunk = [unknown, place(2, "buy", 1, 1), place(3, "buy", 1, 1), place(4, "buy", 1, 1)].concat();
    receive(&mut hub, maker, &chunk);
    assert_eq!(hub.engine().sequence(), before + 2);
    let expected =
        ["error unknown_instrument #1", "report accepted id-2 #2", "report accepted id-3 #3", "error rate_limited #4"];
    assert_eq!(brief(settle(&mut hub).get(&maker)), expected);

    hub.set_limits(MAKER, (1, 100), PLENTY).unwrap();
    receive(&mut hub, maker, &[place(5, "buy", 1, 1), place(6, "buy", 1, 1), place(7, "buy", 1, 1)].concat());
    let told = settle(&mut hub);
    assert_eq!(brief(told.get(&maker))[2], "error too_many_in_flight #7");
    receive(&mut hub, maker, &place(7, "buy", 1, 1));
    assert_eq!(brief(settle(&mut hub).get(&maker)), ["report accepted id-7 #7"], "answers make room");
}

#[test]
fn no_more_is_unanswered_than_the_engine_remembers() {
    let mut hub = hub();
    let (maker, taker) = (log_on(&mut hub, MAKER), log_on(&mut hub, TAKER));
    let mut next = 1;
    for (client_id_window, limit) in [(2, 2), (CLIENT_ID_WINDOW + 5, CLIENT_ID_WINDOW), (1, 1)] {
        let body = SetAccount { max_open_orders: 1_000, client_id_window, ..SetAccount::EMPTY };
        hub.submit(None, 0, CommandBuffer::new(MAKER, &body), NOW).unwrap();
        settle(&mut hub);
        assert_eq!(hub.max_in_flight(AccountId(MAKER)), limit);
        let last = next + i64::from(limit);
        let orders: Vec<_> = (next..=last).map(|client_ref| place(client_ref, "buy", 1, 1)).collect();
        receive(&mut hub, maker, &orders.concat());
        receive(&mut hub, taker, &orders[..3.min(orders.len())].concat());
        let told = settle(&mut hub);
        let of_maker = brief(told.get(&maker));
        assert_eq!(of_maker.len(), orders.len());
        assert_eq!(of_maker[orders.len() - 1], format!("error too_many_in_flight #{last}"));
        assert!(of_maker[..orders.len() - 1].iter().all(|line| line.starts_with("report accepted")));
        assert!(brief(told.get(&taker)).iter().all(|line| line.starts_with("report")), "nobody else's window");
        next = last + 1;
    }
}

#[test]
fn frames_of_the_gateway_keep_their_place_among_orders() {
    let mut hub = hub();
    let maker = log_on(&mut hub, MAKER);
    let ping = Message::new(&[("op", "ping".into())]).encode();
    let chunk = [
        place(1, "buy", 1, 1),
        client_frame(PING, b"p"),
        client_frame(TEXT, b"{}"),
        client_frame(BINARY, &ping),
        place(2, "buy", 1, 1),
        client_frame(TEXT, b"[]"),
    ]
    .concat();
    let before = hub.engine().sequence();
    let (head, tail) = chunk.split_at(chunk.len() - 3);
    // The first binary frame behind frames of the gateway waits, even if it turns out to be the gateway's as well.
    assert_eq!(receive(&mut hub, maker, head), [(Opcode::Ping, b"p".to_vec()), (Opcode::Text, b"{}".to_vec())]);
    assert_eq!(hub.engine().sequence(), before + 1);
    assert_eq!(receive(&mut hub, maker, &[]), [(Opcode::Binary, ping)]);
    assert_eq!(hub.engine().sequence(), before + 1);
    assert_eq!(receive(&mut hub, maker, tail), [(Opcode::Text, b"[]".to_vec())]);
    assert_eq!(hub.engine().sequence(), before + 2);
    assert!(receive(&mut hub, maker, &[]).is_empty());
}

#[test]
fn nothing_is_carried_out_before_authorization_or_without_the_scope() {
    let mut hub = hub();
    let session = hub.open_session().unwrap();
    let order = place(1, "buy", 1, 1);
    let before = hub.engine().sequence();
    assert_eq!(receive(&mut hub, session, &order).len(), 1);
    hub.authorize(session, 0, MAKER, false, false).unwrap();
    assert_eq!(receive(&mut hub, session, &order).len(), 1);
    let payload = frame_payload(&order);
    assert!(matches!(hub.message(session, &payload, NOW), Err(HubError::NotAuthorized(_))));
    assert_eq!(hub.engine().sequence(), before);
    hub.authorize(session, 0, MAKER, true, false).unwrap();
    assert!(hub.message(session, &payload, NOW).unwrap());
    assert!(!hub.message(session, b"\x80", NOW).unwrap());
    assert_eq!(hub.engine().sequence(), before + 1);
    assert_eq!(brief(settle(&mut hub).get(&session)), ["report accepted id-1 #1"], "once, though authorized twice");
}

fn frame_payload(frame: &[u8]) -> Vec<u8> {
    let mut payload = Vec::new();
    frame::FrameReader::new(MAX_MESSAGE_BYTES).next(&mut &frame[..], &mut payload).unwrap();
    payload
}

#[test]
fn input_that_waits_for_the_gateway_keeps_its_order_however_it_arrives() {
    let mut hub = hub();
    let maker = log_on(&mut hub, MAKER);
    let pairs = |refs: std::ops::Range<i64>| {
        refs.flat_map(|at| [client_frame(PING, &[at as u8]), place(at, "buy", 1, 1)].concat()).collect::<Vec<_>>()
    };
    let mut chunks = VecDeque::from([pairs(1..40), pairs(40..60), pairs(60..100)]);
    let mut pings = Vec::new();
    let mut frames = receive(&mut hub, maker, &chunks.pop_front().unwrap());
    while !frames.is_empty() {
        pings.extend(frames.iter().map(|frame| frame.1[0]));
        let more = if pings.len() % 10 == 0 { chunks.pop_front() } else { None };
        frames = receive(&mut hub, maker, &more.unwrap_or_default());
    }
    assert_eq!(pings, (1..100).collect::<Vec<u8>>());
    let session = hub.session(maker).unwrap();
    assert!(session.input.is_empty() && session.deferred.is_none());
    let orders: Vec<_> = (1..100).map(|at| format!("report accepted id-{at} #{at}")).collect();
    assert_eq!(brief(settle(&mut hub).get(&maker)), orders);
}

#[test]
fn a_broken_stream_ends_after_what_came_before_the_break() {
    let mut hub = hub();
    let maker = log_on(&mut hub, MAKER);
    let chunk = [place(1, "buy", 1, 1), client_frame(TEXT, b"{}"), b"\xff\xff".to_vec(), place(2, "buy", 1, 1)];
    assert_eq!(receive(&mut hub, maker, &chunk.concat()).len(), 1);
    for _ in 0..2 {
        let error = try_receive(&mut hub, maker, &[]).unwrap_err();
        assert!(matches!(error, HubError::Wire { code: 1002, .. }), "{error}");
    }
    assert_eq!(brief(settle(&mut hub).get(&maker)), ["report accepted id-1 #1"]);
}

/// How many of `count` frames were handed up to be carried out, and how many to be refused; or the close code.
fn charged(hub: &mut Hub, session: u64, frame: &[u8], count: usize) -> Result<(usize, usize), u16> {
    let (mut granted, mut refused) = (0, 0);
    for _ in 0..count {
        let mut handed = Vec::new();
        match hub.receive(session, frame, NOW, &mut handed) {
            Ok(()) => {}
            Err(HubError::Wire { code, .. }) => return Err(code),
            Err(error) => panic!("{error}"),
        }
        assert_eq!(handed.len(), 1);
        granted += usize::from(handed[0].granted);
        refused += usize::from(!handed[0].granted);
    }
    Ok((granted, refused))
}

#[test]
fn every_frame_is_charged_to_the_key_and_a_flood_ends_the_connection() {
    let frames = [
        ("a ping", client_frame(PING, b"p")),
        ("a pong", client_frame(0x8a, b"")),
        ("text", client_frame(TEXT, b"{}")),
        ("nonsense", client_frame(BINARY, b"\xc1")),
        ("a query", client_frame(BINARY, &Message::new(&[("op", "ping".into())]).encode())),
    ];
    for (name, frame) in frames {
        let mut hub = hub();
        hub.set_limits(MAKER, (1, 1), (1, 3)).unwrap();
        let first = log_on(&mut hub, MAKER);
        assert_eq!(charged(&mut hub, first, &frame, 4), Ok((3, 1)), "{name}");
        hub.close_session(first).unwrap();
        let second = log_on(&mut hub, MAKER);
        assert_eq!(charged(&mut hub, second, &frame, 2), Ok((0, 2)), "{name}: a new connection brings no tokens");
        assert_eq!(charged(&mut hub, second, &frame, 1), Err(CLOSE_FLOOD), "{name}");
        assert!(!hub.admit(MAKER, NOW), "{name}: nor does a logon");
        let other = log_on(&mut hub, TAKER);
        assert_eq!(charged(&mut hub, other, &frame, 50), Ok((50, 0)), "{name}: no limits, or another key's");
    }
}

#[test]
fn a_flood_of_orders_ends_the_connection() {
    let mut hub = hub();
    hub.set_limits(MAKER, (1, 3), PLENTY).unwrap();
    let sessions = [log_on(&mut hub, MAKER), log_on(&mut hub, MAKER)];
    for client_ref in 1..=6 {
        receive(&mut hub, sessions[client_ref as usize % 2], &place(client_ref, "buy", 1, 1));
    }
    let told = settle(&mut hub);
    let refused: usize = sessions
        .iter()
        .map(|session| brief(told.get(session)).iter().filter(|line| line.contains("rate_limited")).count())
        .sum();
    assert_eq!(refused, 3, "three of both sessions together were carried out");
    let error = try_receive(&mut hub, sessions[0], &place(7, "buy", 1, 1)).unwrap_err();
    assert!(matches!(error, HubError::Wire { code: CLOSE_FLOOD, .. }), "{error}");
}

#[test]
fn an_answer_is_paid_by_what_is_returned() {
    let mut hub = hub();
    hub.set_limits(MAKER, PLENTY, (1, 10)).unwrap();
    let session = log_on(&mut hub, MAKER);
    let ping = client_frame(PING, b"");
    assert_eq!(charged(&mut hub, session, &ping, 1), Ok((1, 0)));
    hub.send(session, &[0; 8 * ANSWER_BYTES_PER_TOKEN]).unwrap();
    assert_eq!(charged(&mut hub, session, &ping, 3), Ok((1, 2)));
}

#[test]
fn a_replay_and_a_book_are_paid_by_what_is_returned() {
    for replay in [true, false] {
        let mut hub = hub_in(&VenueConfig::default(), CLIENT_ID_WINDOW, &[]);
        let maker = log_on(&mut hub, MAKER);
        for price in 1..=900 {
            receive(&mut hub, maker, &place(price, "buy", price, 1_000));
            settle(&mut hub);
        }
        hub.set_limits(TAKER, PLENTY, (1, 10)).unwrap();
        let session = hub.open_session().unwrap();
        hub.authorize(session, TAKER, MAKER, false, false).unwrap();
        let ping = client_frame(PING, b"");
        assert_eq!(charged(&mut hub, session, &ping, 1), Ok((1, 0)));
        match replay {
            true => hub.replay(session, 1, 4).unwrap(), // the first after the account was set up
            false => hub.subscribe(session, Channel::Book, 0).unwrap(),
        }
        settle(&mut hub);
        let (granted, refused) = charged(&mut hub, session, &ping, 9).unwrap();
        assert!(granted < 9 && refused > 0, "replay {replay}: {granted} more were granted");
    }
}

#[test]
fn before_its_logon_a_connection_has_a_small_budget() {
    let ping = client_frame(PING, b"");
    let mut hub = hub();
    let session = hub.open_session().unwrap();
    assert_eq!(charged(&mut hub, session, &ping, FRAMES_BEFORE_LOGON as usize), Ok((FRAMES_BEFORE_LOGON as usize, 0)));
    assert_eq!(charged(&mut hub, session, &ping, 1), Err(CLOSE_LOGON_EXPECTED));
    let session = hub.open_session().unwrap();
    let whole = BYTES_BEFORE_LOGON / MAX_MESSAGE_BYTES;
    let drip = client_frame(BINARY, &[0; MAX_MESSAGE_BYTES]);
    assert!(receive(&mut hub, session, &drip[..MAX_MESSAGE_BYTES]).is_empty());
    let error = try_receive(&mut hub, session, &drip.repeat(whole)).unwrap_err();
    assert!(matches!(error, HubError::Wire { code: CLOSE_LOGON_EXPECTED, .. }), "{error}");
}

#[test]
fn a_call_hands_up_one_message_and_a_bounded_number_of_control_frames() {
    let mut hub = hub();
    let session = log_on(&mut hub, MAKER);
    let (ping, text) = (client_frame(PING, b""), client_frame(TEXT, b"{}"));
    let mut sizes = vec![receive(&mut hub, session, &[ping.repeat(20), text.repeat(2), ping.clone()].concat()).len()];
    while sizes.last() != Some(&0) {
        sizes.push(receive(&mut hub, session, &[]).len());
    }
    assert_eq!(sizes, [HANDED_UP_MAX, 20 - HANDED_UP_MAX + 1, 1, 1, 0]);
}

#[test]
fn too_much_output_in_total_costs_the_account_that_reads_least() {
    let mut hub = hub();
    let hoarders: Vec<u64> = (0..4).map(|_| log_on(&mut hub, MAKER)).collect();
    let (large, small) = (log_on(&mut hub, TAKER), log_on(&mut hub, TAKER));
    hub.set_unreleased_max(10_000);
    hub.send(large, &[0; 3_500]).unwrap();
    for (at, &hoarder) in hoarders.iter().enumerate() {
        hub.send(hoarder, &vec![0; 1_500 + at]).unwrap();
    }
    hub.send(small, &[0; 500]).unwrap();
    let released = |hub: &mut Hub| {
        let mut sizes: BTreeMap<u64, Option<usize>> = BTreeMap::new();
        hub.commit().unwrap();
        hub.release(|session, released| {
            let size = match released {
                Released::Frames(bytes) | Released::Text(bytes) => Some(bytes.len()),
                Released::Overrun => None,
            };
            assert!(sizes.insert(session, size).is_none());
        })
        .unwrap();
        sizes
    };
    let sizes = released(&mut hub);
    let dropped: Vec<u64> = sizes.iter().filter(|(_, size)| size.is_none()).map(|(&session, _)| session).collect();
    assert_eq!(dropped, [hoarders[3]], "not the largest session, but the largest of the account with most");
    assert_eq!(sizes.len(), 6);
    hub.send(hoarders[3], &[0; 10]).unwrap();
    assert!(released(&mut hub).is_empty(), "said once, and nothing after it");
    hub.send(small, &[0; 9_000]).unwrap();
    assert_eq!(released(&mut hub).len(), 1, "what was released counts no more");
}

/// What waits for the journal is counted, and freed where it stands.
#[test]
fn output_of_a_group_that_waits_is_dropped_too() {
    let directory = tempfile::tempdir().unwrap();
    let config = VenueConfig { directory: Some(directory.path().into()), ..VenueConfig::default() };
    let mut hub = hub_in(&config, CLIENT_ID_WINDOW, &[]);
    let (slow, other) = (log_on(&mut hub, MAKER), log_on(&mut hub, TAKER));
    hub.set_unreleased_max(10_000);
    hub.send(slow, &[0; 6_000]).unwrap();
    receive(&mut hub, other, &place(1, "buy", 1, 1));
    assert!(hub.commit().unwrap());
    hub.send(slow, &[0; 3_000]).unwrap();
    hub.send(other, &[0; 2_000]).unwrap();
    let held: usize = hub.groups.iter().flat_map(|group| &group.outputs).map(|output| output.bytes.capacity()).sum();
    assert!(held < 6_000, "{held} bytes are held");
    hub.close_session(slow).unwrap();
    hub.venue().wait_durable(hub.handed_sequence).unwrap();
    let mut sessions = Vec::new();
    hub.release(|session, _| sessions.push(session)).unwrap();
    assert_eq!(sessions, [other, other]);
}

#[test]
fn nothing_is_read_after_a_close_frame() {
    let mut hub = hub();
    let maker = log_on(&mut hub, MAKER);
    let frames = receive(&mut hub, maker, &[client_frame(0x88, &[]), place(1, "buy", 1, 1)].concat());
    assert_eq!(frames, [(Opcode::Close, vec![])]);
    assert!(receive(&mut hub, maker, &place(2, "buy", 1, 1)).is_empty());
    assert!(settle(&mut hub).is_empty());
}

#[test]
fn administration_is_answered_after_the_reports_it_causes() {
    let mut hub = hub();
    let (admin, taker) = (log_on(&mut hub, MAKER), log_on(&mut hub, TAKER));
    let transfer =
        |asset| CommandBuffer::new(MAKER, &Transfer { asset, to_account: TAKER, amount: 5, ..Transfer::EMPTY });
    let withdrawal = CommandBuffer::new(MAKER, &RequestWithdrawal { amount: 5, ..RequestWithdrawal::EMPTY });
    hub.submit(Some(admin), 1, transfer(0), NOW).unwrap();
    hub.submit(Some(admin), 2, transfer(9), NOW).unwrap();
    hub.submit(Some(admin), 3, withdrawal, NOW).unwrap();
    hub.submit(None, 4, CommandBuffer::new(MAKER, &Deposit { amount: 5, ..Deposit::EMPTY }), NOW).unwrap();
    let told = settle(&mut hub);
    let expected = [
        "report transfer_out #0",
        "ok #1",
        "report rejected unknown_asset #0",
        "error unknown_asset #2",
        "report withdrawal_requested #3",
        "report deposited #0",
    ];
    assert_eq!(brief(told.get(&admin)), expected);
    assert_eq!(brief(told.get(&taker)), ["report transfer_in #0"]);
    assert_eq!(told[&taker][0].number("counterparty"), i64::from(MAKER));
}

#[test]
fn output_waits_for_durability_and_order_is_kept() {
    let directory = tempfile::tempdir().unwrap();
    let config = VenueConfig { directory: Some(directory.path().into()), ..VenueConfig::default() };
    let mut hub = hub_in(&config, CLIENT_ID_WINDOW, &[]);
    let maker = log_on(&mut hub, MAKER);
    let pong = Message::new(&[("op", "pong".into())]).encode();
    receive(&mut hub, maker, &place(1, "buy", 1, 1));
    hub.send(maker, &pong).unwrap();
    assert!(poll(&mut hub).is_empty(), "not even committed");
    assert!(hub.commit().unwrap());
    hub.send(maker, &pong).unwrap();
    hub.venue().wait_durable(hub.engine().sequence()).unwrap();
    assert_eq!(brief(poll(&mut hub).get(&maker)), ["report accepted id-1 #1", "pong #0", "pong #0"]);
    hub.send(maker, &pong).unwrap();
    assert_eq!(brief(settle(&mut hub).get(&maker)), ["pong #0"], "nothing to wait for");
}

/// A sync takes far longer than a poll, so a report released too early is all but certain to be seen.
#[test]
fn no_report_is_released_before_its_command_is_durable() {
    let directory = tempfile::tempdir().unwrap();
    let config = VenueConfig { directory: Some(directory.path().into()), ..VenueConfig::default() };
    let mut hub = hub_in(&config, CLIENT_ID_WINDOW, &[]);
    let maker = log_on(&mut hub, MAKER);
    let mut answered = 0;
    for client_ref in 1..=30 {
        receive(&mut hub, maker, &place(client_ref, "buy", 1, 1));
        hub.commit().unwrap();
        for report in poll(&mut hub).remove(&maker).into_iter().flatten() {
            assert!(report.number("seq") as u64 <= hub.venue().durable_sequence());
            answered = report.number("ref");
        }
        hub.venue().wait_durable(hub.handed_sequence).unwrap();
    }
    assert!(answered > 0);
}

/// What was reported is there again after recovery, with the same account sequences.
#[test]
fn replay_reaches_back_through_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let config = VenueConfig { directory: Some(directory.path().into()), ..VenueConfig::default() };
    let mut hub = hub_in(&config, CLIENT_ID_WINDOW, &[MAKER]);
    let maker = log_on(&mut hub, MAKER);
    receive(&mut hub, maker, &[place(1, "buy", 1, 1), place(2, "buy", 2, 1)].concat());
    let mut told = Vec::new();
    hub.close(|_, released| {
        if let Released::Frames(bytes) = released {
            told.extend(frame::payloads(bytes).map(Message::parse));
        }
    })
    .unwrap();
    assert_eq!(brief(Some(&told)), ["report accepted id-1 #1", "report accepted id-2 #2"]);

    let mut hub = hub_in(&config, CLIENT_ID_WINDOW, &[MAKER]);
    let maker = log_on(&mut hub, MAKER);
    let from = told[0].number("account_seq") as u64;
    hub.replay(maker, 9, from).unwrap();
    let replayed = &settle(&mut hub)[&maker];
    assert_eq!(brief(Some(replayed)), ["report accepted id-1 #0", "report accepted id-2 #0", "replayed #9"]);
    for (before, after) in told.iter().zip(replayed) {
        for key in ["seq", "account_seq", "order_id", "price", "timestamp_ns"] {
            assert_eq!(before.number(key), after.number(key), "{key}");
        }
    }
    assert_eq!(replayed[2].0["complete"], Value::Bool(true));
    assert_eq!(replayed[2].number("to_account_seq"), told[1].number("account_seq"));

    let late = log_on(&mut hub, TAKER);
    hub.replay(late, 1, 1).unwrap();
    let told = &settle(&mut hub)[&late];
    assert_eq!((told.len(), &told[0].0["complete"]), (1, &Value::Bool(false)), "not enrolled during recovery");
}

#[test]
fn a_session_that_is_not_polled_away_loses_its_output_and_is_named_once() {
    let mut hub = hub();
    let (slow, quick) = (log_on(&mut hub, MAKER), log_on(&mut hub, TAKER));
    let big = vec![0; MAX_UNRELEASED / 2];
    hub.send(slow, &big).unwrap();
    hub.send(slow, &big).unwrap();
    hub.send(slow, &big).unwrap();
    hub.send(quick, &Message::new(&[("op", "pong".into())]).encode()).unwrap();
    let told = settle(&mut hub);
    assert_eq!(brief(told.get(&slow)), ["overrun #0"]);
    assert_eq!(brief(told.get(&quick)), ["pong #0"]);
    receive(&mut hub, slow, &place(1, "buy", 1, 1));
    assert!(settle(&mut hub).is_empty());
    hub.close_session(slow).unwrap();
    assert!(matches!(hub.send(slow, b""), Err(HubError::UnknownSession(_))));
}

#[test]
fn a_closed_session_gets_nothing_and_its_slot_is_not_mixed_up() {
    let mut hub = hub();
    let maker = log_on(&mut hub, MAKER);
    hub.subscribe(maker, Channel::Trades, 0).unwrap();
    hub.subscribe(maker, Channel::Book, 0).unwrap();
    receive(&mut hub, maker, &place(1, "buy", 5, 1));
    hub.commit().unwrap();
    hub.subscribe(maker, Channel::Bbo, 0).unwrap();
    hub.close_session(maker).unwrap();
    let next = log_on(&mut hub, TAKER);
    assert_eq!(slot_of(next), slot_of(maker));
    receive(&mut hub, next, &place(2, "sell", 5, 1));
    let told = settle(&mut hub);
    assert_eq!(told.keys().collect::<Vec<_>>(), [&next]);
    assert_eq!(brief(told.get(&next)), ["report accepted id-2 #2", "report fill id-2 taker #2"]);
}

#[test]
fn balances_are_sent_once_for_each_that_a_group_touched() {
    let mut hub = hub();
    let (maker, taker) = (log_on(&mut hub, MAKER), log_on(&mut hub, TAKER));
    hub.watch_balances(maker, true).unwrap();
    hub.watch_balances(maker, true).unwrap();
    receive(&mut hub, maker, &[place(1, "buy", 10, 5), place(2, "buy", 10, 5)].concat());
    let told = settle(&mut hub);
    let balances = |told: &BTreeMap<u64, Vec<Message>>| -> Vec<(String, i64, i64)> {
        let messages = told[&maker].iter().filter(|message| message.text("op") == "balance");
        messages.map(|m| (m.text("asset").to_owned(), m.number("available"), m.number("held"))).collect()
    };
    assert_eq!(balances(&told), [("USDC".into(), FUNDS - 100, 100)]);
    receive(&mut hub, taker, &place(3, "sell", 10, 5));
    let told = settle(&mut hub);
    assert_eq!(balances(&told), [("USDC".into(), FUNDS - 100, 50), ("SHARE".into(), FUNDS + 5, 0)]);
    assert!(told[&taker].iter().all(|message| message.text("op") != "balance"));
    hub.watch_balances(maker, false).unwrap();
    receive(&mut hub, maker, &place(4, "buy", 10, 5));
    assert!(balances(&settle(&mut hub)).is_empty());
}

/// A full journal stops a session's orders, not the others' replies; they go on where they stopped.
#[test]
fn balances_of_assets_with_large_numbers_are_sent_like_others() {
    const ASSETS: u32 = 300;
    let mut hub = hub();
    let maker = log_on(&mut hub, MAKER);
    hub.watch_balances(maker, true).unwrap();
    for asset in 2..ASSETS {
        let name = format!("A{asset}");
        let body = CreateAsset {
            asset,
            asset_class: 2,
            symbol_len: name.len() as u8,
            symbol: symbol(&name),
            min_withdrawal: 1,
            ..CreateAsset::EMPTY
        };
        hub.submit(None, 0, CommandBuffer::new(0, &body), NOW).unwrap();
    }
    for asset in [ASSETS - 1, 64, ASSETS - 1] {
        let body = Deposit { asset, amount: 5, ..Deposit::EMPTY };
        hub.submit(None, 0, CommandBuffer::new(MAKER, &body), NOW).unwrap();
    }
    let told = settle(&mut hub);
    let balances = told[&maker].iter().filter(|message| message.text("op") == "balance");
    let told: Vec<_> = balances.map(|message| (message.text("asset"), message.number("available"))).collect();
    assert_eq!(told, [("A64", 5), ("A299", 10)]);
}

#[test]
fn money_that_is_not_moved_again_changes_no_balance() {
    let mut hub = hub();
    let maker = log_on(&mut hub, MAKER);
    hub.watch_balances(maker, true).unwrap();
    let body = Deposit { amount: 5, reference_len: 1, ..Deposit::EMPTY };
    let mut told = || {
        hub.submit(None, 0, CommandBuffer::with_text(MAKER, &body, b"r"), NOW).unwrap();
        let messages = settle(&mut hub).remove(&maker).unwrap_or_default();
        let said = |message: &Message| if message.text("op") == "report" { "kind" } else { "op" };
        messages.iter().map(|message| message.text(said(message)).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told(), ["deposited", "balance"]);
    assert_eq!(told(), ["money_repeated"]);
}

#[test]
fn a_session_that_changes_its_account_takes_its_watch_on_balances_along() {
    let mut hub = hub();
    let session = log_on(&mut hub, MAKER);
    hub.watch_balances(session, true).unwrap();
    hub.authorize(session, TAKER, TAKER, true, false).unwrap();
    receive(&mut hub, session, &place(1, "buy", 5, 1));
    let messages = settle(&mut hub);
    assert_eq!(brief(messages.get(&session)).iter().filter(|line| line.contains("balance")).count(), 1);
    hub.close_session(session).unwrap();
    assert!(hub.accounts.states.iter().all(|account| account.balance_watchers == 0));
}

/// Every logon sets its key's limit: logging on again must not be a way around it.
#[test]
fn a_limit_that_is_set_again_is_not_a_full_bucket() {
    let mut hub = hub();
    let refused = |messages: BTreeMap<u64, Vec<Message>>, session: u64| {
        brief(messages.get(&session)).iter().filter(|line| line.contains("rate_limited")).count()
    };
    hub.set_limits(MAKER, (1, 2), PLENTY).unwrap();
    let session = log_on(&mut hub, MAKER);
    receive(&mut hub, session, &[place(1, "buy", 5, 1), place(2, "buy", 5, 1), place(3, "buy", 5, 1)].concat());
    assert_eq!(refused(settle(&mut hub), session), 1);
    hub.set_limits(MAKER, (1, 2), PLENTY).unwrap();
    receive(&mut hub, session, &place(4, "buy", 5, 1));
    assert_eq!(refused(settle(&mut hub), session), 1, "the bucket was filled by setting it again");
    hub.set_limits(MAKER, (1, 3), PLENTY).unwrap();
    receive(&mut hub, session, &place(5, "buy", 5, 1));
    assert_eq!(refused(settle(&mut hub), session), 0, "another limit begins with a full bucket");
}

#[test]
fn input_waits_for_room_in_the_journal() {
    let directory = tempfile::tempdir().unwrap();
    let config = VenueConfig { directory: Some(directory.path().into()), ..VenueConfig::default() };
    let mut hub = hub_in(&config, CLIENT_ID_WINDOW, &[]);
    let maker = log_on(&mut hub, MAKER);
    let deposit = CommandBuffer::new(TAKER, &Deposit { amount: 1, ..Deposit::EMPTY });
    // With one batch at the writer and one gathered, nothing more fits until the first is durable.
    let mut waited = false;
    for client_ref in 1..=100 {
        while !hub.venue.is_full() {
            hub.submit(None, 0, deposit, NOW).unwrap();
        }
        assert!(receive(&mut hub, maker, &place(client_ref, "buy", 1, 1)).is_empty());
        waited |= hub.is_waiting();
        if waited {
            break;
        }
        poll(&mut hub);
    }
    assert!(waited, "the journal always kept up");
    let mut told = Vec::new();
    while hub.is_waiting() {
        hub.venue.wait_durable(hub.handed_sequence).unwrap();
        hub.commit().unwrap();
        for session in hub.take_waiting() {
            assert!(receive(&mut hub, session, &[]).is_empty());
        }
        told.extend(poll(&mut hub).remove(&maker).unwrap_or_default());
    }
    hub.close(|_, released| {
        if let Released::Frames(bytes) = released {
            told.extend(frame::payloads(bytes).map(Message::parse));
        }
    })
    .unwrap();
    let answered: Vec<i64> = told.iter().map(|message| message.number("ref")).collect();
    let last = *answered.last().unwrap();
    assert!(answered.ends_with(&[last]) && answered.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{answered:?}");
}

#[test]
fn a_delta_names_what_the_book_gained_and_lost_and_nothing_else() {
    let mut hub = hub();
    let second = CreateInstrument {
        instrument: 1,
        base: 1,
        quote: 0,
        collar_bps: 500,
        lot_size: 1,
        tick_lot_value: 1,
        max_price: 1_000,
        symbol_len: 1,
        symbol: symbol("Y"),
        ..CreateInstrument::EMPTY
    };
    hub.submit(None, 0, CommandBuffer::new(0, &second), NOW).unwrap();
    let (maker, taker) = (log_on(&mut hub, MAKER), log_on(&mut hub, TAKER));
    let watcher = hub.open_session().unwrap();
    let on_y = request(&[
        ("op", "place".into()),
        ("instrument", "Y".into()),
        ("side", "buy".into()),
        ("price", 1.into()),
        ("quantity", 1.into()),
    ]);
    receive(&mut hub, maker, &on_y);
    hub.subscribe(watcher, Channel::Book, 0).unwrap();
    settle(&mut hub);
    let delta = |hub: &mut Hub, session, data: &[u8]| {
        receive(hub, session, data);
        let told = settle(hub).remove(&watcher).unwrap_or_default();
        told.first().map(|message| (message.levels("bids"), message.levels("asks")))
    };
    assert_eq!(delta(&mut hub, maker, &place(1, "sell", 100, 5)), Some((vec![], vec![(100, 5)])));
    assert_eq!(delta(&mut hub, taker, &place(2, "buy", 100, 2)), Some((vec![], vec![(100, 3)])), "a whole taker");
    assert_eq!(delta(&mut hub, taker, &place(3, "buy", 101, 4)), Some((vec![(101, 1)], vec![(100, 0)])));
    assert_eq!(delta(&mut hub, maker, &on_y), None, "another instrument");
    assert_eq!(delta(&mut hub, maker, &place(4, "sell", 200, 1)), Some((vec![], vec![(200, 1)])));
    let all = request(&[("op", "cancel_all".into())]);
    assert_eq!(delta(&mut hub, maker, &all), Some((vec![], vec![(200, 0)])), "first of the other instrument");
}

/// A client's mirror of the book, kept from `book` and `delta` alone.
#[derive(Default)]
struct Mirror {
    seq: i64,
    bids: BTreeMap<i64, i64>,
    asks: BTreeMap<i64, i64>,
}

impl Mirror {
    fn take(&mut self, message: &Message) {
        match message.text("op") {
            "book" => *self = Mirror::default(),
            "delta" => assert_eq!(message.number("prev_seq"), self.seq, "a gap"),
            _ => return,
        }
        self.seq = message.number("seq");
        for (side, key) in [(&mut self.bids, "bids"), (&mut self.asks, "asks")] {
            for (price, quantity) in message.levels(key) {
                match quantity {
                    0 => side.remove(&price),
                    quantity => side.insert(price, quantity),
                };
            }
        }
        let best: Vec<u8> = self.bids.iter().rev().take(10).chain(self.asks.iter().take(10)).fold(
            Vec::new(),
            |mut bytes, (price, quantity)| {
                bytes.extend([price.to_le_bytes(), quantity.to_le_bytes()].concat());
                bytes
            },
        );
        assert_eq!(i64::from(crc32fast::hash(&best)), message.number("checksum"));
    }

    fn check(&self, engine: &Engine) {
        for (side, levels) in [(Side::Buy, &self.bids), (Side::Sell, &self.asks)] {
            let mut depth: Vec<_> =
                engine.depth(InstrumentId(0), side).map(|level| (level.price.0, level.quantity.0)).collect();
            depth.sort_unstable();
            assert_eq!(depth, levels.iter().map(|(&price, &quantity)| (price, quantity)).collect::<Vec<_>>());
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Place { taker: bool, sell: bool, price: i64, quantity: i64, form: u8, stp: u8 },
    Cancel { nth: usize },
    Amend { nth: usize, price: i64, quantity: i64 },
    CancelAll { taker: bool },
    Subscribe,
    Cut,
}

fn step() -> impl Strategy<Value = Step> {
    let order = (any::<bool>(), any::<bool>(), 95..105i64, 1..6i64, 0..5u8, 0..3u8);
    prop_oneof![
        8 => order.prop_map(|(taker, sell, price, quantity, form, stp)| Step::Place { taker, sell, price, quantity, form, stp }),
        2 => any::<usize>().prop_map(|nth| Step::Cancel { nth }),
        2 => (any::<usize>(), 95..105i64, 1..6i64).prop_map(|(nth, price, quantity)| Step::Amend { nth, price, quantity }),
        1 => any::<bool>().prop_map(|taker| Step::CancelAll { taker }),
        1 => Just(Step::Subscribe),
        4 => Just(Step::Cut),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The book built from deltas is the engine's book after every group; account sequences have no gap; trades and
    /// best bid and offer agree with the reports and the book.
    #[test]
    fn a_mirror_follows_the_book(steps in prop::collection::vec(step(), 1..120)) {
        let mut hub = hub();
        let (maker, taker) = (log_on(&mut hub, MAKER), log_on(&mut hub, TAKER));
        let watcher = hub.open_session().unwrap();
        for channel in [Channel::Book, Channel::Trades, Channel::Bbo] {
            hub.subscribe(watcher, channel, 0).unwrap();
        }
        let (mut mirror, mut sequences) = (Mirror::default(), BTreeMap::new());
        let mut best = Message::default();
        for (at, step) in steps.into_iter().chain([Step::Cut]).enumerate() {
            let open: Vec<_> = [MAKER, TAKER].into_iter()
                .flat_map(|account| hub.engine().open_orders(crate::types::AccountId(account)).collect::<Vec<_>>())
                .collect();
            let of = |account: u32| if account == TAKER { taker } else { maker };
            match step {
                Step::Place { taker: is_taker, sell, price, quantity, form, stp } => {
                    let tif = ["gtc", "ioc", "fok", "post_only", "gtc"][usize::from(form)];
                    let message = request(&[
                        ("op", "place".into()),
                        ("ref", (at as i64 + 1).into()),
                        ("instrument", "X".into()),
                        ("side", if sell { "sell" } else { "buy" }.into()),
                        ("time_in_force", tif.into()),
                        ("price", price.into()),
                        ("quantity", quantity.into()),
                        ("stp", ["newest", "oldest", "both"][usize::from(stp)].into()),
                    ]);
                    receive(&mut hub, if is_taker { taker } else { maker }, &message);
                }
                Step::Cancel { nth } if !open.is_empty() => {
                    let order = open[nth % open.len()];
                    let message = request(&[("op", "cancel".into()), ("order_id", (order.id.0 as i64).into())]);
                    receive(&mut hub, of(order.account.0), &message);
                }
                Step::Amend { nth, price, quantity } if !open.is_empty() => {
                    let order = open[nth % open.len()];
                    let message = request(&[
                        ("op", "amend".into()),
                        ("order_id", (order.id.0 as i64).into()),
                        ("price", price.into()),
                        ("quantity", quantity.into()),
                    ]);
                    receive(&mut hub, of(order.account.0), &message);
                }
                Step::CancelAll { taker: is_taker } => {
                    let message = request(&[("op", "cancel_all".into()), ("instrument", "X".into())]);
                    receive(&mut hub, if is_taker { taker } else { maker }, &message);
                }
                Step::Subscribe => hub.subscribe(watcher, Channel::Book, 0).unwrap(),
                Step::Cut => {
                    let told = settle(&mut hub);
                    let mut fills = 0;
                    for (session, messages) in &told {
                        for message in messages.iter().filter(|message| message.text("op") == "report") {
                            let before = sequences.insert(*session, message.number("account_seq"));
                            prop_assert!(before.is_none_or(|before| before + 1 == message.number("account_seq")));
                            fills += i64::from(message.text("liquidity") == "taker");
                        }
                    }
                    for message in told.get(&watcher).into_iter().flatten() {
                        mirror.take(message);
                        fills -= i64::from(message.text("op") == "trade");
                        if message.text("op") == "bbo" {
                            prop_assert_ne!(&best, message, "nothing changed");
                            best = message.clone();
                        }
                    }
                    prop_assert_eq!(fills, 0, "one trade for each taker's fill");
                    mirror.check(hub.engine());
                    let bid = mirror.bids.last_key_value().map_or((0, 0), |(&price, &quantity)| (price, quantity));
                    let ask = mirror.asks.first_key_value().map_or((0, 0), |(&price, &quantity)| (price, quantity));
                    prop_assert_eq!((best.number("bid_price"), best.number("bid_quantity")), bid);
                    prop_assert_eq!((best.number("ask_price"), best.number("ask_quantity")), ask);
                }
                _ => {}
            }
        }
    }

    /// Whatever a client sends, however it is cut, the hub does not panic, and goes on serving the others.
    #[test]
    fn damaged_input_harms_nobody_else(
        orders in 1..6i64, at in 0..400usize, byte in any::<u8>(), cuts in prop::collection::vec(1..200usize, 0..10),
    ) {
        let mut hub = hub();
        let (bad, good) = (log_on(&mut hub, MAKER), log_on(&mut hub, TAKER));
        let mut bytes: Vec<u8> = (1..=orders).flat_map(|client_ref| place(client_ref, "buy", 50, 1)).collect();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        let mut rest = &bytes[..];
        for cut in cuts.into_iter().chain([usize::MAX]) {
            let (chunk, after) = rest.split_at(cut.min(rest.len()));
            rest = after;
            let mut data = chunk;
            while let Ok(frames) = try_receive(&mut hub, bad, data) {
                data = &[];
                if frames.is_empty() {
                    break;
                }
            }
        }
        receive(&mut hub, good, &place(77, "buy", 40, 1));
        prop_assert_eq!(brief(settle(&mut hub).get(&good)), ["report accepted id-77 #77"]);
    }
}

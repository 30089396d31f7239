// The operator's page: it shows what /venue.json says, and asks the admin port for what an operator may do.
"use strict";

const POLL_MS = 1000;
const NOTICE_MS = 6000;
const AUDIT_SHOWN = 12;
const LOGON_DOMAIN = "pyengine-logon-v2";
const $ = (id) => document.getElementById(id);
let venue = null; // what /venue.json said last
let operator = null; // the session, once logged on

// Showing. Everything that comes from the venue is text, never markup.

function element(name, text, classes = "") {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (classes) made.className = classes;
  return made;
}

function row(cells) {
  const made = element("tr");
  for (const cell of cells) {
    if (cell instanceof Node) {
      const holder = element("td");
      holder.append(cell);
      made.append(cell.tagName === "TD" ? cell : holder);
    } else made.append(element("td", cell));
  }
  return made;
}

function fill(table, names, rows, nothing) {
  const body = element("tbody");
  body.append(...rows);
  const parts = [body];
  if (rows.length && names) {
    const head = element("thead"), line = element("tr");
    line.append(...names.map((name) => element("th", name)));
    head.append(line);
    parts.unshift(head);
  }
  if (!rows.length) body.append(row([element("span", nothing, "none")]));
  table.replaceChildren(...parts);
}

const count = (number) => number.toLocaleString("en-US");
const clock = (ns) => new Date(ns / 1e6).toISOString().slice(11, 19);

function bytes(number) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let at = 0;
  while (number >= 1024 && at < units.length - 1) { number /= 1024; at += 1; }
  return `${at ? number.toFixed(1) : number} ${units[at]}`;
}

// `of`: what the button acts on, by which it is known again when the page is drawn anew.
function action(text, of, what) {
  const made = element("button", text, "small");
  made.type = "button";
  made.dataset.act = `${text} ${of}`;
  made.addEventListener("click", what);
  return made;
}

function showState(text, kind) {
  $("state").textContent = text;
  $("state").className = `pill ${kind}`;
}

function showFacts() {
  const facts = {
    "sequence": count(venue.seq),
    "not durable": count(venue.seq - venue.durable_seq),
    "trade date": venue.trade_date || "none yet",
    "accounts": count(venue.accounts),
    "open orders": count(venue.open_orders),
    "time": `${clock(venue.time_ns)} UTC`,
  };
  $("facts").replaceChildren(...Object.entries(facts).map(([name, value]) => {
    const pair = element("div");
    pair.append(element("dt", name), element("dd", value));
    return pair;
  }));
}

function bookTable(instrument) {
  const largest = Math.max(1e-9, ...[...instrument.bids, ...instrument.asks].map((level) => Number(level[1])));
  const quantity = (level, side) => {
    const cell = element("td", level ? level[1] : "", `${side}-quantity`);
    cell.style.setProperty("--share", `${level ? (100 * Number(level[1])) / largest : 0}%`);
    return cell;
  };
  const rows = [];
  for (let at = 0; at < Math.max(instrument.bids.length, instrument.asks.length); at += 1) {
    const bid = instrument.bids[at], ask = instrument.asks[at];
    const line = element("tr");
    line.append(
      quantity(bid, "bid"), element("td", bid ? bid[0] : "", "buy"),
      element("td", ask ? ask[0] : "", "sell"), quantity(ask, "ask"),
    );
    rows.push(line);
  }
  const table = element("table", undefined, "book");
  fill(table, null, rows, "no orders");
  return table;
}

function card(instrument) {
  const article = element("article"), header = element("header");
  const stopped = instrument.halted || instrument.phase !== "continuous";
  const state = instrument.halted ? "halted" : instrument.phase.replaceAll("_", " ");
  header.append(element("h2", instrument.symbol), element("span", state, `pill ${stopped ? "warn" : "ok"}`));
  if (operator) {
    header.append(action("Halt", instrument.symbol, () => halt(instrument)));
    if (instrument.halted) header.append(action("Resume", instrument.symbol, () => resume(instrument)));
  }
  const trades = element("table", undefined, "trades");
  fill(trades, null, instrument.trades.map(([ns, price, quantity]) => row([clock(ns), price, quantity])), "no trades yet");
  article.append(header, bookTable(instrument), trades);
  return article;
}

function showTables() {
  fill($("assets"), ["asset", "issued", "conserved"], venue.assets.map((asset) => row([
    asset.symbol, asset.issued, "after every command",
  ])), "none are listed");
  if (venue.assets_more) $("assets").append(row([element("span", `and ${count(venue.assets_more)} more`, "none")]));
  fill($("withdrawals"), ["id", "account", "amount", ""], venue.withdrawals.map((it) => {
    const acts = element("td");
    if (operator) acts.append(action("Settle", it.id, () => settle(it)), " ", action("Cancel", it.id, () => cancel(it)));
    return row([String(it.id), String(it.account), `${it.amount} ${it.asset}`, acts]);
  }), "none are pending");
  if (venue.withdrawals_more) $("withdrawals").append(row([element("span", "and more", "none")]));
  fill($("sessions"), ["session", "key", "account", "from", "unread"], venue.sessions.map((it) => row([
    String(it.session), it.key, String(it.account), it.address, bytes(it.unread_bytes),
  ])), "nobody is logged on");
  if (venue.sessions_more) $("sessions").append(row([element("span", "and more", "none")]));
  fill($("journal"), null, Object.entries(venue.journal).map(([name, value]) => row([
    name.replaceAll("_", " "), name.endsWith("bytes") ? bytes(value) : count(value),
  ])), "nothing is journaled: durability is off");
}

function show() {
  const focused = document.activeElement.dataset.act;
  const kinds = { ok: ["takes orders", "ok"], stopping: ["stopping", "warn"], failed: ["the journal failed", "bad"] };
  showState(...kinds[venue.status]);
  showFacts();
  const cards = venue.instruments.map(card);
  if (venue.instruments_more) cards.push(element("p", `and ${count(venue.instruments_more)} more instruments`, "none"));
  $("instruments").replaceChildren(...cards);
  showTables();
  if (focused) document.querySelector(`[data-act="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

let pressed = false; // a button must not be replaced between its press and its release
document.addEventListener("pointerdown", () => { pressed = true; });
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => { pressed = false; });

async function poll() {
  try {
    const answer = await fetch("venue.json", { cache: "no-store" });
    venue = await answer.json();
    if (!pressed) show();
  } catch {
    showState("does not answer", "bad");
  }
  setTimeout(poll, POLL_MS);
}

function notify(text) {
  $("notice").textContent = text;
  setTimeout(() => { if ($("notice").textContent === text) $("notice").textContent = ""; }, NOTICE_MS);
}

// Acting: a websocket to the admin port, in JSON. PROTOCOL.md says what is said there.

class Operator {
  constructor(key, secret) {
    this.key = key;
    this.secret = secret;
    this.waiting = new Map();
    this.ref = 0;
  }

  open() {
    const scheme = venue.admin_tls ? "wss" : "ws";
    return new Promise((resolve, reject) => {
      this.socket = new WebSocket(`${scheme}://${location.hostname}:${venue.admin_port}/`);
      this.socket.onmessage = (event) => this.receive(JSON.parse(event.data), resolve, reject);
      this.socket.onclose = (event) => {
        reject(new Error(event.reason || "the connection was closed"));
        this.lost(event.reason);
      };
    });
  }

  async receive(message, resolve, reject) {
    if (message.op === "challenge") return this.answer(message.challenge).catch(reject);
    if (message.op === "logged_on") return resolve();
    if (message.op === "audit") return heard(message);
    if (message.op === "error" && !this.waiting.has(message.ref)) return reject(new Error(message.message));
    const waiting = this.waiting.get(message.ref);
    if (!waiting) return;
    this.waiting.delete(message.ref);
    if (message.op === "error") waiting.reject(new Error(`${message.code}: ${message.message}`));
    else waiting.resolve(message);
  }

  async answer(challenge) {
    if (!crypto.subtle) throw new Error("a browser signs only on https or on this machine's own address");
    const text = [LOGON_DOMAIN, challenge, this.key, "0"].join("\n");
    const imported = await crypto.subtle.importKey("raw", this.secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const signed = new Uint8Array(await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(text)));
    const signature = [...signed].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.socket.send(JSON.stringify({ op: "logon", key: this.key, signature }));
  }

  ask(request) {
    this.ref += 1;
    const ref = this.ref;
    return new Promise((resolve, reject) => {
      this.waiting.set(ref, { resolve, reject });
      this.socket.send(JSON.stringify({ ...request, ref }));
    });
  }

  lost(reason) {
    for (const { reject } of this.waiting.values()) reject(new Error("the connection was lost: what became of it is in the audit trail"));
    if (operator === this) {
      operator = null;
      $("logon").textContent = "Log on";
      $("trail").hidden = true;
      $("recount").replaceChildren();
      notify(`Logged off${reason ? `: ${reason}` : ""}.`);
    }
  }
}

function unhex(text) {
  if (!/^([0-9a-fA-F]{2})+$/.test(text)) throw new Error("the secret is not hex");
  return new Uint8Array(text.match(/../g).map((pair) => parseInt(pair, 16)));
}

async function logOn() {
  try {
    const session = new Operator($("key").value, unhex($("secret").value.trim()));
    await session.open();
    operator = session;
  } catch (error) {
    $("logon-error").textContent = error.message;
    return;
  }
  $("secret").value = "";
  $("logon-dialog").close();
  $("logon").textContent = `Log off ${operator.key}`;
  $("trail").hidden = false;
  $("recount").replaceChildren(action("Count every balance", "", recount));
  show();
  const last = await operator.ask({ op: "admin_get_audit", after: Math.max(0, venue.audit_seq - AUDIT_SHOWN) });
  entries = last.entries;
  showAudit();
  await operator.ask({ op: "admin_watch" });
}

let entries = [];

function heard(entry) {
  entries.push(entry);
  showAudit();
}

function showAudit() {
  entries = entries.slice(-AUDIT_SHOWN);
  fill($("audit"), ["time", "key", "what", "outcome"], [...entries].reverse().map((entry) => row([
    clock(entry.timestamp_ns), entry.key || "", (entry.request && entry.request.op) || entry.kind.replaceAll("_", " "),
    entry.reason || (entry.seq ? `at ${count(entry.seq)}` : ""),
  ])), "nothing yet");
}

const CAUSES = ["operator", "regulator", "primary_market", "band_breach", "stale_reference", "asset_frozen"];

function confirmed(title, text, withCause = false) {
  $("confirm-title").textContent = title;
  $("confirm-text").textContent = text;
  $("confirm-choice").hidden = !withCause;
  const dialog = $("confirm-dialog");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "go"), { once: true }));
}

async function act(request, what) {
  try {
    const done = await operator.ask(request);
    notify(`${what}: done, at sequence ${count(done.seq)}.`);
  } catch (error) {
    notify(`${what}: ${error.message}`);
  }
}

async function halt({ symbol }) {
  const sure = await confirmed(`Halt ${symbol}?`, "Orders are refused until every cause is lifted. Cancels still work.", true);
  if (sure) await act({ op: "admin_halt", instrument: symbol, cause: $("cause").value }, `Halt of ${symbol}`);
}

async function resume({ symbol }) {
  const sure = await confirmed(`Resume ${symbol}?`, "Trading goes on if no other cause stands.", true);
  if (sure) await act({ op: "admin_resume", instrument: symbol, cause: $("cause").value }, `Resumption of ${symbol}`);
}

async function settle({ id, account, amount, asset }) {
  const sure = await confirmed(`Settle withdrawal ${id}?`, `${amount} ${asset} have left for account ${account}. This cannot be undone.`);
  if (sure) await act({ op: "admin_settle_withdrawal", account, withdrawal_id: id }, `Settlement of withdrawal ${id}`);
}

async function cancel({ id, account, amount, asset }) {
  const sure = await confirmed(`Cancel withdrawal ${id}?`, `${amount} ${asset} go back to account ${account}.`);
  if (sure) await act({ op: "admin_cancel_withdrawal", account, withdrawal_id: id }, `Cancellation of withdrawal ${id}`);
}

async function recount() {
  try {
    const status = await operator.ask({ op: "admin_status" });
    const wrong = status.assets.filter((asset) => !asset.conserved).map((asset) => asset.asset);
    const said = wrong.length ? `do not add up: ${wrong.join(", ")}` : "add up";
    notify(`Counted at sequence ${count(status.seq)}: all balances of ${status.assets.length} assets ${said}.`);
  } catch (error) {
    notify(error.message);
  }
}

$("cause").append(...CAUSES.map((cause) => new Option(cause.replaceAll("_", " "), cause)));
$("logon").addEventListener("click", () => {
  if (operator) operator.socket.close(1000);
  else {
    $("logon-error").textContent = "";
    $("logon-dialog").showModal();
  }
});
$("logon-now").addEventListener("click", (event) => {
  event.preventDefault();
  logOn();
});
poll();

// The checklist: one tap or key scores, everything is kept on the device first and sent by itself.
// Without this file the page is a plain form that does the same.
const root = document.documentElement;
const page = document.querySelector("[data-check]");
const say = JSON.parse(page.dataset.words);
const editable = "editable" in page.dataset;
const own = "own" in page.dataset;
const shared = "shared" in document.body.dataset;
const narrow = matchMedia("(max-width: 959px)");
const fill = (text, values = {}) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
const make = (tag, facts = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), facts);
  made.append(...children);
  return made;
};
const clock = () => new Date().toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit" });
const form = page.querySelector("[data-items]");
const groups = [...form.querySelectorAll(".grp")];
const overview = document.getElementById("overview");
const FIELDS = { choice: "c", reason: "r", facts: "f", recommendation: "n" };
let box = null;

// ---- the items ----

// Two hundred items on a cheap phone: whatever is not needed at once is looked up when it is.
class Item {
  #fields = null;
  #text = "";
  constructor(el, chip) {
    this.el = el;
    this.chip = chip;
    this.id = el.id.slice(5);
  }
  get fields() {
    if (this.#fields) return this.#fields;
    const seen = (this.el.querySelector("input[type=hidden]")?.value ?? "").split(" ");
    this.#fields = {};
    Object.entries(FIELDS).forEach(([name, letter], place) => {
      const op = seen[place];
      const control = form.elements[`${letter}.${this.id}`];
      this.#fields[name] = { control, op: !op || op === "-" ? null : op, value: sent(control) };
    });
    return this.#fields;
  }
  get group() {
    return this.el.parentElement;
  }
  get critical() {
    return "k" in this.el.dataset;
  }
  get text() {
    return (this.#text ||= `${this.id} ${this.el.querySelector("h3").textContent}`.toLowerCase());
  }
  get state() {
    return this.el.querySelector("[data-st]");
  }
  get list() {
    return this.el.querySelector(".bx ul");
  }
  shown(name) {
    return this.fields[name].control.value.replaceAll("\r\n", "\n").trim();
  }
  get choice() {
    return this.chip.dataset.v;
  }
  show(name, value) {
    const { control } = this.fields[name];
    control.value = value ?? "";
  }
  get bases() {
    return this.list ? [...this.list.children].filter((each) => !each.hidden) : [];
  }
  cites(evidence) {
    return this.bases.some((each) => each.dataset.ev === evidence);
  }
  // The same questions the submission asks; the server has the last word.
  lack() {
    const choice = this.choice;
    if (!choice) return "lack_choice";
    if (choice === "TB") return this.shown("reason") ? "" : "lack_reason";
    if (choice === page.dataset.lowest) return this.bases.length || this.shown("facts") ? "" : "lack_facts";
    if ("e" in this.el.dataset && !this.bases.some((each) => each.dataset.ev)) return "lack_citation";
    return this.bases.length || own ? "" : "lack_basis";
  }
  paint() {
    const choice = this.fields.choice.control.value;
    this.chip.dataset.v = choice;
    this.chip.querySelector("b").textContent = choice || "–";
    const lack = this.lack();
    const clash = this.el.querySelector(".clash");
    this.chip.toggleAttribute("data-x", Boolean(lack || clash));
    this.el.querySelector("[data-lack]").textContent = choice && lack ? fill(say[lack], { item: this.id }) : "";
  }
  tell(kind, words, ...more) {
    const { state } = this;
    state.className = `st-${kind}`;
    state.replaceChildren(words, ...more);
  }
}

// What the server wrote into a control, whatever was done with it since.
const sent = (control) =>
  control.defaultValue?.replaceAll("\r\n", "\n").trim() ?? [...control].find((each) => each.defaultChecked)?.value ?? "";
const chips = overview.querySelectorAll(".map a");
const items = [...form.querySelectorAll(".it")].map((el, place) => new Item(el, chips[place]));
const byId = new Map(items.map((each) => [each.id, each]));
const itemOf = (node) => byId.get(node.closest?.(".it")?.id.slice(5));
let current = items.find((each) => each.el.classList.contains("now")) ?? items[0];

// ---- moving ----

const visible = () => items.filter((each) => !each.el.hidden);
const overviewOpen = () => location.hash === "#overview";

const paintPlace = () => {
  const line = visible();
  const at = line.indexOf(current);
  const [back, on] = document.querySelectorAll("[data-step]");
  if (back) back.disabled = at <= 0;
  if (on) on.disabled = at >= line.length - 1;
  paintAspect();
};

const moveTo = (item, { focus = true, scroll = true, mark = true } = {}) => {
  if (!item) return;
  item.el.hidden = false;
  item.group.hidden = false;
  for (const part of form.querySelectorAll(".now")) part.classList.remove("now");
  item.el.classList.add("now");
  item.group.classList.add("now");
  current.chip.removeAttribute("aria-current");
  item.chip.setAttribute("aria-current", "true");
  current = item;
  if (overviewOpen()) location.replace(`#${item.el.id}`);
  else if (mark) history.replaceState(null, "", `#${item.el.id}`);
  paintPlace();
  if (focus) item.el.focus({ preventScroll: true });
  if (!scroll) return;
  if (narrow.matches) scrollTo(0, document.querySelector("body > header").offsetHeight);
  else item.el.scrollIntoView({ block: "nearest" });
  const side = overview.getBoundingClientRect();
  const chip = item.chip.getBoundingClientRect();
  if (!narrow.matches && (chip.top < side.top || chip.bottom > side.bottom))
    overview.scrollTop += chip.top - side.top - side.height / 2;
};
const step = (by) => {
  const line = visible();
  moveTo(line[line.indexOf(current) + by]);
};
const nextOpen = () => {
  const line = visible();
  const at = line.indexOf(current);
  moveTo([...line.slice(at + 1), ...line.slice(0, at)].find((each) => !each.choice));
};

// ---- progress, counts, views ----

const aspects = new Map([...overview.querySelectorAll("[data-aspect]")].map((el) => [el.dataset.aspect, el]));
const counted = () => {
  const found = new Map([...aspects.keys()].map((name) => [name, [0, 0]]));
  for (const item of items) {
    const count = found.get(item.el.dataset.a);
    count[0] += item.choice ? 1 : 0;
    count[1] += 1;
  }
  return found;
};
const paintAspect = () => {
  const name = current?.el.dataset.a;
  const line = document.querySelector(".aspect-now");
  if (!line || !aspects.has(name)) return;
  const [done, total] = counted().get(name);
  line.querySelector("[data-aspect-title]").textContent = aspects.get(name).firstElementChild.textContent;
  line.querySelector("[data-aspect-count]").textContent = `${done}/${total}`;
  Object.assign(line.querySelector("[data-aspect-bar]"), { max: total, value: done });
};
const VIEWS = {
  all: () => true,
  unanswered: (each) => !each.choice,
  critical: (each) => each.critical,
  different: (each) => Boolean(each.el.dataset.o && each.choice && each.el.dataset.o !== each.choice),
  remarked: (each) => each.el.querySelector(".remark") !== null,
  lacking: (each) => "x" in each.chip.dataset,
};
const paintCounts = () => {
  for (const [name, [done, total]] of counted()) {
    const el = aspects.get(name);
    el.querySelector("b").textContent = `${done}/${total}`;
    el.querySelector("progress").value = done;
  }
  const answered = items.filter((each) => each.choice).length;
  for (const el of document.querySelectorAll("[data-total]")) el.textContent = `${answered}/${items.length}`;
  for (const tab of overview.querySelectorAll("[data-show]"))
    tab.querySelector("b").textContent = items.filter(VIEWS[tab.dataset.show]).length;
  const lacking = items.filter(VIEWS.lacking).length;
  const line = overview.querySelector("[data-lacking]");
  if (line) line.textContent = lacking ? fill(say.lacking, { count: lacking }) : "";
  const go = overview.querySelector(".go-on .button");
  go?.classList.toggle("button-primary", !lacking);
  go?.classList.toggle("button-secondary", Boolean(lacking));
  paintAspect();
};
const repaint = (item) => {
  item.paint();
  paintCounts();
};

const search = overview.querySelector("[type=search]");
let view = overview.querySelector("[data-show][aria-current]")?.dataset.show ?? "all";
const filter = () => {
  const sought = search.value.trim().toLowerCase();
  for (const item of items) item.el.hidden = item.chip.hidden = !(VIEWS[view](item) && item.text.includes(sought));
  for (const group of [...groups, ...overview.querySelectorAll("section")])
    group.hidden = !group.querySelector("article:not([hidden]), a:not([hidden])");
  const found = visible();
  form.querySelector("[data-none]").hidden = found.length > 0;
  for (const tab of overview.querySelectorAll("[data-show]")) {
    if (tab.dataset.show === view) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  if (!found.length) form.querySelectorAll(".now").forEach((each) => each.classList.remove("now"));
  else if (!found.includes(current)) {
    const open = overviewOpen();
    moveTo(found[0], { focus: false, scroll: false });
    if (open) location.replace("#overview");
  }
  paintPlace();
};
search.addEventListener("input", filter);
search.form.addEventListener("submit", (event) => {
  event.preventDefault();
  filter();
  if (visible().length) moveTo(visible()[0]);
});
overview.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey) return;
  if (link.dataset.show) {
    event.preventDefault();
    view = link.dataset.show;
    filter();
  } else if (link.closest(".map")) {
    event.preventDefault();
    moveTo(byId.get(link.hash.slice(6)));
  } else if ("close" in link.dataset) {
    event.preventDefault();
    location.replace(`#${current.el.id}`);
  } else if ("order" in link.dataset) {
    event.preventDefault();
    if (!navigator.onLine) return notice("offline", "warn", say.order_offline);
    const target = new URL(link.href);
    target.searchParams.set("at", current.id);
    location.assign(target);
  }
});
addEventListener("hashchange", () => {
  const item = byId.get(location.hash.slice(6));
  if (item && item !== current) moveTo(item);
});
for (const button of document.querySelectorAll("[data-step]"))
  button.addEventListener("click", () => step(Number(button.dataset.step)));

// ---- what is said on top ----

const notices = document.querySelector("[data-live]");
const putAway = new Set();
const notice = (name, kind, text, ...acts) => {
  let el = notices.querySelector(`[data-notice="${name}"]`);
  if (!text) {
    putAway.delete(name);
    return el?.remove();
  }
  if (putAway.has(name)) return;
  if (!el) {
    el = make("div");
    el.dataset.notice = name;
    notices.append(el);
  }
  el.className = `notice notice-${kind}`;
  const away = make("button", { type: "button", className: "away", textContent: "×", onclick: () => putAway.add(name) && el.remove() });
  away.setAttribute("aria-label", say.close);
  el.replaceChildren(make("div", { className: "notice-body" }, make("p", { textContent: text }), away, ...acts));
};
const link = (label, href, more = {}) => make("a", { className: "button button-primary", textContent: label, href, ...more });
const button = (label, onclick, kind = "quiet") =>
  make("button", { type: "button", className: `button button-${kind}`, textContent: label, onclick });

// ---- entering ----

const saved = document.querySelector("[data-saved]");
let sending = "saved";
const paintSaved = () => {
  const count = box.pending().length + typing.size;
  const looks = box.refused().length + form.querySelectorAll(".clash").length;
  const [kind, text] = count
    ? [sending === "saving" ? "saving" : "waiting", fill(sending === "saving" ? say.saving : say.unsent_count, { count })]
    : looks
      ? ["failed", fill(say.look_count, { count: looks })]
      : ["saved", lastSaved ? fill(say.saved, { time: lastSaved }) : say.saved_plain];
  saved.className = `saved saved-${kind}`;
  saved.querySelector("span").textContent = text;
  const out = document.querySelector("form[action='/sign-out']");
  if (!out) return;
  if (count) out.dataset.confirm = fill(box.lasting ? say.leave : say.leave_lost, { count });
  else delete out.dataset.confirm;
};
let lastSaved = "";

const here = () => `${location.pathname}?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(location.search)), at: current.id })}`;
const paintSending = () => {
  const count = box.pending().length;
  const signIn = () => link(say.sign_in, `/sign-in?next=${encodeURIComponent(here())}`, box.lasting ? {} : { target: "_blank" });
  const copyAll = () => button(say.copy_all, copyPending, "secondary");
  notice("signin", "warn", sending === "signin" && say.signin, signIn());
  notice("other", "bad", sending === "other" && say.other, copyAll());
  notice("shut", "bad", sending === "shut" && count && say.shut, copyAll());
  const stuck = sending === "waiting" && count;
  notice("offline", "info", stuck && fill(box.lasting ? say.offline : say.offline_lost, { count }), ...(stuck ? [button(say.send_now, () => box.flush(), "secondary")] : []));
  paintSaved();
};

const fieldWords = (entry) => `${entry.item} · ${say.fields[entry.field]}: ${entry.field === "basis" ? JSON.stringify(entry.value) : (entry.value ?? "")}`;
const copyPending = () => navigator.clipboard?.writeText(box.entries().map(fieldWords).join("\n\n"));

const record = async (item, name) => {
  const field = item.fields[name];
  const value = item.shown(name) || null;
  const before = box.last(item.id, name);
  if (value === (before ? before.value : field.value || null)) return before || item.tell("quiet", "");
  if (before && !before.tried && !before.settles.length && value === (field.value || null)) {
    await box.discard(before.op_id);
    item.tell("quiet", "");
    return paintSaved();
  }
  item.tell("waiting", say.unsent);
  const kept = box.add({ item: item.id, field: name, value, base: field.op });
  repaint(item);
  paintSaved();
  await kept;
  box.flush();
};

const receive = (entry, receipt) => {
  const item = byId.get(entry.item);
  if (!item) return;
  if (receipt.fate === "refused") return refuse(entry);
  if (receipt.fate === "parked") {
    item.tell("failed", say.parked_item);
    return notice("parked", "warn", receipt.sentence, button(say.reload, () => location.reload(), "secondary"));
  }
  lastSaved = clock();
  if (entry.field === "basis") {
    item.list.querySelector(`[data-op="${entry.op_id}"]`)?.classList.remove("unsent");
  } else {
    const field = item.fields[entry.field];
    // Whoever is still typing goes on from their own words; the choice between both stays open.
    field.op = entry.op_id;
    field.value = entry.value ?? "";
    if (receipt.fate === "conflict") {
      stale = true;
      if (document.activeElement !== field.control && !box.last(item.id, entry.field)) {
        field.op = receipt.value_op ?? null;
        field.value = receipt.value ?? "";
        item.show(entry.field, receipt.value);
      }
    }
  }
  if (receipt.fate === "repeated" || entry.settles.length) stale = true;
  if (!box.pending().some((each) => each.item === item.id))
    item.tell("saved", fill(say.saved, { time: lastSaved }));
  repaint(item);
};

const refuse = (entry) => {
  const item = byId.get(entry.item);
  if (!item) return;
  const drop = async () => {
    await box.discard(entry.op_id);
    if (entry.field === "basis") item.list.querySelector(`[data-op="${entry.op_id}"]`)?.remove();
    else item.show(entry.field, item.fields[entry.field].value);
    item.tell("quiet", "");
    repaint(item);
    paintSaved();
  };
  const text = fieldWords(entry);
  item.tell("failed", `${say.not_saved} ${entry.refused}`, button(say.copy, () => navigator.clipboard?.writeText(text)), button(say.discard, drop));
};

// ---- what others entered meanwhile ----

let stale = false;
const refresh = async () => {
  stale = false;
  const found = await box.bundle();
  if (box.stopped) return onState(box.stopped);
  if (!found) return;
  if (!found.editable) notice("closed", "warn", say.closed, button(say.reload, () => location.reload(), "secondary"));
  for (const item of items) {
    takeAnswers(item, found.answers[item.id] ?? {});
    takeBases(item, found.bases[item.id] ?? []);
    takeClashes(item, found.conflicts.filter((each) => each.item === item.id));
    item.paint();
  }
  paintCounts();
  paintSaved();
};
const takeAnswers = (item, answers) => {
  for (const name of Object.keys(FIELDS)) {
    const [value, op] = answers[name] ?? [null, null];
    const field = item.fields[name];
    if (op === field.op || box.last(item.id, name) || item.shown(name) !== field.value) continue;
    if (document.activeElement === field.control && name !== "choice") continue;
    const changed = (value ?? "") !== field.value;
    Object.assign(field, { op, value: value ?? "" });
    if (!changed) continue;
    item.show(name, value);
    item.tell("saved", say.updated);
  }
};
const basisLine = ({ op, kind, title, detail, evidence, note, unsent }) => {
  const words = evidence ? make("a", { href: `/evidence/${evidence}`, textContent: title }) : make("span", { textContent: `${title}: ${detail}${note ? `. ${note}` : ""}` });
  const away = make("button", { type: "button", name: "remove", textContent: "×" });
  away.setAttribute("aria-label", `${say.remove_basis} ${title}`);
  const line = make("li", { className: `b-${kind}${unsent ? " unsent" : ""}${note ? " moved" : ""}` }, words, away);
  line.dataset.op = op;
  if (evidence) line.dataset.ev = evidence;
  return line;
};
const takeBases = (item, bases) => {
  const pending = box.entries().filter((each) => each.item === item.id && each.field === "basis");
  const removed = pending.map((each) => each.value.remove);
  const kept = bases.filter((each) => !removed.includes(each.op)).map((each) => ({ ...each }));
  const known = new Set(kept.map((each) => each.op));
  const added = [...item.list.children].filter((each) => pending.some((entry) => entry.op_id === each.dataset.op) && !known.has(each.dataset.op));
  const now = [...item.list.children].map((each) => each.dataset.op).join();
  if (now === [...kept.map((each) => each.op), ...added.map((each) => each.dataset.op)].join()) return;
  item.list.replaceChildren(...kept.map(basisLine), ...added);
};

const clashes = new Map();
const takeClashes = (item, conflicts) => {
  item.el.querySelectorAll(".clash").forEach((each) => each.remove());
  for (const name of Object.keys(FIELDS)) {
    const own = conflicts.filter((each) => each.field === name);
    const key = `${item.id} ${name}`;
    clashes.delete(key);
    if (!own.length || box.pending().some((each) => each.settles.length && each.item === item.id && each.field === name)) continue;
    clashes.set(key, own);
    const head = make("p", {}, make("b", { textContent: say.fields[name] }), `: ${say.two}`);
    const el = make("div", { className: "clash" }, head, side(key, say.stands, own[0].standing_said, own[0].standing_op ?? "-"), ...own.map((each) => side(key, say.other_entry, each.said, each.op)));
    el.setAttribute("role", "group");
    el.setAttribute("aria-label", `${say.fields[name]}: ${say.two}`);
    if (name !== "choice") el.append(settleButton(key, "merge", say.merge, "quiet"));
    item.el.querySelector(".sc").before(el);
  }
};
const settleButton = (key, wanted, label, kind) => make("button", { type: "button", name: "settle", value: `${key} ${wanted}`, className: `button button-${kind}`, textContent: label });
const side = (key, label, said, op) =>
  make("blockquote", {},
    make("p", { className: "quiet", textContent: [label, [said.who, said.when].filter(Boolean).join(", ")].filter(Boolean).join(" · ") }),
    make("p", { className: "said", textContent: said.shown || say.nothing }),
    settleButton(key, op, say.use, "secondary"));
const settle = async (told) => {
  const [id, name, wanted] = told.split(" ");
  const own = clashes.get(`${id} ${name}`);
  if (!own) return refresh();
  const both = [own[0].standing, ...own.map((each) => each.value)];
  const value = wanted === "merge" ? [...new Set(both.filter(Boolean))].join("\n\n")
    : wanted === (own[0].standing_op ?? "-") ? own[0].standing : own.find((each) => each.op === wanted)?.value;
  const item = byId.get(id);
  item.show(name, value);
  item.fields[name].value = value ?? "";
  takeClashes(item, []);
  item.tell("waiting", say.unsent);
  const kept = box.add({ item: id, field: name, value: value ?? null, base: own[0].standing_op, settles: own.map((each) => each.op), alone: true });
  repaint(item);
  paintSaved();
  await kept;
  box.flush();
};

// ---- bases ----

const waitsNow = (item) => {
  item.tell("waiting", say.unsent);
  item.paint();
};
// additions: {item, detail, title, words}
const addBases = (additions) => {
  const { made, kept } = box.addBases(additions.map(({ item, detail }) => ({ item: item.id, value: { add: detail } })));
  additions.forEach(({ item, detail, title, words }, place) => {
    item.list.append(basisLine({ op: made[place].op_id, kind: detail.kind, evidence: detail.evidence, title, detail: words, unsent: true }));
    waitsNow(item);
  });
  paintCounts();
  paintSaved();
  return kept.then(() => box.flush());
};
const removeBasis = (item, line) => {
  const mine = box.entries().find((each) => each.op_id === line.dataset.op);
  if (mine && (!mine.tried || mine.refused !== undefined)) box.discard(mine.op_id);
  else box.addBases([{ item: item.id, value: { remove: line.dataset.op } }]).kept.then(() => box.flush());
  const after = line.nextElementSibling?.querySelector("button") ?? item.el.querySelector(".add");
  line.remove();
  after.focus();
  waitsNow(item);
  paintCounts();
  paintSaved();
};
let panel = null;
const openPanel = async (item, many) => {
  panel ??= import(page.dataset.basis).then(({ makePanel }) => makePanel(sheet));
  (await panel).open(item, many);
};
const sheet = { page, say, fill, make, items, addBases, score: (...told) => score(...told), token: () => box.token() };

// ---- hands and keys ----

const typing = new Map();
const early = []; // entered before the outbox was open
const write = async (item, name) => {
  if (!box) return early.push([item, name]);
  clearTimeout(typing.get(`${item.id} ${name}`));
  typing.delete(`${item.id} ${name}`);
  await record(item, name);
  paintSaved();
};
const writeAll = () => {
  for (const key of [...typing.keys()]) {
    const [id, name] = key.split(" ");
    write(byId.get(id), name);
  }
};
const nameOf = (control) => Object.keys(FIELDS).find((name) => control.name?.startsWith(`${FIELDS[name]}.`));
let leaving = 0;
const goOn = (item, first) => {
  clearTimeout(leaving);
  const met = [...item.el.querySelectorAll(".sc input")].findIndex((each) => each.value === page.dataset.met);
  const at = [...item.el.querySelectorAll(".sc input")].findIndex((each) => each.checked);
  const good = at >= met && !["", "TB"].includes(item.choice);
  if (narrow.matches && first && good) leaving = setTimeout(() => item === current && step(1), 450);
};
const score = (item, value, { move = false } = {}) => {
  const radio = [...item.el.querySelectorAll(".sc input")].find((each) => each.value === value);
  if (!radio) return;
  radio.checked = true;
  write(item, "choice");
  repaint(item);
  if (value === "TB") item.fields.reason.control.focus();
  else if (move) step(1);
};

const enter = () => {
  form.addEventListener("change", (event) => {
    const item = itemOf(event.target);
    const name = nameOf(event.target);
    if (!item || !name) return;
    const first = name === "choice" && !item.choice;
    write(item, name);
    repaint(item);
    if (name === "choice") goOn(item, first);
  });
  form.addEventListener("input", (event) => {
    const item = itemOf(event.target);
    const name = nameOf(event.target);
    if (!item || !name || name === "choice") return;
    clearTimeout(typing.get(`${item.id} ${name}`));
    typing.set(`${item.id} ${name}`, setTimeout(write, 800, item, name));
    item.tell("quiet", say.typing);
    if (box) paintSaved();
  });
  form.addEventListener("focusin", (event) => {
    const item = itemOf(event.target);
    if (item && item !== current) moveTo(item, { focus: false, scroll: false });
  });
  form.addEventListener("focusout", writeAll);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const press = event.target.closest("button");
    const item = press && itemOf(press);
    if (!press) return;
    event.preventDefault();
    clearTimeout(leaving);
    if (!box) return;
    if ("many" in press.dataset) openPanel(items.find((each) => each.group === press.closest(".grp")), true);
    else if (press.name === "bases") openPanel(item, false);
    else if (press.name === "settle") settle(press.value);
    else if (press.name === "remove") removeBasis(item, press.closest("li"));
    else if (press.name === "offer") {
      press.hidden = true;
      addBases([{ item, detail: { kind: "evidence", evidence: press.value.split(" ")[1] }, title: press.dataset.title }]);
    }
  });
  document.addEventListener("keydown", onKey);
  for (const act of ["pointerdown", "keydown", "hashchange"]) addEventListener(act, () => clearTimeout(leaving), true);
  addEventListener("online", () => box?.flush());
  document.addEventListener("visibilitychange", () => {
    if (!box) return;
    writeAll();
    if (document.hidden) box.farewell();
    else box.flush().then(refresh);
  });
  addEventListener("pagehide", () => {
    if (!box) return;
    writeAll();
    box.farewell();
  });
  addEventListener("beforeunload", (event) => {
    if (box && !box.lasting && box.pending().length) event.preventDefault();
  });
  setInterval(() => !document.hidden && box && !box.stopped && refresh(), 90000);
};

const keysOff = () => localStorage.getItem("asesor-keys") === "off";
const onKey = (event) => {
  const { target, key } = event;
  const radio = target.type === "radio";
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (key === "Escape" && target.closest("textarea, input:not([type=radio])")) return current.el.focus({ preventScroll: true });
  if ((!radio && target.closest("input, textarea, select")) || keysOff()) return;
  const moves = { ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1), n: nextOpen, "/": () => search.focus() };
  const acts = !editable ? moves : {
    ...moves,
    t: () => score(current, "TB"), b: () => score(current, ""), d: () => openPanel(current, false),
    f: () => current.fields.facts.control.focus(), "?": () => document.getElementById("keys").showModal(),
  };
  const act = acts[key] ?? acts[key.toLowerCase()] ?? (editable && /^\d$/.test(key) && (() => score(current, key, { move: true })));
  if (!act || (key.startsWith("Arrow") && !radio && !form.contains(target))) return;
  event.preventDefault();
  act();
};

const onState = (name) => {
  sending = name;
  paintSending();
  if (name === "saved" && stale) refresh();
};

// What was left on this device comes back over what the server says, marked as unsent.
const layOver = () => {
  for (const entry of box.entries()) {
    const item = byId.get(entry.item);
    if (!item) continue;
    if (entry.field !== "basis") item.show(entry.field, entry.value);
    else if (entry.value.remove) item.list.querySelector(`[data-op="${entry.value.remove}"]`)?.remove();
    else if (!item.list.querySelector(`[data-op="${entry.op_id}"]`))
      item.list.append(basisLine({ op: entry.op_id, kind: entry.value.add.kind, evidence: entry.value.add.evidence, title: say.bases[entry.value.add.kind], detail: say.unsent, unsent: true }));
    if (entry.refused === undefined) item.tell("waiting", say.unsent);
    else refuse(entry);
    item.paint();
  }
  paintCounts();
};

// Where the address says, else where the work stands. The address stays as it is: while the page
// loads, the browser would jump to what a changed one names.
const begin = () => {
  const asked = byId.get(location.hash.slice(6)) ?? (current !== items[0] || narrow.matches ? current : null);
  if (asked && !overviewOpen()) moveTo(asked, { focus: false, mark: false });
  paintPlace();
};

if (!matchMedia("(scripting: enabled)").matches) root.classList.add("scripted");
if (editable) {
  enter();
  begin();
  const { openOutbox } = await import(page.dataset.outbox);
  box = await openOutbox({
    person: page.dataset.person,
    assessment: page.dataset.id,
    edition: page.dataset.edition,
    shared,
    token: form.elements.csrf_token.value,
    told: { state: onState, receipt: receive, changed: () => paintSending(), gone: () => { stale = true; } },
  });
  layOver();
  for (const [item, name] of early.splice(0)) write(item, name);
  paintSending();
  page.dataset.ready = "yes";
  if (box.pending().length) box.flush();
  if (form.querySelector(".clash")) refresh();
} else {
  begin();
  document.addEventListener("keydown", onKey);
  page.dataset.ready = "yes";
}

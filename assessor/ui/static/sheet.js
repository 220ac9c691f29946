// The sheet of drawn files: one tap or key fills a box, boxes are sent by themselves, and the rows
// come back from the server as they stand. Without this file the page is a plain form.
const form = document.querySelector("[data-sheet]");
const say = JSON.parse(form.dataset.words);
const shared = "shared" in document.body.dataset;
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
const token = form.elements.csrf_token.value;
const state = form.querySelector("[data-saved]");
const SIGNS = { 1: "✓", 0: "✗", "-": "–", ".": "" };
const CODES = { "1": "1", "✓": "1", v: "1", V: "1", "0": "0", "✗": "0", x: "0", X: "0", "-": "-", "–": "-", "—": "-", "": "." };
const ROUND = ["✓", "✗", "–", ""];
const shelf = `asesor-sheet ${form.dataset.marks} ${form.dataset.number} ${form.dataset.person}`;

const boxes = [...form.querySelectorAll(".sheet-box input")];
const rows = new Map();
for (const box of boxes) {
  const row = box.closest("[data-row]");
  const name = row.dataset.row;
  if (!rows.has(name)) rows.set(name, { row, boxes: [], seen: form.elements[`s.${name}`] });
  box.item = name;
  box.file = rows.get(name).boxes.push(box);
}
const grid = [...rows.values()].map((each) => each.boxes);
const seenOf = (box) => rows.get(box.item).seen.value[box.file - 1] ?? ".";

// ---- sending ----

const waiting = new Map(); // name of a box → what it holds, and what it showed before
let running = false;
let failures = 0;
let timer = 0;
let stopped = "";

const icon = state.querySelector("svg");
const word = state.querySelector("span");
const tell = (kind, text) => {
  state.className = `saved saved-${kind}`;
  word.textContent = text;
  icon.toggleAttribute("hidden", kind !== "saved");
};
const clock = () =>
  new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
const show = () => {
  if (stopped) return tell("failed", stopped);
  if (running) return tell("saving", say.saving);
  if (waiting.size) return tell("waiting", fill(say.unsent, { count: waiting.size }));
  return tell("saved", fill(say.saved, { time: clock() }));
};

// Marks only, no words of anybody: on the device until the server has them; never on a shared one.
const keep = () => {
  if (shared) return;
  try {
    if (waiting.size) localStorage.setItem(shelf, JSON.stringify([...waiting]));
    else localStorage.removeItem(shelf);
  } catch {
    // no room on the device: what is on the page still gets sent
  }
};

const clashes = form.querySelector(".sheet-clashes") ?? Object.assign(document.createElement("div"), { className: "notice notice-warn sheet-clashes" });
clashes.setAttribute("role", "alert");
form.prepend(clashes);

// Somebody else filled a box otherwise: their mark stands until somebody decides.
const dispute = (box, mine) => {
  box.classList.add("sheet-disputed");
  const said = { box: `${box.item}, B${box.file}`, theirs: box.value || say.empty, mine: mine || say.empty };
  clashes.append(Object.assign(document.createElement("p"), { textContent: fill(say.clash, said) }));
};

const settle = (sent, answer) => {
  const own = new Set();
  for (const [name, { code }] of sent) {
    if (waiting.get(name)?.code === code) waiting.delete(name);
    form.elements[name].classList.remove("sheet-disputed");
    own.add(name);
  }
  clashes.replaceChildren();
  for (const [item, { seen, result }] of Object.entries(answer.rows)) {
    const known = rows.get(item);
    if (!known) continue;
    known.row.querySelector("[data-result]").innerHTML = result;
    known.seen.value = known.boxes
      .map((box, place) => {
        const held = waiting.get(box.name);
        if (!held) box.value = SIGNS[seen[place]];
        else if (own.has(box.name)) held.seen = seen[place]; // filled again while it was under way
        return held ? held.seen : seen[place];
      })
      .join("");
  }
  for (const { item, file, mark } of answer.clashes) dispute(rows.get(item).boxes[file - 1], mark);
};

const body = (sent) =>
  JSON.stringify({
    person: form.dataset.person,
    number: Number(form.dataset.number),
    boxes: sent.map(([name, { code, seen }]) => {
      const box = form.elements[name];
      return { item: box.item, file: box.file, mark: code, seen };
    }),
  });
const post = (sent, more = {}) =>
  fetch(form.dataset.marks, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    body: body(sent),
    credentials: "same-origin",
    redirect: "error",
    ...more,
  });

const later = () => {
  failures += 1;
  timer = setTimeout(send, Math.min(60000, 1000 * 2 ** failures));
};
const send = async () => {
  clearTimeout(timer);
  if (running || stopped || !waiting.size) return show();
  running = true;
  show();
  const sent = [...waiting].slice(0, 500).map(([name, held]) => [name, { ...held }]);
  let again = false;
  try {
    const answer = await post(sent, { signal: AbortSignal.timeout(20000) });
    if (answer.ok) {
      settle(sent, await answer.json());
      failures = 0;
      again = waiting.size > 0;
    } else if (answer.status === 401) stopped = say.signin;
    else if (answer.status < 500) stopped = (await answer.json().catch(() => ({}))).error || say.stopped;
    else later();
  } catch {
    later();
  }
  running = false;
  keep();
  show();
  if (again) timer = setTimeout(send, 300);
};

const note = (box) => {
  const code = CODES[box.value] ?? ".";
  if (code === seenOf(box)) waiting.delete(box.name);
  else waiting.set(box.name, { code, seen: seenOf(box) });
  keep();
  show();
  clearTimeout(timer);
  timer = setTimeout(send, 700);
};

// ---- filling ----

const put = (box, sign) => {
  box.value = sign;
  note(box);
};
const go = (row, column) => {
  const box = grid[Math.max(0, Math.min(row, grid.length - 1))]?.[column];
  if (!box) return;
  for (const other of boxes) other.tabIndex = other === box ? 0 : -1;
  box.focus();
  box.select();
};
const place = (box) => [grid.findIndex((row) => row.includes(box)), box.file - 1];

const KEYS = {
  ArrowLeft: ([row, column]) => go(row, column - 1),
  ArrowRight: ([row, column]) => go(row, column + 1),
  ArrowUp: ([row, column]) => go(row - 1, column),
  ArrowDown: ([row, column]) => go(row + 1, column),
  Home: ([row]) => go(row, 0),
  End: ([row]) => go(row, grid[row].length - 1),
};

for (const box of boxes) {
  box.inputMode = "none"; // a tap turns the mark; no keyboard comes up over the sheet
  box.maxLength = 1;
  box.tabIndex = -1;
  box.addEventListener("click", () => put(box, ROUND[(ROUND.indexOf(box.value) + 1) % ROUND.length]));
  box.addEventListener("focus", () => {
    for (const other of boxes) other.tabIndex = other === box ? 0 : -1;
  });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if (KEYS[key]) KEYS[key](place(box));
    else if (key === " " || key === "Enter") put(box, ROUND[(ROUND.indexOf(box.value) + 1) % ROUND.length]);
    else if (key === "Backspace" || key === "Delete") put(box, "");
    else if (key.length === 1) {
      if (key in CODES) {
        put(box, SIGNS[CODES[key]]);
        const [row, column] = place(box);
        if (column + 1 < grid[row].length) go(row, column + 1);
        else go(row + 1, 0);
      }
    } else return;
    event.preventDefault();
  });
  // what comes in some other way than by the keys above
  box.addEventListener("input", () => put(box, SIGNS[CODES[box.value.trim()] ?? "."]));
}
if (boxes.length) boxes[0].tabIndex = 0;
form.querySelector("[data-save]").hidden = true;

// What was filled here before the connection was lost or the page was closed. A box that somebody
// else has filled since is left to be decided.
const takeUp = (name, { code, seen }) => {
  const box = form.elements[name];
  if (!box || code === seenOf(box)) return;
  if (seen === seenOf(box)) {
    box.value = SIGNS[code];
    waiting.set(name, { code, seen });
  } else dispute(box, SIGNS[code]);
};
try {
  for (const [name, held] of JSON.parse(localStorage.getItem(shelf) ?? "[]")) takeUp(name, held);
} catch {
  // nothing to take up
}
keep();
if (waiting.size) send();
addEventListener("online", () => send());
addEventListener("pagehide", () => {
  if (waiting.size && !stopped) post([...waiting].slice(0, 300), { keepalive: true }).catch(() => {});
});
addEventListener("beforeunload", (event) => {
  if (waiting.size && !form.dataset.sent && shared) event.preventDefault();
});
// The form sends every box along.
form.addEventListener("submit", () => clearTimeout(timer));

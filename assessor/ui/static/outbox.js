// What was entered on this device and not yet acknowledged by the server.
//
// Every entry is kept on the device first (IndexedDB), then sent; only a receipt removes it. An
// entry belongs to the person who made it: nobody else sends it. On a shared computer nothing is
// written to the device, entries live in memory only.
const STORE = "entries";
const BATCH = 50;
const PATIENCE = 20000;

const promised = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const openStore = async () => {
  const opening = indexedDB.open("asesor-outbox", 1);
  opening.onupgradeneeded = () =>
    opening.result.createObjectStore(STORE, { keyPath: "op_id" }).createIndex("whose", ["person", "assessment"]);
  return promised(opening);
};

const newId = () =>
  crypto.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// A place for entries: on the device where that is allowed and possible, else in memory.
const makeShelf = async (person, assessment, shared) => {
  if (!shared) {
    try {
      const base = await openStore();
      const change = async (act) => {
        const deal = base.transaction(STORE, "readwrite", { durability: "strict" });
        act(deal.objectStore(STORE));
        await new Promise((resolve, reject) => {
          deal.oncomplete = resolve;
          deal.onerror = deal.onabort = () => reject(deal.error);
        });
      };
      const read = () =>
        promised(base.transaction(STORE).objectStore(STORE).index("whose").getAll([person, assessment]));
      await read();
      return {
        lasting: true,
        read,
        put: (entries) => change((store) => entries.forEach((each) => store.put(each))),
        remove: (ids) => change((store) => ids.forEach((id) => store.delete(id))),
      };
    } catch {
      // no room or not allowed: memory, and the page says so
    }
  }
  const kept = new Map();
  return {
    lasting: false,
    read: async () => [...kept.values()],
    put: async (entries) => entries.forEach((each) => kept.set(each.op_id, each)),
    remove: async (ids) => ids.forEach((id) => kept.delete(id)),
  };
};

const deviceName = (shared) => {
  if (shared) return newId();
  try {
    const known = localStorage.getItem("asesor-device") ?? newId();
    localStorage.setItem("asesor-device", known);
    return known;
  } catch {
    return newId();
  }
};

// `told` receives what happens: told.state(name), told.receipt(entry, receipt), told.changed(),
// told.gone(): another page of this device sent something.
export const openOutbox = async ({ person, assessment, edition, shared, token, told }) => {
  const address = `/assessments/${assessment}`;
  const shelf = await makeShelf(person, assessment, shared);
  const device = deviceName(shared);
  let entries = (await shelf.read()).sort((a, b) => a.seq - b.seq);
  let seq = Math.max(Math.floor(Date.now() / 1000) - 1.7e9, 0, ...entries.map((each) => each.seq));
  let csrf = token;
  let tag = "";
  let running = null;
  let again = false;
  let failures = 0;
  let timer = 0;
  let batchSize = BATCH;
  let stopped = "";

  const waiting = () => entries.filter((each) => !each.refused);
  const same = (item, field) => (each) => each.item === item && each.field === field;

  const keep = async (some) => {
    try {
      await shelf.put(some);
      for (const each of some) each.stored = shelf.lasting;
    } catch {
      box.lasting = false; // the device is full: what is in memory still gets sent
      told.changed();
    }
  };

  const note = ({ item, field, value, base, settles }) => {
    seq += 1;
    const entry = {
      op_id: newId(), person, assessment, device, seq, item, field, value,
      base_op: base, edition, at: new Date().toISOString(), settles,
    };
    entries.push(entry);
    return entry;
  };

  const later = () => {
    clearTimeout(timer);
    failures += 1;
    const wait = Math.min(60000, 1000 * 2 ** failures) * (0.75 + Math.random() / 2);
    timer = setTimeout(() => box.flush(), wait);
  };

  const ask = async (path, options, patience = PATIENCE) => {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), patience);
    try {
      return await fetch(path, { ...options, signal: stop.signal, credentials: "same-origin", redirect: "error" });
    } finally {
      clearTimeout(late);
    }
  };

  // One entry of a field at a time: the next one leans on what became of it.
  const batch = () => {
    const seen = new Set();
    return waiting()
      .filter((each) => {
        const name = `${each.item} ${each.field}`;
        if (each.field !== "basis" && seen.has(name)) return false;
        seen.add(name);
        return true;
      })
      .slice(0, batchSize);
  };

  const body = (chosen) =>
    JSON.stringify({
      person,
      operations: chosen.map(({ op_id, device: from, seq: number, item, field, value, base_op, edition: of, at, settles }) => ({
        op_id, device: from, seq: number, item, field, value, base_op, edition: of, at, settles,
      })),
    });

  const headers = () => ({ "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf });

  const settle = async (chosen, receipts) => {
    const known = receipts
      .map((receipt) => [chosen.find((each) => each.op_id === receipt.op_id), receipt])
      .filter(([entry]) => entry);
    const gone = known.filter(([, receipt]) => receipt.fate !== "refused").map(([entry]) => entry.op_id);
    const changed = [];
    for (const [entry, receipt] of known) {
      if (receipt.fate !== "refused") continue;
      entry.refused = receipt.sentence ?? "";
      changed.push(entry);
      // What was written after it leans on what the refused one leant on.
      for (const next of entries) {
        if (next.base_op !== entry.op_id) continue;
        next.base_op = entry.base_op;
        changed.push(next);
      }
    }
    entries = entries.filter((each) => !gone.includes(each.op_id));
    for (const [entry, receipt] of known) told.receipt(entry, receipt);
    await shelf.remove(gone).catch(() => {});
    await shelf.put(changed).catch(() => {});
  };

  // What the server's answer means: "on" to go on, "later", or why nothing more is sent for now.
  const meaning = async (answer) => {
    if (answer.status === 401) return "signin";
    if (answer.status === 409) return "other";
    if (answer.status === 403 || answer.status === 404) return "shut";
    if (answer.status === 413 && batchSize > 1) {
      batchSize = Math.ceil(batchSize / 2);
      return "on";
    }
    if (answer.status === 400) {
      const before = csrf;
      await box.bundle({ force: true });
      return stopped || (csrf === before ? "later" : "on");
    }
    return "later";
  };

  const sendOnce = async (chosen) => {
    for (const entry of chosen) entry.tried = true;
    await shelf.put(chosen).catch(() => {});
    const answer = await ask(`${address}/operations`, { method: "POST", headers: headers(), body: body(chosen) });
    if (!answer.ok) return meaning(answer);
    const { receipts } = await answer.json();
    await settle(chosen, receipts);
    failures = 0;
    return "on";
  };

  // Other pages of this device may have sent or added something meanwhile.
  const reread = async () => {
    if (!shelf.lasting) return;
    const stored = await shelf.read();
    const ids = new Set(stored.map((each) => each.op_id));
    const own = new Set(entries.map((each) => each.op_id));
    const sent = entries.filter((each) => !ids.has(each.op_id) && each.stored);
    entries = [...entries.filter((each) => !sent.includes(each)), ...stored.filter((each) => !own.has(each.op_id))];
    entries.sort((a, b) => a.seq - b.seq);
    if (sent.length) told.gone();
  };

  const drain = async () => {
    clearTimeout(timer);
    stopped = "";
    try {
      await reread();
      for (let chosen = batch(); chosen.length; chosen = batch()) {
        told.state("saving");
        const next = await sendOnce(chosen);
        if (next === "later") {
          later();
          return told.state("waiting");
        }
        if (next !== "on") {
          stopped = next;
          return told.state(next);
        }
      }
    } catch {
      if (waiting().length) later();
      return told.state(waiting().length ? "waiting" : "saved");
    }
    return told.state("saved");
  };

  const alone = (act) =>
    navigator.locks ? navigator.locks.request(`asesor-${assessment}`, act) : act();

  const box = {
    lasting: shelf.lasting,
    get stopped() {
      return stopped;
    },
    entries: () => entries,
    pending: () => waiting(),
    refused: () => entries.filter((each) => each.refused !== undefined),
    last: (item, field) => waiting().findLast?.(same(item, field)) ?? waiting().filter(same(item, field)).pop(),

    // Keep an entry. Words of a field that were never sent yet are replaced, not added to; words
    // that were refused give way to the new ones. `alone`: the entry leans on `base` and nothing else.
    async add({ item, field, value, base, settles = [], alone: single = false }) {
      const before = single ? undefined : box.last(item, field);
      if (before && !before.tried && !before.settles.length) {
        Object.assign(before, { value, at: new Date().toISOString() });
        await keep([before]);
        return before;
      }
      const refused = box.refused().filter(same(item, field)).map((each) => each.op_id);
      const entry = note({ item, field, value, base: single ? base : (before?.op_id ?? base), settles });
      await Promise.all([keep([entry]), box.discard(...refused)]);
      return entry;
    },

    // Keep additions and removals of bases: each stands for itself.
    addBases: (changes) => {
      const made = changes.map(({ item, value }) => note({ item, field: "basis", value, base: null, settles: [] }));
      return { made, kept: keep(made) };
    },

    async discard(...ids) {
      if (!ids.length) return;
      entries = entries.filter((each) => !ids.includes(each.op_id));
      await shelf.remove(ids).catch(() => {});
    },

    flush() {
      if (running) {
        again = true;
        return running;
      }
      running = alone(drain).finally(() => {
        running = null;
        if (again) {
          again = false;
          box.flush();
        }
      });
      return running;
    },

    // The page is being left: one last try that outlives it. Entries stay until acknowledged.
    farewell() {
      const chosen = batch();
      const text = body(chosen);
      if (!chosen.length || stopped || text.length > 60000) return;
      for (const entry of chosen) entry.tried = true;
      shelf.put(chosen).catch(() => {});
      fetch(`${address}/operations`, { method: "POST", headers: headers(), body: text, keepalive: true })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject()))
        .then(({ receipts }) => settle(chosen, receipts))
        .then(() => told.state(waiting().length ? "waiting" : "saved"))
        .catch(() => {});
    },

    // What stands on the server now; null when nothing is new or it cannot be had.
    async bundle({ force = false } = {}) {
      try {
        const answer = await ask(`${address}/bundle`, {
          headers: { Accept: "application/json", ...(tag && !force ? { "If-None-Match": tag } : {}) },
          cache: "no-store",
        });
        if (answer.status === 401) stopped = "signin";
        if (!answer.ok && answer.status !== 304) return null;
        csrf = answer.headers.get("X-CSRFToken") ?? csrf;
        if (answer.status === 304) return null;
        const found = await answer.json();
        tag = answer.headers.get("ETag") ?? "";
        if (found.person !== person) {
          stopped = "other";
          told.state("other");
          return null;
        }
        return found;
      } catch {
        return null;
      }
    },
    token: () => csrf,
  };
  return box;
};

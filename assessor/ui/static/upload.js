// Sends the files of a form in parts, two at a time, each with its own progress and result. Without
// this script the same form sends all of them at once.
//
// `sendFile` is for other pages too: it resolves to what the server says of one file
// {state: accepted | present | refused | held | failed | lost | out, sentence, id, title, href, thumb}.
const transferring = () => import("./upload-transfer.js");
const place = (action) => action.replace(/hand-in$/, "uploads");

export const sendFile = async (url, fields, file, onProgress = () => {}) => {
  const { Transfer } = await transferring();
  return new Transfer(place(url), fields, file, { onProgress, patience: 3 }).run();
};

const DONE = new Set(["accepted", "present"]);
const UNSENT = new Set(["waiting", "held", "lost", "failed", "out"]);
const AT_ONCE = 2;

const make = (tag, facts = {}) => Object.assign(document.createElement(tag), facts);

const enhance = (form) => {
  const words = form.dataset;
  const list = form.querySelector("[data-upload-list]");
  const missing = form.querySelector("[data-upload-missing]");
  const declaration = form.querySelector("[name=declaration]");
  const button = form.querySelector("button[type=submit]");
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const total = form.querySelector("[data-upload-total]");
  const pausing = form.querySelector("[data-upload-pause]");
  const shrinking = form.querySelector("[data-upload-shrink]");
  let rows = [];
  let busy = false;
  let paused = false;
  for (const each of form.querySelectorAll("[data-upload-script]")) each.hidden = false;

  const show = (row, text, kind = "quiet") => {
    row.word.textContent = text;
    row.word.className = kind;
  };
  const drop = (row) => {
    row.transfer?.cancel();
    row.item.remove();
    rows = rows.filter((other) => other !== row);
    list.hidden = !rows.length;
  };
  const add = (file) => {
    const row = {
      file,
      size: file.size,
      sent: 0,
      state: "waiting",
      item: make("li"),
      name: make("strong", { textContent: file.name }),
      word: make("span"),
      bar: make("progress", { hidden: true, ariaLabel: file.name }),
      remove: make("button", { type: "button", className: "button button-quiet", textContent: words.wordRemove }),
    };
    row.remove.setAttribute("aria-label", `${words.wordRemove} ${file.name}`);
    row.remove.onclick = () => drop(row);
    row.item.append(row.name, " ", row.word, row.bar, row.remove);
    list.append(row.item);
    rows.push(row);
    if (file.size > Number(words.limit)) row.state = "refused";
    show(row, row.state === "refused" ? words.wordLarge : words.wordWaiting, row.state === "refused" ? "field-error" : "quiet");
  };
  // Each photograph of the camera joins the list: the next one would take its place otherwise.
  const collect = (files) => {
    if (!busy) for (const row of rows.filter((each) => !UNSENT.has(each.state))) drop(row);
    for (const file of files) add(file);
    list.hidden = !rows.length;
  };
  const tellTotal = () => {
    const sent = rows.filter((row) => row.state !== "refused" || row.sent);
    const [gone, size] = ["sent", "size"].map((name) => sent.reduce((sum, row) => sum + row[name], 0));
    total.querySelector("progress").value = size ? gone / size : 0;
    const values = { done: sent.filter((row) => DONE.has(row.state)).length, all: sent.length, percent: size ? Math.floor((100 * gone) / size) : 0 };
    total.querySelector("span").textContent = words.wordTotal.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };

  const fieldsFor = (index, count) => {
    const fields = {};
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields[name] = value;
    if (fields.title && count > 1) fields.title += ` (${index + 1})`;
    return fields;
  };
  const finish = (row, answer) => {
    row.state = answer.state;
    row.bar.hidden = true;
    row.remove.hidden = DONE.has(answer.state);
    if (DONE.has(answer.state)) {
      row.name.replaceChildren(make("a", { href: answer.href, textContent: answer.title }));
      return show(row, [answer.sentence, ...answer.remarks].join(" "));
    }
    const known = { lost: words.wordGone, out: words.wordOut, failed: answer.sentence || words.wordFailed };
    show(row, known[answer.state] ?? answer.sentence, "field-error");
  };
  const send = async (row, fields) => {
    const { Transfer, shrunk } = await transferring();
    row.bar.hidden = false;
    show(row, words.wordSending);
    const file = shrinking.checked ? await shrunk(row.file) : row.file;
    Object.assign(row, { size: file.size, sent: 0 });
    const told = { sending: words.wordSending, checking: words.wordChecking, waiting: words.wordLost };
    row.transfer = new Transfer(place(form.action), fields, file, {
      onProgress: (sent, size) => {
        Object.assign(row.bar, { max: size, value: sent });
        row.sent = sent;
        tellTotal();
      },
      onState: (state, sentence) => show(row, sentence || told[state], state === "sending" ? "quiet" : "upload-wait"),
    });
    if (paused) row.transfer.pause();
    tellTotal();
    const answer = await row.transfer.run();
    row.transfer = null;
    if (answer.state === "removed") return;
    finish(row, answer);
    row.sent = DONE.has(row.state) ? row.size : row.sent;
    tellTotal();
  };
  const pause = (on) => {
    paused = on;
    pausing.textContent = on ? words.wordResume : words.wordPause;
    for (const row of rows) {
      if (!row.transfer) continue;
      on ? row.transfer.pause() : row.transfer.resume();
      if (on) show(row, words.wordPaused);
    }
  };
  // The list of pieces beside the form is read anew; what was typed stays.
  const refresh = async () => {
    const old = document.getElementById("library");
    const page = old && (await fetch(location.pathname).then((answer) => answer.text()).catch(() => ""));
    const fresh = page && new DOMParser().parseFromString(page, "text/html").getElementById("library");
    if (fresh) old.replaceWith(document.importNode(fresh, true));
  };
  const complain = (text) => {
    missing.hidden = !text;
    missing.lastElementChild.textContent = text;
  };

  form.addEventListener("submit", async (event) => {
    const unsent = rows.filter((row) => UNSENT.has(row.state));
    // What is missing on an empty form is said by the server.
    if (!unsent.length && !busy) return;
    event.preventDefault();
    if (busy) return;
    if (!declaration.checked) {
      complain(words.wordDeclare);
      return declaration.focus();
    }
    complain(unsent.length > Number(words.most) ? words.wordMost : "");
    if (!missing.hidden) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    pausing.hidden = total.hidden = false;
    list.scrollIntoView({ block: "center" });
    for (const row of unsent) row.state = "waiting";
    let [number, held] = [0, false];
    const work = async () => {
      for (;;) {
        const row = rows.find((each) => each.state === "waiting");
        if (!row || held) return;
        row.state = "sending";
        await send(row, fieldsFor(number++, unsent.length));
        held ||= row.state === "held" || row.state === "out";
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    busy = false;
    pause(false);
    pausing.hidden = true;
    button.removeAttribute("aria-disabled");
    if (unsent.some((row) => row.state === "accepted")) await refresh();
  });
  declaration.addEventListener("change", () => complain(""));
  pausing.addEventListener("click", () => pause(!paused));
  const take = (input) => {
    collect(input.files);
    input.value = "";
  };
  for (const input of inputs) {
    input.addEventListener("change", () => take(input));
    if (input.files.length) take(input);
  }
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("dropping"));
  form.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    collect(event.dataTransfer.files);
  });
  addEventListener("beforeunload", (event) => busy && event.preventDefault());
};

document.querySelectorAll("form[data-upload]").forEach(enhance);

// Sends the files of a form one by one, each with its own progress and result. Without this
// script the same form sends all of them at once.
//
// `sendFile` is for other pages too: it resolves to what the server says of one file
// {state: accepted | present | refused | held | failed | lost | out, sentence, id, title, href, thumb}.
export const sendFile = (url, fields, file, onProgress = () => {}) =>
  new Promise((resolve) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("files", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    request.onerror = request.onabort = request.ontimeout = () => resolve({ state: "lost" });
    request.onload = () => {
      const answer = request.response ?? {};
      if (answer.results?.[0]) return resolve(answer.results[0]);
      if (request.status === 401) return resolve({ state: "out" });
      // Fields that are wrong hold the file back until they are put right.
      const final = request.status >= 400 && request.status < 500 && answer.error;
      resolve({ state: answer.fields ? "held" : final ? "refused" : "failed", sentence: answer.error });
    };
    request.send(body);
  });

const DONE = new Set(["accepted", "present"]);
const UNSENT = new Set(["waiting", "held", "lost", "failed", "out"]);

const make = (tag, facts = {}) => Object.assign(document.createElement(tag), facts);

const enhance = (form) => {
  const words = form.dataset;
  const list = form.querySelector("[data-upload-list]");
  const missing = form.querySelector("[data-upload-missing]");
  const declaration = form.querySelector("[name=declaration]");
  const button = form.querySelector("button[type=submit]");
  const inputs = [...form.querySelectorAll("input[type=file]")];
  let rows = [];
  let busy = false;

  const show = (row, text, kind = "quiet") => {
    row.word.textContent = text;
    row.word.className = kind;
  };
  const drop = (row) => {
    row.item.remove();
    rows = rows.filter((other) => other !== row);
    list.hidden = !rows.length;
  };
  const add = (file) => {
    const row = {
      file,
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
  const collect = (input) => {
    for (const row of rows.filter((each) => !UNSENT.has(each.state))) drop(row);
    for (const file of input.files) add(file);
    input.value = "";
    list.hidden = !rows.length;
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
    const known = { lost: words.wordLost, out: words.wordOut, failed: answer.sentence || words.wordFailed };
    show(row, known[answer.state] ?? answer.sentence, "field-error");
  };
  const send = async (row, fields) => {
    row.bar.hidden = false;
    row.remove.hidden = true;
    show(row, words.wordSending);
    const answer = await sendFile(form.action, fields, row.file, (loaded, total) => {
      row.bar.max = total;
      row.bar.value = loaded;
      if (loaded === total) show(row, words.wordChecking);
    });
    finish(row, answer);
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
    list.scrollIntoView({ block: "center" });
    for (const [index, row] of unsent.entries()) {
      await send(row, fieldsFor(index, unsent.length));
      if (row.state === "held" || row.state === "out") break;
    }
    busy = false;
    button.removeAttribute("aria-disabled");
    if (unsent.some((row) => row.state === "accepted")) await refresh();
  });
  declaration.addEventListener("change", () => complain(""));
  for (const input of inputs) {
    input.addEventListener("change", () => collect(input));
    if (input.files.length) collect(input);
  }
};

document.querySelectorAll("form[data-upload]").forEach(enhance);

// The panel in which one basis is chosen for one item or for many: evidence (also handed in right
// here), sighted, a file sample, interviews.
export const makePanel = ({ page, say, fill, make, items, addBases, score, token }) => {
  const dialog = document.getElementById("basis");
  const form = dialog.querySelector("form");
  const one = (name) => form.querySelector(`[${name}]`);
  const fields = form.elements;
  const targets = one("data-targets");
  const list = one("data-target-list");
  const wrong = one("data-basis-error");
  const picks = form.querySelector(".pick-list");
  const hint = one("data-sample-hint");
  const plainHint = hint.textContent;
  const rule = JSON.parse(form.querySelector("[data-rule]").dataset.rule);
  const LETTERS = { evidence: "DF", sighted: "O", sample: "R", interviews: "W" };
  let item = items[0];
  let many = false;

  const kind = () => fields.kind.value;
  const complain = (text) => {
    wrong.textContent = text ?? "";
    wrong.hidden = !text;
    return !text;
  };

  // ---- which items ----

  // Those of the same group that are checked this way, or must cite evidence, and have no such
  // basis yet.
  const fits = (each) =>
    each.group === item.group &&
    each.choice !== "TB" &&
    ((kind() === "evidence" && "e" in each.el.dataset) || [...LETTERS[kind()]].some((letter) => each.el.dataset.l.includes(letter))) &&
    !each.bases.some((line) => line.classList.contains(`b-${kind()}`));
  const ticked = () => [...list.querySelectorAll("input:checked")].map((each) => items[Number(each.value)]);
  const countTargets = () => {
    const count = ticked().length;
    one("data-target-count").textContent = count;
    one("data-keep").textContent = count === 1 ? say.keep : fill(say.keep_many, { count });
    const care = one("data-target-care");
    care.hidden = count < 2 || kind() !== "evidence";
    care.textContent = fill(say.care, { count });
    const found = items.filter(fits).length;
    const fit = one("data-target-fit");
    fit.hidden = !found;
    fit.textContent = fill(say.fit, { count: found, kind: say.bases[kind()].toLowerCase() });
  };
  const fillTargets = () => {
    const rows = [];
    let group = null;
    items.forEach((each, place) => {
      if (each.group !== group) {
        group = each.group;
        rows.push(make("h3", { textContent: group.querySelector("h2").textContent }));
      }
      const box = make("input", { type: "checkbox", value: place, checked: many ? fits(each) : each === item });
      const words = make("span", {}, make("b", { textContent: each.id }), ` ${each.el.querySelector("h3").textContent}`);
      rows.push(make("label", { className: "choice" }, box, words));
    });
    list.replaceChildren(...rows);
    countTargets();
  };
  list.addEventListener("change", countTargets);
  one("data-target-fit").addEventListener("click", () => {
    for (const box of list.querySelectorAll("input")) box.checked ||= fits(items[Number(box.value)]);
    countTargets();
  });
  one("data-target-none").addEventListener("click", () => {
    for (const box of list.querySelectorAll("input")) box.checked = !many && items[Number(box.value)] === item;
    countTargets();
  });

  // ---- what kind ----

  const usual = () => {
    const letters = item.el.dataset.l;
    if ("e" in item.el.dataset || /^[DF]/.test(letters)) return "evidence";
    return { O: "sighted", W: "interviews", R: "sample" }[letters[0]] ?? "evidence";
  };
  const showKind = () => {
    for (const part of form.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== kind();
    form.querySelector(".basis-note").hidden = !["sample", "interviews"].includes(kind());
    complain();
    if (many) fillTargets();
    countTargets();
    suggest();
  };
  for (const radio of fields.kind) radio.addEventListener("change", showKind);

  // ---- a file sample ----

  const number = (name) => (/^\d{1,6}$/.test(fields[name].value.trim()) ? Number(fields[name].value) : NaN);
  const toDraw = (register) =>
    register <= rule.all ? register : Math.min(register <= rule.middle ? rule.few : rule.many, register);
  const sampleFits = () =>
    number("hits") <= number("drawn") && number("drawn") <= number("register") && number("drawn") > 0;
  const suggestion = () => {
    if (kind() !== "sample" || !sampleFits()) return null;
    return rule.bands.find(([n, d]) => number("hits") * d >= n * number("drawn"))?.[2] ?? null;
  };
  const suggest = () => {
    const choice = suggestion();
    const act = one("data-suggest");
    act.hidden = choice === null || many;
    act.textContent = fill(say.save_with, { choice });
    const register = number("register");
    hint.textContent = Number.isNaN(register) ? plainHint : fill(say.draw, { count: toDraw(register) });
    if (choice !== null)
      hint.textContent = fill(say.sampled, { hits: number("hits"), drawn: number("drawn"), choice });
  };
  // How many to draw stands there while the register is typed, until somebody says otherwise.
  let drawnByHand = false;
  fields.drawn.addEventListener("input", () => {
    drawnByHand = fields.drawn.value !== "";
  });
  fields.register.addEventListener("input", () => {
    if (drawnByHand) return;
    const register = number("register");
    fields.drawn.value = Number.isNaN(register) ? "" : toDraw(register);
  });
  for (const name of ["register", "drawn", "hits"]) fields[name].addEventListener("input", suggest);

  // ---- evidence ----

  one("data-pick-search")?.addEventListener("input", (event) => {
    const sought = event.target.value.trim().toLowerCase();
    for (const pick of picks.children) pick.hidden = !pick.textContent.toLowerCase().includes(sought);
  });
  const addPick = ({ id, title, thumb }) => {
    picks.hidden = false;
    form.querySelector("[data-no-evidence]")?.remove();
    let box = picks.querySelector(`[value="${id}"]`);
    if (!box) {
      box = make("input", { type: "checkbox", name: "evidence", value: id });
      const picture = make("img", { src: thumb, alt: "", width: 48, height: 48 });
      picks.prepend(make("label", { className: "pick" }, box, picture, make("span", { textContent: title })));
    }
    box.checked = true;
  };
  const send = one("data-send");
  const sendAll = async (files) => {
    const { sendFile } = await import(page.dataset.upload);
    const declared = one("data-declaration");
    for (const file of files) {
      const line = make("li", { textContent: `${file.name}: ${say.sending}` });
      one("data-sent").append(line);
      const kindOf = file.type === "application/pdf" ? "document" : one("data-send-kind").value;
      const told = { csrf_token: token(), kind: kindOf, declaration: declared.value, title: "", stands_for: "" };
      const result = await sendFile(send.dataset.send, told, file, (done, all) => {
        line.textContent = `${file.name}: ${Math.round((100 * done) / all)} %`;
      });
      if (["accepted", "present"].includes(result.state)) {
        line.remove();
        addPick(result);
      } else {
        const lost = { lost: say.send_lost, out: say.signin }[result.state];
        line.textContent = `${file.name}: ${lost ?? result.sentence ?? say.send_lost}`;
        line.className = "field-error";
      }
    }
  };
  const sendChosen = () => {
    const input = one("data-send-files");
    if (!input.files.length) return;
    if (!one("data-declaration").checked) return complain(say.declare);
    complain();
    sendAll([...input.files]).finally(() => {
      input.value = "";
    });
  };
  one("data-send-files")?.addEventListener("change", sendChosen);
  one("data-declaration")?.addEventListener("change", sendChosen);

  // ---- keeping ----

  const told = () => {
    const note = fields.note.value.trim();
    const chosen = kind();
    if (chosen === "evidence") {
      const boxes = [...picks.querySelectorAll("input:checked")];
      if (!boxes.length) return complain(say.pick_one) && null;
      return boxes.map((box) => ({
        detail: { kind: chosen, evidence: box.value },
        title: box.parentElement.querySelector("span").firstChild.textContent.trim(),
      }));
    }
    if (chosen === "sighted") {
      const [what, where, when] = ["what", "where", "when"].map((name) => fields[name].value.trim());
      if (!what) return complain(say.say_what) && null;
      return [{ detail: { kind: chosen, what, where, when }, words: [what, where, when].filter(Boolean).join(", ") }];
    }
    if (chosen === "sample") {
      if (!sampleFits()) return complain(say.check_numbers) && null;
      const [register, drawn, hits] = ["register", "drawn", "hits"].map(number);
      return [{ detail: { kind: chosen, register, drawn, hits, note }, words: fill(say.sample, { register, drawn, hits }) }];
    }
    const kinds = {};
    const words = [];
    for (const input of form.querySelectorAll("[name^=count-]")) {
      const count = Number(/^\d{1,3}$/.exec(input.value.trim())?.[0] ?? 0);
      if (!count) continue;
      kinds[input.name.slice(6)] = count;
      words.push(`${count} ${input.parentElement.firstChild.textContent.trim().toLowerCase()}`);
    }
    if (!words.length) return complain(say.count_one) && null;
    return [{ detail: { kind: chosen, kinds, note }, words: words.join(", ") }];
  };

  const keepAll = (choice) => {
    const details = told();
    if (!details) return wrong.scrollIntoView({ block: "nearest" });
    const chosen = ticked();
    if (!chosen.length) return complain(say.pick_item);
    dialog.close();
    addBases(
      chosen.flatMap((each) =>
        details
          .filter(({ detail }) => !detail.evidence || !each.cites(detail.evidence))
          .map(({ detail, title, words }) => ({
            item: each,
            detail,
            title: title ?? say.bases[detail.kind],
            words: [words, detail.note].filter(Boolean).join("; "),
          })),
      ),
    );
    if (choice) score(item, choice);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keepAll(null);
  });
  one("data-suggest").addEventListener("click", () => keepAll(suggestion()));
  one("data-dismiss").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    one("data-basis-for").textContent = "";
    item.el.querySelector(".add")?.focus({ preventScroll: true });
  });

  return {
    open(at, toMany) {
      [item, many] = [at, toMany];
      form.reset();
      drawnByHand = false;
      one("data-sent")?.replaceChildren();
      fields.kind.value = usual();
      one("data-basis-for").textContent = toMany
        ? item.group.querySelector("h2").textContent
        : `${item.id} · ${item.el.querySelector("h3").textContent}`;
      targets.open = toMany;
      one("data-target-none").textContent = toMany ? say.untick : say.only_this;
      fillTargets();
      showKind();
      dialog.showModal();
      dialog.scrollTop = 0;
    },
  };
};

// An item of a draft is saved while one writes. Without this file the button does it.
const form = document.querySelector("form[data-draft]");
const state = document.querySelector("[data-saved]");
const QUIET = 1200;

const show = (kind, words) => {
  if (!state) return;
  state.className = `saved saved-${kind}`;
  state.querySelector("span").textContent = words;
};

// The problem of a field stands under its label, as on the page that the server writes.
const mark = (wrong) => {
  for (const control of form.querySelectorAll("[id]:is(input, textarea, select)")) {
    const field = control.closest(".field");
    const group = control.type === "checkbox" || control.type === "radio";
    const name = group ? control.name : control.id;
    if (!field || control.type === "hidden") continue;
    const words = wrong[name] ?? "";
    let note = document.getElementById(`${name}-error`);
    if (!words) {
      note?.remove();
      control.removeAttribute("aria-invalid");
      field.classList.remove("field-wrong");
      continue;
    }
    if (!note) {
      note = document.createElement("p");
      note.className = "field-error";
      note.id = `${name}-error`;
      field.querySelector(".field-label")?.after(note);
    }
    note.textContent = words;
    field.classList.add("field-wrong");
    if (!group) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", note.id);
    }
  }
};

let timer, sending, again;
const send = async () => {
  if (sending) return (again = true);
  sending = true;
  show("saving", form.dataset.saving);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    });
    const told = await answer.json();
    if (answer.ok) {
      form.elements.was.value = told.was;
      mark(told.wrong);
      show("saved", told.count ? `${told.said} · ${told.count}` : told.said);
    } else show("failed", told.sentence ?? form.dataset.failed);
  } catch {
    show("failed", form.dataset.failed);
  }
  sending = false;
  if (again) {
    again = false;
    send();
  }
};

const soon = () => {
  clearTimeout(timer);
  show("waiting", form.dataset.saving);
  timer = setTimeout(send, QUIET);
};

form?.addEventListener("input", soon);
form?.addEventListener("submit", () => clearTimeout(timer));

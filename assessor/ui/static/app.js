// Small comforts. Every page works without this file.
const root = document.documentElement;
const all = (selector) => document.querySelectorAll(selector);

// Menus: Esc and a click elsewhere close them.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]") ?? document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// Forms: ask first where asked to, send once, switch the theme without leaving the page.
const ask = (form, button, question) => {
  const dialog = document.getElementById("confirm");
  if (!dialog?.showModal) return false;
  dialog.querySelector(".confirm-question").textContent = question;
  dialog.querySelector("[data-yes]").textContent = button?.textContent.trim() || "OK";
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return button?.focus();
    form.dataset.confirmed = "yes";
    form.requestSubmit(button ?? undefined);
  };
  dialog.showModal();
  return true;
};

const switchTheme = (form, button) => {
  root.dataset.theme = button.value;
  for (const other of form.querySelectorAll("[aria-pressed]"))
    other.setAttribute("aria-pressed", String(other === button));
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.method === "dialog") return;
  if ("themeForm" in form.dataset && button) {
    event.preventDefault();
    return switchTheme(form, button);
  }
  if (form.dataset.sent) return event.preventDefault();
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (question && !form.dataset.confirmed && ask(form, button, question)) return event.preventDefault();
  delete form.dataset.confirmed;
  if (event.defaultPrevented || form.method !== "post") return;
  form.dataset.sent = "yes";
  button?.setAttribute("aria-disabled", "true");
  // A download leaves the page where it is: the button works again after a while.
  setTimeout(release, 8000, form);
});
const release = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
};
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

// Buttons that need a script appear only with one.
for (const button of all("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const word = button.querySelector("span");
    const label = word.textContent;
    word.textContent = button.dataset.copied;
    setTimeout(() => { word.textContent = label; }, 2500);
  });
}
for (const button of all("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// How many rows are chosen.
for (const output of all("[data-selection]")) {
  const form = output.closest("form");
  const count = () => {
    output.value = form.querySelectorAll("tbody input[type=checkbox]:checked").length;
  };
  output.hidden = false;
  form.addEventListener("change", count);
  count();
}

// Errors are read first; the current place in the navigation is in sight.
document.querySelector("[data-focus]")?.focus();
const here = document.querySelector(".main-nav [aria-current]");
if (here) here.closest("ul").scrollLeft = here.offsetLeft - 16;

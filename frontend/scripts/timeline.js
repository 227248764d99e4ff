// The time line, made quicker, by the reader's keys. Everything here also works without it: numbers and pages are plain
// links.
//
//   one Tab stop in the list, on the selected message; J and K move it, N and P move it to a candidate on this page, C
//   goes to cite it, O to its original, Enter opens a covered one, / finds, ? tells the keys
//   the number of a message leads to it in its own conversation, as it does without this

const list = document.getElementById("messages");
const rows = [...list.querySelectorAll(".sh-m")];
const said = document.querySelector("[data-stepped]");
let selected = list.querySelector(".sh-m[aria-current]") || rows[0];

function select(row) {
  selected.removeAttribute("aria-current");
  selected.tabIndex = -1;
  selected = row;
  row.setAttribute("aria-current", "true");
  row.tabIndex = 0;
  row.focus();
}

function step(by) {
  const next = rows[rows.indexOf(selected) + by];
  said.textContent = "";
  if (next) select(next);
  else document.getElementById(by > 0 ? "later" : "earlier")?.focus();
}

function toCandidate(by) {
  const at = rows.indexOf(selected);
  const rest = by > 0 ? rows.slice(at + 1) : rows.slice(0, at).reverse();
  const row = rest.find((one) => one.querySelector(".sh-gutter__mark"));
  if (row) select(row);
  said.textContent = row ? "" : `No candidate ${by > 0 ? "after" : "before"} this message on this page`;
}

// Where the reader has what is done with one message: its own address there, and those under it.

function under(row, page) {
  const here = new URL(row.querySelector(".sh-no a").href);
  window.location.assign(`${here.pathname}messages/${here.searchParams.get("message")}/${page}`);
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => toCandidate(1),
  p: () => toCandidate(-1),
  c: () => list.dataset.cite && under(selected, "cite/"),
  o: () => under(selected, "original/#cited"),
  enter: () => selected.querySelector(".sh-cover")?.toggleAttribute("open"),
  "/": () => document.getElementById("words").focus(),
  "?": () => {
    const keys = document.getElementById("keys");
    keys.open = true;
    keys.querySelector("summary").focus();
  },
};

list.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.classList.contains("sh-m")) return;
  const act = list.dataset.keys === "off" ? undefined : KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

list.addEventListener("click", (event) => {
  const row = event.target.closest(".sh-m");
  if (!row || event.target.closest("a, summary") || !window.getSelection().isCollapsed) return;
  select(row);
});

// A menu closes when it is left, or by Escape.

document.querySelectorAll(".sh-menu").forEach((menu) => {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// One Tab stop while the keys are on: numbers and covers are reached by them. An address that names a message leads to
// it, the keys too.

if (list.dataset.keys !== "off" && selected) {
  rows.forEach((row) => {
    row.tabIndex = row === selected ? 0 : -1;
    row.querySelectorAll(".sh-cover__bar").forEach((bar) => {
      bar.tabIndex = -1;
    });
  });
  if (window.location.hash === `#${selected.id}`) selected.focus({ preventScroll: true });
}

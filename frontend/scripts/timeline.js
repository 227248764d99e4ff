// The time line, made quicker, by the reader's keys. Everything here also works without it: numbers and pages are plain
// links.
//
//   one Tab stop in the list, on the selected message; J and K move it, N and P move it to a candidate on this page, C
//   goes to cite it, O to its original, Enter opens a covered one, / finds, ? tells the keys (messages.js)
//   the number of a message leads to it in its own conversation, as it does without this

const said = document.querySelector("[data-stepped]");

function select(row) {
  messages.mark(row);
  row.focus();
}

function step(by) {
  said.textContent = "";
  messages.step(by, select);
}

function toCandidate(by) {
  const row = messages.candidate(by);
  if (row) select(row);
  said.textContent = row ? "" : `No candidate ${by > 0 ? "after" : "before"} this message on this page`;
}

// Where the reader has what is done with one message: its own address there, and those under it.

function under(row, page) {
  const here = new URL(row.querySelector(".sh-no a").href);
  window.location.assign(`${here.pathname}messages/${here.searchParams.get("message")}/${page}`);
}

messages.listen({
  j: () => step(1),
  k: () => step(-1),
  n: () => toCandidate(1),
  p: () => toCandidate(-1),
  c: () => messages.list.dataset.cite && under(messages.selected, "cite/"),
  o: () => under(messages.selected, "original/#cited"),
  enter: () => messages.selected.querySelector(".sh-cover")?.toggleAttribute("open"),
});

messages.list.addEventListener("click", (event) => {
  const row = event.target.closest(".sh-m");
  if (!row || event.target.closest("a, summary") || !window.getSelection().isCollapsed) return;
  select(row);
});

// While the keys are off the numbers are Tab stops, and no message is.

if (messages.hasKeys && messages.selected) {
  messages.stopOnce();
  messages.arrive();
}

// The page after an urgent notice: say when the police have it, or to ring when they have not taken it; print.
// Without scripts the page has a link to look, and the browser's own printing.

const EVERY = 3000;
const PATIENCE = 60000;
const heading = document.querySelector("[data-notice]");
const said = document.querySelector("[data-notice-said]");
const began = Date.now();

async function look() {
  let there = false;
  try {
    const answer = await fetch(heading.dataset.notice, { headers: { Accept: "application/json" } });
    there = answer.ok && (await answer.json()).there;
  } catch {
    // The line is gone: asked again below, and after a while the page says to ring.
  }
  if (there) {
    heading.textContent = heading.dataset.there;
    document.title = document.title.replace(/^[^–]*/, `${heading.dataset.there} `);
    said.textContent = "";
    return;
  }
  if (Date.now() - began > PATIENCE) said.textContent = heading.dataset.away;
  setTimeout(look, EVERY);
}

if (heading.dataset.notice) setTimeout(look, EVERY);

// The code on this page is shown here alone: what leads on opens beside it. The way out does not: that leaves at once.
for (const link of document.querySelectorAll('footer a, main a[href^="/report/"]:not([href$="/exit/"])')) {
  link.target = "_blank";
  link.rel = "noopener";
}

document.querySelector("[data-print]").addEventListener("click", () => window.print());

// The page of a package that is being checked and read: say each change, and load the page anew at the end of a stage.
// Without scripts the page loads itself anew instead (see report.html).

const EVERY = 1500;
const place = document.querySelector("[data-progress]");

async function look() {
  let now;
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    now = await answer.json();
  } catch {
    place.querySelector("[role=status]").textContent = "The desk does not answer. Trying again.";
    setTimeout(look, EVERY * 4);
    return;
  }
  if (now.finished || now.state !== place.dataset.state) {
    window.location.reload();
    return;
  }
  const bar = place.querySelector("progress");
  if (bar && now.total > 0) {
    bar.max = now.total;
    bar.value = now.done;
  }
  const words = place.querySelector("[role=status]");
  if (words.textContent !== now.state_words) words.textContent = now.state_words;
  setTimeout(look, EVERY);
}

if (place) setTimeout(look, EVERY);

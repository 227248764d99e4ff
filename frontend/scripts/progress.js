// The page of a package that is being checked and read: say each change, and load the page anew at the end of a stage.
// Without scripts the page loads itself anew instead (see report.html).

const EVERY = 1500;
const place = document.querySelector("[data-progress]");

function say(words) {
  const status = place.querySelector("[role=status]");
  if (status.textContent !== words) status.textContent = words;
}

async function look() {
  let now;
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    now = await answer.json();
  } catch {
    say("The desk does not answer. Trying again.");
    setTimeout(look, EVERY * 4);
    return;
  }
  if (now.finished || now.state !== place.dataset.state) {
    window.location.reload();
    return;
  }
  const soFar = now.messages_so_far ? `: ${now.messages_so_far.toLocaleString("en-GB")} messages so far` : "";
  say(`${now.state_words}${soFar}`);
  setTimeout(look, EVERY);
}

if (place) setTimeout(look, EVERY);

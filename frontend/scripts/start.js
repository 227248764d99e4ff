// Every page: say that scripts run, and start the GOV.UK parts where a page brings them.
// (GOV.UK's own template does this in an inline script; the desk's Content-Security-Policy allows none.)

document.body.classList.add("js-enabled", "govuk-frontend-supported");

if (window.GOVUKFrontend) {
  const { createAll, Button, ErrorSummary, ExitThisPage, PasswordInput } = window.GOVUKFrontend;
  createAll(Button, { preventDoubleClick: true });
  createAll(ErrorSummary);
  createAll(PasswordInput);
  createAll(ExitThisPage);
}

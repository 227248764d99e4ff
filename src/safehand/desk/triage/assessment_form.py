"""A short form about a report, made of its questions (assessing.ASKS), with the decision-maker's name."""

from __future__ import annotations

from django import forms

from safehand.desk.core.own_words import words_field
from safehand.desk.officers.actions import find_officer
from safehand.desk.officers.models import Officer
from safehand.desk.triage.assessing import ASKS, Form, may_decide
from safehand.desk.triage.models import LONGEST_REASON
from safehand.errors import NotAllowed


class AssessmentForm(forms.Form):
    """Every question takes words; none may be left empty. ``form.found`` is the decision-maker, once it is valid."""

    decision_maker = forms.CharField(
        label="Who decides?",
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Name the officer who decides, by reference."},
    )

    def __init__(self, about: Form, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.found: Officer | None = None
        self._names = tuple(ASKS[about])
        for name, (heading, ask) in ASKS[about].items():
            self.fields[name] = words_field(
                heading,
                most=LONGEST_REASON,
                needed=f"{heading}: say what is known, if only that nothing is.",
                too_long=f"{heading}: use at most {LONGEST_REASON} characters.",
            )
            self.fields[name].help_text = ask
        self.order_fields([*self._names, "decision_maker"])

    def clean_decision_maker(self) -> str:
        """An officer who is here, in a role that decides."""
        reference = str(self.cleaned_data["decision_maker"])
        try:
            self.found = find_officer(reference)
        except NotAllowed as err:
            raise forms.ValidationError("There is no active officer with this reference.") from err
        if not may_decide(self.found):
            raise forms.ValidationError("No role of this officer decides: name a supervisor or an investigator.")
        return reference

    def answers(self) -> dict[str, str]:
        """The words, by question."""
        return {name: str(self.cleaned_data[name]) for name in self._names}

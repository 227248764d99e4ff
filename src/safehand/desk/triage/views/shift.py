"""Notes from one shift to the next."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.forms import NoteForm
from safehand.desk.triage.presenters.shift import note_rows
from safehand.desk.triage.shift import nobody_else_may_read, note_read, write_note

_TODO: Final = "Put one on the case: until then nobody can read it."


@needs(Ability.GRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest) -> HttpResponse:
    """GET: the notes and a form. POST: another note."""
    officer = signed_in(request)
    form = NoteForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        words = form.cleaned_data["words"]
        write_note(officer, words)
        if nobody_else_may_read(officer, words):
            messages.error(
                request, "The note is kept, but no colleague who triages may open a case that it names. " + _TODO
            )
        else:
            messages.success(request, "The note stands on top of the inbox until a colleague has read it.")
        return redirect("triage:inbox")
    shown = {"rows": note_rows(officer), "form": form or NoteForm()}
    return render(request, "triage/notes.html", shown, status=400 if form is not None else 200)


@needs(Ability.GRADE)
@require_POST
def read(request: HttpRequest, note: int) -> HttpResponse:
    """This officer has read it."""
    note_read(signed_in(request), note)
    return redirect("triage:inbox")

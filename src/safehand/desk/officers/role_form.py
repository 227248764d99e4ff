"""The form by which a role is given or ended. Its buttons stand on the page of officers, filled in."""

from __future__ import annotations

from django import forms

from safehand.desk.officers.models import REFERENCE
from safehand.desk.officers.roles import HELD


class RoleForm(forms.Form):
    """Which role of whom. Both come from the page itself: what is not on it is no form of the desk."""

    officer = forms.CharField(max_length=32, validators=[REFERENCE])
    role = forms.ChoiceField(choices=[(each.value, each.words) for each in HELD])

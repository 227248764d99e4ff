"""Forms as GOV.UK's components: a label, a hint, the errors, the input, tied together by their ids.

    {% load form %}
    {% errors form %}                                      the summary at the top, each line a link to its field
    {% field form.login hint="As on your card" %}          label, hint, error, input
    {% radios form.purpose %}                              one of a few, none chosen beforehand
    {% page_radios form.danger %}                          the same, where the question is the page's own heading
    {% checkboxes form.tags %}                             any number of some
    {% textarea form.reason %}                             some lines of text
    {% select form.officer %}                              one of many
    {% checkbox form.outside %}                            one box
    {% password form.password %}                           with GOV.UK's button that shows what was typed

The widgets' own attributes (autocomplete, inputmode) come from the form; the classes and ties come from here.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple, RadioSelect, Textarea

register = template.Library()


@register.inclusion_tag("core/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """Every error of a form, with the id of the field it is about."""
    about = [
        {"message": message, "target": _target(form[name]) if name in form.fields else ""}
        for name, messages in form.errors.items()
        for message in messages
    ]
    return {"about": about}


@register.inclusion_tag("core/field.html")
def field(bound: BoundField, hint: str = "", width: str = "") -> dict[str, Any]:
    """A line of text. ``width`` is one of GOV.UK's: 5, 10, 20."""
    return _tied(bound, hint, f"govuk-input govuk-input--width-{width}" if width else "govuk-input")


@register.inclusion_tag("core/password.html")
def password(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """A password."""
    return _tied(bound, hint, "govuk-input govuk-password-input__input govuk-js-password-input-input")


@register.inclusion_tag("core/file.html")
def file(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One file."""
    return _tied(bound, hint, "sh-file-input")


@register.inclusion_tag("core/radios.html")
def radios(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One of a few. Nothing is chosen beforehand."""
    return _choices(bound, hint)


@register.inclusion_tag("core/checkboxes.html")
def checkboxes(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """Any number of some."""
    return _choices(bound, hint)


@register.inclusion_tag("core/field.html")
def textarea(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """Some lines of text."""
    return _tied(bound, hint, "govuk-textarea")


@register.inclusion_tag("core/field.html")
def select(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One of more than radios have room for. The first choice is none of them."""
    return _tied(bound, hint, "govuk-select")


@register.inclusion_tag("core/checkbox.html")
def checkbox(bound: BoundField) -> dict[str, Any]:
    """One box, which is never ticked beforehand."""
    return _tied(bound, "", "govuk-checkboxes__input")


@register.inclusion_tag("core/radios.html")
def page_radios(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One of a few, on a page that asks nothing else: the question is its heading."""
    return {**_choices(bound, hint), "is_heading": True}


@register.simple_tag
def with_class(bound: BoundField, ties: str = "", width: str = "") -> str:
    """The bare input of a field, with GOV.UK's class and what it is tied to."""
    kind = "govuk-textarea" if isinstance(bound.field.widget, Textarea) else "govuk-input"
    classes = f"{kind} {kind}--error" if bound.errors else kind
    attributes: dict[str, str | bool] = {"class": f"{classes} govuk-input--width-{width}" if width else classes}
    if ties:
        attributes["aria-describedby"] = ties
    return bound.as_widget(attrs=attributes)


def _choices(bound: BoundField, hint: str) -> dict[str, Any]:
    own = bound.auto_id or bound.html_name
    ties = [f"{own}-hint"] if hint else []
    if bound.errors:
        ties.append(f"{own}-error")
    return {"bound": bound, "own": own, "hint": hint, "ties": " ".join(ties)}


def _tied(bound: BoundField, hint: str, classes: str) -> dict[str, Any]:
    own = bound.id_for_label
    ties = [f"{own}-hint"] if hint else []
    if bound.errors:
        ties.append(f"{own}-error")
        classes += f" {classes.split(maxsplit=1)[0]}--error"
    attributes: dict[str, str | bool] = {"class": classes}
    if ties:
        attributes["aria-describedby"] = " ".join(ties)
    return {"bound": bound, "own": own, "hint": hint, "input": bound.as_widget(attrs=attributes)}


def _target(bound: BoundField) -> str:
    # The first choice of a group: a group itself takes no focus, and a link to it would lead nowhere.
    return (
        f"{bound.auto_id}_0"
        if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple)
        else bound.id_for_label
    )

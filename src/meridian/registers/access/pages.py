"""Signing in and out, and the account's own pages."""

from typing import Any

import allauth.urls
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meridian.engine.commands import Refusal, Unconfirmed, Unseen
from meridian.engine.inputs.build import blame, form_field
from meridian.engine.pages.entry import SIGNED_IN, let_in, needs
from meridian.engine.pages.form_page import FormPage
from meridian.engine.policies import Request
from meridian.engine.values import label_of
from meridian.registers.access.commands import prefer
from meridian.registers.access.models import Account, Holding


@needs("access.account.prefer")
def own(request: Request) -> HttpResponse:
    """The reader's own account: who, how it reads, how it signs in, what it may do."""
    account = Account.objects.select_related("person__site").get(pk=request.actor.account_id)
    form = _form(request, account)
    if request.method == "POST" and form.is_valid():
        try:
            prefer(actor=request.actor, row=account, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("access-own")
        except Refusal as fault:
            blame(form, fault)
    context = {
        "form": form,
        "facts": _facts(account),
        "holdings": Holding.objects.filter(account=account).select_related("role", "unit"),
    }
    return render(request, "access/own.html", context, status=422 if form.errors else 200)


@needs("access.account.prefer")
@require_POST
def choose_first_page(request: Request) -> HttpResponse:
    """Whose first page and menu the reader wants, of the kinds of person that their roles make."""
    account = Account.objects.get(pk=request.actor.account_id)
    prefer(actor=request.actor, row=account, first_page=request.POST.get("kind", ""))
    return redirect("home")


def _form(request: Request, account: Account) -> forms.Form:
    fields = {name: form_field(Account._meta.get_field(name), request.actor) for name in ("zone", "theme")}
    form_class = type("Preferences", (forms.Form,), fields)
    return form_class(request.POST or None, initial={"zone": account.zone, "theme": account.theme})


def _facts(account: Account) -> list[dict[str, Any]]:
    facts = [
        {"label": _("User name"), "text": account.username},
        {"label": _("E-mail"), "text": account.email},
    ]
    if account.person:
        facts.append({"label": _("Name"), "text": str(account.person)})
        facts.append(
            {
                "label": label_of(account.person._meta.get_field("site")),
                "text": str(account.person.site or ""),
            }
        )
    return facts


class TokenFormPage(FormPage):
    """Adding a token asks for the password again and shows its secret once."""

    @needs("add")
    def add(self, request: Request) -> HttpResponse:
        if request.actor.known and not request.actor.confirmed:
            raise Unconfirmed(_("Give your password again before you make a token."))
        return super().add(request)

    def write(self, request: Request, form: Any, row: Any) -> HttpResponse:
        if not form.is_valid():
            return self.show(request, form, row, status=422)
        try:
            made = self.resource.add(actor=request.actor, **form.values())
        except Refusal as fault:
            form.blame(fault)
            return self.show(request, form, row, status=422)
        answer = render(request, "access/token_made.html", {"secret": made.secret})
        answer["Cache-Control"] = "no-store"
        return answer


@needs(SIGNED_IN)
def address(request: Request) -> HttpResponse:
    """The library's page for changing one's address, closed: an address opens the account, so it is given."""
    raise Unseen(_("Your address is kept by whoever administers accounts: ask them to change it."))


# What one needs before one has signed in; the other pages of the sign-in library are for afterwards.
SIGNING_IN = frozenset(
    {
        *("account_login", "account_signup", "account_logout", "account_inactive"),
        *("account_confirm_email", "account_email_verification_sent", "account_confirm_login_code"),
        *("account_reset_password", "account_reset_password_done"),
        *("account_reset_password_from_key", "account_reset_password_from_key_done"),
        *("mfa_authenticate", "mfa_login_webauthn"),
        *("openid_connect_login", "openid_connect_callback"),
        *("socialaccount_signup", "socialaccount_login_cancelled", "socialaccount_login_error"),
    }
)

root_urlpatterns = [
    path("account/own/", own, name="access-own"),
    path("account/first-page/", choose_first_page, name="access-first-page"),
    path("account/email/", address, name="access-address"),
    path("account/", include(list(let_in(allauth.urls.urlpatterns, SIGNING_IN)))),
]

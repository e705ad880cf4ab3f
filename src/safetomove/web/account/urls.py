"""The addresses of the account: allauth's views that we use, and no others."""

from allauth.account import views as allauth
from django.urls import path
from django.views.generic import RedirectView

from safetomove.web.account import entrance, views

urlpatterns = [
    path("", views.account, name="account"),
    path("", views.account, name="mfa_index"),  # allauth returns here from its passkey pages
    path("signup/", entrance.SignUp.as_view(), name="account_signup"),
    path("passkey/", views.start_with_passkey, name="account_passkey"),
    path("join/", views.join, name="account_join"),
    path("login/", entrance.SignIn.as_view(), name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("logout/everywhere/", views.sign_out_everywhere, name="account_logout_everywhere"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", entrance.AskAgain.as_view(), name="account_reauthenticate"),
    path("password/change/", entrance.ChangePassword.as_view(), name="account_change_password"),
    path("password/set/", entrance.SetPassword.as_view(), name="account_set_password"),
    path("passkeys/", RedirectView.as_view(pattern_name="account"), name="mfa_list_webauthn"),
    path("passkeys/add/", entrance.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/login/", entrance.SignInWithPasskey.as_view(), name="mfa_login_webauthn"),
    path(
        "passkeys/reauthenticate/",
        entrance.AskAgainWithPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/<int:pk>/remove/", entrance.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]

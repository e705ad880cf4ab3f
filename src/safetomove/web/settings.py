"""Django's settings, read top to bottom. What a site may set is in docs/reference/settings.md."""

from pathlib import Path

from csp.constants import NONE, SELF

from safetomove.web import configuration

WEB = Path(__file__).resolve().parent

# --- The site ---------------------------------------------------------------------------
SECRET_KEY = configuration.key("SECRET_KEY")
SITE_KEY = configuration.key("SITE_KEY")  # wraps each person's key; without it all is noise
DEBUG = False
HTTPS = configuration.flag("HTTPS")
ALLOWED_HOSTS = configuration.words("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
DATA_FOLDER = configuration.data_folder()
LOCAL_HELP = configuration.local_help()  # services near this site, for the page of more help
SELF_HARM_READER = configuration.text("SELF_HARM_READER")  # who reads such answers, and when

# --- What it is made of -----------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "safetomove.records",
    "safetomove.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "safetomove.web.middleware.SendPolicy",
    "safetomove.web.middleware.KeepPrivate",
    "safetomove.web.middleware.SayWhatBroke",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "safetomove.web.urls"
WSGI_APPLICATION = "safetomove.web.wsgi.application"
_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [WEB / "templates"],
        "OPTIONS": {
            "environment": "safetomove.web.jinja_env.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {  # allauth's own pages look here for what ours do not cover
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

# --- Records ----------------------------------------------------------------------------
DATABASES = {"default": configuration.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000  # a diary file of ten years is under 2 MB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# --- Who you are ------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the embedded default has no mail; nothing depends on it
ACCOUNT_ADAPTER = "safetomove.web.account.adapter.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# Tries of invitation codes: a room full of people behind one address joins within a minute.
ACCOUNT_RATE_LIMITS = {"invitation_code": "60/m/ip", "invitation_code_known": "20/5m/key"}
# A clinic's pages ask again who is there. NIST SP 800-63B, AAL2: 30 minutes without a touch and
# 12 hours in all; a desk in a room where people pass gets half of that.
DESK_IDLE_SECONDS = 15 * 60
DESK_LONGEST_SECONDS = 12 * 3600
DESK_FORM_SECONDS = 60 * 60  # what was typed meanwhile is still saved; the next page asks
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
SESSION_ENGINE = "safetomove.web.sessions"
SESSION_COOKIE_AGE = 180 * 24 * 3600  # a guest who comes back after a summer finds the diary
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "safetomove.web.errors.csrf_failure"

# --- Language and time ------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # instants are kept in UTC; a person's days are in their own zone
HOME_ZONE = configuration.text("TIME_ZONE", "Europe/London")

# --- Files and headers ------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
if HTTPS and configuration.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs: what broke and where, never what anybody wrote --------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_words": {"()": "safetomove.web.logs.LeaveWordsOut"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_words"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

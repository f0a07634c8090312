"""Django's settings. Whatever differs between installations comes from the environment:

DATABASE_URL               a PostgreSQL 15 or later; without it the embedded server in `var/postgres`
MERIDIAN_OWNER_URL         the same database for its owner, who migrates (default: as DATABASE_URL)
MERIDIAN_VAR               folder of everything that changes (default `var/` of the project)
MERIDIAN_ORIGIN            the address people type, such as https://desk.example.org
MERIDIAN_SECRET_KEY        key of signatures (default: made in `var/secret_key`)
MERIDIAN_TRAIL_ROOTS       folder of the signed roots and the witness of the audit trail (default `var/trail`)
MERIDIAN_TRAIL_KEY         key that signs them, 64 hexadecimal digits (default: made in `var/trail_key`)
MERIDIAN_TRAIL_MAIL        address to which the newest root is mailed every day
MERIDIAN_MAIL_URL          smtp://user:password@host:587 (default: mail is written to `var/mail`)
MERIDIAN_MAILBOXES         file of the passwords of the desks' mailboxes (default `var/mailbox_passwords`)
MERIDIAN_WEBHOOK_HOSTS     private hosts that webhooks may call, with commas (default: none)
MERIDIAN_TRUSTED_PROXIES   networks whose X-Forwarded-For is believed, with commas (default: this machine)
MERIDIAN_DEMO              1 lets the printed password of the demo in; `meridian up --demo` sets it
MERIDIAN_POOL_CONNECTIONS  connections that each process keeps open (default 0: one while in use)
MERIDIAN_DEBUG             1 shows faults of programming in the browser
"""

import os
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from meridian.site import discovery, environment
from meridian.site.demo.roles import PASSWORD as DEMO_PASSWORD

PROJECT_FOLDER = environment.project_folder()
VAR_FOLDER = environment.var_folder()
GUIDE_FOLDER = environment.project_folder() / "docs" / "guide"
ORIGIN = urlsplit(os.environ.get("MERIDIAN_ORIGIN", "http://127.0.0.1:8000"))
SECURE = ORIGIN.scheme == "https"
# Whether the status of services is read without signing in.
PUBLIC_STATUS = os.environ.get("MERIDIAN_PUBLIC_STATUS") == "1"
PUBLIC_ORIGIN = f"{ORIGIN.scheme}://{ORIGIN.netloc}"
TRAIL_FOLDER = os.environ.get("MERIDIAN_TRAIL_ROOTS") or str(VAR_FOLDER / "trail")
TRAIL_KEY = environment.trail_key(VAR_FOLDER)
TRAIL_MAIL = os.environ.get("MERIDIAN_TRAIL_MAIL", "")

DEBUG = os.environ.get("MERIDIAN_DEBUG") == "1"
SECRET_KEY = environment.secret_key(VAR_FOLDER)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *([ORIGIN.hostname] if ORIGIN.hostname else [])]
CSRF_TRUSTED_ORIGINS = [f"{ORIGIN.scheme}://{ORIGIN.netloc}"]

INSTALLED_APPS = [
    "meridian.site",
    *reversed(discovery.installed_apps()),
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "meridian.registers.access.network.BehindProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "meridian.registers.access.middleware.KeptNowhere",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "meridian.site.refusals.InUnicode",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "meridian.registers.access.middleware.ActorMiddleware",
    "meridian.engine.pages.faults.FaultPages",
]
ROOT_URLCONF = "meridian.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "meridian.engine.design.appearance.appearance",
                "meridian.engine.pages.context.frame",
                "meridian.engine.notices.context.bell",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": environment.database(VAR_FOLDER)}
SERVICE_ROLE = DATABASES["default"]["USER"]
DATABASE_OWNER = environment.database_owner(DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

if discovery.has_module("registers", "access"):
    AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["meridian.registers.access.backends.OneLook"]
# One way alone: with another, the time of a wrong password would tell which.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
REFUSED_PASSWORDS = frozenset() if environment.is_demo() else frozenset({DEMO_PASSWORD})
PASSWORD_RESET_TIMEOUT = 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "meridian.registers.access.passwords.NotPrinted"},
]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_ADAPTER = "meridian.registers.access.adapters.ClosedAccounts"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_FORMS = {"reset_password": "meridian.registers.access.forms.AskForLink"}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
# Wrong passwords are counted by `access.attempts`; `login_failed` is left to the codes of second factors.
# One gateway may stand for an office of thousands: what is right is not counted by address.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "5/5m/key",
    "reset_password": "60/m/ip,3/m/key",
    "reset_password_from_key": "60/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Meridian"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "meridian.registers.access.codes.AuthenticateOnce",
    "reauthenticate": "meridian.registers.access.codes.ReauthenticateOnce",
    "activate_totp": "meridian.registers.access.codes.ActivateOnce",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SOCIALACCOUNT_ADAPTER = "meridian.registers.access.adapters.KnownPeople"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = environment.identity_providers()
USERSESSIONS_TRACK_ACTIVITY = False
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        # A small cache forgets at random: whoever fills it would undo every limit.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
LOGIN_URL = "account_login"
CONFIRM_URL = "account_reauthenticate"
TRUSTED_PROXIES = environment.trusted_proxies()
LOGIN_REDIRECT_URL = "/"
ACCOUNT_PAGE_URL = "/account/own/"
FIRST_PAGE_URL = "/account/first-page/"
SIGN_OUT_URL = "/account/logout/"
PALETTE_URL = "/palette/"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
FORMAT_MODULE_PATH = "meridian.engine.figures.formats"
LOCALE_PATHS = discovery.locale_folders()
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_FOLDER / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
MEDIA_ROOT = VAR_FOLDER / "files"
ERRANDS_FOLDER = VAR_FOLDER / "errands"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = [
    "meridian.engine.inputs.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "meridian_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "meridian_csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# Of a form, without its files; what is longer does not come so far (site.front.limits).
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

MAIL = urlsplit(os.environ.get("MERIDIAN_MAIL_URL", ""))
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if MAIL.hostname else "meridian.site.mail.OwnersFiles"
)
EMAIL_FILE_PATH = str(VAR_FOLDER / "mail")
EMAIL_HOST = MAIL.hostname or ""
EMAIL_PORT = MAIL.port or 587
EMAIL_HOST_USER = unquote(MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(MAIL.password or "")
EMAIL_USE_TLS = bool(MAIL.username)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = f"meridian@{ORIGIN.hostname}"
MAILBOX_PASSWORDS = os.environ.get("MERIDIAN_MAILBOXES") or str(VAR_FOLDER / "mailbox_passwords")
WEBHOOK_HOSTS = environment.words_of("MERIDIAN_WEBHOOK_HOSTS")

# Jobs are named by manifests, and the worker alone imports them: nothing is looked for.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "ERROR"},
    },
}

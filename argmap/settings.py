"""Settings: from the environment, then from the file `.env`; the environment wins.

`DEBUG` is off by default, and what depends on it is safe for a public server.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

# Gives ModelAdmin, QuerySet and others their type parameters at run time: ModelAdmin[Statement].
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
# Tests and checks name another file, so that no one's own .env changes what they find.
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"), recurse=False)

# --- The site ---------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set: give it a long random text")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set: name the hosts that this site serves")

INSTALLED_APPS = [
    "argmap.apps.ArgmapConfig",
    "argmap.apps.ArgmapAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "argmap.web.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "argmap.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "argmap.urls"
WSGI_APPLICATION = "argmap.wsgi.application"
ASGI_APPLICATION = "argmap.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "argmap.web.review.inbox.in_header",
            ],
        },
    }
]
FORM_RENDERER = "argmap.web.widgets.Renderer"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
# What Django 6.0 will do: an address typed without a scheme is https.
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- Stores -----------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Connections are kept in production only: a development server has a new thread each request,
# whose connection nobody would use again.
_database = dj_database_url.parse(
    env.str("DATABASE_URL", "") or f"sqlite:///{BASE_DIR / 'var' / 'argmap.sqlite3'}",
    conn_max_age=0 if DEBUG else 60,
    conn_health_checks=True,
)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        # Take the write lock when a transaction begins. One that reads first and writes later is
        # refused at once when another has written meanwhile, whatever the timeout.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # With WAL readers do not wait for the writer; NORMAL is then safe against corruption.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DATABASES = {"default": _database}

_cache_url = env.str("CACHE_URL", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache"
        if _cache_url
        else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": _cache_url,
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG

# --- Who gets in, and what a page may do ------------------------------------------------------

AUTHENTICATION_BACKENDS = ["argmap.people.PeopleBackend"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# HTTPS=0 is for a server that only a trusted network reaches.
_https = env.bool("HTTPS", not DEBUG)
SECURE_SSL_REDIRECT = _https
# Whoever asks whether the server lives asks it directly, behind the proxy that ends TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_ENGINE = "argmap.sessions"
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
# An hour, until all is known to work over HTTPS; then raise it to a year (31536000).
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 3600 if _https else 0, validate=validate.Range(min=0))
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", _https)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", _https)
# Only behind a proxy that sets this header itself: from anyone else it is a forgery.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- E-mail -----------------------------------------------------------------------------------

# Where the site is to be reached, for links in mails: they leave without a request to ask.
_first_host = ALLOWED_HOSTS[0].lstrip(".*")
_site = f"http{'s' if _https else ''}://{_first_host}" if _first_host else ""
if DEBUG:
    _site = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
SITE_URL = (env.str("SITE_URL", "") or _site).rstrip("/")
if SITE_URL and not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f'SITE_URL is "{SITE_URL}": it starts with https:// or http://')

# Each scheme's own port, and how Django calls the way that it is encrypted.
_mail_schemes = {"smtp": (25, ""), "smtp+tls": (587, "TLS"), "smtps": (465, "SSL")}
_no_mail_server = ImproperlyConfigured(
    "EMAIL_URL is not understood: it is console: or smtp+tls://user:password@host:587"
)
try:
    _mail = urlsplit(env.str("EMAIL_URL", "") or "console:")
    _given_port = _mail.port
except ValueError as error:
    raise _no_mail_server from error
if _mail.scheme == "console":
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
elif _mail.scheme in _mail_schemes and _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    _port, _encryption = _mail_schemes[_mail.scheme]
    EMAIL_PORT = _given_port or _port
    EMAIL_USE_TLS = _encryption == "TLS"
    EMAIL_USE_SSL = _encryption == "SSL"
else:
    raise _no_mail_server
# Mails are sent by a thread beside the requests, but where the server lets none run.
MAIL_ASIDE = env.bool("MAIL_ASIDE", True)
# So long a mail server may take for each answer: some look at a mail before they take it, and who
# does not wait for that sends it again.
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"argmap@{_first_host or 'localhost'}")

# --- The API ----------------------------------------------------------------------------------

REST_FRAMEWORK = {
    # The first one says how to sign in, in the header of each 401.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "argmap.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    # LoginRequiredMiddleware leaves the API's views alone, so this is what guards them.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["argmap.api.filters.KnownFilters"],
    "DEFAULT_PAGINATION_CLASS": "argmap.api.pagination.Pages",
    "DEFAULT_PARSER_CLASSES": ["argmap.api.parsers.JsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "argmap.api.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    # Requests of one address that is not signed in, and of one person; what one person tells others.
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("ARGMAP_ANONYMOUS_RATE", "120/min"),
        "user": env.str("ARGMAP_USER_RATE", "1200/min"),
        "comment": env.str("ARGMAP_COMMENT_RATE", "20/min"),
    },
    "EXCEPTION_HANDLER": "argmap.api.errors.handle",
    "URL_FORMAT_OVERRIDE": None,
    # Whoever asks is known by the address that the last proxy saw; what they say of it is a claim.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "argmap",
    "DESCRIPTION": "Argument maps of policy commentaries.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # The vocabularies stand where they are used: named apart, they would be named by guesses.
    "POSTPROCESSING_HOOKS": [],
    "SERVE_INCLUDE_SCHEMA": False,
    # A PATCH has a body of its own kind, whose members are needed or not as it says itself.
    "COMPONENT_SPLIT_PATCH": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # With it each operation is a link within a button, which no screen reader tells.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
}

# --- argmap's own limits ----------------------------------------------------------------------

_positive = validate.Range(min=1)
# Seconds that Graphviz may take for one drawing.
ARGMAP_DOT_SECONDS = env.int("ARGMAP_DOT_SECONDS", 10, validate=_positive)
# Which Graphviz draws, by name; empty chooses the best one that is installed.
ARGMAP_ENGINE = env.str("ARGMAP_ENGINE", "", validate=validate.OneOf(["", "dot", "wheel"]))
# Bytes of a file, or of the body of a request.
ARGMAP_MAX_UPLOAD_BYTES = env.int("ARGMAP_MAX_UPLOAD_BYTES", 10 * 1024**2, validate=_positive)
# Boxes that one view of a map shows unless someone asks for more.
ARGMAP_MAX_BOXES = env.int("ARGMAP_MAX_BOXES", 150, validate=_positive)

DATA_UPLOAD_MAX_MEMORY_SIZE = ARGMAP_MAX_UPLOAD_BYTES
# A statement's page in the admin sends some 15 fields for each inference that bears on it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Logs: to the console, whose keeper decides where they go ---------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"quiet polls": {"()": "argmap.logs.QuietPolls"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    # Django's own handler would print each of its lines a second time.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True, "filters": ["quiet polls"]},
    },
}

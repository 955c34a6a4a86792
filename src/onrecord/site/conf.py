"""Django's settings, made from onrecord's (:mod:`onrecord.settings`). Secure by default.

Other apps of the house (``onrecord.replies``) are added to the lists below, each list in one place.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

from onrecord import settings
from onrecord.record.database import database_config
from onrecord.replies import configure as replies
from onrecord.replies.signin import Provider, providers
from onrecord.site.secret_key import secret_key

ONRECORD = settings.load()
"""All settings of onrecord, for the code that runs inside the site."""

BASE_URL: str = ONRECORD.base_url.rstrip("/")
SITE_NAME: str = ONRECORD.site_name
_HTTPS = BASE_URL.startswith("https://")

DEBUG: bool = ONRECORD.debug
SECRET_KEY = secret_key(ONRECORD.secret_key, ONRECORD.home)
ALLOWED_HOSTS = sorted({urlsplit(BASE_URL).hostname or "localhost", *ONRECORD.allowed_hosts})
TRUSTED_PROXIES: tuple[str, ...] = ONRECORD.trusted_proxies
API_RATE: int = ONRECORD.api_rate

INSTALLED_APPS = [
    "onrecord.site.apps.SiteConfig",
    "onrecord.record",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *replies.APPS,
]

MIDDLEWARE = [
    "onrecord.site.proxies.TrustedProxies",
    *replies.FIRST_MIDDLEWARE,
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    *replies.MIDDLEWARE,
]

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", *replies.BACKENDS]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onrecord.site.context.site",
            ],
        },
    },
]

ROOT_URLCONF = "onrecord.site.urls"
WSGI_APPLICATION = "onrecord.site.wsgi.application"

DATABASES = {"default": database_config(ONRECORD.database or "record.sqlite3", ONRECORD.home)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "onrecord.replies.shared_cache.SharedCache",
        "LOCATION": str(ONRECORD.home / "cache.sqlite3"),
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ONRECORD.home / "static"
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
MEDIA_ROOT = ONRECORD.home / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_PERMISSIONS = 0o600

LOGIN_URL = "/staff/login/"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "UserAttributeSimilarityValidator")
]
AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "onrecord.site.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

MESSAGE_TAGS = {message_levels.ERROR: "error", message_levels.SUCCESS: "done"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Readers' replies. allauth's and the mail server's settings follow from onrecord's: see onrecord.replies.configure.
REPLY_EDIT_MINUTES: int = ONRECORD.reply_edit_minutes
REPLY_RATE: int = ONRECORD.reply_rate
REPLY_FLOOD: int = ONRECORD.reply_flood
REPLY_NETWORK_DAYS: int = ONRECORD.reply_network_days
REPLY_SPAM_DAYS: int = ONRECORD.reply_spam_days
REPLY_CONSENT_DAYS: int = ONRECORD.reply_consent_days
AKISMET_KEY: str = ONRECORD.akismet_key
AKISMET_KEYS_OF_OTHERS: tuple[str, ...] = ONRECORD.akismet_keys_of_others
SIGN_IN_EMAIL: bool = ONRECORD.sign_in_email
SIGN_IN_PROVIDERS: tuple[Provider, ...] = providers(ONRECORD)
MAIL_WORKS: bool = bool(ONRECORD.mail) or DEBUG
LANGUAGES = replies.LANGUAGES
globals().update(replies.library_settings(ONRECORD, SIGN_IN_PROVIDERS))

"""The least settings that render the design system without the rest of Meridian."""

SECRET_KEY = "gallery only"
INSTALLED_APPS = ["django.contrib.staticfiles", "meridian.engine.design"]
STATIC_URL = "static/"
ROOT_URLCONF = "urls"
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("ar", "Arabic"),
    ("ru", "Russian"),
    ("zh-hans", "Chinese"),
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
    }
]

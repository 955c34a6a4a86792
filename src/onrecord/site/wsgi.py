"""The WSGI application, for granian or any other server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.site.conf")
application = get_wsgi_application()

from onrecord.replies import daily  # noqa: E402  Django is ready only now

daily.watch()

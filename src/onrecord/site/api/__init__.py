"""The API under ``/api/v1/``: reading is open, writing takes a token."""

"""The API's errors as they stand on the wire."""

from __future__ import annotations

from starlette.responses import JSONResponse

KEY = 400004
BALANCE = 400002
MODEL = 400001
SOMEONE_ELSE = 403001
REQUEST = 404001


def coded(status: int, code: int, message: str) -> JSONResponse:
    """An error with the provider's own code in its body."""
    return JSONResponse({"error_code": code, "error_message": message}, status)


def wrong_key() -> JSONResponse:
    return coded(401, KEY, "Invalid API key.")


def no_balance() -> JSONResponse:
    return coded(402, BALANCE, "Insufficient balance.")


def unknown_model() -> JSONResponse:
    return coded(404, MODEL, "Model not found.")


def unknown_request() -> JSONResponse:
    return coded(404, REQUEST, "Request not found.")

"""Whatever is sent, the answer is a page that says what to do."""

import logging

import pytest
from django.core.exceptions import TooManyFieldsSent
from django.test import Client, RequestFactory, override_settings

from safetomove.services.refusals import KeyReused, NoSuchPerson
from safetomove.web import errors
from safetomove.web.logs import LeaveWordsOut
from safetomove.web.middleware import SayWhatBroke

SAFETY = "/safe/questions/"
CANARY = "heliotrope-canary"


def page_of(answer: object) -> str:
    """Return a page's text after checking that it leads to help."""
    text: str = answer.content.decode()  # type: ignore[attr-defined]
    assert 'href="/help-now/"' in text
    assert 'href="tel:999"' in text
    return text


@pytest.mark.django_db
def test_a_wrong_address_says_so_and_shows_where_help_is(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "This page is not here" in page_of(answer)


def test_a_form_without_its_token_is_refused_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post(SAFETY, {"screen": "ces_bladder"})
    assert answer.status_code == 403
    assert "Cookies must be allowed" in page_of(answer)


@pytest.mark.parametrize("path", ["/flare/", SAFETY, "/my-data/erase/", "/today/different/"])
def test_whatever_changes_something_needs_the_token(path: str) -> None:
    assert Client(enforce_csrf_checks=True).post(path, {}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/help-now/", "/flare/now/", "/safe/", "/about/"])
def test_a_page_that_only_shows_takes_nothing_in(client: Client, db: None, path: str) -> None:
    assert client.post(path, {}).status_code == 405


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_form_that_is_too_big_is_told_so(client: Client) -> None:
    answer = client.post(SAFETY, {"screen": "x" * 5000})
    assert answer.status_code == 413
    assert "too big" in page_of(answer)


def test_too_many_fields_are_too_big(client: Client) -> None:
    answer = client.post(SAFETY, {f"field{number}": "x" for number in range(600)})
    assert answer.status_code == 413


def test_a_broken_upload_is_told_so(client: Client) -> None:
    answer = client.post(SAFETY, data=b"--nothing", content_type="multipart/form-data")
    assert answer.status_code in {400, 422}
    assert answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    ["\x00", "🙂" * 500, "\u202eabc", "NaN", "-1", "' OR 1=1 --", "<script>", "x" * 100_000],
    ids=["nul", "emoji", "right to left", "nan", "minus", "sql", "script", "long"],
)
@pytest.mark.parametrize("path", [SAFETY, "/flare/"])
def test_nonsense_answers_count_as_not_given(client: Client, path: str, value: str) -> None:
    sent = {"screen": value, "deed": value, "ces_bladder": value, "age": value, "key": value}
    answer = client.post(path, sent)
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in answer.content.decode()


def test_a_reused_key_says_that_the_first_words_are_kept(rf: RequestFactory) -> None:
    answer = SayWhatBroke(lambda request: None).process_exception(  # type: ignore[arg-type,return-value]
        rf.post("/check-in/"), KeyReused("used before")
    )
    assert answer is not None
    assert answer.status_code == 422
    assert "sent before" in page_of(answer)


@pytest.mark.django_db
def test_a_diary_that_is_gone_is_said_to_be_gone(client: Client, rf: RequestFactory) -> None:
    request = rf.get("/today/")
    request.session = client.session
    answer = errors.refused(request, NoSuchPerson("nobody"))
    assert answer is not None
    assert answer.status_code == 410


def test_an_error_page_that_breaks_still_says_whom_to_call(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "render", None)
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "tel:999" in answer.content.decode()


def test_too_much_is_413_and_other_nonsense_is_400(rf: RequestFactory) -> None:
    request = rf.get("/")
    assert errors.bad_request(request, TooManyFieldsSent("x")).status_code == 413
    assert errors.bad_request(request, ValueError("x")).status_code == 400


def logged(record: logging.LogRecord) -> str:
    """Return a record as the log would hold it."""
    assert LeaveWordsOut().filter(record)
    return logging.Formatter("%(message)s").format(record)


def record_of(
    message: object, *args: object, error: BaseException | None = None
) -> logging.LogRecord:
    """Make a log record."""
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("x", logging.ERROR, "f.py", 1, message, args, info)  # type: ignore[arg-type]


def test_logs_hold_what_broke_and_where_and_no_word_of_anybody() -> None:
    try:
        raise ValueError(f"bad note: {CANARY}")
    except ValueError as error:
        text = logged(record_of("%s: %s", "Internal Server Error", f"/x/?q={CANARY}", error=error))
    assert CANARY not in text
    assert "ValueError" in text
    assert "test_bad_requests.py" in text
    assert "/x/" in text


@pytest.mark.parametrize("value", [CANARY, {"note": CANARY}, ValueError(CANARY), [CANARY]])
def test_no_value_gets_into_a_log_line(value: object) -> None:
    assert CANARY not in logged(record_of("could not keep %s", value))


def test_a_message_that_is_itself_an_error_loses_its_words() -> None:
    assert CANARY not in logged(record_of(ValueError(CANARY)))


@pytest.mark.django_db
def test_a_note_that_breaks_a_page_is_not_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*args: object, **kwargs: object) -> None:
        raise RuntimeError(f"could not read {CANARY}")

    monkeypatch.setattr("safetomove.web.safety_flow.read", breaks)
    caplog.handler.addFilter(LeaveWordsOut())
    client.raise_request_exception = False
    answer = client.post(SAFETY, {"screen": CANARY})
    assert answer.status_code == 500
    assert "our fault" in page_of(answer)
    assert CANARY not in caplog.text

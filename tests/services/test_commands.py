"""The commands of whoever runs a site, called for real in a folder of their own."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SECONDS = 60


class House:
    """A folder for one site, and the command line that runs it."""

    def __init__(self, data: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if "SAFETOMOVE" not in name}
        self.data = data
        self.env = {**kept, "SAFETOMOVE_DATA": str(data)}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "safetomove", *words]
        return subprocess.run(
            command, env=self.env, capture_output=True, text=True, timeout=SECONDS, check=False
        )

    def well(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refusal(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode != 0
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr

    def findings(self) -> dict[str, tuple[bool, str]]:
        found = json.loads(self.run("doctor", "--json").stdout)["findings"]
        return {one["what"]: (one["well"], one["say"]) for one in found}

    def serve_once(self) -> str:
        """Serve until the site says where it is; return what was said."""
        port = str(_free_port())
        command = [sys.executable, "-m", "safetomove", "serve", "--port", port]
        served = subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, text=True)
        try:
            return _said(served)
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait(SECONDS)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "data")


def _said(served: "subprocess.Popen[str]") -> str:
    assert served.stdout is not None
    lines: list[str] = []
    while not any("data lie in" in line for line in lines):
        lines.append(served.stdout.readline())
        assert lines[-1], f"it stopped after {lines}"
    return "".join(lines)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_site_starts_from_nothing_and_again_with_the_same_keys(house: House) -> None:
    first = house.serve_once()
    assert "A new key was made" in first
    keys = sorted((house.data / "keys").iterdir())
    assert [key.name for key in keys] == ["secret_key", "site_key"]
    assert {mode(house.data), mode(house.data / "keys")} == {0o700}
    assert {mode(key) for key in keys} == {0o600}
    before = [key.read_bytes() for key in keys]
    again = house.serve_once()
    assert again.splitlines()[0].startswith("Safe to Move: http://localhost:")
    assert [key.read_bytes() for key in keys] == before
    assert all(well for well, _ in house.findings().values())


def test_an_empty_key_file_is_never_written_over(house: House) -> None:
    (house.data / "keys").mkdir(parents=True)
    (house.data / "keys" / "site_key").touch()
    assert "put its copy back" in house.refusal("serve", "--port", str(_free_port()))
    assert (house.data / "keys" / "site_key").read_bytes() == b""


def test_a_taken_port_is_refused_in_one_line_before_anything_is_made(
    house: House, taken_port: int
) -> None:
    assert f"port {taken_port}" in house.refusal("serve", "--port", str(taken_port))
    assert not house.data.exists()


def test_the_doctor_names_each_problem_and_what_to_do_about_it(house: House) -> None:
    found = house.findings()
    ill = {what for what, (well, _) in found.items() if not well}
    assert ill >= {"data folder", "secret key", "site key", "page files"}
    assert all("serve" in found[what][1] for what in ("data folder", "secret key", "site key"))
    house.well("demo")
    house.data.chmod(0o755)
    (house.data / "keys" / "site_key").chmod(0o644)
    found = house.findings()
    assert "chmod 700" in found["data folder"][1]
    assert "chmod 600" in found["site key"][1]
    assert found["sealed records"] == (True, "1 people, every one opens")
    assert found["words"][1]
    (house.data / "keys" / "site_key").write_text("another key, which opens nothing here\n")
    assert found.keys() == house.findings().keys()
    assert house.findings()["sealed records"][0] is False


def test_a_copy_is_put_back_elsewhere_and_every_record_opens(house: House, tmp_path: Path) -> None:
    house.well("demo")
    copy = tmp_path / "copies" / "monday.sqlite3"
    copy.parent.mkdir()
    house.well("backup", str(copy))
    assert {mode(copy), mode(copy.with_name("people.keys"))} == {0o600}
    new = House(tmp_path / "new")
    assert "site key" in new.refusal("restore", str(copy))
    (new.data / "keys").mkdir(exist_ok=True)
    key = (house.data / "keys" / "site_key").read_text()
    (new.data / "keys" / "site_key").write_text(key)
    assert "1 people, and every record opens" in new.well("restore", str(copy))
    assert "--replace" in new.refusal("restore", str(copy))
    assert "1 people" in new.well("restore", str(copy), "--replace")


def test_what_is_no_copy_is_refused_and_changes_nothing(house: House, tmp_path: Path) -> None:
    house.well("demo")
    junk = tmp_path / "junk.sqlite3"
    assert "no copy" in house.refusal("restore", str(junk))
    house.well("backup", str(tmp_path / "copy.sqlite3"))
    junk.write_bytes(b"not a database" * 100)
    assert "can't be put back" in house.refusal("restore", str(junk), "--replace")
    assert house.findings()["sealed records"] == (True, "1 people, every one opens")


def test_a_backup_to_a_folder_that_is_not_there_is_refused(house: House, tmp_path: Path) -> None:
    house.well("demo")
    assert "nowhere" in house.refusal("backup", str(tmp_path / "nowhere" / "copy.sqlite3"))

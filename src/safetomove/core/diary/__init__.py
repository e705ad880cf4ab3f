"""One row a local day: what a person noted, with gaps kept as gaps."""

from safetomove.core.diary.check_in import (
    SCALES,
    BadCheckIn,
    CheckIn,
)
from safetomove.core.diary.series import Diary
from safetomove.core.diary.tables import (
    BadCell,
    BadDiary,
    DiaryFile,
    read_csv,
    read_json,
    write_csv,
    write_json,
)

__all__ = [
    "SCALES",
    "BadCell",
    "BadCheckIn",
    "BadDiary",
    "CheckIn",
    "Diary",
    "DiaryFile",
    "read_csv",
    "read_json",
    "write_csv",
    "write_json",
]
